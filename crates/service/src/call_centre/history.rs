//! The history of a call centre: its past calls and the way of each.

use model::{Timestamp, VirtualUser, VirtualUserId};
use store::{PastCall, PastStep};
use uuid::Uuid;

use super::seat::watched;
use crate::{Actor, Env, Result};

/// So many calls are on a page, and so many in a file.
const PAGE: i64 = 50;

/// A page of past calls.
#[derive(Clone, Debug)]
pub struct History {
    /// Of which call centre.
    pub centre: VirtualUser,
    /// The calls, the newest first.
    pub calls: Vec<PastCall>,
    /// Where the next page begins.
    pub next: Option<(Timestamp, Uuid)>,
}

/// The way of one call.
#[derive(Clone, Debug)]
pub struct PastWay {
    /// The steps, in order.
    pub steps: Vec<PastStep>,
}

/// Calls that came since a moment, before the one with this time and id; at most `limit` of them, or a page.
///
/// # Errors
/// As for the wallboard.
pub async fn history(
    env: &Env,
    actor: &Actor,
    id: VirtualUserId,
    since: Timestamp,
    before: Option<(Timestamp, Uuid)>,
    limit: Option<i64>,
) -> Result<History> {
    let mut tx = env.read().await?;
    let centre = watched(actor, tx.as_mut(), id).await?;
    let before = before.unwrap_or((Timestamp(i64::MAX), Uuid::max()));
    let limit = limit.unwrap_or(PAGE);
    let tenant = actor.tenant();
    let calls = tx
        .call_centre()
        .list_calls(tenant, id, since, before, limit);
    let calls = calls.await?;
    let is_full = i64::try_from(calls.len()).is_ok_and(|count| count == limit);
    let last = calls.last().filter(|_| is_full);
    Ok(History {
        centre: centre.virtual_user,
        next: last.map(|call| (call.entered_at, call.id)),
        calls,
    })
}

/// The way of a call: to whom it was offered and what came of it.
///
/// # Errors
/// As for the wallboard.
pub async fn way(env: &Env, actor: &Actor, id: VirtualUserId, call: Uuid) -> Result<PastWay> {
    let mut tx = env.read().await?;
    watched(actor, tx.as_mut(), id).await?;
    let steps = tx.call_centre().list_steps(actor.tenant(), id, call);
    let steps = steps.await?;
    Ok(PastWay { steps })
}
