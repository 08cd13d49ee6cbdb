//! What the users of a site or an enterprise use, and the report of users and services (R5).

use std::collections::{HashMap, hash_map::Entry};

use model::{Action, DepartmentTree, EnterpriseId, Grant, LicenceUse, Page, Site, SiteId, User};
use store::{Place, Tenant};

use crate::{
    Actor, Env, Error, Result,
    user::{self, ListUsers},
};

/// What the users of one site use.
#[derive(Clone, Debug)]
pub struct SiteUse {
    /// The site.
    pub site: Site,
    /// What its users use.
    pub usage: LicenceUse,
}

/// What the users of a site use.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn of_site(env: &Env, actor: &Actor, site: SiteId) -> Result<(Place, LicenceUse)> {
    let mut tx = env.read().await?;
    let place = actor.site(tx.as_mut(), site, Action::ViewSite).await?;
    let groups = tx.licence().list_use(place.enterprise.id, Some(site));
    let usage = LicenceUse::new(groups.await?);
    Ok((place, usage))
}

/// What the users of each site of an enterprise use, by the sites' names; a site administrator sees the own ones.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn of_enterprise(env: &Env, actor: &Actor, id: EnterpriseId) -> Result<Vec<SiteUse>> {
    let mut tx = env.read().await?;
    let may = Action::ViewEnterprise;
    let enterprise = actor.enterprise(tx.as_mut(), id, may).await?;
    let mut sites = tx.site().list(Tenant::Enterprise(enterprise.id)).await?;
    match actor.grant() {
        Grant::Operator | Grant::EnterpriseAdmin(_) => {}
        Grant::SiteAdmin(_, own) => sites.retain(|site| own.contains(&site.id)),
        Grant::User(..) => return Err(Error::Forbidden),
    }
    let all = LicenceUse::new(tx.licence().list_use(enterprise.id, None).await?);
    let of = |site: Site| SiteUse {
        usage: all.of_site(site.id),
        site,
    };
    Ok(sites.into_iter().map(of).collect())
}

/// A user with what a report says besides.
#[derive(Clone, Debug)]
pub struct ReportedUser {
    /// The user.
    pub user: User,
    /// The site.
    pub site: Site,
    /// The department with those above it.
    pub department: Option<String>,
    /// Whether a phone of the user is logged in now.
    pub is_registered: bool,
}

/// A page of the report of users and services.
///
/// # Errors
/// As [`user::list`].
pub async fn report(env: &Env, actor: &Actor, asked: ListUsers) -> Result<Page<ReportedUser>> {
    let found = user::list(env, actor, asked).await?.page;
    let mut tx = env.read().await?;
    let mut places: HashMap<SiteId, (Site, DepartmentTree)> = HashMap::new();
    for user in &found.items {
        if let Entry::Vacant(unknown) = places.entry(user.site) {
            let place = actor.site(tx.as_mut(), user.site, Action::ViewSite).await?;
            let departments = tx.department().list(user.site).await?;
            unknown.insert((place.site, DepartmentTree::new(departments)));
        }
    }
    let reported = |user: User| {
        let (site, tree) = &places[&user.site];
        ReportedUser {
            site: site.clone(),
            department: user.department.map(|id| tree.path_name(id)),
            is_registered: env.is_registered(&user),
            user,
        }
    };
    Ok(found.map(reported))
}
