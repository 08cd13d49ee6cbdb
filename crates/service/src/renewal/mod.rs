//! New login details for many users at once (L2–L4): asked for, made by a job, fetched once.
//!
//! The rows are fixed at the start. A job takes them in batches; each batch is one transaction that carries the new logins, what
//! became of each user, the journal and the place to go on from, so that the work goes on wherever it was interrupted and makes
//! no password twice. Where two renewals meet, each user gets new login details from both, one after the other: the later ones
//! count, and the file of the earlier one says so instead of holding passwords that no longer work.

mod begin;
mod cancel;
mod fetch;
mod get;
mod run;

pub use begin::{BeginRenewal, Preview, Skipped, Whom, begin, new_id, preview};
pub use cancel::cancel;
pub use fetch::{Fetched, fetch, fetchable};
pub use get::{get, rows};
pub(crate) use run::run;
pub use store::{PlaceInRows, RenewalRow, ResultRow};

use model::{Grant, Renewal, RenewalId};
use store::Tx;

use crate::{Actor, Error, Result};

/// A renewal of the actor's; those of others are for enterprise administrators only.
async fn own(actor: &Actor, tx: &mut dyn Tx, id: RenewalId) -> Result<Renewal> {
    let renewal = tx
        .renewal()
        .get(actor.tenant(), id)
        .await?
        .ok_or(Error::NotFound)?;
    match actor.grant() {
        Grant::Operator => Err(Error::Forbidden),
        Grant::EnterpriseAdmin(_) => Ok(renewal),
        Grant::SiteAdmin(..) | Grant::User(..) if renewal.owner == actor.id() => Ok(renewal),
        Grant::SiteAdmin(..) | Grant::User(..) => Err(Error::NotFound),
    }
}
