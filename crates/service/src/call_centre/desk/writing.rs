//! What the desk writes down: agents' states that changed by themselves, and calls that have left.

use std::collections::HashMap;

use model::{
    Timestamp, UserId, VirtualUserId,
    call_centre::{AgentState, QueueRecord, StepKind},
};
use store::{NewPastCall, PastCall, PastStep};

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
    let name = |user: UserId| names.get(&user).cloned().unwrap_or_default();
    let steps = record.steps.iter().map(|step| {
        let (kind, user, why) = match step.kind {
            StepKind::Offered(user) => ("offered", user, None),
            StepKind::Bounced(user, why) => ("bounced", user, Some(why.id().to_owned())),
            StepKind::Answered(user) => ("answered", user, None),
        };
        PastStep {
            at: step.at,
            kind: kind.to_owned(),
            user: Some(user),
            name: name(user),
            why,
        }
    });
    let call = NewPastCall {
        call: PastCall {
            id: env.id(),
            caller,
            entered_at: record.entered_at,
            answered: record.answered.map(|(user, at)| (name(user), at)),
            left_at: record.left_at,
            departure: record.departure,
            offers: record.offers.into(),
            bounces: record.bounces.into(),
        },
        answered_by: record.answered.map(|(user, _)| user),
        steps: steps.collect(),
    };
    let mut tx = env.write().await?;
    tx.call_centre().insert_call(id, &call).await?;
    Ok(tx.commit().await?)
}
