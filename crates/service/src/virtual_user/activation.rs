//! Activation of virtual users (S3, S4): the same states, back ends and queue as for users.
//!
//! With the webhook, the operator decides as with the manual back end: the carrier's orders are about users.

use model::{
    Action, Change, Event, FailureReason, Holder, JobId, JournalAction, NumberState, State, Target,
    VirtualUser, VirtualUserId,
};
use store::{Job, JobKind, Tenant, Tx, VirtualUserNotActive};

use super::{delete::remove, find};
use crate::{
    Actor, Env, Error, Result,
    activation::{BackEnd, Decision, Waiting, operator_reason},
    journal::{self, Subject},
};

/// Asks the back end about a Pending virtual user and carries its answer out, in the transaction that ends the job.
pub(crate) async fn run(env: &Env, job: &Job, id: VirtualUserId) -> Result<()> {
    let mut tx = env.write().await?;
    let found = tx.virtual_user().get(Tenant::Installation, id).await?;
    if let Some(virtual_user) = found.filter(|found| found.state == State::Pending)
        && let Some(event) = ask(env, tx.as_mut(), &virtual_user).await?
    {
        apply(env, tx.as_mut(), &Actor::system(), virtual_user, event).await?;
    }
    if tx.job().delete(job.id).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// What the back end answers; `None` when the operator decides.
async fn ask(env: &Env, tx: &mut dyn Tx, virtual_user: &VirtualUser) -> Result<Option<Event>> {
    match env.settings.activation {
        BackEnd::Automatic => Ok(Some(if is_delivered(tx, virtual_user).await? {
            Event::Activate { at: env.now() }
        } else {
            let reason = FailureReason::NumberNotAssigned;
            Event::Fail { reason }
        })),
        BackEnd::Manual | BackEnd::Webhook => Ok(None),
    }
}

/// Whether number and extension lead to this virtual user.
async fn is_delivered(tx: &mut dyn Tx, virtual_user: &VirtualUser) -> Result<bool> {
    let own = Holder::VirtualUser(virtual_user.id);
    let number = tx.number().get(&virtual_user.number).await?;
    let (enterprise, extension) = (virtual_user.enterprise, &virtual_user.extension);
    let holder = tx.user().extension_holder(enterprise, extension).await?;
    Ok(
        number.is_some_and(|number| number.state == NumberState::Assigned(own))
            && holder.is_some_and(|holder| holder.holder == own),
    )
}

/// Applies an event to the state and writes it down.
async fn apply(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    virtual_user: VirtualUser,
    event: Event,
) -> Result<VirtualUser> {
    let action = match &event {
        Event::Activate { .. } => JournalAction::VirtualUserActivated,
        Event::Fail { .. } => JournalAction::VirtualUserActivationFailed,
        Event::Retry => JournalAction::VirtualUserActivationRetried,
    };
    let state = virtual_user.state.on(event);
    let state = state.map_err(|_| Error::AlreadyActive)?;
    let (id, version) = (virtual_user.id, virtual_user.version);
    let tenant = Tenant::Installation;
    let is_set = tx.virtual_user().update_state(tenant, id, &state, version);
    if !is_set.await? {
        return Err(Error::Changed);
    }
    let mut changes = vec![Change::from_to(
        "state",
        virtual_user.state.name(),
        state.name(),
    )];
    if let State::Failed { reason } = &state {
        changes.push(Change::new("state_reason", reason));
    }
    let subject = Subject::virtual_user(&virtual_user);
    journal::write(env, tx, actor, action, subject, changes).await?;
    Ok(VirtualUser {
        state,
        version: version + 1,
        ..virtual_user
    })
}

/// Carries out what the operator has decided.
///
/// # Errors
/// `NotFound`, `Forbidden` for all but the operator, `AlreadyActive`, `Invalid` for a failure without a reason.
pub async fn decide(
    env: &Env,
    actor: &Actor,
    id: VirtualUserId,
    decision: &Decision,
) -> Result<VirtualUser> {
    let mut tx = env.write().await?;
    let found = find(actor, tx.as_mut(), id, Action::DecideActivation).await?;
    let event = match decision {
        Decision::Activate => Event::Activate { at: env.now() },
        Decision::Fail { reason } => Event::Fail {
            reason: operator_reason(reason)?,
        },
        Decision::Retry => Event::Retry,
    };
    let decided = apply(env, tx.as_mut(), actor, found, event).await?;
    if *decision == Decision::Retry {
        enqueue(env, tx.as_mut(), id).await?;
    }
    tx.commit().await?;
    Ok(decided)
}

/// Lets the back end be asked.
pub(crate) async fn enqueue(env: &Env, tx: &mut dyn Tx, id: VirtualUserId) -> Result<()> {
    let kind = JobKind::VirtualUserActivation(id);
    Ok(tx.job().insert(JobId(env.id()), kind, env.now()).await?)
}

/// The virtual user that [`cancel`] would remove.
///
/// # Errors
/// `NotFound`, `Forbidden` for all but the operator, `AlreadyActive`.
pub async fn may_cancel(env: &Env, actor: &Actor, id: VirtualUserId) -> Result<VirtualUser> {
    let mut tx = env.read().await?;
    cancellable(tx.as_mut(), actor, id).await
}

async fn cancellable(tx: &mut dyn Tx, actor: &Actor, id: VirtualUserId) -> Result<VirtualUser> {
    let found = find(actor, tx, id, Action::DecideActivation).await?;
    if found.state.is_active() {
        return Err(Error::AlreadyActive);
    }
    Ok(found)
}

/// Removes a virtual user that was never active: number and extension become free (S4).
///
/// # Errors
/// `NotFound`, `Forbidden` for all but the operator, `AlreadyActive`.
pub async fn cancel(env: &Env, actor: &Actor, id: VirtualUserId) -> Result<()> {
    let mut tx = env.write().await?;
    let found = cancellable(tx.as_mut(), actor, id).await?;
    let action = JournalAction::VirtualUserCancelled;
    remove(env, tx.as_mut(), actor, &found, action).await?;
    Ok(tx.commit().await?)
}

/// Virtual users that are Pending or Failed, the oldest first; at most 1,000.
///
/// # Errors
/// `Forbidden` for all but the operator, `Invalid` for a state that nobody waits in.
pub async fn queue(
    env: &Env,
    actor: &Actor,
    waiting: &Waiting,
) -> Result<Vec<VirtualUserNotActive>> {
    actor.authorise(Action::DecideActivation, Target::Installation)?;
    let filter = waiting.filter(env.now())?;
    let mut tx = env.read().await?;
    let state = filter.state.as_deref();
    let found = tx.virtual_user().list_not_active(filter.enterprise, state);
    let mut found = found.await?;
    found.retain(|one| {
        let before = filter.before;
        before.is_none_or(|before| one.virtual_user.created_at < before)
    });
    Ok(found)
}
