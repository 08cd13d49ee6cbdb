//! Registration emails (U10), and answers to whoever has forgotten password or username (A1).

use std::net::IpAddr;

use model::{Language, Timestamp, UserId};
use service::{
    Error, account,
    mail::Content,
    password::{self, owner_of_link},
    session,
};
use testkit::{PASSWORD, SOURCE, TestEnterprise, TestSystem};

const ANNA: &str = "anna.weber@muster.example";

async fn with_anna() -> (TestSystem, TestEnterprise, UserId) {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user.id;
    (system, muster, anna)
}

#[tokio::test]
async fn u10_a_new_user_gets_a_letter_with_a_link_that_sets_the_password_once() {
    let (system, muster, anna) = with_anna().await;
    assert_eq!(system.mailbox.all().len(), 0, "not before the job has run");
    system.run_jobs().await;
    let mail = system.mailbox.newest(ANNA);
    assert_eq!(mail.letter.language, Language::German);
    assert_eq!(mail.rendered.subject, "Ihr Zugang zu Klinke");
    for text in [&mail.rendered.text, &mail.rendered.html] {
        assert!(text.contains("anna.weber@muster-gmbh"), "{text}");
        assert!(text.contains("https://klinke.example/password/"), "{text}");
        assert!(text.contains("Anna Weber"), "{text}");
    }
    let token = mail.token();
    assert!(!system.database.holds(token.as_bytes()).await);
    system.clock.advance(7 * 24 * 3600 - 1);
    password::set(&system.env, &token, PASSWORD).await.unwrap();
    let again = password::set(&system.env, &token, "Klinke-anders-9").await;
    assert!(matches!(again, Err(Error::Gone)), "{again:?}");
    let user = system.log_in("anna.weber@muster-gmbh").await;
    assert_eq!(*user.grant(), model::Grant::User(muster.id(), anna));
    system.run_jobs().await;
    assert_eq!(system.mailbox.to(ANNA).len(), 1, "the job is done");
}

#[tokio::test]
async fn u10_a_link_in_a_letter_is_good_for_seven_days() {
    let (system, ..) = with_anna().await;
    system.run_jobs().await;
    system.clock.advance(7 * 24 * 3600);
    let late = owner_of_link(&system.env, &system.mailbox.newest(ANNA).token()).await;
    assert!(matches!(late, Err(Error::Gone)), "{late:?}");
}

#[tokio::test]
async fn u10_a_new_administrator_gets_a_letter_and_the_handed_over_link_stays_good() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let request = service::administrator::AddAdministrator {
        role: "enterprise-admin".into(),
        sites: vec![],
        username: "verwaltung".into(),
        email: "verwaltung@muster.example".into(),
        language: "en".into(),
    };
    let added = service::administrator::add(&system.env, &system.operator, muster.id(), &request);
    let (_, handed_over) = added.await.unwrap();
    system.run_jobs().await;
    let mailed = system.mailbox.newest("verwaltung@muster.example");
    assert_eq!(mailed.rendered.subject, "Your access to Klinke");
    for token in [&handed_over, &mailed.token()] {
        assert!(owner_of_link(&system.env, token).await.is_ok());
    }
    password::set(&system.env, &handed_over, PASSWORD)
        .await
        .unwrap();
    let other = owner_of_link(&system.env, &mailed.token()).await;
    assert!(matches!(other, Err(Error::Gone)), "one password, one link");
}

#[tokio::test]
async fn u10_the_registration_email_is_sent_again_while_the_user_is_pending() {
    let (system, muster, anna) = with_anna().await;
    system.run_jobs().await;
    let first = system.mailbox.newest(ANNA).token();
    account::send_registration_email(&system.env, &muster.admin, anna)
        .await
        .unwrap();
    system.run_jobs().await;
    let second = system.mailbox.newest(ANNA).token();
    assert_eq!(system.mailbox.to(ANNA).len(), 2);
    let replaced = owner_of_link(&system.env, &first).await;
    assert!(matches!(replaced, Err(Error::Gone)), "{replaced:?}");
    assert!(owner_of_link(&system.env, &second).await.is_ok());
}

