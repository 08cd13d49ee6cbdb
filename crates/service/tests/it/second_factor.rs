//! Codes of an authenticator app and recovery codes, with the clock in hand (A2, A3, A5).

use std::net::IpAddr;

use model::{Field, JournalAction, Problem};
use service::{
    Actor, Error, account, administrator_reset, password, second_factor,
    second_factor::{GOOD_FOR_S, MOST_TRIES},
    session,
};
use testkit::{PASSWORD, SOURCE, TestEnterprise, TestSystem, totp_code};

/// An administrator who has set up an app.
struct Story {
    system: TestSystem,
    muster: TestEnterprise,
    name: String,
    actor: Actor,
    secret: String,
    recovery: Vec<String>,
}

impl Story {
    async fn new() -> Self {
        let system = TestSystem::new().await;
        let muster = system.enterprise("Muster GmbH").await;
        let name = system.add_administrator(&muster, "katharina", &[]).await;
        let actor = system.log_in(&name).await;
        let (secret, recovery) = set_up(&system, &actor).await;
        // The code that was shown is used up.
        system.clock.advance(30);
        Self {
            system,
            muster,
            name,
            actor,
            secret,
            recovery,
        }
    }

    fn code(&self) -> String {
        totp_code(&self.secret, self.system.env.now())
    }

    /// The right password; what is owed then.
    async fn owe(&self, source: IpAddr) -> String {
        let login = session::login(&self.system.env, &self.name, PASSWORD, source).await;
        match login {
            Err(Error::CodeWanted(pending)) => pending.reveal().to_owned(),
            other => panic!("no code was wanted: {other:?}"),
        }
    }

    async fn show(&self, pending: &str, code: &str) -> Result<String, Error> {
        second_factor::log_in(&self.system.env, pending, code, SOURCE).await
    }

    async fn count(&self, action: JournalAction) -> usize {
        let wanted = service::journal::Wanted {
            enterprise: Some(self.muster.id()),
            action: Some(action),
            ..Default::default()
        };
        let entries = service::journal::list(&self.system.env, &self.system.operator, wanted);
        entries.await.unwrap().len()
    }
}

async fn set_up(system: &TestSystem, actor: &Actor) -> (String, Vec<String>) {
    let env = &system.env;
    second_factor::begin_totp(env, actor).await.unwrap();
    let waiting = second_factor::waiting_totp(env, actor).await.unwrap();
    let code = totp_code(&waiting.secret, env.now());
    let codes = second_factor::confirm_totp(env, actor, PASSWORD, &code, SOURCE).await;
    (
        waiting.secret,
        codes.unwrap_or_else(|error| panic!("{error}")).0,
    )
}

/// From somewhere else each time, so that no source has to wait.
fn from(n: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, n])
}

#[track_caller]
fn assert_wrong(result: &Result<String, Error>) {
    let Err(Error::Invalid(problems)) = result else {
        panic!("{result:?}");
    };
    let found = &problems.0[0];
    assert_eq!(
        (found.field, &found.problem),
        (Field::OneTimeCode, &Problem::WrongCode)
    );
}

#[tokio::test]
async fn a5_no_session_exists_before_the_code_is_right() {
    let story = Story::new().await;
    let pending = story.owe(SOURCE).await;
    let as_session = session::authenticate(&story.system.env, &pending).await;
    assert!(matches!(as_session, Err(Error::Unauthenticated)));
    assert_wrong(&story.show(&pending, "000000").await);
    let token = story.show(&pending, &story.code()).await.unwrap();
    let session = session::authenticate(&story.system.env, &token).await;
    assert_eq!(session.unwrap().actor.account(), story.actor.account());
    let again = story.show(&pending, &story.code()).await;
    assert!(matches!(again, Err(Error::Unauthenticated)), "used up");
}

