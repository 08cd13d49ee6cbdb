//! Sets music or an announcement to an uploaded file. Of two at once, the last one wins.

use media::Sound;
use model::{
    Action, AudioFile, AudioFileId, AudioKind, AudioName, AudioOwner, Change, Field, JournalAction,
};

use super::{Upload, find};
use crate::{Actor, Env, Error, Result, journal};

/// Milliseconds of a packet.
const FRAME_MS: u32 = 20;

/// Begins an upload, before any of it is read.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `TooManyAttempts` while too many upload.
pub async fn begin(env: &Env, actor: &Actor, owner: AudioOwner) -> Result<Upload> {
    let mut tx = env.read().await?;
    let owned = find(actor, tx.as_mut(), owner, Action::ManageVirtualUsers).await?;
    env.uploads.begin(owned.place.enterprise.id)
}

/// Sets the owner's sound of this kind. New callers hear it at once, whoever listens already hears the old one to its end.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` for a file that is not taken.
pub async fn put(
    env: &Env,
    actor: &Actor,
    (owner, kind): (AudioOwner, AudioKind),
    name: &str,
    upload: Upload,
) -> Result<AudioFile> {
    let name: AudioName = name
        .parse()
        .map_err(|problem| Error::field(Field::Audio, problem))?;
    let sound = env.uploads.convert(upload).await?;
    let file = AudioFile {
        id: AudioFileId(env.id()),
        kind,
        name,
        duration_ms: duration_ms(&sound),
        uploaded_at: env.now(),
    };
    let mut tx = env.write().await?;
    let owned = find(actor, tx.as_mut(), owner, Action::ManageVirtualUsers).await?;
    let enterprise = owned.place.enterprise.id;
    tx.enterprise().hold(enterprise).await?;
    let before = tx.audio().list(actor.tenant(), owner).await?;
    let before = before.into_iter().find(|known| known.kind == kind);
    tx.audio()
        .put(enterprise, owner, &file, sound.alaw())
        .await?;
    let change = Change {
        field: kind.field().id().to_owned(),
        before: before.map(|known| known.name.to_string()),
        after: Some(file.name.to_string()),
    };
    let action = JournalAction::AudioSet;
    journal::write(env, tx.as_mut(), actor, action, owned.subject, vec![change]).await?;
    tx.commit().await?;
    Ok(file)
}

fn duration_ms(sound: &Sound) -> u32 {
    let frames = u32::try_from(sound.frames()).unwrap_or(u32::MAX);
    frames.saturating_mul(FRAME_MS)
}
