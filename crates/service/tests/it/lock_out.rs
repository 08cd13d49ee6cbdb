//! Accounts are locked after too many wrong passwords (A2), and reset by administrators (A3).

use std::net::IpAddr;

use model::{JournalAction, PasswordRules, UserId};
use service::{Error, account, journal, password, password_rules, session};
use testkit::{PASSWORD, TestEnterprise, TestSystem};

const NAME: &str = "anna.weber@muster-gmbh";

async fn with_anna() -> (TestSystem, TestEnterprise, UserId) {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await.id;
    system.let_log_in(&muster, anna).await;
    system.run_jobs().await;
    (system, muster, anna)
}

/// Each from another address, so that no source has to wait.
async fn try_password(system: &TestSystem, n: u8, password: &str) -> Result<String, Error> {
    let source = IpAddr::from([192, 0, 2, n]);
    session::login(&system.env, NAME, password, source).await
}

async fn lock(system: &TestSystem) {
    for n in 0..5 {
        let refused = try_password(system, n, "wrong").await;
        assert!(
            matches!(refused, Err(Error::Unauthenticated)),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a2_the_fifth_wrong_password_locks_and_the_right_one_is_refused_like_a_wrong_one() {
    let (system, muster, anna) = with_anna().await;
    for n in 0..4 {
        assert!(try_password(&system, n, "wrong").await.is_err());
    }
    assert!(
        try_password(&system, 5, PASSWORD).await.is_ok(),
        "four are forgiven"
    );
    lock(&system).await;
    let right = try_password(&system, 99, PASSWORD).await;
    assert!(matches!(right, Err(Error::Unauthenticated)), "{right:?}");
    system.clock.advance(365 * 24 * 3600);
    let later = try_password(&system, 100, PASSWORD).await;
    assert!(
        matches!(later, Err(Error::Unauthenticated)),
        "time does not unlock"
    );
    let access = account::access(&system.env, &muster.admin, anna)
        .await
        .unwrap();
    assert!(access.is_registered && access.locked_at.is_some());
    let wanted = journal::Wanted {
        user: Some(anna),
        ..journal::Wanted::default()
    };
    let entries = journal::list(&system.env, &muster.admin, wanted)
        .await
        .unwrap();
    let locked = entries
        .iter()
        .filter(|e| e.entry.action == JournalAction::AccountLocked);
    assert_eq!(locked.count(), 1, "told once");
}

#[tokio::test]
async fn a2_the_lock_outlives_a_restart() {
    let (system, ..) = with_anna().await;
    lock(&system).await;
    let mut tx = system.env.store.read().await.unwrap();
    let account = tx
        .account()
        .get_by_login(Some("muster-gmbh"), "anna.weber")
        .await;
    assert!(account.unwrap().unwrap().locked_at.is_some());
}

#[tokio::test]
async fn a2_the_enterprise_says_how_many_and_zero_is_never() {
    let (system, muster, _) = with_anna().await;
    let set = async |lock_after| {
        let rules = PasswordRules {
            lock_after,
            ..PasswordRules::default()
        };
        password_rules::set(&system.env, &muster.admin, muster.id(), &rules.typed())
            .await
            .unwrap();
    };
    set(0).await;
    for n in 0..20 {
        assert!(try_password(&system, n, "wrong").await.is_err());
    }
    assert!(try_password(&system, 50, PASSWORD).await.is_ok());
    set(2).await;
    for n in 60..62 {
        assert!(try_password(&system, n, "wrong").await.is_err());
    }
    assert!(try_password(&system, 70, PASSWORD).await.is_err());
}

#[tokio::test]
async fn a2_the_operator_is_never_locked() {
    let system = TestSystem::new().await;
    let operator = system.let_operator_log_in().await;
    for n in 0..20 {
        let source = IpAddr::from([192, 0, 2, n]);
        assert!(
            session::login(&system.env, &operator, "wrong", source)
                .await
                .is_err()
        );
    }
    let source = IpAddr::from([192, 0, 2, 99]);
    assert!(
        session::login(&system.env, &operator, PASSWORD, source)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a1_whoever_is_locked_out_sets_a_new_password_by_mail_and_is_in_again() {
    let (system, ..) = with_anna().await;
    lock(&system).await;
    let (german, source) = (model::Language::German, IpAddr::from([192, 0, 2, 1]));
    account::forgot_password(&system.env, NAME, german, source)
        .await
        .unwrap();
    system.run_jobs().await;
    let token = system.mailbox.newest("anna.weber@muster.example").token();
    password::set(&system.env, &token, "Klinke-anders-9")
        .await
        .unwrap();
    assert!(try_password(&system, 99, "Klinke-anders-9").await.is_ok());
}

#[tokio::test]
async fn a3_a_reset_unlocks_ends_sessions_and_sends_a_letter_and_the_telephone_stays() {
    let (system, muster, anna) = with_anna().await;
    let open = try_password(&system, 77, PASSWORD).await.unwrap();
    let before = service::user::get(&system.env, &muster.admin, anna)
        .await
        .unwrap();
    lock(&system).await;
    let letters = system.mailbox.all().len();
    account::reset(&system.env, &muster.admin, anna)
        .await
        .unwrap();
    let ended = session::authenticate(&system.env, &open).await;
    assert!(matches!(ended, Err(Error::Unauthenticated)));
    assert!(
        try_password(&system, 99, PASSWORD).await.is_err(),
        "the password is void"
    );
    let access = account::access(&system.env, &muster.admin, anna)
        .await
        .unwrap();
    assert!(!access.is_registered && access.locked_at.is_none());
    system.run_jobs().await;
    assert_eq!(system.mailbox.all().len(), letters + 1);
    let token = system.mailbox.newest("anna.weber@muster.example").token();
    let old = password::set(&system.env, &token, PASSWORD).await;
    assert!(
        matches!(old, Err(Error::Invalid(_))),
        "the history holds: {old:?}"
    );
    password::set(&system.env, &token, "Klinke-anders-9")
        .await
        .unwrap();
    assert!(try_password(&system, 100, "Klinke-anders-9").await.is_ok());
    let after = service::user::get(&system.env, &muster.admin, anna)
        .await
        .unwrap();
    assert_eq!(before, after);
    assert!(
        system.database.holds(b"account-reset").await,
        "it stands in the journal"
    );
}

#[tokio::test]
async fn a3_a_reset_makes_links_that_are_out_worthless() {
    let (system, muster, anna) = with_anna().await;
    account::send_registration_email(&system.env, &muster.admin, anna)
        .await
        .unwrap();
    system.run_jobs().await;
    let out = system.mailbox.newest("anna.weber@muster.example").token();
    account::reset(&system.env, &muster.admin, anna)
        .await
        .unwrap();
    let used = password::set(&system.env, &out, "Klinke-anders-9").await;
    assert!(matches!(used, Err(Error::Gone)), "{used:?}");
}