#[tokio::test]
async fn a5_a_code_is_good_once_and_one_step_early_or_late() {
    let story = Story::new().await;
    let (env, clock) = (&story.system.env, &story.system.clock);
    let code = story.code();
    let pending = story.owe(from(1)).await;
    clock.advance(30);
    story.show(&pending, &code).await.expect("a step late");
    let pending = story.owe(from(2)).await;
    assert_wrong(&story.show(&pending, &code).await);
    let next = totp_code(&story.secret, env.now().plus_seconds(30));
    story.show(&pending, &next).await.expect("a step early");
    let pending = story.owe(from(3)).await;
    assert_wrong(&story.show(&pending, &story.code()).await);
    let two_ahead = totp_code(&story.secret, env.now().plus_seconds(60));
    assert_wrong(&story.show(&pending, &two_ahead).await);
    let old = story.code();
    clock.advance(90);
    assert_wrong(&story.show(&pending, &old).await);
}

#[tokio::test]
async fn a5_a_login_that_owes_a_code_ends_after_five_minutes() {
    let story = Story::new().await;
    let pending = story.owe(SOURCE).await;
    story.system.clock.advance(GOOD_FOR_S);
    let late = story.show(&pending, &story.code()).await;
    assert!(matches!(late, Err(Error::Unauthenticated)), "{late:?}");
}

#[tokio::test]
async fn a5_after_five_wrong_codes_the_password_is_asked_for_again() {
    let story = Story::new().await;
    story.system.let_operator_log_in().await;
    let actor = story.system.log_in("operator").await;
    let (secret, _) = set_up(&story.system, &actor).await;
    story.system.clock.advance(30);
    let env = &story.system.env;
    let Err(Error::CodeWanted(pending)) = session::login(env, "operator", PASSWORD, SOURCE).await
    else {
        panic!("no code was wanted");
    };
    for n in 0..MOST_TRIES {
        let source = from(u8::try_from(n).unwrap());
        assert_wrong(&second_factor::log_in(env, pending.reveal(), "000000", source).await);
    }
    let waits = second_factor::log_in(env, pending.reveal(), "000000", from(99)).await;
    assert!(matches!(waits, Err(Error::Unauthenticated)), "{waits:?}");
    // Wherever from: six digits are few, and an operator is never locked.
    let Err(Error::CodeWanted(pending)) =
        session::login(env, "operator", PASSWORD, from(100)).await
    else {
        panic!("no code was wanted");
    };
    let code = totp_code(&secret, env.now());
    let waits = second_factor::log_in(env, pending.reveal(), &code, from(101)).await;
    assert!(
        matches!(waits, Err(Error::TooManyAttempts { .. })),
        "{waits:?}"
    );
    story.system.clock.advance(10);
    let code = totp_code(&secret, env.now());
    second_factor::log_in(env, pending.reveal(), &code, from(101))
        .await
        .unwrap();
}

#[tokio::test]
async fn a2_wrong_codes_lock_like_wrong_passwords_and_the_right_password_forgives_none() {
    let story = Story::new().await;
    let env = &story.system.env;
    for n in 0..2 {
        let wrong = session::login(env, &story.name, "wrong", from(n)).await;
        assert!(matches!(wrong, Err(Error::Unauthenticated)));
    }
    let pending = story.owe(from(2)).await;
    assert_wrong(&story.show(&pending, "000000").await);
    let pending = story.owe(from(3)).await;
    for _ in 0..2 {
        assert_wrong(&story.show(&pending, "000000").await);
    }
    assert_eq!(story.count(JournalAction::AccountLocked).await, 1);
    assert_wrong(&story.show(&pending, &story.code()).await);
    let right = session::login(env, &story.name, PASSWORD, from(4)).await;
    assert!(
        matches!(right, Err(Error::Unauthenticated)),
        "whoever is locked out is not even asked for a code: {right:?}"
    );
}

