//! What the desk writes down: agents' states that changed by themselves, and calls that have left.

use std::collections::HashMap;

use model::{
    Timestamp, UserId, VirtualUserId,
    call_centre::{AgentState, QueueRecord, Step, StepKind},
    group_call::Deed,
};
use store::{Member, PastCall, PastStep};

use crate::{Env, Result};

/// Keeps a state that has changed by itself; it is no deed of anybody, so the journal does not tell of it.
pub(super) async fn keep_state(
    env: &Env,
    id: VirtualUserId,
    agent: UserId,
    state: &AgentState,
    since: Timestamp,
) -> Result<()> {
    let mut tx = env.write().await?;
    // Whoever is no agent any more needs no state.
    tx.call_centre()
        .update_agent(id, agent, state, since)
        .await?;
    Ok(tx.commit().await?)
}

/// Keeps a call that has left.
pub(super) async fn keep_call(
    env: &Env,
    id: VirtualUserId,
    record: &QueueRecord,
    caller: String,
    names: &HashMap<UserId, String>,
) -> Result<()> {
    let member = |user: UserId| Member {
        user: Some(user),
        site: None,
        name: names.get(&user).cloned().unwrap_or_default(),
    };
    let step = |step: &Step| {
        let (deed, user, why) = match step.kind {
            StepKind::Offered(user) => (Deed::Offered, user, None),
            StepKind::Bounced(user, why) => (Deed::Bounced, user, Some(why)),
            StepKind::Answered(user) => (Deed::Answered, user, None),
        };
        PastStep {
            at: step.at,
            deed,
            member: member(user),
            why,
        }
    };
    let call = PastCall {
        id: env.id(),
        caller,
        entered_at: record.entered_at,
        answered: record.answered.map(|(user, at)| (member(user), at)),
        left_at: record.left_at,
        departure: record.departure,
        offers: record.offers.into(),
        bounces: record.bounces.into(),
    };
    let steps: Vec<_> = record.steps.iter().map(step).collect();
    let mut tx = env.write().await?;
    tx.group_call().insert(id.0, &call, &steps).await?;
    Ok(tx.commit().await?)
}
