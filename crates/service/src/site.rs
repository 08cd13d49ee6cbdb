//! Sites: add, change, look at, list.

use model::{
    Action, Change, Enterprise, EnterpriseId, Field, Grant, JournalAction, PhoneNumber, Problem,
    Problems, Site, SiteId, Target,
};
use store::{Place, Tenant, Tx, UserFilter, UserScope};

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

/// What is to change of a site, as it was typed; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct SitePatch {
    /// Name as shown.
    pub name: Option<String>,
    /// Two-letter code of the country.
    pub country: Option<String>,
}

/// The site, for an actor who may change it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_modify(env: &Env, actor: &Actor, id: SiteId) -> Result<Place> {
    may_set_main_number(env, actor, id).await
}

/// Changes name and country of a site. The country says how numbers are read and which are for emergencies, so it stays
/// once the site has users or numbers.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` with everything that is wrong.
pub async fn modify(env: &Env, actor: &Actor, id: SiteId, patch: &SitePatch) -> Result<Site> {
    let mut tx = env.write().await?;
    let place = actor.site(tx.as_mut(), id, Action::ViewSite).await?;
    let enterprise = place.enterprise.id;
    actor.authorise(Action::ManageSites, Target::Enterprise(enterprise))?;
    tx.enterprise().hold(enterprise).await?;
    let before = place.site.clone();
    let after = check(&before, patch)?;
    if after == before {
        return Ok(after);
    }
    if after.country != before.country {
        refuse_in_use(tx.as_mut(), id).await?;
    }
    if !tx.site().update(actor.tenant(), &after).await? {
        return Err(Error::field(Field::Name, Problem::Taken));
    }
    let changes = [
        Change::from_to("name", &before.name, &after.name),
        Change::from_to("country", before.country.code(), after.country.code()),
    ];
    let changed = |change: &Change| change.before != change.after;
    let subject = Subject::site(&Place {
        site: after.clone(),
        ..place
    });
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::SiteChanged,
        subject,
        changes.into_iter().filter(changed).collect(),
    )
    .await?;
    tx.commit().await?;
    Ok(after)
}

async fn refuse_in_use(tx: &mut dyn Tx, id: SiteId) -> Result<()> {
    let everybody = UserFilter::default();
    let users = tx.user().count(UserScope::Site(id), &everybody).await?;
    let (numbers, _) = tx.number().count(id).await?;
    match users + numbers {
        0 => Ok(()),
        _ => Err(Error::field(Field::Country, Problem::InUse)),
    }
}

fn check(before: &Site, patch: &SitePatch) -> Result<Site> {
    let mut problems = Problems::default();
    let name = match &patch.name {
        Some(name) => problems.note(Field::Name, name.parse()),
        None => Some(before.name.clone()),
    };
    let country = match &patch.country {
        Some(country) => problems.note(Field::Country, country.parse()),
        None => Some(before.country),
    };
    match (name, country) {
        (Some(name), Some(country)) => Ok(Site {
            name,
            country,
            ..before.clone()
        }),
        _ => Err(problems.into()),
    }
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
