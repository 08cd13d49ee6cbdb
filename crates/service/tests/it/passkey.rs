//! Passkeys: added, used, and everything that must not pass for one (A2, A3, A5).

use model::{Field, JournalAction, Problem};
use service::{
    Actor, Error, account, administrator_reset, second_factor,
    second_factor::{Asked, GOOD_FOR_S},
    session,
};
use testkit::{Authenticator, HOST, PASSWORD, SOURCE, TestEnterprise, TestSystem};

struct Story {
    system: TestSystem,
    muster: TestEnterprise,
    name: String,
    actor: Actor,
    key: Authenticator,
}

impl Story {
    async fn new() -> Self {
        let system = TestSystem::new().await;
        let muster = system.enterprise("Muster GmbH").await;
        let name = system.add_administrator(&muster, "katharina", &[]).await;
        let actor = system.log_in(&name).await;
        let mut key = Authenticator::new(&format!("https://{HOST}"));
        let asked = start(&system, &actor).await;
        let answer = key.make(&asked.options);
        second_factor::add_passkey(&system.env, &actor, &asked.token, &answer)
            .await
            .unwrap();
        Self {
            system,
            muster,
            name,
            actor,
            key,
        }
    }

    async fn asked(&self) -> Asked {
        let asked = second_factor::start_passkey_login(&self.system.env).await;
        asked.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn answer(&self, token: &str, answer: &str) -> Result<String, Error> {
        second_factor::passkey_log_in(&self.system.env, token, answer, SOURCE).await
    }
}

async fn start(system: &TestSystem, actor: &Actor) -> Asked {
    let started =
        second_factor::start_passkey(&system.env, actor, "Laptop", PASSWORD, SOURCE).await;
    started.unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn assert_refused(result: &Result<String, Error>) {
    assert!(matches!(result, Err(Error::Unauthenticated)), "{result:?}");
}

#[tokio::test]
async fn a5_a_passkey_is_the_whole_login_and_its_use_is_kept() {
    let mut story = Story::new().await;
    story.system.clock.advance(60);
    let asked = story.asked().await;
    assert!(!asked.options.contains("katharina"), "nobody is named");
    let answer = story.key.sign(&asked.options);
    let token = story.answer(&asked.token, &answer).await.unwrap();
    let session = session::authenticate(&story.system.env, &token).await;
    assert_eq!(session.unwrap().actor.account(), story.actor.account());
    let own = second_factor::own(&story.system.env, &story.actor).await;
    let passkeys = own.unwrap().passkeys;
    assert_eq!(passkeys[0].name.as_str(), "Laptop");
    assert_eq!(passkeys[0].last_used_at, Some(story.system.env.now()));
    assert!(story.system.database.holds(b"passkey-added").await);
}

#[tokio::test]
async fn a5_an_answer_is_good_once_in_time_and_for_its_own_challenge() {
    let mut story = Story::new().await;
    let (asked, other) = (story.asked().await, story.asked().await);
    let answer = story.key.sign(&asked.options);
    assert_refused(&story.answer(&other.token, &answer).await);
    assert_refused(&story.answer("nothing", &answer).await);
    story.answer(&asked.token, &answer).await.unwrap();
    assert_refused(&story.answer(&asked.token, &answer).await);
    let late = story.asked().await;
    let answer = story.key.sign(&late.options);
    story.system.clock.advance(GOOD_FOR_S);
    assert_refused(&story.answer(&late.token, &answer).await);
}

#[tokio::test]
async fn a5_what_is_no_proof_is_refused_whatever_is_wrong_with_it() {
    let mut story = Story::new().await;
    let origin = format!("https://{HOST}");
    let asked = story.asked().await;
    assert_refused(&story.answer(&asked.token, "{}").await);
    let mut stranger = Authenticator::new(&origin);
    let waiting = start(&story.system, &story.actor).await;
    stranger.make(&waiting.options);
    let asked = story.asked().await;
    let answer = stranger.sign(&asked.options);
    assert_refused(&story.answer(&asked.token, &answer).await);
    story.key.verifies = false;
    let asked = story.asked().await;
    let answer = story.key.sign(&asked.options);
    assert_refused(&story.answer(&asked.token, &answer).await);
    story.key.verifies = true;
    let asked = story.asked().await;
    let answer = story.key.sign(&asked.options);
    story.answer(&asked.token, &answer).await.unwrap();
    story.key.counter = 0;
    let asked = story.asked().await;
    let answer = story.key.sign(&asked.options);
    assert_refused(&story.answer(&asked.token, &answer).await);
}

#[tokio::test]
async fn a2_a_passkey_does_not_open_a_locked_account() {
    let mut story = Story::new().await;
    for n in 0..5 {
        let source = std::net::IpAddr::from([192, 0, 2, n]);
        let wrong = session::login(&story.system.env, &story.name, "wrong", source).await;
        assert_refused(&wrong);
    }
    let asked = story.asked().await;
    let answer = story.key.sign(&asked.options);
    assert_refused(&story.answer(&asked.token, &answer).await);
}

#[tokio::test]
async fn a5_a_passkey_is_added_by_whoever_was_asked_and_to_one_account_only() {
    let story = Story::new().await;
    let (system, env) = (&story.system, &story.system.env);
    let name = system.add_administrator(&story.muster, "ben", &[]).await;
    let ben = system.log_in(&name).await;
    let mut key = Authenticator::new(&format!("https://{HOST}"));
    let asked = start(system, &story.actor).await;
    let answer = key.make(&asked.options);
    let refused = second_factor::add_passkey(env, &ben, &asked.token, &answer).await;
    let Err(Error::Invalid(problems)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(problems.0[0].field, Field::Passkey);
    assert_eq!(problems.0[0].problem, Problem::PasskeyRefused);
    let login = story.asked().await;
    let elsewhere = second_factor::add_passkey(env, &story.actor, &login.token, &answer).await;
    assert!(matches!(elsewhere, Err(Error::Invalid(_))));
    second_factor::add_passkey(env, &story.actor, &asked.token, &answer)
        .await
        .unwrap();
    let twice = start(system, &ben).await;
    let answer = key.make(&twice.options);
    let twice = second_factor::add_passkey(env, &ben, &twice.token, &answer).await;
    assert!(matches!(twice, Err(Error::Invalid(_))), "{twice:?}");
}

#[tokio::test]
async fn a5_adding_and_removing_take_the_own_password() {
    let mut story = Story::new().await;
    let (env, actor) = (&story.system.env, &story.actor);
    let wrong = second_factor::start_passkey(env, actor, "Key", "wrong", SOURCE).await;
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    let nameless = second_factor::start_passkey(env, actor, " ", PASSWORD, SOURCE).await;
    assert!(matches!(nameless, Err(Error::Invalid(_))));
    let id = second_factor::own(env, actor).await.unwrap().passkeys[0].id;
    let wrong = second_factor::remove_passkey(env, actor, id, "wrong", SOURCE).await;
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    let name = story
        .system
        .add_administrator(&story.muster, "ben", &[])
        .await;
    let ben = story.system.log_in(&name).await;
    let foreign = second_factor::remove_passkey(env, &ben, id, PASSWORD, SOURCE).await;
    assert!(matches!(foreign, Err(Error::NotFound)));
    second_factor::remove_passkey(env, actor, id, PASSWORD, SOURCE)
        .await
        .unwrap();
    let asked = story.asked().await;
    let answer = story.key.sign(&asked.options);
    assert_refused(&story.answer(&asked.token, &answer).await);
    let removed = JournalAction::PasskeyRemoved.to_string();
    assert!(story.system.database.holds(removed.as_bytes()).await);
}

#[tokio::test]
async fn a3_a_reset_by_an_administrator_takes_passkeys() {
    let mut story = Story::new().await;
    let id = story.actor.account().unwrap();
    let (env, muster) = (&story.system.env, &story.muster);
    administrator_reset::reset(env, &muster.admin, muster.id(), id)
        .await
        .unwrap();
    let asked = story.asked().await;
    let answer = story.key.sign(&asked.options);
    assert_refused(&story.answer(&asked.token, &answer).await);
}

#[tokio::test]
async fn a5_users_of_telephones_have_no_passkeys() {
    let story = Story::new().await;
    let anna = story
        .system
        .active_user(&story.muster, "Anna Weber")
        .await
        .id;
    let anna = story.system.as_user(&story.muster, anna).await;
    let env = &story.system.env;
    let started = second_factor::start_passkey(env, &anna, "Laptop", PASSWORD, SOURCE).await;
    assert!(matches!(started, Err(Error::Forbidden)));
    let added = second_factor::add_passkey(env, &anna, "x", "{}").await;
    assert!(matches!(added, Err(Error::Forbidden)));
    assert!(account::own(env, &anna, "x").await.is_ok());
}
