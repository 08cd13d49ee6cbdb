//! The activation job: asks the back end about a Pending user.

use model::{Event, UserId};
use store::{Job, Tenant};

use super::{apply, back_end::Answer};
use crate::{Actor, Env, Result};

/// Asks the back end and carries its answer out; the job is done in the same transaction, so that it counts once however
/// often it runs.
///
/// The user is changed before the job is deleted, as when a user is deleted and the job goes along: two who took them in
/// different orders would wait for each other.
pub(crate) async fn run(env: &Env, job: &Job, user: UserId) -> Result<()> {
    let mut tx = env.write().await?;
    let Some(user) = tx.user().get(Tenant::Installation, user).await? else {
        return Ok(());
    };
    if user.state == model::State::Pending {
        let event = match env.settings.activation.ask(tx.as_mut(), &user).await? {
            Answer::Activate => Some(Event::Activate { at: env.now() }),
            Answer::Fail(reason) => Some(Event::Fail { reason }),
            Answer::Wait => None,
        };
        if let Some(event) = event {
            apply(env, tx.as_mut(), &Actor::system(), user, event).await?;
        }
    }
    if !tx.job().delete(job.id).await? {
        return Ok(());
    }
    Ok(tx.commit().await?)
}
