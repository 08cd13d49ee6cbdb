//! The own account: password, language, sessions.

use std::net::IpAddr;

use model::{Field, Language, Problem};
use service::{
    Error,
    account::{self, ChangePassword},
    session::{self, Origin, Session},
};
use testkit::{PASSWORD, SOURCE, TestSystem};

use crate::problems;

async fn open(system: &TestSystem, name: &str, password: &str, n: u8) -> (String, Session) {
    let origin = Origin {
        source: IpAddr::from([192, 0, 2, n]),
        browser: format!("Browser {n}"),
    };
    let token = session::login(&system.env, name, password, origin)
        .await
        .unwrap();
    let session = session::authenticate(&system.env, &token).await.unwrap();
    (token, session)
}

async fn administrator() -> (TestSystem, String) {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let name = system.add_administrator(&muster, "verwaltung", &[]).await;
    (system, name)
}

fn change(old: &str, new: &str) -> ChangePassword {
    ChangePassword {
        old: old.to_owned(),
        new: new.to_owned(),
    }
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_the_other_sessions() {
    let (system, name) = administrator().await;
    let (this, session) = open(&system, &name, PASSWORD, 1).await;
    let (other, _) = open(&system, &name, PASSWORD, 2).await;
    let set = async |request: ChangePassword| {
        account::change_password(&system.env, &session.actor, &this, &request, SOURCE).await
    };
    let wrong = set(change("Klinke-falsch-1", "Klinke-anders-9")).await;
    assert_eq!(
        problems(wrong),
        [(Field::OldPassword, Problem::WrongPassword)]
    );
    let weak = set(change(PASSWORD, "kurz")).await;
    assert_eq!(
        problems(weak),
        [
            (Field::Password, Problem::TooShort { min: 8 }),
            (Field::Password, Problem::TooFewClasses { min: 2 })
        ]
    );
    set(change(PASSWORD, "Klinke-anders-9")).await.unwrap();
    assert!(session::authenticate(&system.env, &this).await.is_ok());
    let ended = session::authenticate(&system.env, &other).await;
    assert!(matches!(ended, Err(Error::Unauthenticated)));
    open(&system, &name, "Klinke-anders-9", 3).await;
}

#[tokio::test]
async fn a_found_session_cannot_try_old_passwords_at_will() {
    let (system, name) = administrator().await;
    let (this, session) = open(&system, &name, PASSWORD, 1).await;
    for _ in 0..5 {
        let request = change("Klinke-falsch-1", "Klinke-anders-9");
        let wrong =
            account::change_password(&system.env, &session.actor, &this, &request, SOURCE).await;
        assert_eq!(
            problems(wrong),
            [(Field::OldPassword, Problem::WrongPassword)]
        );
    }
    let request = change(PASSWORD, "Klinke-anders-9");
    let refused =
        account::change_password(&system.env, &session.actor, &this, &request, SOURCE).await;
    assert!(
        matches!(refused, Err(Error::TooManyAttempts { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn the_own_sessions_are_listed_and_the_others_ended() {
    let (system, name) = administrator().await;
    let (first, _) = open(&system, &name, PASSWORD, 1).await;
    system.clock.advance(60);
    let (this, session) = open(&system, &name, PASSWORD, 2).await;
    let own = account::own(&system.env, &session.actor, &this)
        .await
        .unwrap();
    assert_eq!(own.login_name, name);
    let told: Vec<_> = own
        .sessions
        .iter()
        .map(|s| (s.source.as_str(), s.browser.as_str(), s.is_this))
        .collect();
    assert_eq!(
        told,
        [
            ("192.0.2.2", "Browser 2", true),
            ("192.0.2.1", "Browser 1", false)
        ]
    );
    account::end_other_sessions(&system.env, &session.actor, &this)
        .await
        .unwrap();
    assert!(session::authenticate(&system.env, &first).await.is_err());
    assert!(session::authenticate(&system.env, &this).await.is_ok());
}

#[tokio::test]
async fn h1_the_own_language_is_kept() {
    let (system, name) = administrator().await;
    let (this, session) = open(&system, &name, PASSWORD, 1).await;
    assert_eq!(session.language, Language::English);
    account::set_language(&system.env, &session.actor, "de")
        .await
        .unwrap();
    let session = session::authenticate(&system.env, &this).await.unwrap();
    assert_eq!(session.language, Language::German);
    let unknown = account::set_language(&system.env, &session.actor, "fr").await;
    assert_eq!(problems(unknown), [(Field::Language, Problem::Unknown)]);
}
