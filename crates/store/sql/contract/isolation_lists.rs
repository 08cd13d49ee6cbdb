//! Lists hold what belongs to the one who asks, and every query with a border is tested for it.

use std::collections::BTreeSet;

use model::{Direction, Grant, Limit, UserId, UserSort};
use store::{JournalFilter, JournalScope, Tenant, UserFilter, UserList, UserScope};

use super::{isolation::two, world::entry};

#[tokio::test]
async fn r4_free_numbers_are_looked_for_at_one_site_only() {
    let (world, [(muster, _), (other, _)]) = two().await;
    let mut tx = world.read().await;
    let all = tx.number().list_free(muster.site.id, "", Limit::new(200));
    let all = all.await.unwrap();
    assert!(!all.is_empty());
    for number in &all {
        let found = tx
            .number()
            .list_free(muster.site.id, number.digits(), Limit::new(1));
        assert_eq!(found.await.unwrap(), std::slice::from_ref(number));
        let foreign = tx
            .number()
            .list_free(other.site.id, number.digits(), Limit::new(1));
        assert_eq!(foreign.await.unwrap(), []);
    }
    let assigned = tx
        .number()
        .list(muster.site.id, false, None, Limit::new(200));
    let assigned = assigned.await.unwrap().items.len() - all.len();
    assert_eq!(assigned, 1, "Anna's number is not free");
}

#[tokio::test]
async fn r4_lists_of_users_hold_those_of_the_scope_only() {
    let (world, [(muster, anna), (_, ben)]) = two().await;
    let (london, range) = world.site(&muster.enterprise, "London").await;
    let number = range.numbers().next().unwrap();
    let olivia = world
        .person_at(&muster, &london, &number, "Olivia Bennett")
        .await;
    let site_admin = world
        .account(&Grant::SiteAdmin(muster.id(), vec![london.id]), "london")
        .await;
    let scopes = [
        (UserScope::Installation, vec![anna.id, ben.id, olivia.id]),
        (UserScope::Enterprise(muster.id()), vec![anna.id, olivia.id]),
        (UserScope::Site(muster.site.id), vec![anna.id]),
        (UserScope::Site(london.id), vec![olivia.id]),
        (UserScope::SitesOf(muster.id(), site_admin), vec![olivia.id]),
        (UserScope::SitesOf(muster.id(), muster.admin), vec![]),
    ];
    let mut tx = world.read().await;
    for (scope, expected) in scopes {
        let expected: BTreeSet<UserId> = expected.into_iter().collect();
        for sort in UserSort::ALL {
            for direction in [Direction::Ascending, Direction::Descending] {
                let (filter, limit) = (UserFilter::default(), Limit::default());
                let list = UserList {
                    scope,
                    filter,
                    sort,
                    direction,
                    cursor: None,
                    limit,
                };
                let users = tx.user().list(&list).await.unwrap().items;
                let found: BTreeSet<_> = users.iter().map(|user| user.id).collect();
                assert_eq!(found, expected, "{scope:?} {sort:?} {direction:?}");
            }
        }
        let ids = tx.user().list_ids(scope, &UserFilter::default(), 10).await;
        let ids: BTreeSet<_> = ids.unwrap().into_iter().collect();
        assert_eq!(ids, expected, "ids of {scope:?}");
        let counted = tx
            .user()
            .count(scope, &UserFilter::default())
            .await
            .unwrap();
        assert_eq!(
            counted,
            i64::try_from(expected.len()).unwrap(),
            "count of {scope:?}"
        );
    }
}

#[tokio::test]
async fn r4_lists_of_sites_numbers_and_administrators_hold_the_own_only() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    let operator = world.account(&Grant::Operator, "operator").await;
    let mut tx = world.read().await;
    assert_eq!(tx.site().list(Tenant::Installation).await.unwrap().len(), 2);
    for company in [&muster, &beispiel] {
        assert_eq!(
            tx.site().list(company.tenant()).await.unwrap(),
            std::slice::from_ref(&company.site)
        );
        let admins = tx
            .account()
            .list_administrators(company.tenant())
            .await
            .unwrap();
        assert_eq!(
            admins.iter().map(|a| a.id).collect::<Vec<_>>(),
            [company.admin]
        );
        for (available_only, expected) in [(false, 100), (true, 99)] {
            let limit = Limit::new(200);
            let numbers = tx
                .number()
                .list(company.site.id, available_only, None, limit)
                .await
                .unwrap();
            assert_eq!(numbers.items.len(), expected);
            assert!(
                numbers
                    .items
                    .iter()
                    .all(|number| number.site == company.site.id)
            );
        }
    }
    let operators = tx
        .account()
        .list_administrators(Tenant::Installation)
        .await
        .unwrap();
    assert_eq!(
        operators.iter().map(|a| a.id).collect::<Vec<_>>(),
        [operator]
    );
}

