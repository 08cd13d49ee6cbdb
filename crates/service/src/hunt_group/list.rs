//! Lists the hunt groups of a site, and who could be a member.

use model::{
    Action, Cursor, Direction, Grant, Limit, Page, SiteId, User, UserSort, VirtualUser,
    VirtualUserKind,
};
use store::{Place, UserFilter, UserList, UserScope, VirtualUserList, VirtualUserScope};

use crate::{Actor, Env, Result, user::search_text};

/// Most people that a search for members answers.
const CANDIDATES: usize = 20;

/// A hunt group in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The group.
    pub virtual_user: VirtualUser,
    /// How many members it has.
    pub members: i64,
}

/// A page of a site's hunt groups by name, with this in name, number or extension.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn list(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    search: &str,
    (cursor, limit): (Option<Cursor>, Limit),
) -> Result<(Place, Page<Listed>)> {
    let mut tx = env.read().await?;
    let place = actor
        .site(tx.as_mut(), site, Action::ViewVirtualUsers)
        .await?;
    let list = VirtualUserList {
        scope: VirtualUserScope::Site(site),
        kind: Some(VirtualUserKind::HuntGroup),
        search: Some(search_text(search)).filter(|text| !text.is_empty()),
        cursor,
        limit,
    };
    let page = tx.virtual_user().list(&list).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for virtual_user in page.items {
        let members = tx
            .hunt_group()
            .count_members(actor.tenant(), virtual_user.id);
        items.push(Listed {
            members: members.await?,
            virtual_user,
        });
    }
    let page = Page {
        items,
        next: page.next,
        previous: page.previous,
    };
    Ok((place, page))
}

/// How many hunt groups a site has, counted up to 200.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn count(env: &Env, actor: &Actor, site: SiteId) -> Result<usize> {
    let mut tx = env.read().await?;
    actor
        .site(tx.as_mut(), site, Action::ViewVirtualUsers)
        .await?;
    let list = VirtualUserList {
        scope: VirtualUserScope::Site(site),
        kind: Some(VirtualUserKind::HuntGroup),
        search: None,
        cursor: None,
        limit: Limit::new(200),
    };
    Ok(tx.virtual_user().list(&list).await?.items.len())
}

/// Users who could be members of a group of this site and match the search, at most 20: those of the enterprise whom the
/// actor may know, those of the site first when nothing is looked for.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn candidates(env: &Env, actor: &Actor, site: SiteId, search: &str) -> Result<Vec<User>> {
    let mut tx = env.read().await?;
    let action = Action::ManageVirtualUsers;
    let place = actor.site(tx.as_mut(), site, action).await?;
    let search = Some(search_text(search)).filter(|text| !text.is_empty());
    let scope = match (actor.grant(), actor.account(), &search) {
        (_, _, None) => UserScope::Site(site),
        (Grant::Operator | Grant::EnterpriseAdmin(_), _, Some(_)) => {
            UserScope::Enterprise(place.enterprise.id)
        }
        (Grant::SiteAdmin(enterprise, _), Some(account), Some(_)) => {
            UserScope::SitesOf(*enterprise, account)
        }
        (Grant::SiteAdmin(..) | Grant::User(..), _, Some(_)) => UserScope::Site(site),
    };
    let list = UserList {
        scope,
        filter: UserFilter {
            search,
            ..UserFilter::default()
        },
        sort: UserSort::Name,
        direction: Direction::Ascending,
        cursor: None,
        limit: Limit::new(CANDIDATES),
    };
    Ok(tx.user().list(&list).await?.items)
}
