//! Addresses of the portal: what stands in paths and queries.

use std::str::FromStr;

use data_encoding::BASE64URL_NOPAD;
use model::{EnterpriseId, RenewalId, SiteId, TeamKind, UserId, VirtualUserId};
use service::{Error, team::TeamRef};
use uuid::Uuid;

/// The id in a path; what is no id is nobody's.
pub(super) fn id<T: FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// Address of a user's page.
pub(super) fn user(id: UserId) -> String {
    format!("/users/{id}")
}

/// Address of a site's hunt groups.
pub(super) fn hunt_groups(site: SiteId) -> String {
    format!("/sites/{site}/hunt-groups")
}

/// Address of a hunt group's page.
pub(super) fn hunt_group(site: SiteId, id: VirtualUserId) -> String {
    format!("{}/{id}", hunt_groups(site))
}

/// Address of a site's pickup or park groups.
pub(super) fn teams(site: SiteId, kind: TeamKind) -> String {
    match kind {
        TeamKind::Pickup => format!("/sites/{site}/pickup-groups"),
        TeamKind::Park => format!("/sites/{site}/park-groups"),
    }
}

/// Address of a pickup or park group's page.
pub(super) fn team(team: &TeamRef) -> String {
    format!("{}/{}", teams(team.site, team.kind), team.id)
}

/// Address of a site's call centres.
pub(super) fn call_centres(site: SiteId) -> String {
    format!("/sites/{site}/call-centres")
}

/// Address of a call centre's page.
pub(super) fn call_centre(site: SiteId, id: VirtualUserId) -> String {
    format!("{}/{id}", call_centres(site))
}

/// Address of a call centre's wallboard.
pub(super) fn wallboard(id: VirtualUserId) -> String {
    format!("/call-centres/{id}")
}

/// Address of the past calls of a group of any kind.
pub(super) fn group_calls(id: Uuid) -> String {
    format!("/groups/{id}/calls")
}

/// Where an agent's state is set.
pub(super) fn agent_state(id: VirtualUserId, user: UserId) -> String {
    format!("{}/agents/{user}/state", wallboard(id))
}

/// Address of the stream of one user's changes.
pub(super) fn live_user(id: UserId) -> String {
    format!("/live?user={id}")
}

/// Address of a user's calls.
pub(super) fn user_calls(id: UserId) -> String {
    format!("/users/{id}/calls")
}

/// Address of a site's list of users.
pub(super) fn site_users(site: SiteId) -> String {
    format!("/users?site={site}")
}

/// Address of an enterprise's page.
pub(super) fn enterprise(id: EnterpriseId) -> String {
    format!("/operator/enterprises/{id}")
}

/// Address of the page of work on many users.
pub(super) fn job(id: RenewalId) -> String {
    format!("/jobs/{id}")
}

/// A query of the pairs that have a value.
pub(super) fn query(path: &str, pairs: &[(&str, &str)]) -> String {
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<_> = given
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// A path of this portal to go back to; anything else becomes the overview.
pub(super) fn local(path: &str) -> &str {
    let is_local = path.starts_with('/')
        && !path[1..].starts_with(['/', '\\'])
        && !path.chars().any(char::is_control);
    if is_local { path } else { "/" }
}

/// Random bytes as text for an address or a form.
pub(super) fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_portal() {
        assert_eq!(local("/users?q=a"), "/users?q=a");
        for foreign in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "",
            "users",
            "/a\r\nb",
        ] {
            assert_eq!(local(foreign), "/", "{foreign}");
        }
    }

    #[test]
    fn a_query_holds_what_was_given() {
        assert_eq!(
            query("/users", &[("q", "a&b"), ("site", "")]),
            "/users?q=a%26b"
        );
        assert_eq!(query("/users", &[("q", "")]), "/users");
    }
}
