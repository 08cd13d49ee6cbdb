//! Who may do what (R1, R4).

use crate::{EnterpriseId, SiteId, UserId};

/// What somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Runs the installation.
    Operator,
    /// Administers a whole enterprise.
    EnterpriseAdmin,
    /// Administers one or more sites.
    SiteAdmin,
    /// Uses a telephone.
    User,
}

impl Role {
    /// All roles, the mightiest first.
    pub const ALL: [Self; 4] = [
        Self::Operator,
        Self::EnterpriseAdmin,
        Self::SiteAdmin,
        Self::User,
    ];

    /// The name in the database, the API and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::EnterpriseAdmin => "enterprise-admin",
            Self::SiteAdmin => "site-admin",
            Self::User => "user",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = crate::Problem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or(crate::Problem::Unknown)
    }
}

/// A role together with where it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Everywhere.
    Operator,
    /// In one enterprise.
    EnterpriseAdmin(EnterpriseId),
    /// At some sites of one enterprise.
    SiteAdmin(EnterpriseId, Vec<SiteId>),
    /// For oneself.
    User(EnterpriseId, UserId),
}

impl Grant {
    /// The role.
    #[must_use]
    pub fn role(&self) -> Role {
        match self {
            Self::Operator => Role::Operator,
            Self::EnterpriseAdmin(_) => Role::EnterpriseAdmin,
            Self::SiteAdmin(..) => Role::SiteAdmin,
            Self::User(..) => Role::User,
        }
    }

    /// The enterprise it is bound to; `None` for the operator.
    #[must_use]
    pub fn enterprise(&self) -> Option<EnterpriseId> {
        match self {
            Self::Operator => None,
            Self::EnterpriseAdmin(enterprise)
            | Self::SiteAdmin(enterprise, _)
            | Self::User(enterprise, _) => Some(*enterprise),
        }
    }

    /// Whether the holder may know that the target exists.
    #[must_use]
    pub fn knows(&self, target: Target) -> bool {
        let Some(own) = self.enterprise() else {
            return true;
        };
        let same = target
            .enterprise()
            .is_none_or(|enterprise| enterprise == own);
        same && match (self, target) {
            (Self::Operator | Self::EnterpriseAdmin(_), _)
            | (_, Target::Installation | Target::Enterprise(_)) => true,
            (Self::SiteAdmin(_, sites), Target::Site(_, site) | Target::User(_, site, _)) => {
                sites.contains(&site)
            }
            (Self::User(..), Target::Site(..)) => false,
            (Self::User(_, oneself), Target::User(_, _, user)) => *oneself == user,
        }
    }
}

/// What an action is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The installation as a whole.
    Installation,
    /// An enterprise.
    Enterprise(EnterpriseId),
    /// A site.
    Site(EnterpriseId, SiteId),
    /// A user, who is at a site.
    User(EnterpriseId, SiteId, UserId),
}