#[tokio::test]
async fn a5_a_recovery_code_replaces_a_code_once() {
    let story = Story::new().await;
    assert_eq!(story.recovery.len(), 10);
    let typed = story.recovery[3].to_uppercase();
    let typed = format!("{}-{} {}", &typed[..4], &typed[4..8], &typed[8..]);
    let pending = story.owe(from(1)).await;
    let token = story.show(&pending, &typed).await.unwrap();
    assert!(
        session::authenticate(&story.system.env, &token)
            .await
            .is_ok()
    );
    let pending = story.owe(from(2)).await;
    assert_wrong(&story.show(&pending, &typed).await);
    let own = second_factor::own(&story.system.env, &story.actor).await;
    assert_eq!(own.unwrap().recovery_codes, 9);
    assert_eq!(story.count(JournalAction::RecoveryCodeUsed).await, 1);
    let env = &story.system.env;
    let new = second_factor::new_recovery_codes(env, &story.actor, PASSWORD, SOURCE).await;
    let new = new.unwrap_or_else(|error| panic!("{error}")).0;
    assert_wrong(&story.show(&pending, &story.recovery[4]).await);
    assert!(story.show(&pending, &new[0]).await.is_ok());
}

#[tokio::test]
async fn a5_what_is_stored_opens_nothing_and_the_journal_holds_no_secret() {
    let story = Story::new().await;
    let secret = data_encoding::BASE32_NOPAD.decode(story.secret.as_bytes());
    let database = &story.system.database;
    assert!(!database.holds(&secret.unwrap()).await);
    assert!(!database.holds(story.secret.as_bytes()).await);
    assert!(!database.holds(story.recovery[0].as_bytes()).await);
    let pending = story.owe(SOURCE).await;
    assert!(!database.holds(pending.as_bytes()).await);
    assert_eq!(story.count(JournalAction::TotpSetUp).await, 1);
}

#[tokio::test]
async fn a5_setting_up_takes_the_own_password_and_a_first_code() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let name = system.add_administrator(&muster, "katharina", &[]).await;
    let (actor, env) = (system.log_in(&name).await, &system.env);
    second_factor::begin_totp(env, &actor).await.unwrap();
    let secret = second_factor::waiting_totp(env, &actor)
        .await
        .unwrap()
        .secret;
    let code = totp_code(&secret, env.now());
    for (password, code) in [
        ("wrong", code.as_str()),
        (PASSWORD, "000000"),
        (PASSWORD, ""),
    ] {
        let refused = second_factor::confirm_totp(env, &actor, password, code, SOURCE).await;
        assert!(
            matches!(refused, Err(Error::Invalid(_))),
            "{password} {code}"
        );
    }
    system.log_in(&name).await;
    let own = second_factor::own(env, &actor).await.unwrap();
    assert_eq!(own.totp_since, None);
    second_factor::confirm_totp(env, &actor, PASSWORD, &code, SOURCE)
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    let shown_again = second_factor::waiting_totp(env, &actor).await;
    assert!(matches!(shown_again, Err(Error::Gone)));
    let replaced = second_factor::begin_totp(env, &actor).await;
    assert!(matches!(replaced, Err(Error::Gone)));
}

#[tokio::test]
async fn a5_the_app_is_removed_with_the_own_password_and_nothing_is_owed_then() {
    let story = Story::new().await;
    let env = &story.system.env;
    let refused = second_factor::remove_totp(env, &story.actor, "wrong", SOURCE).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    second_factor::remove_totp(env, &story.actor, PASSWORD, SOURCE)
        .await
        .unwrap();
    story.system.log_in(&story.name).await;
    let own = second_factor::own(env, &story.actor).await.unwrap();
    assert_eq!((own.totp_since, own.recovery_codes), (None, 0));
    assert_eq!(story.count(JournalAction::TotpRemoved).await, 1);
}

