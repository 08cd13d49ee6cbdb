//! Sites: add, look at, list.

use model::{
    Action, Change, Enterprise, EnterpriseId, Field, Grant, JournalAction, PhoneNumber, Problem,
    Problems, Site, SiteId, Target,
};
use store::{Place, Tenant};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// The enterprise, for an actor who may add a site to it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_add(env: &Env, actor: &Actor, id: EnterpriseId) -> Result<Enterprise> {
    let mut tx = env.read().await?;
    actor.enterprise(tx.as_mut(), id, Action::ManageSites).await
}

/// Adds a site to an enterprise.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` with everything that is wrong.
pub async fn add(
    env: &Env,
    actor: &Actor,
    enterprise: EnterpriseId,
    name: &str,
    country: &str,
) -> Result<Site> {
    let mut tx = env.write().await?;
    let enterprise = actor
        .enterprise(tx.as_mut(), enterprise, Action::ManageSites)
        .await?;
    let mut problems = Problems::default();
    let name = problems.note(Field::Name, name.parse());
    let country = problems.note(Field::Country, country.parse());
    let (Some(name), Some(country)) = (name, country) else {
        return Err(problems.into());
    };
    let (id, created_at) = (SiteId(env.id()), env.now());
    let site = Site {
        id,
        enterprise: enterprise.id,
        name,
        country,
        main_number: None,
        created_at,
    };
    if !tx.site().insert(&site).await? {
        return Err(Error::field(Field::Name, Problem::Taken));
    }
    let changes = vec![Change::new("name", &site.name)];
    let subject = Subject::site(&Place {
        site: site.clone(),
        enterprise,
    });
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::SiteAdded,
        subject,
        changes,
    )
    .await?;
    tx.commit().await?;
    Ok(site)
}

/// The site, for an actor who may set its main number.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_set_main_number(env: &Env, actor: &Actor, id: SiteId) -> Result<Place> {
    let place = get(env, actor, id).await?;
    actor.authorise(Action::ManageSites, Target::Enterprise(place.enterprise.id))?;
    Ok(place)
}

/// Sets the number that emergency services see and call back to one of the site's own; empty for none.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` for what is no number of the site.
pub async fn set_main_number(env: &Env, actor: &Actor, id: SiteId, number: &str) -> Result<Place> {
    let mut tx = env.write().await?;
    let mut place = actor.site(tx.as_mut(), id, Action::ViewSite).await?;
    actor.authorise(Action::ManageSites, Target::Enterprise(place.enterprise.id))?;
    let number = match number.trim() {
        "" => None,
        text => Some(
            PhoneNumber::parse(text, place.site.country)
                .map_err(|problem| Error::field(Field::MainNumber, problem))?,
        ),
    };
    if !tx.site().update_main_number(id, number.as_ref()).await? {
        return Err(Error::field(Field::MainNumber, Problem::NotOfSite));
    }
    let text = |number: &Option<PhoneNumber>| number.as_ref().map(ToString::to_string);
    let change = Change {
        field: "main_number".to_owned(),
        before: text(&place.site.main_number),
        after: text(&number),
    };
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::SiteChanged,
        Subject::site(&place),
        vec![change],
    )
    .await?;
    tx.commit().await?;
    place.site.main_number = number;
    Ok(place)
}

/// The site and its enterprise.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn get(env: &Env, actor: &Actor, id: SiteId) -> Result<Place> {
    let mut tx = env.read().await?;
    actor.site(tx.as_mut(), id, Action::ViewSite).await
}

/// The sites that the actor may see, of all enterprises or of one, by name.
///
/// # Errors
/// `Forbidden` for users, `NotFound` for another enterprise.
pub async fn list(env: &Env, actor: &Actor, enterprise: Option<EnterpriseId>) -> Result<Vec<Site>> {
    let mut tx = env.read().await?;
    let tenant = match enterprise {
        Some(id) => Tenant::Enterprise(
            actor
                .enterprise(tx.as_mut(), id, Action::ViewEnterprise)
                .await?
                .id,
        ),
        None => actor.tenant(),
    };
    let mut sites = tx.site().list(tenant).await?;
    match actor.grant() {
        Grant::Operator | Grant::EnterpriseAdmin(_) => Ok(sites),
        Grant::SiteAdmin(_, own) => {
            sites.retain(|site| own.contains(&site.id));
            Ok(sites)
        }
        Grant::User(..) => Err(Error::Forbidden),
    }
}
