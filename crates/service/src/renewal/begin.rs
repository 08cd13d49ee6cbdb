//! Asking for new login details for many users, and seeing beforehand what will happen.

use std::collections::{HashMap, HashSet};

use model::{
    Action, EnterpriseId, Field, JobId, PhonePassword, Problem, Renewal, RenewalId, RenewalOutcome,
    RenewalState, Target, UserId, Verdict, allows,
};
use store::{Candidate, JobKind, NewRenewalRow, Tx};

use super::own;
use crate::{
    Actor, Env, Error, Result,
    secret::seal_chosen,
    user::{Filter, filter, scope},
};

/// Whom it is about.
#[derive(Clone, Debug)]
pub enum Whom {
    /// These; who is nobody to the actor is skipped.
    Users(Vec<UserId>),
    /// All who match at the moment it begins.
    Matching(Filter),
}

/// What is asked for.
#[derive(Clone)]
pub struct BeginRenewal {
    /// The id it is to have, so that asking twice begins it once.
    pub id: Option<RenewalId>,
    /// Whom it is about.
    pub whom: Whom,
    /// One password for all; without it each gets one of their own.
    pub password: Option<String>,
}

/// What will happen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// How many will get new login details.
    pub part: usize,
    /// Who will not, and why.
    pub skipped: Vec<Skipped>,
}

/// Somebody who will be skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// First and last name; empty when it is nobody's.
    pub name: String,
    /// Why.
    pub why: RenewalOutcome,
}

/// An id for a renewal that is yet to begin.
#[must_use]
pub fn new_id(env: &Env) -> RenewalId {
    RenewalId(env.id())
}

/// What would happen now.
///
/// # Errors
/// `Forbidden` by role, `Invalid` when it is about nobody or about too many.
pub async fn preview(env: &Env, actor: &Actor, whom: &Whom) -> Result<Preview> {
    let mut tx = env.read().await?;
    let enterprise = enterprise(actor)?;
    let mut preview = Preview::default();
    for (_, candidate) in chosen(actor, tx.as_mut(), enterprise, whom).await? {
        let (name, why) = match candidate {
            None => (String::new(), Some(RenewalOutcome::NotFound)),
            Some(Candidate { name, obstacle, .. }) => (name, obstacle),
        };
        match why {
            None => preview.part += 1,
            Some(why) => preview.skipped.push(Skipped { name, why }),
        }
    }
    Ok(preview)
}

/// Fixes the rows and lets a job do the rest.
///
/// # Errors
/// `Forbidden` by role, `Invalid` when it is about nobody or about too many, or when the password breaks a rule.
pub async fn begin(env: &Env, actor: &Actor, request: &BeginRenewal) -> Result<Renewal> {
    let enterprise = enterprise(actor)?;
    let password: Option<PhonePassword> =
        request
            .password
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(|problem| Error::field(Field::Password, problem))?;
    let mut tx = env.write().await?;
    let rows: Vec<_> = chosen(actor, tx.as_mut(), enterprise, &request.whom)
        .await?
        .into_iter()
        .map(row)
        .collect();
    let failed = rows.iter().filter(|row| row.outcome.is_failure()).count();
    let id = request.id.unwrap_or_else(|| new_id(env));
    let renewal = Renewal {
        id,
        enterprise,
        owner: actor.id(),
        account: actor.account(),
        actor_name: actor.name().to_owned(),
        state: RenewalState::Running,
        is_chosen: password.is_some(),
        total: count(rows.len()),
        done: 0,
        failed: count(failed),
        created_at: env.now(),
        expires_at: env.now().plus_seconds(Renewal::FETCHABLE_S),
        finished_at: None,
        fetched_at: None,
    };
    let sealed = password.map(|password| seal_chosen(env, id, &password));
    if !tx
        .renewal()
        .insert(&renewal, sealed.as_deref(), &rows)
        .await?
    {
        return own(actor, tx.as_mut(), id).await;
    }
    tx.job()
        .insert(JobId(env.id()), JobKind::Renewal(id), env.now())
        .await?;
    tx.commit().await?;
    Ok(renewal)
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// The enterprise in which the actor may do this to anybody.
fn enterprise(actor: &Actor) -> Result<EnterpriseId> {
    let enterprise = actor.grant().enterprise().ok_or(Error::Forbidden)?;
    actor.authorise(Action::RenewLoginDetails, Target::Enterprise(enterprise))?;
    Ok(enterprise)
}

/// Everybody it is about, once each, with those whom the actor may do this to.
async fn chosen(
    actor: &Actor,
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    whom: &Whom,
) -> Result<Vec<(UserId, Option<Candidate>)>> {
    let users = users(actor, tx, whom).await?;
    let candidates = tx.renewal().list_candidates(enterprise, &users).await?;
    let may = |candidate: &Candidate| {
        let target = Target::User(enterprise, candidate.site, candidate.user);
        allows(actor.grant(), Action::RenewLoginDetails, target) == Verdict::Allowed
    };
    let mut known: HashMap<UserId, Candidate> = candidates
        .into_iter()
        .filter(may)
        .map(|candidate| (candidate.user, candidate))
        .collect();
    let chosen = users.into_iter().map(|id| (id, known.remove(&id)));
    Ok(chosen.collect())
}

async fn users(actor: &Actor, tx: &mut dyn Tx, whom: &Whom) -> Result<Vec<UserId>> {
    let max = Renewal::MAX_USERS;
    let (users, field, nobody) = match whom {
        Whom::Users(users) => {
            let mut seen = HashSet::new();
            let users = users.iter().copied().filter(|user| seen.insert(*user));
            let users = users.take(max + 1).collect::<Vec<_>>();
            (users, Field::UserIds, Problem::NobodyMatches)
        }
        Whom::Matching(wanted) => {
            let scope = scope(actor, tx, wanted).await?;
            let users = tx
                .user()
                .list_ids(scope, &filter(wanted)?, count(max + 1))
                .await?;
            (users, Field::Filter, Problem::NobodyMatches)
        }
    };
    match users.len() {
        0 => Err(Error::field(field, nobody)),
        n if n > max => Err(Error::field(field, Problem::TooManyUsers { max })),
        _ => Ok(users),
    }
}

/// Obstacles are looked at when it is the user's turn; only who is nobody will never have one.
fn row((asked, candidate): (UserId, Option<Candidate>)) -> NewRenewalRow {
    match candidate {
        Some(candidate) => NewRenewalRow {
            asked,
            user: Some(candidate.user),
            name: candidate.name,
            outcome: RenewalOutcome::Waiting,
        },
        None => NewRenewalRow {
            asked,
            user: None,
            name: String::new(),
            outcome: RenewalOutcome::NotFound,
        },
    }
}
