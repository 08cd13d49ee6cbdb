//! What an enterprise asks of passwords (A5), wherever one is set.

use model::{Field, PasswordRules, Problem, TypedPasswordRules};
use service::{
    Error,
    account::{self, ChangePassword},
    password, password_rules, session,
};
use testkit::{PASSWORD, SOURCE, TestEnterprise, TestSystem};

use crate::problems;

async fn with_rules(rules: PasswordRules) -> (TestSystem, TestEnterprise) {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    password_rules::set(&system.env, &muster.admin, muster.id(), &rules.typed())
        .await
        .unwrap();
    (system, muster)
}

async fn set_by_link(system: &TestSystem, password: &str) -> Result<(), Error> {
    system.run_jobs().await;
    let token = system.mailbox.newest("anna.weber@muster.example").token();
    password::set(&system.env, &token, password).await
}

#[tokio::test]
async fn a5_the_rules_of_the_enterprise_hold_for_its_people_only() {
    let strict = PasswordRules {
        min_length: 20,
        min_classes: 4,
        ..PasswordRules::default()
    };
    let (system, muster) = with_rules(strict).await;
    system.add_user(&muster, "Anna Weber").await;
    let refused = set_by_link(&system, "Klinke7-im-Test").await;
    assert_eq!(
        problems(refused),
        [(Field::Password, Problem::TooShort { min: 20 })]
    );
    set_by_link(&system, "Klinke-im-Test-der-Regeln-7")
        .await
        .unwrap();
    let beispiel = system.enterprise("Beispiel AG").await;
    system.add_administrator(&beispiel, "verwaltung", &[]).await;
}

#[tokio::test]
async fn a5_none_of_the_last_three_passwords_is_taken_again() {
    let (system, muster) = with_rules(PasswordRules::default()).await;
    let anna = system.active_user(&muster, "Anna Weber").await.id;
    let name = system.let_log_in(&muster, anna).await;
    let mut now = PASSWORD.to_owned();
    let token = session::login(&system.env, &name, &now, SOURCE)
        .await
        .unwrap();
    let actor = session::authenticate(&system.env, &token)
        .await
        .unwrap()
        .actor;
    let change = async |old: &str, new: &str| {
        let request = ChangePassword {
            old: old.to_owned(),
            new: new.to_owned(),
        };
        account::change_password(&system.env, &actor, &token, &request, SOURCE).await
    };
    let used = [(Field::Password, Problem::UsedBefore { count: 3 })];
    assert_eq!(
        problems(change(&now, PASSWORD).await),
        used,
        "the present one"
    );
    for next in ["Klinke-zwei-2", "Klinke-drei-3"] {
        change(&now, next).await.unwrap();
        now = next.to_owned();
        assert_eq!(problems(change(&now, PASSWORD).await), used);
    }
    change(&now, "Klinke-vier-4").await.unwrap();
    change("Klinke-vier-4", PASSWORD).await.unwrap();
    assert!(
        !system.database.holds(b"Klinke-zwei-2").await,
        "only hashes are kept"
    );
}

#[tokio::test]
async fn a5_after_its_days_a_password_only_opens_the_page_for_a_new_one() {
    let ninety = PasswordRules {
        expires_after_days: Some(90),
        ..PasswordRules::default()
    };
    let (system, muster) = with_rules(ninety).await;
    let anna = system.active_user(&muster, "Anna Weber").await.id;
    let name = system.let_log_in(&muster, anna).await;
    system.clock.advance(90 * 24 * 3600 - 1);
    let token = session::login(&system.env, &name, PASSWORD, SOURCE)
        .await
        .unwrap();
    assert!(session::authenticate(&system.env, &token).await.is_ok());
    system.clock.advance(1);
    let expired = session::authenticate(&system.env, &token).await;
    assert!(
        matches!(expired, Err(Error::PasswordExpired)),
        "{expired:?}"
    );
    let session = session::authenticate_with_any_password(&system.env, &token).await;
    let request = ChangePassword {
        old: PASSWORD.to_owned(),
        new: "Klinke-anders-9".to_owned(),
    };
    account::change_password(
        &system.env,
        &session.unwrap().actor,
        &token,
        &request,
        SOURCE,
    )
    .await
    .unwrap();
    assert!(session::authenticate(&system.env, &token).await.is_ok());
}

#[tokio::test]
async fn a5_rules_out_of_their_bounds_change_nothing() {
    let (system, muster) = with_rules(PasswordRules::default()).await;
    let typed = TypedPasswordRules {
        min_length: "4".into(),
        lock_after: "viele".into(),
        ..PasswordRules::default().typed()
    };
    let refused = password_rules::set(&system.env, &system.operator, muster.id(), &typed).await;
    let fields: Vec<_> = problems(refused)
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(fields, [Field::MinLength, Field::LockAfter]);
    let (_, rules) = password_rules::get(&system.env, &muster.admin, muster.id())
        .await
        .unwrap();
    assert_eq!(rules, PasswordRules::default());
}
