//! Writing and reading the journal.

use model::{
    Action, Change, EnterpriseId, Entity, Grant, JournalAction, JournalEntry, Limit,
    NewJournalEntry, SiteId, Target, Timestamp, User, UserId, fold,
};
use store::{JournalFilter, JournalScope, Tx};
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

/// What a reader wants to see; each may be combined with each.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// One enterprise only.
    pub enterprise: Option<EnterpriseId>,
    /// One site only.
    pub site: Option<SiteId>,
    /// About one user only, also one who is gone.
    pub user: Option<UserId>,
    /// By whoever has this name.
    pub actor_name: Option<String>,
    /// Of this kind.
    pub action: Option<JournalAction>,
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// Entries before this one.
    pub before: Option<i64>,
    /// How many.
    pub limit: Limit,
}

impl Wanted {
    fn filter(&self) -> JournalFilter {
        let visible = |name: &String| name.chars().filter(|c| !c.is_control()).collect::<String>();
        let actor = self.actor_name.as_ref().map(visible);
        let actor = actor.map(|name| fold(name.trim()));
        JournalFilter {
            entity: self.user.map(|user| user.0),
            actor: actor.filter(|name| !name.is_empty()),
            action: self.action,
            from: self.from,
            until: self.until,
        }
    }
}

/// Reads the journal, the newest entry first (R5).
///
/// # Errors
/// `NotFound` for a site, user or enterprise the actor may not know of; `Forbidden` for users.
pub async fn list(env: &Env, actor: &Actor, wanted: Wanted) -> Result<Vec<JournalEntry>> {
    let mut tx = env.read().await?;
    let (scope, is_gone) = scope(actor, tx.as_mut(), &wanted).await?;
    let filter = wanted.filter();
    if is_gone {
        refuse_unknown(tx.as_mut(), scope, &filter).await?;
    }
    let (before, limit) = (wanted.before, wanted.limit);
    Ok(tx.journal().list(scope, &filter, before, limit).await?)
}

/// Of a user who is gone, or never was, the journal is all there is to know.
async fn refuse_unknown(
    tx: &mut dyn Tx,
    scope: JournalScope,
    filter: &JournalFilter,
) -> Result<()> {
    let ever = JournalFilter {
        entity: filter.entity,
        ..JournalFilter::default()
    };
    let known = tx.journal().list(scope, &ever, None, Limit::new(1)).await?;
    if known.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// Where to look, and whether the user asked about is gone.
async fn scope(actor: &Actor, tx: &mut dyn Tx, wanted: &Wanted) -> Result<(JournalScope, bool)> {
    let (mut of_user, mut is_gone) = (None, false);
    if let Some(id) = wanted.user {
        match tx.user().get(actor.tenant(), id).await? {
            Some(_) => of_user = Some(actor.user(tx, id, Action::ViewJournal).await?),
            None if matches!(actor.grant(), Grant::User(..)) => return Err(Error::NotFound),
            None => is_gone = true,
        }
    }
    if let Some(site) = wanted.site {
        let place = actor.site(tx, site, Action::ViewJournal).await?;
        let scope = JournalScope::Site(place.enterprise.id, place.site.id);
        return Ok((scope, is_gone));
    }
    if let Some(user) = of_user {
        return Ok((JournalScope::Enterprise(user.enterprise), false));
    }
    if let Some(enterprise) = wanted.enterprise {
        let may = Action::ViewJournal;
        let enterprise = actor.enterprise(tx, enterprise, may).await?;
        if *actor.grant() == Grant::Operator {
            return Ok((JournalScope::Enterprise(enterprise.id), is_gone));
        }
    }
    Ok((own_scope(actor)?, is_gone))
}

/// Everything that the actor may see.
fn own_scope(actor: &Actor) -> Result<JournalScope> {
    match actor.grant() {
        Grant::Operator => Ok(JournalScope::Installation),
        Grant::EnterpriseAdmin(enterprise) => {
            actor.authorise(Action::ViewJournal, Target::Enterprise(*enterprise))?;
            Ok(JournalScope::Enterprise(*enterprise))
        }
        Grant::SiteAdmin(enterprise, sites) => match (sites.as_slice(), actor.account()) {
            ([only], _) => Ok(JournalScope::Site(*enterprise, *only)),
            (_, Some(account)) => Ok(JournalScope::SitesOf(*enterprise, account)),
            (_, None) => Err(Error::Forbidden),
        },
        Grant::User(..) => Err(Error::Forbidden),
    }
}
