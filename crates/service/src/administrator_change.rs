//! Administrators of an enterprise: look at one, change, remove (R1).

use model::{
    AccountId, Action, Change, EnterpriseId, Field, Grant, JournalAction, Problem, Problems, Role,
};
use store::{Account, Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    administrator::{self, AddAdministrator},
    journal::{self, Subject},
};

/// The administrator, for an actor who may change it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_modify(
    env: &Env,
    actor: &Actor,
    enterprise: EnterpriseId,
    id: AccountId,
) -> Result<Account> {
    let mut tx = env.read().await?;
    find(tx.as_mut(), actor, enterprise, id).await
}

async fn find(
    tx: &mut dyn Tx,
    actor: &Actor,
    enterprise: EnterpriseId,
    id: AccountId,
) -> Result<Account> {
    let may = Action::ManageAdministrators;
    let enterprise = actor.enterprise(tx, enterprise, may).await?;
    let of = Tenant::Enterprise(enterprise.id);
    let found = tx.account().get_administrator(of, id).await?;
    found.ok_or(Error::NotFound)
}

/// The fields as they were typed.
#[derive(Clone, Debug, Default)]
pub struct ModifyAdministrator {
    /// `enterprise-admin` or `site-admin`.
    pub role: String,
    /// The sites of a site administrator.
    pub sites: Vec<model::SiteId>,
    /// Where mail goes.
    pub email: String,
    /// Language of pages and mail.
    pub language: String,
}

/// Changes an administrator; what it may do is another thing from the next click on.
///
/// # Errors
/// `NotFound` and `Forbidden` by role; `Invalid` with everything that is wrong, for another role or other sites of oneself,
/// and for the last enterprise administrator.
pub async fn modify(
    env: &Env,
    actor: &Actor,
    enterprise: EnterpriseId,
    id: AccountId,
    request: &ModifyAdministrator,
) -> Result<Account> {
    let mut tx = env.write().await?;
    let before = find(tx.as_mut(), actor, enterprise, id).await?;
    tx.enterprise().hold(enterprise).await?;
    let after = check(tx.as_mut(), enterprise, &before, request).await?;
    if after.grant != before.grant {
        refuse_oneself(actor, id)?;
    }
    if after.grant.role() != Role::EnterpriseAdmin {
        refuse_last(tx.as_mut(), enterprise, &before).await?;
    }
    let changes = differences(tx.as_mut(), enterprise, &before, &after).await?;
    if changes.is_empty() {
        return Ok(after);
    }
    let tenant = Tenant::Enterprise(enterprise);
    tx.account().update_administrator(tenant, &after).await?;
    let action = JournalAction::AdministratorChanged;
    note(env, tx.as_mut(), actor, action, enterprise, &after, changes).await?;
    tx.commit().await?;
    Ok(after)
}

async fn check(
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    before: &Account,
    request: &ModifyAdministrator,
) -> Result<Account> {
    let mut problems = Problems::default();
    let email: Option<model::Email> = problems.note(Field::Email, request.email.parse());
    let language = problems.note(Field::Language, request.language.parse());
    let wanted = AddAdministrator {
        role: request.role.clone(),
        sites: request.sites.clone(),
        ..AddAdministrator::default()
    };
    let grant = administrator::grant(tx, enterprise, &wanted).await?;
    let grant = grant
        .map_err(|(field, problem)| problems.add(field, problem))
        .ok();
    match (grant, email, language) {
        (Some(grant), Some(email), Some(language)) => Ok(Account {
            grant: in_order(grant),
            email: email.to_string(),
            language,
            ..before.clone()
        }),
        _ => Err(problems.into()),
    }
}

/// Sites once each and as they are stored, so that the same ones are no change.
fn in_order(grant: Grant) -> Grant {
    match grant {
        Grant::SiteAdmin(enterprise, mut sites) => {
            sites.sort_unstable();
            sites.dedup();
            Grant::SiteAdmin(enterprise, sites)
        }
        other @ (Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::User(..)) => other,
    }
}

async fn differences(
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    before: &Account,
    after: &Account,
) -> Result<Vec<Change>> {
    let sites = tx.site().list(Tenant::Enterprise(enterprise)).await?;
    let names = |account: &Account| match &account.grant {
        Grant::SiteAdmin(_, own) => {
            let own = sites.iter().filter(|site| own.contains(&site.id));
            let names: Vec<_> = own.map(|site| site.name.as_str()).collect();
            Some(names.join(", "))
        }
        Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::User(..) => None,
    };
    let (old, new) = (before.grant.role().name(), after.grant.role().name());
    let of_sites = Change {
        field: Field::Sites.id().to_owned(),
        before: names(before),
        after: names(after),
    };
    let changes = [
        Change::from_to("role", old, new),
        of_sites,
        Change::from_to("email", &before.email, &after.email),
        Change::from_to("language", before.language.code(), after.language.code()),
    ];
    let changed = |change: &Change| change.before != change.after;
    Ok(changes.into_iter().filter(changed).collect())
}

#[expect(
    clippy::too_many_arguments,
    reason = "those of `journal::write` with the administrator instead of its subject"
)]
async fn note(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    action: JournalAction,
    enterprise: EnterpriseId,
    account: &Account,
    changes: Vec<Change>,
) -> Result<()> {
    let subject = Subject {
        id: account.id.0,
        ..Subject::enterprise(enterprise, &account.username)
    };
    journal::write(env, tx, actor, action, subject, changes).await
}

fn refuse_oneself(actor: &Actor, id: AccountId) -> Result<()> {
    match actor.account() {
        Some(own) if own == id => Err(Error::field(Field::Role, Problem::Oneself)),
        Some(_) | None => Ok(()),
    }
}

/// Without an enterprise administrator only the operator could help.
async fn refuse_last(tx: &mut dyn Tx, enterprise: EnterpriseId, account: &Account) -> Result<()> {
    let all = tx
        .account()
        .list_administrators(Tenant::Enterprise(enterprise))
        .await?;
    let is_whole = |account: &Account| account.grant.role() == Role::EnterpriseAdmin;
    let mut others = all.iter().filter(|other| other.id != account.id);
    if is_whole(account) && !others.any(is_whole) {
        return Err(Error::field(Field::Role, Problem::LastAdministrator));
    }
    Ok(())
}

/// Removes an administrator; sessions and one-time links end at once.
///
/// # Errors
/// `NotFound` and `Forbidden` by role; `Invalid` for oneself and for the last enterprise administrator.
pub async fn remove(
    env: &Env,
    actor: &Actor,
    enterprise: EnterpriseId,
    id: AccountId,
) -> Result<()> {
    let mut tx = env.write().await?;
    let account = find(tx.as_mut(), actor, enterprise, id).await?;
    tx.enterprise().hold(enterprise).await?;
    refuse_oneself(actor, id)?;
    refuse_last(tx.as_mut(), enterprise, &account).await?;
    let tenant = Tenant::Enterprise(enterprise);
    if !tx.account().delete_administrator(tenant, id).await? {
        return Err(Error::NotFound);
    }
    let gone = |field: &str, before: &str| Change {
        field: field.to_owned(),
        before: Some(before.to_owned()),
        after: None,
    };
    let changes = vec![
        gone("role", account.grant.role().name()),
        gone("email", &account.email),
    ];
    let action = JournalAction::AdministratorRemoved;
    note(
        env,
        tx.as_mut(),
        actor,
        action,
        enterprise,
        &account,
        changes,
    )
    .await?;
    Ok(tx.commit().await?)
}
