//! Fetching the new login details, once (L3).

use std::sync::Arc;

use model::{JournalAction, PhonePassword, Renewal, RenewalId, RenewalOutcome, RenewalResult};
use store::ResultRow;

use super::own;
use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    secret::{SealingKey, open_password},
};

/// The result. Passwords stay sealed in memory until they are written.
pub struct Fetched {
    /// Where it is from.
    pub renewal: Renewal,
    /// A row for each user, in the order in which they were asked for.
    pub rows: Vec<ResultRow>,
    /// Host and port of the SIP server.
    pub server: String,
    /// `udp`, `tcp` or `tls`.
    pub transport: &'static str,
    key: Arc<SealingKey>,
}

impl Fetched {
    /// The password of a row; `None` where none was made, or newer login details are in force.
    ///
    /// # Errors
    /// `Internal` when it was sealed with another key.
    pub fn password(&self, row: &ResultRow) -> Result<Option<PhonePassword>> {
        match (row.outcome, row.user, &row.password) {
            (RenewalOutcome::Done, Some(user), Some(sealed)) => {
                open_password(&self.key, self.renewal.id, user, sealed).map(Some)
            }
            _ => Ok(None),
        }
    }
}

/// The renewal, while its result can be fetched.
///
/// # Errors
/// `NotFound` for whoever has not begun it and is no administrator of the enterprise, `Forbidden` for the operator,
/// `NotFinished`, `Gone` when there is no result any more, or never was.
pub async fn fetchable(env: &Env, actor: &Actor, id: RenewalId) -> Result<Renewal> {
    let renewal = own(actor, env.read().await?.as_mut(), id).await?;
    check(env, renewal)
}

fn check(env: &Env, renewal: Renewal) -> Result<Renewal> {
    match renewal.result(env.now()) {
        RenewalResult::Ready => Ok(renewal),
        RenewalResult::NotYet => Err(Error::NotFinished),
        RenewalResult::Fetched | RenewalResult::Expired | RenewalResult::Nothing => {
            Err(Error::Gone)
        }
    }
}

/// Answers the result, this once; what is stored of it is deleted before it is answered.
///
/// # Errors
/// As [`fetchable`].
pub async fn fetch(env: &Env, actor: &Actor, id: RenewalId) -> Result<Fetched> {
    let mut tx = env.write().await?;
    let renewal = check(env, own(actor, tx.as_mut(), id).await?)?;
    let rows = tx
        .renewal()
        .fetch(actor.tenant(), renewal.id, env.now())
        .await?
        .ok_or(Error::Gone)?;
    let subject = Subject {
        enterprise: Some(renewal.enterprise),
        site: None,
        id: renewal.id.0,
        name: renewal.done.to_string(),
    };
    let action = JournalAction::LoginDetailsFetched;
    journal::write(env, tx.as_mut(), actor, action, subject, Vec::new()).await?;
    tx.commit().await?;
    Ok(Fetched {
        renewal,
        rows,
        server: env.settings.sip_server.clone(),
        transport: env.settings.sip_transport,
        key: env.key.clone(),
    })
}
