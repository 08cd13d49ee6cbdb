//! Writing and reading the journal.

use model::{
    Action, Change, EnterpriseId, Entity, JournalAction, JournalEntry, Limit, NewJournalEntry,
    SiteId, Target, User, UserId,
};
use store::{JournalScope, Tx};
use uuid::Uuid;

use crate::{Actor, Env, Error, Result};

/// What an entry is about.
pub(crate) struct Subject {
    pub(crate) enterprise: Option<EnterpriseId>,
    pub(crate) site: Option<SiteId>,
    pub(crate) id: Uuid,
    pub(crate) name: String,
}

impl Subject {
    pub(crate) fn user(user: &User) -> Self {
        Self {
            enterprise: Some(user.enterprise),
            site: Some(user.site),
            id: user.id.0,
            name: user.full_name(),
        }
    }

    pub(crate) fn enterprise(id: EnterpriseId, name: &impl ToString) -> Self {
        Self {
            enterprise: Some(id),
            site: None,
            id: id.0,
            name: name.to_string(),
        }
    }

    pub(crate) fn site(place: &store::Place) -> Self {
        Self {
            enterprise: Some(place.enterprise.id),
            site: Some(place.site.id),
            id: place.site.id.0,
            name: place.site.name.to_string(),
        }
    }
}

/// Writes an entry in the transaction of the change.
pub(crate) async fn write(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    action: JournalAction,
    subject: Subject,
    changes: Vec<Change>,
) -> Result<()> {
    let entry = NewJournalEntry {
        at: env.now(),
        actor: actor.account(),
        actor_name: actor.name().to_owned(),
        on_behalf_of: actor.on_behalf_of().map(str::to_owned),
        enterprise: subject.enterprise,
        site: subject.site,
        action,
        entity: Entity {
            id: subject.id,
            name: subject.name,
        },
        changes,
    };
    Ok(tx.journal().insert(&entry).await?)
}

/// What a reader wants to see.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// One site only.
    pub site: Option<SiteId>,
    /// One user only.
    pub user: Option<UserId>,
    /// Entries before this one.
    pub before: Option<i64>,
    /// How many.
    pub limit: Limit,
}

/// Reads the journal, the newest entry first (R5).
///
/// # Errors
/// `NotFound` for a site or user the actor may not know of; `Forbidden` for users, and for a site administrator of several
/// sites who names none.
pub async fn list(env: &Env, actor: &Actor, wanted: Wanted) -> Result<Vec<JournalEntry>> {
    let mut tx = env.read().await?;
    let scope = scope(actor, tx.as_mut(), wanted).await?;
    Ok(tx
        .journal()
        .list(scope, wanted.before, wanted.limit)
        .await?)
}

async fn scope(actor: &Actor, tx: &mut dyn Tx, wanted: Wanted) -> Result<JournalScope> {
    if let Some(user) = wanted.user {
        let user = actor.user(tx, user, Action::ViewJournal).await?;
        return Ok(JournalScope::Entity(user.enterprise, user.id.0));
    }
    if let Some(site) = wanted.site {
        let place = actor.site(tx, site, Action::ViewJournal).await?;
        return Ok(JournalScope::Site(place.site.id));
    }
    match actor.grant() {
        model::Grant::Operator => Ok(JournalScope::Installation),
        model::Grant::EnterpriseAdmin(enterprise) => {
            actor.authorise(Action::ViewJournal, Target::Enterprise(*enterprise))?;
            Ok(JournalScope::Enterprise(*enterprise))
        }
        model::Grant::SiteAdmin(_, sites) => match sites.as_slice() {
            [only] => Ok(JournalScope::Site(*only)),
            _ => Err(Error::Forbidden),
        },
        model::Grant::User(..) => Err(Error::Forbidden),
    }
}