impl Target {
    fn enterprise(self) -> Option<EnterpriseId> {
        match self {
            Self::Installation => None,
            Self::Enterprise(enterprise)
            | Self::Site(enterprise, _)
            | Self::User(enterprise, _, _) => Some(enterprise),
        }
    }
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// List and add enterprises.
    ManageEnterprises,
    /// See an enterprise: its licences, its sites.
    ViewEnterprise,
    /// Rename an enterprise and set how long extensions are.
    EditEnterprise,
    /// Add and change sites.
    ManageSites,
    /// Add, change and delete departments of a site.
    ManageDepartments,
    /// See a site: its departments, its numbers.
    ViewSite,
    /// Bring numbers into a site, keep them back, take them away.
    ImportNumbers,
    /// Set how many licences an enterprise holds.
    SetLicences,
    /// Add, change and remove administrators.
    ManageAdministrators,
    /// List users.
    ListUsers,
    /// See a user.
    ViewUser,
    /// Add a user.
    AddUser,
    /// Change a user.
    ModifyUser,
    /// Delete a user.
    DeleteUser,
    /// Make new login details for a desk phone.
    RenewLoginDetails,
    /// Activate, fail, retry or cancel.
    DecideActivation,
    /// Ask the operator to look at a failed activation.
    RequestActivation,
    /// Read the journal.
    ViewJournal,
    /// See who called whom.
    ViewCalls,
    /// See how the carrier is reached.
    ViewTrunk,
    /// See and set a user's call services.
    SetCallServices,
    /// Set what a user may dial.
    SetBarring,
    /// See and set a user's profile.
    SetProfile,
    /// Take the view of a user, and act in the user's name (R3).
    ActForUser,
    /// Read the enterprise's phone book.
    ReadPhoneBook,
    /// Send somebody the registration email again.
    SendRegistration,
    /// Reset somebody's account.
    ResetAccount,
    /// Set an enterprise's rules for passwords.
    SetPasswordRules,
    /// Read the mail that is kept in the data directory.
    ReadMail,
    /// See what readers say of the help pages.
    ViewHelpAnswers,
    /// See pickup and park groups.
    ViewTeams,
    /// Add, change and delete pickup and park groups.
    ManageTeams,
    /// See hunt groups and call centres.
    ViewVirtualUsers,
    /// Add, change and delete hunt groups and call centres.
    ManageVirtualUsers,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 34] = [
        Self::ManageEnterprises,
        Self::ViewEnterprise,
        Self::EditEnterprise,
        Self::ManageSites,
        Self::ManageDepartments,
        Self::ViewSite,
        Self::ImportNumbers,
        Self::SetLicences,
        Self::ManageAdministrators,
        Self::ListUsers,
        Self::ViewUser,
        Self::AddUser,
        Self::ModifyUser,
        Self::DeleteUser,
        Self::RenewLoginDetails,
        Self::DecideActivation,
        Self::RequestActivation,
        Self::ViewJournal,
        Self::ViewCalls,
        Self::ViewTrunk,
        Self::SetCallServices,
        Self::SetBarring,
        Self::SetProfile,
        Self::ActForUser,
        Self::ReadPhoneBook,
        Self::SendRegistration,
        Self::ResetAccount,
        Self::SetPasswordRules,
        Self::ReadMail,
        Self::ViewHelpAnswers,
        Self::ViewVirtualUsers,
        Self::ManageVirtualUsers,
        Self::ViewTeams,
        Self::ManageTeams,
    ];

    /// Whether a role may ever do this.
    fn is_for(self, role: Role) -> bool {
        use Role::{EnterpriseAdmin, Operator, SiteAdmin, User};
        let roles: &[Role] = match self {
            Self::ManageEnterprises
            | Self::ImportNumbers
            | Self::SetLicences
            | Self::DecideActivation
            | Self::ViewTrunk
            | Self::ReadMail
            | Self::ViewHelpAnswers => &[Operator],
            Self::EditEnterprise
            | Self::ManageSites
            | Self::ManageAdministrators
            | Self::SetPasswordRules => &[Operator, EnterpriseAdmin],
            Self::ViewEnterprise
            | Self::ManageDepartments
            | Self::ViewSite
            | Self::ListUsers
            | Self::ViewJournal
            | Self::ViewTeams
            | Self::ManageTeams
            | Self::ViewVirtualUsers
            | Self::ManageVirtualUsers => &[Operator, EnterpriseAdmin, SiteAdmin],
            Self::ViewCalls | Self::SetCallServices | Self::SetProfile | Self::ReadPhoneBook => {
                &[EnterpriseAdmin, SiteAdmin, User]
            }
            Self::ViewUser => &[Operator, EnterpriseAdmin, SiteAdmin, User],
            Self::AddUser
            | Self::ModifyUser
            | Self::DeleteUser
            | Self::RenewLoginDetails
            | Self::SendRegistration
            | Self::ResetAccount
            | Self::SetBarring
            | Self::RequestActivation
            | Self::ActForUser => &[EnterpriseAdmin, SiteAdmin],
        };
        roles.contains(&role)
    }
}

/// The answer to "may I?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Allowed,
    /// The target may be known, the deed is not allowed (403).
    Forbidden,
    /// For this actor the target does not exist (404).
    Hidden,
}