#[tokio::test]
async fn r4_the_journal_is_read_inside_its_scope_only() {
    let (world, [(muster, anna), (beispiel, ben)]) = two().await;
    let grant = Grant::SiteAdmin(muster.id(), vec![muster.site.id]);
    let at_site = world.account(&grant, "site").await;
    let mut tx = world.write().await;
    for (company, person) in [(&muster, &anna), (&beispiel, &ben)] {
        tx.journal()
            .insert(&entry(company.id(), company.site.id, person.id.0))
            .await
            .unwrap();
    }
    let scopes = [
        (JournalScope::Installation, vec![ben.id, anna.id]),
        (JournalScope::Enterprise(muster.id()), vec![anna.id]),
        (
            JournalScope::Site(muster.id(), muster.site.id),
            vec![anna.id],
        ),
        (JournalScope::Site(beispiel.id(), muster.site.id), vec![]),
        (JournalScope::SitesOf(muster.id(), at_site), vec![anna.id]),
        (JournalScope::SitesOf(muster.id(), muster.admin), vec![]),
        (JournalScope::SitesOf(beispiel.id(), at_site), vec![]),
    ];
    let about = |entity| JournalFilter {
        entity,
        ..JournalFilter::default()
    };
    let by = JournalFilter {
        actor: Some("klinke".to_owned()),
        ..JournalFilter::default()
    };
    let of_kind = JournalFilter {
        action: Some(model::JournalAction::UserAdded),
        ..JournalFilter::default()
    };
    for (scope, expected) in scopes {
        for filter in [about(None), by.clone(), of_kind.clone()] {
            let entries = tx
                .journal()
                .list(scope, &filter, None, Limit::default())
                .await
                .unwrap();
            let found: Vec<_> = entries.iter().map(|e| UserId(e.entry.entity.id)).collect();
            assert_eq!(found, expected, "{scope:?} {filter:?}");
        }
        for one in [anna.id, ben.id] {
            let filter = about(Some(one.0));
            let entries = tx.journal().list(scope, &filter, None, Limit::default());
            let is_found = !entries.await.unwrap().is_empty();
            assert_eq!(is_found, expected.contains(&one), "{scope:?} {filter:?}");
        }
    }
}

