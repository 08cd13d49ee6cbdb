//! Enterprises: add, look at, list.

use model::{
    Action, Change, Cursor, Enterprise, EnterpriseId, ExtensionRule, Field, JournalAction, Limit,
    Page, Problem, Problems, Target,
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
