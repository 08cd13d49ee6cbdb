//! The operator's queue: everybody who is not active, in the whole installation.

use model::{Action, Cursor, EnterpriseId, Field, Limit, Page, Problem, State, Target, Timestamp};
use store::{NotActive, QueueFilter};

use crate::{Actor, Env, Error, Result};

/// Who in the queue is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// One enterprise only.
    pub enterprise: Option<EnterpriseId>,
    /// `pending` or `failed` only.
    pub state: Option<String>,
    /// Only who was added longer ago than this many hours.
    pub hours: Option<u32>,
}

impl Waiting {
    pub(crate) fn filter(&self, now: Timestamp) -> Result<QueueFilter> {
        let names = [State::Pending.name(), "failed"];
        if let Some(state) = &self.state
            && !names.contains(&state.as_str())
        {
            return Err(Error::field(Field::State, Problem::Unknown));
        }
        let before = |hours: u32| now.plus_seconds(-i64::from(hours) * 3600);
        Ok(QueueFilter {
            enterprise: self.enterprise,
            state: self.state.clone(),
            before: self.hours.map(before),
        })
    }
}

/// How many users are Pending and how many Failed.
///
/// # Errors
/// `Forbidden` for all but the operator.
pub async fn count(env: &Env, actor: &Actor) -> Result<(i64, i64)> {
    actor.authorise(Action::DecideActivation, Target::Installation)?;
    Ok(env.read().await?.user().count_not_active().await?)
}

/// Pending and Failed users: those first whom somebody has asked about, then the oldest.
///
/// # Errors
/// `Forbidden` for all but the operator, `Invalid` for a state that nobody waits in.
pub async fn queue(
    env: &Env,
    actor: &Actor,
    waiting: &Waiting,
    cursor: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<NotActive>> {
    actor.authorise(Action::DecideActivation, Target::Installation)?;
    let filter = waiting.filter(env.now())?;
    let mut tx = env.read().await?;
    Ok(tx.activation().list(&filter, cursor, limit).await?)
}

/// For how long the oldest Pending user has waited, in seconds; 0 when nobody waits. For `/metrics`.
///
/// # Errors
/// When the database fails.
pub async fn oldest_age_s(env: &Env) -> Result<i64> {
    let added = env.read().await?.activation().oldest_pending().await?;
    Ok(added.map_or(0, |added| (env.now().0 - added.0).max(0) / 1000))
}