/// Every query that is asked on behalf of somebody, and that the tests of this module and [`super::isolation`] ask for the
/// wrong one. Whoever adds a query adds it here together with its test.
const TESTED: &[&str] = &[
    "AudioStore::delete",
    "AudioStore::list",
    "AudioStore::sound",
    "CallCentreStore::get",
    "CallCentreStore::list_agents",
    "CallCentreStore::list_of_agent",
    "CallCentreStore::list_of_member",
    "CallCentreStore::list_of_supervisor",
    "CallCentreStore::list_supervisors",
    "CallCentreStore::schedule",
    "AccountStore::delete_administrator",
    "AccountStore::get_administrator",
    "AccountStore::get_of_user",
    "AccountStore::list_administrators",
    "AccountStore::update_administrator",
    "AccountStore::update_of_user",
    "ActivationStore::get",
    "ActivationStore::put_request",
    "CallRecordStore::list",
    "DepartmentStore::count_users",
    "DepartmentStore::delete",
    "CallServicesStore::get",
    "CallServicesStore::list_forwards_to",
    "CallServicesStore::update",
    "DepartmentStore::get",
    "DepartmentStore::get_of",
    "DepartmentStore::list",
    "DepartmentStore::update",
    "EnterpriseStore::get",
    "GroupCallStore::figures",
    "GroupCallStore::group",
    "GroupCallStore::list",
    "GroupCallStore::list_members",
    "GroupCallStore::list_steps",
    "GroupCallStore::member_figures",
    "HuntGroupStore::count_members",
    "HuntGroupStore::get",
    "HuntGroupStore::list_fellows",
    "HuntGroupStore::list_forwards_to",
    "HuntGroupStore::list_of_member",
    "HuntGroupStore::list_seats",
    "JournalStore::list",
    "LicenceStore::give_back",
    "LicenceStore::list",
    "LicenceStore::list_use",
    "LicenceStore::set_total",
    "LicenceStore::take",
    "NumberStore::assign",
    "NumberStore::count",
    "NumberStore::delete",
    "NumberStore::insert_range",
    "NumberStore::is_available",
    "NumberStore::list",
    "NumberStore::list_free",
    "NumberStore::list_held",
    "NumberStore::release",
    "NumberStore::set_reserved",
    "PhoneLoginStore::delete",
    "PhoneLoginStore::get",
    "PhoneLoginStore::put",
    "RenewalStore::fetch",
    "RenewalStore::finish",
    "RenewalStore::get",
    "RenewalStore::list_candidates",
    "RenewalStore::list_rows",
    "ProfileStore::get",
    "ProfileStore::list_phone_book",
    "ProfileStore::update",
    "SiteStore::get",
    "SiteStore::list",
    "SiteStore::update",
    "SiteStore::update_main_number",
    "TeamStore::count",
    "TeamStore::delete",
    "TeamStore::delete_member",
    "TeamStore::get",
    "TeamStore::list",
    "TeamStore::list_fellows",
    "TeamStore::list_members",
    "TeamStore::list_of",
    "TeamStore::update",
    "UserDraftStore::delete",
    "UserDraftStore::get",
    "UserDraftStore::put",
    "UserStore::count",
    "UserStore::count_extensions_outside",
    "UserStore::delete",
    "UserStore::extension_holder",
    "UserStore::get",
    "UserStore::list",
    "UserStore::list_extensions",
    "UserStore::list_ids",
    "UserStore::touch",
    "UserStore::update",
    "UserStore::update_state",
    "VirtualUserStore::delete",
    "VirtualUserStore::delete_forwards_to",
    "VirtualUserStore::get",
    "VirtualUserStore::holder_of_name",
    "VirtualUserStore::list",
    "VirtualUserStore::list_forwards_to",
    "VirtualUserStore::update",
    "VirtualUserStore::update_forwards_to",
    "VirtualUserStore::update_state",
];

