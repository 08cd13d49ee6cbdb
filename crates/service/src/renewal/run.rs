//! The renewal job: a batch of users, then back into the queue.

use model::{
    Entity, JournalAction, LoginName, NewJournalEntry, PhonePassword, Renewal, RenewalId,
    RenewalOutcome, RenewalState, Timestamp,
};
use store::{Job, RenewalBatch, RenewedLogin, Tenant, TurnOf, Tx};

use crate::{
    Env, Result,
    secret::{new_password, open_chosen, seal_password, stored_login},
};

/// How many users have their turn in one transaction; others who write wait that long.
const BATCH: i64 = 500;

/// Does the next batch. Everything of it is in one transaction with the job, so that it counts once however often it runs.
pub(crate) async fn run(env: &Env, job: &Job, id: RenewalId) -> Result<()> {
    let mut tx = env.write().await?;
    let goes_on = match tx.renewal().take(id, BATCH).await? {
        Some(batch) => turn(env, tx.as_mut(), batch).await?,
        None => false,
    };
    let is_ours = match goes_on {
        true => tx.job().put_back(job.id, env.now()).await?,
        false => tx.job().delete(job.id).await?,
    };
    if is_ours {
        tx.commit().await?;
    }
    Ok(())
}

/// Gives everybody in the batch what they are to get; whether others come behind them.
async fn turn(env: &Env, tx: &mut dyn Tx, batch: RenewalBatch) -> Result<bool> {
    let RenewalBatch {
        renewal,
        chosen,
        is_last,
        turns,
    } = batch;
    let now = env.now();
    if now >= renewal.expires_at {
        finish(tx, &renewal, RenewalState::Cancelled, now).await?;
        return Ok(false);
    }
    let chosen = chosen
        .map(|sealed| open_chosen(&env.key, renewal.id, &sealed))
        .transpose()?;
    let mut outcomes = Vec::with_capacity(turns.len());
    let (mut logins, mut entries) = (Vec::new(), Vec::new());
    for turn in turns {
        let outcome = match &turn.user {
            None => RenewalOutcome::Deleted,
            Some(user) => user.obstacle.unwrap_or(RenewalOutcome::Done),
        };
        outcomes.push((turn.position, outcome));
        if let (Some(user), RenewalOutcome::Done) = (&turn.user, outcome) {
            logins.push(login(env, &renewal, user, chosen.as_ref()));
            entries.push(entry(now, &renewal, user));
        }
    }
    tx.renewal().put_logins(renewal.id, &logins).await?;
    tx.journal().insert_all(&entries).await?;
    tx.renewal().update_outcomes(renewal.id, &outcomes).await?;
    if is_last {
        finish(tx, &renewal, RenewalState::Done, now).await?;
    }
    Ok(!is_last)
}

async fn finish(
    tx: &mut dyn Tx,
    renewal: &Renewal,
    state: RenewalState,
    now: Timestamp,
) -> Result<()> {
    tx.renewal()
        .finish(Tenant::Installation, renewal.id, state, now)
        .await?;
    Ok(())
}

/// The user's new login. It is issued after the one in force, even within the same millisecond: that is how registrations and
/// results know which one counts.
fn login(
    env: &Env,
    renewal: &Renewal,
    user: &TurnOf,
    chosen: Option<&PhonePassword>,
) -> RenewedLogin {
    let password = chosen.cloned().unwrap_or_else(|| new_password(env));
    let name = LoginName::of(&user.number);
    let earlier = user.issued_at.map_or(i64::MIN, |at| at.0.saturating_add(1));
    let issued_at = Timestamp(env.now().0.max(earlier));
    let stored = stored_login(env, user.user, &name, &password, issued_at);
    RenewedLogin {
        user: user.user,
        login: stored.login,
        digests: stored.sealed,
        password: seal_password(env, renewal.id, user.user, &password),
        issued_at,
    }
}

/// As if the administrator had done it one by one: the call engine ends the registrations that were made before (L1).
fn entry(now: Timestamp, renewal: &Renewal, user: &TurnOf) -> NewJournalEntry {
    NewJournalEntry {
        at: now,
        actor: renewal.account,
        actor_name: renewal.actor_name.clone(),
        on_behalf_of: None,
        enterprise: Some(renewal.enterprise),
        site: Some(user.site),
        action: JournalAction::LoginDetailsRenewed,
        entity: Entity {
            id: user.user.0,
            name: user.name.clone(),
        },
        changes: Vec::new(),
    }
}