/// Whether the holder of a grant may do something to a target (R4).
#[must_use]
pub fn allows(grant: &Grant, action: Action, target: Target) -> Verdict {
    if !grant.knows(target) {
        Verdict::Hidden
    } else if action.is_for(grant.role()) {
        Verdict::Allowed
    } else {
        Verdict::Forbidden
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn enterprise(n: u128) -> EnterpriseId {
        EnterpriseId(Uuid::from_u128(n))
    }
    fn site(n: u128) -> SiteId {
        SiteId(Uuid::from_u128(n))
    }
    fn user(n: u128) -> UserId {
        UserId(Uuid::from_u128(n))
    }

    fn grant() -> impl Strategy<Value = Grant> {
        let small = 0u128..3;
        prop_oneof![
            Just(Grant::Operator),
            small
                .clone()
                .prop_map(|e| Grant::EnterpriseAdmin(enterprise(e))),
            (small.clone(), proptest::collection::vec(0u128..3, 0..3)).prop_map(|(e, s)| {
                Grant::SiteAdmin(enterprise(e), s.into_iter().map(site).collect())
            }),
            (small.clone(), small).prop_map(|(e, u)| Grant::User(enterprise(e), user(u))),
        ]
    }

    fn target() -> impl Strategy<Value = Target> {
        (0usize..4, 0u128..3, 0u128..3, 0u128..3).prop_map(|(kind, e, s, u)| match kind {
            0 => Target::Installation,
            1 => Target::Enterprise(enterprise(e)),
            2 => Target::Site(enterprise(e), site(s)),
            _ => Target::User(enterprise(e), site(s), user(u)),
        })
    }

    proptest! {
        #[test]
        fn r4_no_one_but_the_operator_crosses_enterprises(grant in grant(), target in target(), action in 0usize..Action::ALL.len()) {
            let verdict = allows(&grant, Action::ALL[action], target);
            if let (Some(own), Some(other)) = (grant.enterprise(), target.enterprise())
                && own != other
            {
                prop_assert_eq!(verdict, Verdict::Hidden);
            }
        }

        #[test]
        fn u1_a_site_administrator_stays_at_the_own_sites(e in 0u128..3, own in 0u128..3, other in 0u128..3) {
            let grant = Grant::SiteAdmin(enterprise(e), vec![site(own)]);
            let expected = if own == other { Verdict::Allowed } else { Verdict::Hidden };
            prop_assert_eq!(allows(&grant, Action::AddUser, Target::Site(enterprise(e), site(other))), expected);
        }
    }

    #[test]
    fn s3_only_the_operator_decides_about_activation() {
        let target = Target::User(enterprise(1), site(1), user(1));
        let grants = [
            (Grant::Operator, Verdict::Allowed),
            (Grant::EnterpriseAdmin(enterprise(1)), Verdict::Forbidden),
            (
                Grant::SiteAdmin(enterprise(1), vec![site(1)]),
                Verdict::Forbidden,
            ),
            (Grant::User(enterprise(1), user(1)), Verdict::Forbidden),
        ];
        for (grant, expected) in grants {
            assert_eq!(
                allows(&grant, Action::DecideActivation, target),
                expected,
                "{grant:?}"
            );
        }
    }

    #[test]
    fn u1_and_d1_only_administrators_add_and_delete() {
        for action in [Action::AddUser, Action::DeleteUser] {
            let roles: Vec<_> = Role::ALL
                .into_iter()
                .filter(|role| action.is_for(*role))
                .collect();
            assert_eq!(roles, [Role::EnterpriseAdmin, Role::SiteAdmin]);
        }
    }

    #[test]
    fn r1_the_role_matrix() {
        let mut matrix = String::new();
        for action in Action::ALL {
            let roles: Vec<_> = Role::ALL
                .into_iter()
                .filter(|r| action.is_for(*r))
                .map(Role::name)
                .collect();
            matrix += &format!("{action:?}: {}\n", roles.join(", "));
        }
        assert_eq!(matrix, include_str!("role_matrix.txt"));
    }
}
