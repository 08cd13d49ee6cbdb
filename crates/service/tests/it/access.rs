//! Logging in and out; API tokens.

use std::net::IpAddr;

use model::{Grant, Role};
use service::{Error, api_token, session};
use testkit::{PASSWORD, SOURCE, TestSystem};

/// The error of what should have been refused.
fn refused<T>(answer: service::Result<T>) -> Error {
    match answer {
        Err(error) => error,
        Ok(_) => panic!("it was let through"),
    }
}

#[tokio::test]
async fn r1_whoever_logs_in_has_the_role_that_was_given() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let london = system.site(muster.id(), "London").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let sites = vec![muster.site.id(), london.id()];
    let admin = system.add_administrator(&muster, "verwaltung", &[]).await;
    let two_sites = system
        .add_administrator(&muster, "zwei.standorte", &sites)
        .await;
    let user = system.let_log_in(&muster, anna.id).await;
    let cases = [
        (admin.to_uppercase(), Grant::EnterpriseAdmin(muster.id())),
        (two_sites, Grant::SiteAdmin(muster.id(), sites)),
        (format!(" {user} "), Grant::User(muster.id(), anna.id)),
    ];
    for (name, grant) in cases {
        assert_eq!(*system.log_in(&name).await.grant(), grant, "{name}");
    }
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_look_the_same() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    system.add_user(&muster, "Ben Klein").await;
    let admin = system.add_administrator(&muster, "verwaltung", &[]).await;
    let cases = [
        (admin.as_str(), "Klinke-im-Test-8"),
        ("niemand@muster-gmbh", PASSWORD),
        ("verwaltung@niemand", PASSWORD),
        ("verwaltung", PASSWORD),
        ("operator", ""),
        ("ben.klein@muster-gmbh", ""),
        ("", ""),
    ];
    for (name, password) in cases {
        let error = refused(session::login(&system.env, name, password, SOURCE).await);
        assert!(matches!(error, Error::Unauthenticated), "{name}: {error:?}");
    }
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_or_by_logging_out() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let admin = system.add_administrator(&muster, "verwaltung", &[]).await;
    let log_in = async || {
        session::login(&system.env, &admin, PASSWORD, SOURCE)
            .await
            .unwrap()
    };
    let (first, second) = (log_in().await, log_in().await);
    session::logout(&system.env, &first).await.unwrap();
    let ended = refused(session::authenticate(&system.env, &first).await);
    assert!(matches!(ended, Error::Unauthenticated), "{ended:?}");
    system.clock.advance(session::LASTS_S - 1);
    assert!(session::authenticate(&system.env, &second).await.is_ok());
    system.clock.advance(1);
    let ended = refused(session::authenticate(&system.env, &second).await);
    assert!(matches!(ended, Error::Unauthenticated), "{ended:?}");
}

#[tokio::test]
async fn a_session_is_stored_so_that_a_stolen_database_opens_nothing() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let admin = system.add_administrator(&muster, "verwaltung", &[]).await;
    let session = session::login(&system.env, &admin, PASSWORD, SOURCE)
        .await
        .unwrap();
    let token = api_token::add(&system.env, Role::Operator, None, None)
        .await
        .unwrap();
    for secret in [session.as_str(), token.as_str(), &token[4..], PASSWORD] {
        assert!(!system.database.holds(secret.as_bytes()).await, "{secret}");
    }
}

#[tokio::test]
async fn after_five_wrong_passwords_the_source_waits_even_with_the_right_one() {
    let system = TestSystem::new().await;
    // The operator's account, which is never locked.
    let admin = system.let_operator_log_in().await;
    for _ in 0..5 {
        let error = refused(session::login(&system.env, &admin, "wrong", SOURCE).await);
        assert!(matches!(error, Error::Unauthenticated), "{error:?}");
    }
    let error = refused(session::login(&system.env, &admin, PASSWORD, SOURCE).await);
    assert!(
        matches!(error, Error::TooManyAttempts { retry_after_s: 10 }),
        "{error:?}"
    );
    let elsewhere: IpAddr = "192.0.2.7".parse().unwrap();
    assert!(
        session::login(&system.env, &admin, PASSWORD, elsewhere)
            .await
            .is_ok()
    );
    system.clock.advance(10);
    let error = refused(session::login(&system.env, &admin, "wrong", SOURCE).await);
    assert!(matches!(error, Error::Unauthenticated), "{error:?}");
    let error = refused(session::login(&system.env, &admin, PASSWORD, SOURCE).await);
    assert!(
        matches!(error, Error::TooManyAttempts { retry_after_s: 20 }),
        "the wait doubles: {error:?}"
    );
    system.clock.advance(20);
    assert!(
        session::login(&system.env, &admin, PASSWORD, SOURCE)
            .await
            .is_ok()
    );
    let error = refused(session::login(&system.env, &admin, "wrong", SOURCE).await);
    assert!(
        matches!(error, Error::Unauthenticated),
        "the count began anew: {error:?}"
    );
}

#[tokio::test]
async fn r1_a_token_is_made_for_a_role_and_its_place() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let (name, site) = (Some("Muster GmbH"), Some("Düsseldorf"));
    let good = [
        (Role::Operator, None, None, Grant::Operator),
        (
            Role::EnterpriseAdmin,
            name,
            None,
            Grant::EnterpriseAdmin(muster.id()),
        ),
        (
            Role::EnterpriseAdmin,
            Some("muster-gmbh"),
            None,
            Grant::EnterpriseAdmin(muster.id()),
        ),
        (
            Role::SiteAdmin,
            name,
            site,
            Grant::SiteAdmin(muster.id(), vec![muster.site.id()]),
        ),
    ];
    for (role, enterprise, site, grant) in good {
        let token = api_token::add(&system.env, role, enterprise, site)
            .await
            .unwrap();
        assert!(token.starts_with("klk_"));
        assert_eq!(
            *api_token::authenticate(&system.env, &token)
                .await
                .unwrap()
                .grant(),
            grant
        );
    }
    let bad = [
        (Role::User, name, None),
        (Role::Operator, name, None),
        (Role::EnterpriseAdmin, None, None),
        (Role::EnterpriseAdmin, name, site),
        (Role::SiteAdmin, name, None),
        (Role::SiteAdmin, None, site),
    ];
    for (role, enterprise, site) in bad {
        let error = refused(api_token::add(&system.env, role, enterprise, site).await);
        assert!(matches!(error, Error::Forbidden), "{role:?}: {error:?}");
    }
    for secret in ["klk_nothing", "", "Klinke"] {
        let error = refused(api_token::authenticate(&system.env, secret).await);
        assert!(
            matches!(error, Error::Unauthenticated),
            "{secret}: {error:?}"
        );
    }
}