#[tokio::test]
async fn u10_a_letter_that_cannot_be_sent_is_tried_again_with_a_new_link() {
    let (system, ..) = with_anna().await;
    system.mailbox.break_down(true);
    system.run_jobs().await;
    assert_eq!(system.mailbox.all().len(), 0);
    system.mailbox.break_down(false);
    system.run_jobs().await;
    assert_eq!(
        system.mailbox.all().len(),
        0,
        "not before the pause is over"
    );
    system.clock.advance(5);
    system.run_jobs().await;
    let token = system.mailbox.newest(ANNA).token();
    password::set(&system.env, &token, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn u10_whoever_is_deleted_gets_no_letter() {
    let (system, muster, anna) = with_anna().await;
    system.activate(anna).await;
    service::user::delete(&system.env, &muster.admin, anna, None)
        .await
        .unwrap();
    system.run_jobs().await;
    assert_eq!(system.mailbox.all().len(), 0);
    let mut tx = system.env.store.read().await.unwrap();
    assert_eq!(
        tx.job().next_due().await.unwrap(),
        None,
        "no job stays behind"
    );
}

#[tokio::test]
async fn a1_a_forgotten_password_is_set_anew_within_thirty_minutes_and_once() {
    let (system, muster, anna) = with_anna().await;
    let name = system.let_log_in(&muster, anna).await;
    system.run_jobs().await;
    let english = Language::English;
    account::forgot_password(&system.env, &name.to_uppercase(), english, SOURCE)
        .await
        .unwrap();
    system.run_jobs().await;
    let mail = system.mailbox.newest(ANNA);
    assert_eq!(
        mail.rendered.subject, "Set a new password",
        "as it was asked for"
    );
    let link = mail.token();
    assert!(!system.database.holds(link.as_bytes()).await);
    assert!(
        system.log_in(&name).await.account().is_some(),
        "the old one holds"
    );
    system.clock.advance(30 * 60 - 1);
    password::set(&system.env, &link, "Klinke-anders-9")
        .await
        .unwrap();
    let again = password::set(&system.env, &link, "Klinke-wieder-8").await;
    assert!(matches!(again, Err(Error::Gone)), "{again:?}");
    let old = session::login(&system.env, &name, PASSWORD, SOURCE).await;
    assert!(matches!(old, Err(Error::Unauthenticated)));
    assert!(
        session::login(&system.env, &name, "Klinke-anders-9", SOURCE)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a1_a_reset_link_expires_after_thirty_minutes() {
    let (system, ..) = with_anna().await;
    let name = "anna.weber@muster-gmbh";
    account::forgot_password(&system.env, name, Language::German, SOURCE)
        .await
        .unwrap();
    system.run_jobs().await;
    let links: Vec<_> = system
        .mailbox
        .to(ANNA)
        .iter()
        .map(testkit::Mail::token)
        .collect();
    system.clock.advance(30 * 60);
    let mut good = Vec::new();
    for link in &links {
        good.push(owner_of_link(&system.env, link).await.is_ok());
    }
    good.sort_unstable();
    assert_eq!(
        good,
        [false, true],
        "the registration link is good for longer"
    );
}

#[tokio::test]
async fn a1_a_forgotten_username_is_answered_with_all_names_of_the_address() {
    let (system, muster, _) = with_anna().await;
    let beispiel = system.enterprise("Beispiel AG").await;
    let mut draft = system.draft(beispiel.site.id(), "Anna Doppelt").await;
    draft.email = "Anna.Weber@muster.example".into();
    system
        .add(&beispiel.admin, beispiel.site.id(), draft)
        .await
        .unwrap();
    system.add_user(&muster, "Ben Klein").await;
    system.run_jobs().await;
    let before = system.mailbox.all().len();
    let asked = account::forgot_username(
        &system.env,
        " ANNA.weber@muster.example ",
        Language::German,
        SOURCE,
    );
    asked.await.unwrap();
    system.run_jobs().await;
    let mails = system.mailbox.all();
    assert_eq!(mails.len(), before + 1);
    let Content::UsernameReminder { login_names, .. } = &mails[before].letter.content else {
        panic!("another letter")
    };
    assert_eq!(
        login_names,
        &["anna.weber@muster-gmbh", "anna.doppelt@beispiel-ag"]
    );
}

#[tokio::test]
async fn a1_for_names_and_addresses_that_nobody_has_the_same_is_written_and_nothing_sent() {
    let (system, ..) = with_anna().await;
    system.run_jobs().await;
    let before = system.mailbox.all().len();
    let german = Language::German;
    for name in [
        "niemand@muster-gmbh",
        "anna.weber@nirgends",
        "operator",
        "",
        "a\0b",
    ] {
        account::forgot_password(&system.env, name, german, SOURCE)
            .await
            .unwrap();
        assert_eq!(next_due(&system).await, Some(system.env.now()), "{name}");
        system.run_jobs().await;
    }
    account::forgot_username(&system.env, "niemand@muster.example", german, SOURCE)
        .await
        .unwrap();
    system.run_jobs().await;
    assert_eq!(system.mailbox.all().len(), before);
    assert_ne!(next_due(&system).await, Some(system.env.now()));
}

async fn next_due(system: &TestSystem) -> Option<Timestamp> {
    let mut tx = system.env.store.read().await.unwrap();
    tx.job().next_due().await.unwrap()
}

#[tokio::test]
async fn a1_a_source_that_asks_too_often_waits_whoever_it_asks_about() {
    let (system, ..) = with_anna().await;
    let ask = async |name: &str, source: IpAddr| {
        account::forgot_password(&system.env, name, Language::German, source).await
    };
    for name in ["anna.weber@muster-gmbh", "niemand@muster-gmbh"] {
        for _ in 0..3 {
            ask(name, SOURCE).await.unwrap();
        }
        let refused = ask(name, SOURCE).await;
        assert!(
            matches!(refused, Err(Error::TooManyAttempts { .. })),
            "{name}: {refused:?}"
        );
    }
    assert!(
        ask("anna.weber@muster-gmbh", "192.0.2.7".parse().unwrap())
            .await
            .is_ok()
    );
}
