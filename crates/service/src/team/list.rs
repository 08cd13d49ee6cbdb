//! Lists the pickup or park groups of a site.

use model::{Action, Cursor, Limit, Page, SiteId, TeamKind, fold};
use store::TeamLine;

use crate::{Actor, Env, Result};

/// Which teams are wanted.
#[derive(Clone, Debug, Default)]
pub struct ListTeams {
    /// With this text in the name.
    pub search: Option<String>,
    /// From where.
    pub cursor: Option<Cursor>,
    /// How many.
    pub limit: Limit,
}

/// A page of a site's teams, by name.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn list(
    env: &Env,
    actor: &Actor,
    (site, kind): (SiteId, TeamKind),
    wanted: &ListTeams,
) -> Result<Page<TeamLine>> {
    let mut tx = env.read().await?;
    let place = actor.site(tx.as_mut(), site, Action::ViewTeams).await?;
    let visible = |text: &String| text.chars().filter(|c| !c.is_control()).collect::<String>();
    let search = wanted.search.as_ref().map(visible);
    let search = search.map(|text| fold(text.trim()));
    let search = search.as_deref().filter(|text| !text.is_empty());
    let (cursor, limit) = (wanted.cursor.as_ref(), wanted.limit);
    let page = tx.team().list(place.site.id, kind, search, cursor, limit);
    Ok(page.await?)
}