#[tokio::test]
async fn a3_a_reset_by_an_administrator_takes_the_app_and_a_new_password_by_mail_does_not() {
    let story = Story::new().await;
    let (env, system) = (&story.system.env, &story.system);
    account::forgot_password(env, &story.name, model::Language::English, SOURCE)
        .await
        .unwrap();
    system.run_jobs().await;
    let owed = story.owe(from(1)).await;
    let link = system.mailbox.newest("katharina@muster.example").token();
    password::set(env, &link, "Klinke-anders-9").await.unwrap();
    let late = story.show(&owed, &story.code()).await;
    assert!(
        matches!(late, Err(Error::Unauthenticated)),
        "the old password is void"
    );
    let login = session::login(env, &story.name, "Klinke-anders-9", from(2)).await;
    assert!(matches!(login, Err(Error::CodeWanted(_))), "the app stays");
    let id = story.actor.account().unwrap();
    administrator_reset::reset(env, &story.muster.admin, story.muster.id(), id)
        .await
        .unwrap();
    system.run_jobs().await;
    let link = system.mailbox.newest("katharina@muster.example").token();
    password::set(env, &link, "Klinke-wieder-8").await.unwrap();
    let login = session::login(env, &story.name, "Klinke-wieder-8", from(3)).await;
    assert!(login.is_ok(), "{login:?}");
    assert_eq!(story.count(JournalAction::AccountReset).await, 1);
}

#[tokio::test]
async fn a3_nobody_resets_the_own_account_and_no_foreign_one() {
    let story = Story::new().await;
    let (env, id) = (&story.system.env, story.actor.account().unwrap());
    let own = administrator_reset::reset(env, &story.actor, story.muster.id(), id).await;
    assert!(matches!(own, Err(Error::Invalid(_))), "{own:?}");
    let other = story.system.enterprise("Beispiel AG").await;
    for of in [story.muster.id(), other.id()] {
        let foreign = administrator_reset::reset(env, &other.admin, of, id).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    }
}

#[tokio::test]
async fn a3_an_operator_who_has_lost_everything_begins_anew_from_the_command_line() {
    let system = TestSystem::new().await;
    let env = &system.env;
    system.let_operator_log_in().await;
    let open = session::login(env, "operator", PASSWORD, SOURCE)
        .await
        .unwrap();
    let actor = system.log_in("operator").await;
    set_up(&system, &actor).await;
    let unknown = second_factor::operator_link(env, "nobody").await;
    assert!(matches!(unknown, Err(Error::NotFound)));
    let link = second_factor::operator_link(env, "Operator").await.unwrap();
    let ended = session::authenticate(env, &open).await;
    assert!(matches!(ended, Err(Error::Unauthenticated)));
    assert!(
        session::login(env, "operator", PASSWORD, SOURCE)
            .await
            .is_err()
    );
    password::set(env, &link, "Klinke-anders-9").await.unwrap();
    let login = session::login(env, "operator", "Klinke-anders-9", SOURCE).await;
    assert!(login.is_ok(), "{login:?}");
}

#[tokio::test]
async fn a5_users_of_telephones_and_tokens_and_whoever_acts_for_another_have_none() {
    let story = Story::new().await;
    let (system, muster) = (&story.system, &story.muster);
    let anna = system.active_user(muster, "Anna Weber").await.id;
    let name = story.system.add_administrator(muster, "acting", &[]).await;
    let token = session::login(&system.env, &name, PASSWORD, SOURCE)
        .await
        .unwrap();
    let admin = session::authenticate(&system.env, &token)
        .await
        .unwrap()
        .actor;
    service::view::take(&system.env, &admin, &token, anna)
        .await
        .unwrap();
    let acting = session::authenticate(&system.env, &token)
        .await
        .unwrap()
        .actor;
    for actor in [
        system.as_user(muster, anna).await,
        muster.admin.clone(),
        acting,
    ] {
        let begun = second_factor::begin_totp(&system.env, &actor).await;
        assert!(matches!(begun, Err(Error::Forbidden)), "{begun:?}");
        let own = second_factor::own(&system.env, &actor).await;
        assert!(matches!(own, Err(Error::Forbidden)), "{own:?}");
    }
}
