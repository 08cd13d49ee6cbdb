//! Administrators of an enterprise: add, list (R1).

use model::{
    AccountId, Action, Change, Email, Enterprise, EnterpriseId, Field, Grant, JournalAction,
    Language, Problem, Problems, Role, SiteId, Username,
};
use store::{Account, LinkPurpose, NewAccount, Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    mail, password,
};

/// The fields as they were typed.
#[derive(Clone, Debug, Default)]
pub struct AddAdministrator {
    /// `enterprise-admin` or `site-admin`.
    pub role: String,
    /// The sites of a site administrator.
    pub sites: Vec<SiteId>,
    /// Username, unique in the enterprise.
    pub username: String,
    /// Where mail goes.
    pub email: String,
    /// Language of pages and mail.
    pub language: String,
}

/// The enterprise, for an actor who may add an administrator to it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_add(env: &Env, actor: &Actor, id: EnterpriseId) -> Result<Enterprise> {
    let mut tx = env.read().await?;
    actor
        .enterprise(tx.as_mut(), id, Action::ManageAdministrators)
        .await
}

/// Adds an administrator and answers the one-time token with which the password is set, for whoever cannot wait for the
/// registration email (U10).
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` with everything that is wrong.
pub async fn add(
    env: &Env,
    actor: &Actor,
    enterprise: EnterpriseId,
    request: &AddAdministrator,
) -> Result<(AccountId, String)> {
    let mut tx = env.write().await?;
    let enterprise = actor
        .enterprise(tx.as_mut(), enterprise, Action::ManageAdministrators)
        .await?;
    let checked = check(tx.as_mut(), enterprise.id, request).await?;
    let id = AccountId(env.id());
    let account = NewAccount {
        id,
        grant: &checked.grant,
        username: checked.username.as_str(),
        username_folded: &checked.username.folded(),
        email: checked.email.as_str(),
        language: checked.language,
        created_at: env.now(),
    };
    if !tx.account().insert(&account).await? {
        return Err(Error::field(Field::Username, Problem::Taken));
    }
    let token = password::new_link(env, tx.as_mut(), id, LinkPurpose::HandedOver).await?;
    mail::enqueue_registration(env, tx.as_mut(), id).await?;
    let subject = Subject {
        id: id.0,
        ..Subject::enterprise(enterprise.id, &checked.username)
    };
    let changes = vec![
        Change::new("role", checked.grant.role().name()),
        Change::new("email", &checked.email),
    ];
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::AdministratorAdded,
        subject,
        changes,
    )
    .await?;
    tx.commit().await?;
    Ok((id, token))
}

struct Checked {
    grant: Grant,
    username: Username,
    email: Email,
    language: Language,
}

async fn check(
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    request: &AddAdministrator,
) -> Result<Checked> {
    let mut problems = Problems::default();
    let username = problems.note(Field::Username, request.username.parse());
    let email = problems.note(Field::Email, request.email.parse());
    let language = problems.note(Field::Language, request.language.parse());
    let grant = grant(tx, enterprise, request).await?;
    let grant = grant
        .map_err(|(field, problem)| problems.add(field, problem))
        .ok();
    match (grant, username, email, language) {
        (Some(grant), Some(username), Some(email), Some(language)) => Ok(Checked {
            grant,
            username,
            email,
            language,
        }),
        _ => Err(problems.into()),
    }
}

pub(crate) async fn grant(
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    request: &AddAdministrator,
) -> Result<std::result::Result<Grant, (Field, Problem)>> {
    match request.role.parse() {
        Ok(Role::EnterpriseAdmin) => Ok(Ok(Grant::EnterpriseAdmin(enterprise))),
        Ok(Role::SiteAdmin) if request.sites.is_empty() => {
            Ok(Err((Field::Sites, Problem::Required)))
        }
        Ok(Role::SiteAdmin) => {
            for site in &request.sites {
                if tx
                    .site()
                    .get(Tenant::Enterprise(enterprise), *site)
                    .await?
                    .is_none()
                {
                    return Ok(Err((Field::Sites, Problem::Unknown)));
                }
            }
            Ok(Ok(Grant::SiteAdmin(enterprise, request.sites.clone())))
        }
        Ok(Role::Operator | Role::User) | Err(_) => Ok(Err((Field::Role, Problem::Unknown))),
    }
}

/// The administrators of an enterprise, by username.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn list(env: &Env, actor: &Actor, enterprise: EnterpriseId) -> Result<Vec<Account>> {
    let mut tx = env.read().await?;
    let enterprise = actor
        .enterprise(tx.as_mut(), enterprise, Action::ManageAdministrators)
        .await?;
    Ok(tx
        .account()
        .list_administrators(Tenant::Enterprise(enterprise.id))
        .await?)
}
