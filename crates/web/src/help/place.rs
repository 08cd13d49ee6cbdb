//! Which help page belongs to which page of the portal: one fact for each address (H2).

use model::HelpTask::{
    self, AccountAccess, Activity, AddUser, Administrators, AgentDesk, Audio, CallCentres,
    CallServices, Calls, ChangeUser, DeleteUser, Departments, GroupCalls, HuntGroups, LogIn,
    ManyLoginDetails, NewLoginDetails, NumbersLicences, OperatorActivation, OperatorEnterprises,
    OperatorMail, OperatorTrunk, OwnAccount, OwnCallServices, PickupParkGroups, Reachability,
    SecondFactor, UserView,
};

/// Addresses as the routes have them; of two that fit, the earlier one counts.
pub const PLACES: &[(&str, HelpTask)] = &[
    ("/login", LogIn),
    ("/login/forgotten-password", LogIn),
    ("/login/forgotten-username", LogIn),
    ("/password/{token}", LogIn),
    ("/account", OwnAccount),
    ("/account/password", OwnAccount),
    ("/login/code", SecondFactor),
    ("/account/totp", SecondFactor),
    ("/account/totp/remove", SecondFactor),
    ("/account/recovery-codes", SecondFactor),
    ("/account/passkeys", SecondFactor),
    ("/account/passkeys/new", SecondFactor),
    ("/account/passkeys/{passkey}/remove", SecondFactor),
    ("/profile", OwnAccount),
    ("/call-services", OwnCallServices),
    ("/calls", Calls),
    ("/directory", Calls),
    ("/activity", Activity),
    ("/report", Activity),
    ("/users", AddUser),
    ("/users/new", AddUser),
    ("/users/login-details", ManyLoginDetails),
    ("/jobs/{id}", ManyLoginDetails),
    ("/jobs/{id}/result", ManyLoginDetails),
    ("/users/{id}", ChangeUser),
    ("/users/{id}/edit", ChangeUser),
    ("/users/{id}/calls", Calls),
    ("/users/{id}/login-details", NewLoginDetails),
    ("/users/{id}/delete", DeleteUser),
    ("/users/{id}/account-reset", AccountAccess),
    ("/users/{id}/call-services", CallServices),
    ("/users/{id}/profile", UserView),
    ("/users/{id}/reachability", Reachability),
    ("/sites/{site}", Departments),
    ("/sites/{site}/edit", Departments),
    ("/sites/{site}/departments", Departments),
    ("/sites/{site}/departments/{department}", Departments),
    ("/sites/{site}/departments/{department}/delete", Departments),
    ("/sites/{site}/hunt-groups", HuntGroups),
    ("/sites/{site}/hunt-groups/new", HuntGroups),
    ("/sites/{site}/hunt-groups/{id}", HuntGroups),
    ("/sites/{site}/hunt-groups/{id}/delete", HuntGroups),
    ("/sites/{site}/pickup-groups", PickupParkGroups),
    ("/sites/{site}/pickup-groups/new", PickupParkGroups),
    ("/sites/{site}/pickup-groups/{group}", PickupParkGroups),
    (
        "/sites/{site}/pickup-groups/{group}/delete",
        PickupParkGroups,
    ),
    ("/sites/{site}/park-groups", PickupParkGroups),
    ("/sites/{site}/park-groups/new", PickupParkGroups),
    ("/sites/{site}/park-groups/{group}", PickupParkGroups),
    ("/sites/{site}/park-groups/{group}/delete", PickupParkGroups),
    ("/operator/virtual-users/{id}/cancel", OperatorActivation),
    ("/sites/{site}/call-centres", CallCentres),
    ("/sites/{site}/call-centres/new", CallCentres),
    ("/sites/{site}/call-centres/{id}", CallCentres),
    ("/sites/{site}/call-centres/{id}/delete", CallCentres),
    ("/sites/{site}/schedule", CallCentres),
    ("/sites/{site}/audio", Audio),
    ("/call-centres/{id}/audio", Audio),
    ("/call-centre", AgentDesk),
    ("/call-centres/{id}", AgentDesk),
    ("/groups/{id}/calls", GroupCalls),
    ("/sites/{site}/main-number", NumbersLicences),
    ("/sites/{site}/numbers", NumbersLicences),
    ("/sites/{site}/numbers/{number}/remove", NumbersLicences),
    ("/sites/{site}/users/new", AddUser),
    ("/sites/{site}/users/new/check", AddUser),
    ("/sites/{site}/users/new/{question}", AddUser),
    ("/enterprise", Departments),
    ("/enterprises/{enterprise}/edit", Departments),
    ("/enterprises/{enterprise}/usage", NumbersLicences),
    (
        "/enterprises/{enterprise}/administrators/{account}",
        Administrators,
    ),
    (
        "/enterprises/{enterprise}/administrators/{account}/remove",
        Administrators,
    ),
    (
        "/enterprises/{enterprise}/administrators/{account}/reset",
        Administrators,
    ),
    ("/operator/activations", OperatorActivation),
    ("/operator/users/{id}/cancel", OperatorActivation),
    ("/operator/mail", OperatorMail),
    ("/operator/mail/{id}", OperatorMail),
    ("/operator/trunk", OperatorTrunk),
    ("/operator/enterprises", OperatorEnterprises),
    ("/operator/enterprises/new", OperatorEnterprises),
    ("/operator/enterprises/{enterprise}", OperatorEnterprises),
    (
        "/operator/enterprises/{enterprise}/administrators/new",
        Administrators,
    ),
    (
        "/operator/enterprises/{enterprise}/licences",
        OperatorEnterprises,
    ),
    (
        "/operator/enterprises/{enterprise}/password-rules",
        AccountAccess,
    ),
    (
        "/operator/enterprises/{enterprise}/sites/new",
        OperatorEnterprises,
    ),
    (
        "/operator/enterprises/{enterprise}/telephony",
        OperatorEnterprises,
    ),
    (
        "/operator/sites/{site}/number-ranges/new",
        OperatorEnterprises,
    ),
];

/// The help page of a page, by its path and query.
pub fn task(path: &str) -> Option<HelpTask> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let found = PLACES.iter().find(|(pattern, _)| fits(pattern, path));
    found.map(|(_, task)| *task)
}

fn fits(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted.starts_with('{') || wanted == given => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h2_an_address_leads_to_the_help_of_its_task() {
        assert_eq!(task("/users?site=1"), Some(AddUser));
        assert_eq!(task("/users/new"), Some(AddUser));
        assert_eq!(task("/users/1/delete"), Some(DeleteUser));
        assert_eq!(task("/sites/1/users/new/number?then=check"), Some(AddUser));
        assert_eq!(task("/users/1/delete/more"), None);
        assert_eq!(task("/"), None);
    }

    #[test]
    fn h2_each_address_stands_there_once() {
        for (at, (pattern, expected)) in PLACES.iter().enumerate() {
            assert!(PLACES[..at].iter().all(|(other, _)| other != pattern));
            assert_eq!(task(pattern), Some(*expected), "{pattern}");
        }
    }
}