/// Queries without a border, and why.
const WITHOUT: &[&str] = &[
    "AccountStore::get_by_login", // the domain is the border; tested beside the others
    "AccountStore::insert",       // writes what it is given
    "AccountStore::operator_is_set_up", // the operator's
    "AccountStore::update_password", // by whoever holds a one-time link
    "ActivationStore::delete_reports_older", // the system's
    "ActivationStore::get_order", // by whoever signs as the carrier
    "ActivationStore::insert_order", // the system's
    "ActivationStore::insert_report", // by whoever signs as the carrier
    "ActivationStore::list",      // the operator's queue
    "ActivationStore::oldest_pending", // the operator's
    "ActivationStore::put_waiting", // the system's
    "ActivationStore::settle",    // after the user was looked up inside the border
    "ActivationStore::update_accepted", // the system's
    "ActivationStore::update_reminded", // the system's
    "ActivationStore::update_report", // by whoever signs as the carrier
    "ApiTokenStore::get",         // by whoever holds the token
    "ApiTokenStore::insert",      // writes what it is given
    "CallRecordStore::delete_older", // the system's
    "CallRecordStore::insert",    // writes what it is given
    "CallServicesStore::touch_forwards_to", // goes with deleting the user
    "DepartmentStore::insert",    // writes what it is given
    "EnterpriseStore::count",     // the operator's
    "EnterpriseStore::get_by_name", // the operator's command line
    "EnterpriseStore::hold",      // of whoever may change it
    "EnterpriseStore::insert",    // writes what it is given
    "EnterpriseStore::list",      // the operator's
    "EnterpriseStore::update",    // writes what it is given
    "EnterpriseStore::update_telephony", // the operator's
    "IdempotencyStore::delete_older", // the system's
    "IdempotencyStore::insert",   // the owner is the border; tested with the requests
    "JobStore::claim",            // the system's
    "JobStore::delete",           // the system's
    "JobStore::insert",           // the system's
    "JobStore::next_due",         // the system's
    "JobStore::put_back",         // the system's
    "JobStore::update_retry",     // the system's
    "JournalStore::insert",       // writes what it is given
    "JournalStore::insert_all",   // writes what it is given
    "NumberStore::get",           // the call engine's: whose number is called
    "PhoneLoginStore::get_by_login", // the call engine's: a phone says who it is
    "NoticeStore::delete",        // the job's
    "NoticeStore::get",           // the job's
    "NoticeStore::insert",        // writes what it is given
    "ParkGroupStore::of_member",  // the call engine's
    "PickupGroupStore::of_member", // the call engine's
    "PasswordLinkStore::delete",  // by whoever holds the link
    "PasswordLinkStore::get",     // by whoever holds the link
    "PasswordLinkStore::put",     // by the account
    "RegistrationStore::delete_all", // the call engine's
    "RegistrationStore::delete_expired", // the system's
    "RegistrationStore::list",    // the call engine's
    "RegistrationStore::put_all", // the call engine's
    "RenewalStore::list_numbers", // of every enterprise: the engine follows the journal
    "RenewalStore::delete_older", // the system's
    "RenewalStore::delete_passwords", // the system's
    "RenewalStore::insert",       // writes what it is given
    "RenewalStore::put_logins",   // the system's
    "RenewalStore::take",         // the system's
    "RenewalStore::update_outcomes", // the system's
    "SessionStore::delete",       // by whoever holds the session
    "SessionStore::delete_expired", // the system's
    "SessionStore::delete_of",    // by the account
    "SessionStore::get",          // by whoever holds the session
    "SessionStore::get_view",     // by whoever holds the session
    "SessionStore::insert",       // by the account
    "SessionStore::update_view",  // by whoever holds the session
    "SiteStore::insert",          // writes what it is given
    "TeamStore::insert",          // writes what it is given
    "TeamStore::touch_of",        // goes with deleting the user
    "UserDraftStore::delete_older", // the system's
    "UserStore::insert",          // writes what it is given
    "UserStore::count_not_active", // the operator's queue
    "AccountStore::get",          // the jobs', and of whoever is logged in
    "AccountStore::get_by_login", // the domain is the border; tested beside the others
    "AccountStore::insert",       // writes what it is given
    "AccountStore::operator_is_set_up", // the operator's
    "AccountStore::list_by_email", // the job that answers a forgotten username
    "AccountStore::update_language", // by the account
    "AccountStore::update_password", // by whoever holds a one-time link, and by the account
    "AccountStore::update_right_password", // by whoever logs in
    "AccountStore::update_stranger", // counts for nobody
    "AccountStore::update_wrong_password", // by whoever tries to log in
    "ApiTokenStore::get",         // by whoever holds the token
    "ApiTokenStore::insert",      // writes what it is given
    "CallRecordStore::delete_older", // the system's
    "CallRecordStore::insert",    // writes what it is given
    "DepartmentStore::insert",    // writes what it is given
    "EnterpriseStore::count",     // the operator's
    "EnterpriseStore::get_by_name", // the operator's command line
    "EnterpriseStore::insert",    // writes what it is given
    "EnterpriseStore::list",      // the operator's
    "EnterpriseStore::update_telephony", // the operator's
    "ForgottenStore::delete",     // the job's
    "ForgottenStore::get",        // the job's
    "ForgottenStore::insert",     // writes what it is given
    "GroupCallStore::insert",     // writes what the engine tells of a group
    "HelpStore::insert_answer",   // of nobody in particular
    "HelpStore::insert_comment",  // of nobody in particular
    "HelpStore::list_comments",   // the operator's
    "HelpStore::list_counts",     // the operator's
    "IdempotencyStore::delete_older", // the system's
    "IdempotencyStore::insert",   // the owner is the border; tested with the requests
    "JobStore::claim",            // the system's
    "JobStore::delete",           // the system's
    "JobStore::delete_activation", // after the user was looked up inside the border
    "JobStore::insert",           // the system's
    "JobStore::next_due",         // the system's
    "JobStore::update_retry",     // the system's
    "JournalStore::insert",       // writes what it is given
    "NumberStore::get",           // the call engine's: whose number is called
    "PhoneLoginStore::get_by_login", // the call engine's: a phone says who it is
    "PasswordLinkStore::delete",  // by whoever holds the link
    "PasswordHistoryStore::insert", // by the account
    "PasswordHistoryStore::list", // by the account
    "PasswordLinkStore::delete_expired", // the system's
    "PasswordLinkStore::delete_of", // by the account
    "PasswordLinkStore::get",     // by whoever holds the link
    "PasswordLinkStore::put",     // by the account
    "PasswordRulesStore::get",    // by the enterprise, which is the border
    "PasswordRulesStore::put",    // by the enterprise, which is the border
    "RegistrationStore::delete_all", // the call engine's
    "RegistrationStore::delete_expired", // the system's
    "RegistrationStore::list",    // the call engine's
    "RegistrationStore::put_all", // the call engine's
    "SessionStore::delete",       // by whoever holds the session
    "SessionStore::delete_expired", // the system's
    "SessionStore::delete_of",    // by the account
    "SessionStore::delete_others", // by the account
    "SessionStore::list",         // by the account
    "SessionStore::get",          // by whoever holds the session
    "SessionStore::insert",       // by the account
    "SiteStore::insert",          // writes what it is given
    "UserStore::insert",          // writes what it is given
    "UserStore::count_not_active", // the operator's queue
    "AudioStore::put",            // after the owner was looked up inside the border
    "CallCentreStore::put",       // after the call centre was looked up inside the border
    "CallCentreStore::put_agents", // after the call centre was looked up inside the border
    "CallCentreStore::put_schedule", // after the site was looked up inside the border
    "CallCentreStore::put_supervisors", // after the call centre was looked up inside the border
    "CallCentreStore::update_agent", // after the call centre was looked up inside the border
    "HuntGroupStore::put",        // after the group was looked up inside the border
    "HuntGroupStore::put_members", // after the group was looked up inside the border
    "HuntGroupStore::touch_of_user", // goes with deleting the user
    "VirtualUserStore::count_not_active", // the operator's queue
    "VirtualUserStore::insert",   // writes what it is given
    "VirtualUserStore::list_not_active", // the operator's queue
    "TotpStore::confirm",         // by the account
    "TotpStore::delete",          // by the account
    "TotpStore::get",             // by the account
    "TotpStore::put",             // by the account
    "TotpStore::take_step",       // by the account
    "RecoveryCodeStore::count",   // by the account
    "RecoveryCodeStore::delete_of", // by the account
    "RecoveryCodeStore::put_all", // by the account
    "RecoveryCodeStore::take",    // by the account
    "PasskeyStore::delete",       // by the account
    "PasskeyStore::delete_of",    // by the account
    "PasskeyStore::get",          // by the account
    "PasskeyStore::list",         // by the account
    "PasskeyStore::get_by_credential", // by whoever holds the key
    "PasskeyStore::insert",       // writes what it is given
    "PasskeyStore::update_used",  // by whoever holds the key
    "PasskeyChallengeStore::delete_expired", // the system's
    "PasskeyChallengeStore::insert", // writes what it is given
    "PasskeyChallengeStore::take", // by whoever was asked
    "PendingLoginStore::delete",  // by whoever owes the code
    "PendingLoginStore::delete_expired", // the system's
    "PendingLoginStore::delete_of", // by the account
    "PendingLoginStore::get",     // by whoever owes the code
    "PendingLoginStore::put",     // by the account
    "PendingLoginStore::update_tries", // by whoever owes the code
];

