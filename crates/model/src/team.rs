//! A team: a pickup group (G1) or a park group (G2). It has members and a name, but neither number nor state.

use std::{fmt, str::FromStr};

use crate::{
    DepartmentId, EnterpriseId, Label, ParkSettings, Problem, SiteId, TeamId, Timestamp, UserId,
    fold, licence::catalogue,
};

catalogue! {
    /// What the members of a team do for each other.
    TeamKind {
        /// They take each other's calls (G1).
        Pickup = "pickup-group",
        /// They park calls with each other (G2).
        Park = "park-group",
    }
}

/// What is set for a team beyond name and members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TeamSettings {
    /// Nothing.
    Pickup,
    /// What becomes of a parked call.
    Park(ParkSettings),
}

impl TeamSettings {
    /// Of which kind of team they are.
    #[must_use]
    pub fn kind(&self) -> TeamKind {
        match self {
            Self::Pickup => TeamKind::Pickup,
            Self::Park(_) => TeamKind::Park,
        }
    }

    /// Those of a park group.
    #[must_use]
    pub fn park(&self) -> Option<&ParkSettings> {
        match self {
            Self::Pickup => None,
            Self::Park(settings) => Some(settings),
        }
    }
}

/// A pickup or park group. A user is in at most one of each kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Identity.
    pub id: TeamId,
    /// Whose.
    pub enterprise: EnterpriseId,
    /// Where.
    pub site: SiteId,
    /// In which department.
    pub department: Option<DepartmentId>,
    /// Name, unique among the site's teams of the kind.
    pub name: Label,
    /// Kind, and what is set for it.
    pub settings: TeamSettings,
    /// Who, in the order of the list; in a park group that is the order in which a free place is looked for.
    pub members: Vec<UserId>,
    /// Rises with each change; the basis of `ETag`.
    pub version: i64,
    /// When it was added.
    pub created_at: Timestamp,
}

impl Team {
    /// How many members a team may have.
    pub const MOST_MEMBERS: usize = 200;
    /// How many teams of a kind a site may have.
    pub const MOST_OF_SITE: usize = 500;

    /// The name as it is sorted and compared: `Vertrieb` and `VERTRIEB` are one.
    #[must_use]
    pub fn sort_name(&self) -> String {
        fold(self.name.as_str())
    }
}

/// The members in a new order, where some of them are not to be touched: these keep their place in the list as far as it
/// still has that place. An administrator of one site orders a list with people of other sites in it this way.
#[must_use]
pub fn keeping(
    before: &[UserId],
    after: Vec<UserId>,
    is_kept: impl Fn(UserId) -> bool,
) -> Vec<UserId> {
    let mut members = after;
    members.retain(|member| !is_kept(*member));
    for (place, member) in before.iter().enumerate() {
        if is_kept(*member) {
            members.insert(place.min(members.len()), *member);
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn users(ids: &[u128]) -> Vec<UserId> {
        ids.iter().map(|id| UserId(Uuid::from_u128(*id))).collect()
    }

    #[test]
    fn g2_people_of_other_sites_keep_their_place_in_the_list() {
        let foreign = users(&[8, 9]);
        let kept = |user| foreign.contains(&user);
        let before = users(&[1, 8, 2, 9]);
        assert_eq!(
            keeping(&before, users(&[2, 1, 3]), kept),
            users(&[2, 8, 1, 9, 3])
        );
        assert_eq!(keeping(&before, vec![], kept), foreign);
    }

    proptest! {
        #[test]
        fn g1_nobody_gets_lost_or_doubled(before in 0usize..8, after in proptest::collection::hash_set(0u128..8, 0..8)) {
            let before = users(&(0..before as u128).collect::<Vec<_>>());
            let after = users(&after.into_iter().collect::<Vec<_>>());
            let kept = |user: UserId| user.0.as_u128().is_multiple_of(2) && before.contains(&user);
            let mut found = keeping(&before, after.clone(), kept);
            let mut expected: Vec<_> = before.iter().copied().filter(|user| kept(*user)).collect();
            expected.extend(after.into_iter().filter(|user| !kept(*user)));
            found.sort();
            expected.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
