//! Music and announcements that administrators upload for a site or a call centre (G2, G4): what is set, listening, removing.

mod list;
mod put;
mod remove;
mod upload;

pub use list::{AudioOverview, list, sound};
pub use put::{begin, put};
pub use remove::remove;
pub(crate) use upload::Uploads;
pub use upload::{LARGEST, LONGEST_S, Upload};

use model::{Action, AudioFileId, AudioKind, AudioOwner, Heard, SiteId, VirtualUserId};
use store::{Place, SharedStore, Tenant, Tx};
use uuid::Uuid;

use crate::{Actor, Error, Result, call_centre, journal::Subject};

/// Whose sounds the actor is at.
struct Owned {
    place: Place,
    subject: Subject,
}

/// An owner for whom the actor may do this.
async fn find(actor: &Actor, tx: &mut dyn Tx, owner: AudioOwner, action: Action) -> Result<Owned> {
    match owner {
        AudioOwner::Site(id) => {
            let place = actor.site(tx, id, action).await?;
            let subject = Subject::site(&place);
            Ok(Owned { place, subject })
        }
        AudioOwner::CallCentre(id) => {
            let own = call_centre::find(actor, tx, id, action).await?.virtual_user;
            let place = tx.site().get(actor.tenant(), own.site).await?;
            Ok(Owned {
                place: place.ok_or(Error::NotFound)?,
                subject: Subject::virtual_user(&own),
            })
        }
    }
}

/// What callers in the queue of a call centre hear.
pub(crate) async fn heard(tx: &mut dyn Tx, centre: VirtualUserId, site: SiteId) -> Result<Heard> {
    let tenant = Tenant::Installation;
    let own = tx.audio().list(tenant, AudioOwner::CallCentre(centre));
    let own = own.await?;
    let of_site = tx.audio().list(tenant, AudioOwner::Site(site)).await?;
    Ok(Heard::of(own, of_site))
}

/// The music of a site, by the number in its identifier; `None` for ours.
pub(crate) async fn music(tx: &mut dyn Tx, tenant: Tenant, site: SiteId) -> Result<Option<u128>> {
    let files = tx.audio().list(tenant, AudioOwner::Site(site)).await?;
    let heard = Heard::of(files, Vec::new());
    Ok(number(&heard, AudioKind::Music))
}

/// The number in the identifier of what is heard.
pub(crate) fn number(heard: &Heard, kind: AudioKind) -> Option<u128> {
    heard.get(kind).map(|file| file.id.0.as_u128())
}

/// A sound for the call engine, by the number in its identifier: G.711 A-law at 8 kHz.
///
/// # Errors
/// When the database does not answer.
pub async fn load(store: &SharedStore, number: u128) -> Result<Option<Vec<u8>>> {
    let id = AudioFileId(Uuid::from_u128(number));
    let mut tx = store.read().await?;
    Ok(tx.audio().sound(Tenant::Installation, id).await?)
}
