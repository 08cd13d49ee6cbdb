//! Enterprises: add, look at, list.

use model::{
    Action, Change, Cursor, Enterprise, EnterpriseId, ExtensionRule, Field, JournalAction, Limit,
    Page, Problem, Problems, Target, Telephony,
};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// The fields as they were typed.
#[derive(Clone, Debug, Default)]
pub struct AddEnterprise {
    /// Name as shown.
    pub name: String,
    /// Short name for logging in.
    pub domain: String,
    /// Two-letter code of the country.
    pub country: String,
}

/// Adds an enterprise.
///
/// # Errors
/// `Forbidden` for all but the operator, `Invalid` with everything that is wrong.
pub async fn add(env: &Env, actor: &Actor, request: &AddEnterprise) -> Result<Enterprise> {
    actor.authorise(Action::ManageEnterprises, Target::Installation)?;
    let enterprise = check(env, request)?;
    let mut tx = env.write().await?;
    if !tx.enterprise().insert(&enterprise).await? {
        return Err(Error::field(Field::Domain, Problem::Taken));
    }
    let subject = Subject::enterprise(enterprise.id, &enterprise.name);
    let changes = vec![
        Change::new("name", &enterprise.name),
        Change::new("domain", &enterprise.domain),
    ];
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::EnterpriseAdded,
        subject,
        changes,
    )
    .await?;
    tx.commit().await?;
    Ok(enterprise)
}

fn check(env: &Env, request: &AddEnterprise) -> Result<Enterprise> {
    let mut problems = Problems::default();
    let name = problems.note(Field::Name, request.name.parse());
    let domain = problems.note(Field::Domain, request.domain.parse());
    let country = problems.note(Field::Country, request.country.parse());
    match (name, domain, country) {
        (Some(name), Some(domain), Some(country)) => Ok(Enterprise {
            id: EnterpriseId(env.id()),
            name,
            domain,
            country,
            extension_rule: ExtensionRule::default(),
            telephony: Telephony::default(),
            created_at: env.now(),
        }),
        _ => Err(problems.into()),
    }
}

/// The enterprise.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn get(env: &Env, actor: &Actor, id: EnterpriseId) -> Result<Enterprise> {
    let mut tx = env.read().await?;
    actor
        .enterprise(tx.as_mut(), id, Action::ViewEnterprise)
        .await
}

/// What the call engine is to keep to for an enterprise, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct SetTelephony {
    /// Whether phones that know only MD5 are refused.
    pub refuses_md5: bool,
    /// Calls at once.
    pub max_calls: String,
}

/// The enterprise, for an actor who may set what the call engine keeps to for it.
///
/// # Errors
/// `Forbidden` for all but the operator, `NotFound`.
pub async fn may_set_telephony(env: &Env, actor: &Actor, id: EnterpriseId) -> Result<Enterprise> {
    let enterprise = get(env, actor, id).await?;
    actor.authorise(Action::ManageEnterprises, Target::Installation)?;
    Ok(enterprise)
}

/// Sets what the call engine keeps to for an enterprise.
///
/// # Errors
/// `Forbidden` for all but the operator, `NotFound`, `Invalid`.
pub async fn set_telephony(
    env: &Env,
    actor: &Actor,
    id: EnterpriseId,
    request: &SetTelephony,
) -> Result<Enterprise> {
    let mut tx = env.write().await?;
    let enterprise = actor
        .enterprise(tx.as_mut(), id, Action::ViewEnterprise)
        .await?;
    actor.authorise(Action::ManageEnterprises, Target::Installation)?;
    let max_calls = Telephony::parse_max_calls(&request.max_calls)
        .map_err(|problem| Error::field(Field::MaxCalls, problem))?;
    let (before, after) = (
        enterprise.telephony,
        Telephony {
            refuses_md5: request.refuses_md5,
            max_calls,
        },
    );
    tx.enterprise().update_telephony(id, after).await?;
    let changes = vec![
        Change::from_to("refuses_md5", &before.refuses_md5, &after.refuses_md5),
        Change::from_to("max_calls", &before.max_calls, &after.max_calls),
    ];
    let changes = changes
        .into_iter()
        .filter(|change| change.before != change.after);
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::EnterpriseChanged,
        Subject::enterprise(enterprise.id, &enterprise.name),
        changes.collect(),
    )
    .await?;
    tx.commit().await?;
    Ok(Enterprise {
        telephony: after,
        ..enterprise
    })
}

/// How many enterprises there are.
///
/// # Errors
/// `Forbidden` for all but the operator.
pub async fn count(env: &Env, actor: &Actor) -> Result<i64> {
    actor.authorise(Action::ManageEnterprises, Target::Installation)?;
    Ok(env.read().await?.enterprise().count().await?)
}

/// All enterprises, by age.
///
/// # Errors
/// `Forbidden` for all but the operator.
pub async fn list(
    env: &Env,
    actor: &Actor,
    cursor: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<Enterprise>> {
    actor.authorise(Action::ManageEnterprises, Target::Installation)?;
    Ok(env.read().await?.enterprise().list(cursor, limit).await?)
}
