//! Which sounds are set, and listening to one.

use media::Sound;
use model::{Action, AudioFile, AudioKind, AudioOwner, Heard};
use store::Place;

use super::find;
use crate::{Actor, Env, Error, Result};

/// The sounds of an owner.
#[derive(Clone, Debug)]
pub struct AudioOverview {
    /// Name of the site or call centre.
    pub name: String,
    /// The site that it is, or is part of.
    pub place: Place,
    /// What it has itself, at most one of each kind.
    pub own: Vec<AudioFile>,
    /// What its callers hear: its own, else its site's, else ours.
    pub heard: Heard,
}

/// What is set for the owner.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn list(env: &Env, actor: &Actor, owner: AudioOwner) -> Result<AudioOverview> {
    let mut tx = env.read().await?;
    let owned = find(actor, tx.as_mut(), owner, Action::ViewVirtualUsers).await?;
    let own = tx.audio().list(actor.tenant(), owner).await?;
    let of_site = match owner {
        AudioOwner::Site(_) => Vec::new(),
        AudioOwner::CallCentre(_) => {
            let site = AudioOwner::Site(owned.place.site.id);
            tx.audio().list(actor.tenant(), site).await?
        }
    };
    Ok(AudioOverview {
        name: owned.subject.name,
        place: owned.place,
        heard: Heard::of(own.clone(), of_site),
        own,
    })
}

/// The owner's own sound of this kind as a WAV file of 16 bits at 8 kHz.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NotFound` when it has none.
pub async fn sound(
    env: &Env,
    actor: &Actor,
    owner: AudioOwner,
    kind: AudioKind,
) -> Result<(AudioFile, Vec<u8>)> {
    let mut tx = env.read().await?;
    find(actor, tx.as_mut(), owner, Action::ViewVirtualUsers).await?;
    let mut own = tx.audio().list(actor.tenant(), owner).await?.into_iter();
    let file = own.find(|file| file.kind == kind).ok_or(Error::NotFound)?;
    let alaw = tx.audio().sound(actor.tenant(), file.id).await?;
    let alaw = alaw.ok_or(Error::NotFound)?;
    Ok((file, Sound::from_alaw(&alaw).wav()))
}