#[test]
fn r4_every_query_is_asked_on_behalf_of_somebody_or_says_why_not() {
    let sources = [
        include_str!("../../src/access.rs"),
        include_str!("../../src/activation.rs"),
        include_str!("../../src/audio.rs"),
        include_str!("../../src/call.rs"),
        include_str!("../../src/call_centre.rs"),
        include_str!("../../src/group_call.rs"),
        include_str!("../../src/help.rs"),
        include_str!("../../src/job.rs"),
        include_str!("../../src/journal.rs"),
        include_str!("../../src/notice.rs"),
        include_str!("../../src/place.rs"),
        include_str!("../../src/renewal.rs"),
        include_str!("../../src/second_factor.rs"),
        include_str!("../../src/services.rs"),
        include_str!("../../src/team.rs"),
        include_str!("../../src/user_draft.rs"),
        include_str!("../../src/user.rs"),
        include_str!("../../src/virtual_user.rs"),
    ];
    let known: BTreeSet<String> = TESTED
        .iter()
        .chain(WITHOUT)
        .map(|name| (*name).to_owned())
        .collect();
    let asked: BTreeSet<String> = sources.into_iter().flat_map(queries).collect();
    let unknown: Vec<_> = asked.symmetric_difference(&known).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// `Trait::method` of every method in the text.
fn queries(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut of = "";
    let until = |text: &'static str| move |line: &str| line.split(text).next().unwrap().to_owned();
    for line in source.lines() {
        if let Some(rest) = line.strip_prefix("pub trait ") {
            of = rest.split(':').next().unwrap();
        }
        if let Some(rest) = line.trim_start().strip_prefix("async fn ") {
            names.push(format!("{of}::{}", until("(")(rest)));
        }
    }
    names
}
