//! The past calls of a group, and the way of each.

use model::{Membership, Timestamp};
use store::{PastCall, PastStep, Period};
use uuid::Uuid;

use super::seen::seen;
use crate::{Actor, Env, Result};

/// So many calls are on a page.
const PAGE: i64 = 50;

/// A page of past calls.
#[derive(Clone, Debug)]
pub struct History {
    /// Of which group.
    pub group: Membership,
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

/// Calls that came in a period, before the one with this time and id; at most `limit` of them, or a page.
///
/// # Errors
/// `NotFound` for groups the actor may not know of; `Forbidden` by role, for a call centre's agents, and for supervisors
/// without the service (U8).
pub async fn history(
    env: &Env,
    actor: &Actor,
    group: Uuid,
    period: Period,
    (before, limit): (Option<(Timestamp, Uuid)>, Option<i64>),
) -> Result<History> {
    let mut tx = env.read().await?;
    let seen = seen(actor, tx.as_mut(), group).await?;
    let before = before.unwrap_or((Timestamp(i64::MAX), Uuid::max()));
    let limit = limit.unwrap_or(PAGE);
    let tenant = actor.tenant();
    let calls = tx.group_call().list(tenant, group, period, before, limit);
    let mut calls = calls.await?;
    for call in &mut calls {
        let answered = call.answered.take();
        call.answered = answered.map(|(member, at)| (seen.told(actor, member), at));
    }
    let is_full = i64::try_from(calls.len()).is_ok_and(|count| count == limit);
    let last = calls.last().filter(|_| is_full);
    Ok(History {
        group: seen.group,
        next: last.map(|call| (call.entered_at, call.id)),
        calls,
    })
}

/// The way of a call: to whom it was offered and what came of it.
///
/// # Errors
/// As for the history.
pub async fn way(env: &Env, actor: &Actor, group: Uuid, call: Uuid) -> Result<PastWay> {
    let mut tx = env.read().await?;
    let seen = seen(actor, tx.as_mut(), group).await?;
    let steps = tx
        .group_call()
        .list_steps(actor.tenant(), group, call)
        .await?;
    let told = |step: PastStep| PastStep {
        member: seen.told(actor, step.member),
        ..step
    };
    Ok(PastWay {
        steps: steps.into_iter().map(told).collect(),
    })
}
