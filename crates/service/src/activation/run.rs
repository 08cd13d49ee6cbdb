//! The activation job: asks the back end about a Pending user, and speaks again of who waits.

use model::{Event, JobId, OrderId, State, User, UserId};
use store::{Job, JobKind, Tenant, Tx};

use super::{
    apply,
    back_end::{Answer, BackEnd},
    carrier,
    count::{self, By},
};
use crate::{Actor, Env, Result};

/// Asks the back end and carries its answer out; the job is done in the same transaction, so that it counts once however
/// often it runs.
///
/// The user is changed before the job is deleted, as when a user is deleted and the job goes along: two who took them in
/// different orders would wait for each other.
pub(crate) async fn run(env: &Env, job: &Job, user: UserId) -> Result<()> {
    let ordered = order(env, job, user).await?;
    let mut tx = env.write().await?;
    let Some(user) = tx.user().get(Tenant::Installation, user).await? else {
        return Ok(());
    };
    let mut outcome = None;
    let mut waits = false;
    if user.state == State::Pending {
        let answer = match ordered {
            Some(answer) => answer,
            None => env.settings.activation.ask(tx.as_mut(), &user).await?,
        };
        outcome = match answer {
            Answer::Activate => Some(Event::Activate { at: env.now() }),
            Answer::Fail(reason) => Some(Event::Fail { reason }),
            Answer::Wait => None,
        };
        waits = outcome.is_none();
        match &outcome {
            Some(event) => {
                apply(
                    env,
                    tx.as_mut(),
                    &Actor::system(),
                    user.clone(),
                    event.clone(),
                )
                .await?;
            }
            None => wait(env, tx.as_mut(), job, &user).await?,
        }
    }
    if !tx.job().delete(job.id).await? {
        return Ok(());
    }
    tx.job().delete_activation(user.id).await?;
    if waits {
        remind_later(env, tx.as_mut(), user.id).await?;
    }
    tx.commit().await?;
    if let Some(event) = outcome {
        count::count(By::of(env.settings.activation), &event);
    }
    Ok(())
}

/// The order at the carrier, where that is the back end; outside of any transaction.
async fn order(env: &Env, job: &Job, user: UserId) -> Result<Option<Answer>> {
    match env.settings.activation {
        BackEnd::Automatic | BackEnd::Manual => return Ok(None),
        BackEnd::Webhook => {}
    }
    let mut tx = env.read().await?;
    let user = tx.user().get(Tenant::Installation, user).await?;
    drop(tx);
    match user {
        Some(user) if user.state == State::Pending => {
            Ok(Some(carrier::order(env, &user, OrderId(job.id.0)).await?))
        }
        Some(_) | None => Ok(None),
    }
}

/// Notes who is waited for.
async fn wait(env: &Env, tx: &mut dyn Tx, job: &Job, user: &User) -> Result<()> {
    match env.settings.activation {
        BackEnd::Automatic | BackEnd::Manual => {
            tx.activation().put_waiting(user.id, env.now()).await?;
        }
        BackEnd::Webhook => {
            let order = OrderId(job.id.0);
            tx.activation().update_accepted(order, env.now()).await?;
        }
    }
    Ok(())
}

async fn remind_later(env: &Env, tx: &mut dyn Tx, user: UserId) -> Result<()> {
    let pause = i64::from(env.settings.activation_reminder_hours.max(1)) * 3600;
    let at = env.now().plus_seconds(pause);
    let kind = JobKind::ActivationReminder(user);
    Ok(tx.job().insert(JobId(env.id()), kind, at).await?)
}

/// Speaks again of a user that still waits: the carrier is sent the same order once more, the operator sees it in the queue.
pub(crate) async fn remind(env: &Env, job: &Job, user: UserId) -> Result<()> {
    let mut tx = env.write().await?;
    let Some(user) = tx.user().get(Tenant::Installation, user).await? else {
        return Ok(());
    };
    let waits = user.state == State::Pending;
    if waits {
        tx.activation().update_reminded(user.id, env.now()).await?;
    }
    if !tx.job().delete(job.id).await? {
        return Ok(());
    }
    if waits {
        tracing::warn!(user = %user.id, added_at = user.created_at.0, "a user is still Pending");
        let progress = tx.activation().get(Tenant::Installation, user.id).await?;
        match progress.and_then(|progress| progress.order) {
            Some(order) => {
                let kind = JobKind::Activation(user.id);
                tx.job().delete_activation(user.id).await?;
                tx.job().insert(JobId(order.id.0), kind, env.now()).await?;
            }
            None => remind_later(env, tx.as_mut(), user.id).await?,
        }
    }
    Ok(tx.commit().await?)
}
