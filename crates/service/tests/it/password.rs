//! Setting a password through a one-time link (A5), and the first start.

use model::{Field, Problem};
use service::{
    Error,
    administrator::{self, AddAdministrator},
    password, session, setup,
};
use testkit::{PASSWORD, SOURCE, TestSystem};

use crate::problems;

/// A new administrator's one-time link, and the name to log in with.
async fn link(system: &TestSystem) -> (String, String) {
    let muster = system.enterprise("Muster GmbH").await;
    let request = AddAdministrator {
        role: "enterprise-admin".into(),
        sites: vec![],
        username: "verwaltung".into(),
        email: "verwaltung@muster.example".into(),
        language: "de".into(),
    };
    let (_, token) = administrator::add(&system.env, &system.operator, muster.id(), &request)
        .await
        .unwrap();
    (token, "verwaltung@muster-gmbh".into())
}

#[tokio::test]
async fn u10_a_link_sets_a_password_once() {
    let system = TestSystem::new().await;
    let (token, name) = link(&system).await;
    assert_eq!(
        password::owner_of_link(&system.env, &token)
            .await
            .unwrap()
            .login_name,
        name
    );
    password::set(&system.env, &token, PASSWORD).await.unwrap();
    assert!(
        session::login(&system.env, &name, PASSWORD, SOURCE)
            .await
            .is_ok()
    );
    let again = password::set(&system.env, &token, "Klinke-anders-9").await;
    assert!(matches!(again, Err(Error::Gone)), "{again:?}");
    let look = password::owner_of_link(&system.env, &token).await;
    assert!(matches!(look, Err(Error::Gone)));
    assert!(
        session::login(&system.env, &name, PASSWORD, SOURCE)
            .await
            .is_ok()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u10_of_five_who_use_a_link_at_once_one_sets_the_password() {
    let system = TestSystem::new().await;
    let (token, name) = link(&system).await;
    let env = system.env.clone();
    let answers = crate::races::at_once(5, move |n| {
        let (env, token) = (env.clone(), token.clone());
        async move {
            let password = format!("Klinke-im-Test-{n}");
            password::set(&env, &token, &password)
                .await
                .map(|()| password)
        }
    });
    let set: Vec<_> = answers.await.into_iter().filter_map(Result::ok).collect();
    assert_eq!(set.len(), 1, "{set:?}");
    let login = session::login(&system.env, &name, &set[0], SOURCE).await;
    assert!(login.is_ok(), "and it is the password that holds");
}

#[tokio::test]
async fn u10_a_link_is_good_for_seven_days() {
    let system = TestSystem::new().await;
    let (token, _) = link(&system).await;
    system.clock.advance(7 * 24 * 3600 - 1);
    assert!(password::owner_of_link(&system.env, &token).await.is_ok());
    system.clock.advance(1);
    let late = password::set(&system.env, &token, PASSWORD).await;
    assert!(matches!(late, Err(Error::Gone)), "{late:?}");
    assert!(
        !system.database.holds(token.as_bytes()).await,
        "the link itself is not stored"
    );
}

#[tokio::test]
async fn a5_a_password_that_breaks_a_rule_leaves_the_link_good() {
    let system = TestSystem::new().await;
    let (token, name) = link(&system).await;
    let cases = [
        ("", Problem::Required),
        ("Kl-7abc", Problem::TooShort { min: 8 }),
        ("klinkeklinke", Problem::TooFewClasses { min: 2 }),
        ("Klinkeee7", Problem::RepeatedCharacter { max: 2 }),
        ("Klinke 78", Problem::WhiteSpace),
    ];
    for (text, problem) in cases {
        let refused = password::set(&system.env, &token, text).await;
        assert_eq!(problems(refused), [(Field::Password, problem)]);
    }
    password::set(&system.env, &token, PASSWORD).await.unwrap();
    assert!(
        session::login(&system.env, &name, PASSWORD, SOURCE)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_new_password_ends_the_sessions() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let name = system.let_log_in(&muster, anna.id).await;
    let session = session::login(&system.env, &name, PASSWORD, SOURCE)
        .await
        .unwrap();
    system.run_jobs().await;
    let link = system.mailbox.newest("anna.weber@muster.example").token();
    password::set(&system.env, &link, "Klinke-anders-9")
        .await
        .unwrap();
    let ended = session::authenticate(&system.env, &session).await;
    assert!(matches!(ended, Err(Error::Unauthenticated)));
}

#[tokio::test]
async fn the_first_start_lets_the_operator_set_a_password_and_later_ones_do_not() {
    let system = TestSystem::new().await;
    let first = setup::operator_link(&system.env).await.unwrap().unwrap();
    let second = setup::operator_link(&system.env).await.unwrap().unwrap();
    let replaced = password::set(&system.env, &first, PASSWORD).await;
    assert!(
        matches!(replaced, Err(Error::Gone)),
        "each start makes a new link: {replaced:?}"
    );
    password::set(&system.env, &second, PASSWORD).await.unwrap();
    assert_eq!(setup::operator_link(&system.env).await.unwrap(), None);
    let operator = system.log_in(setup::OPERATOR).await;
    assert_eq!(*operator.grant(), model::Grant::Operator);
}
