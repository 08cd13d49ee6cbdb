//! Pending, Activated, Failed (S1–S5).

use model::{FailureReason, Package, Product, State};
use service::{
    Error,
    activation::{self, Decision},
    login_details, user,
};
use testkit::{FakeClock, TestSystem};

use crate::{free_numbers, used};

#[tokio::test]
async fn s1_a_new_user_starts_pending() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    assert_eq!(anna.state, State::Pending);
    assert_eq!(
        user::get(&system.env, &muster.admin, anna.id)
            .await
            .unwrap(),
        anna
    );
}

#[tokio::test]
async fn s3_the_operator_activates_and_says_since_when() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    system.clock.advance(90);
    let active = system.activate(anna.id).await;
    assert_eq!(
        active.state,
        State::Activated {
            at: FakeClock::START.plus_seconds(90)
        }
    );
    assert_eq!(
        user::get(&system.env, &muster.admin, anna.id)
            .await
            .unwrap(),
        active
    );
}

#[tokio::test]
async fn s3_administrators_do_not_activate() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    let site_admin = system.site_admin(&muster, &muster.site).await;
    for actor in [&muster.admin, &site_admin] {
        for decision in [
            Decision::Activate,
            Decision::Retry,
            Decision::Fail {
                reason: "no".into(),
            },
        ] {
            let refused = activation::decide(&system.env, actor, anna.id, &decision).await;
            assert!(
                matches!(refused, Err(Error::Forbidden)),
                "{decision:?}: {refused:?}"
            );
        }
        let refused = activation::cancel(&system.env, actor, anna.id).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    }
    assert_eq!(
        user::get(&system.env, &muster.admin, anna.id)
            .await
            .unwrap(),
        anna,
        "nothing has changed"
    );
}

#[tokio::test]
async fn s3_an_active_user_stays_active() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    for decision in [
        Decision::Activate,
        Decision::Retry,
        Decision::Fail {
            reason: "no".into(),
        },
    ] {
        let refused = activation::decide(&system.env, &system.operator, anna.id, &decision).await;
        assert!(
            matches!(refused, Err(Error::AlreadyActive)),
            "{decision:?}: {refused:?}"
        );
    }
    let refused = activation::cancel(&system.env, &system.operator, anna.id).await;
    assert!(matches!(refused, Err(Error::AlreadyActive)), "{refused:?}");
    assert_eq!(
        user::get(&system.env, &muster.admin, anna.id)
            .await
            .unwrap(),
        anna
    );
}

#[tokio::test]
async fn s4_the_administrator_reads_why_activation_failed() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    system
        .fail(anna.id, "Die Portierung ist nicht bestätigt.")
        .await;
    let seen = user::get(&system.env, &muster.admin, anna.id)
        .await
        .unwrap();
    let reason = FailureReason::Operator("Die Portierung ist nicht bestätigt.".into());
    assert_eq!(seen.state, State::Failed { reason });
}

#[tokio::test]
async fn s4_a_failure_needs_a_reason() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    let decision = Decision::Fail {
        reason: "  ".into(),
    };
    let refused = activation::decide(&system.env, &system.operator, anna.id, &decision).await;
    assert_eq!(
        crate::problems(refused),
        [(model::Field::Reason, model::Problem::Required)]
    );
}

#[tokio::test]
async fn s4_the_operator_can_retry_and_then_activate() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    system.fail(anna.id, "no route").await;
    assert_eq!(
        system.decide(anna.id, Decision::Retry).await.state,
        State::Pending
    );
    assert!(system.activate(anna.id).await.state.is_active());
}

#[tokio::test]
async fn s4_cancelling_removes_the_user_and_frees_number_and_licence() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let free_before = free_numbers(&system, &muster).await;
    for fails in [true, false] {
        let anna = system.add_user(&muster, "Anna Weber").await.user;
        assert_eq!(free_numbers(&system, &muster).await, free_before - 1);
        if fails {
            system.fail(anna.id, "no route").await;
        }
        activation::cancel(&system.env, &system.operator, anna.id)
            .await
            .unwrap();
        let gone = user::get(&system.env, &muster.admin, anna.id).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
        assert_eq!(free_numbers(&system, &muster).await, free_before);
        assert_eq!(
            used(&system, &muster, Product::Package(Package::Standard)).await,
            0
        );
    }
    system.run_jobs().await;
}

#[tokio::test]
async fn s5_until_active_a_user_can_neither_be_deleted_nor_get_login_details() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let pending = system.add_user(&muster, "Anna Weber").await.user;
    let failed = system.add_user(&muster, "Ben Klein").await.user;
    let failed = system.fail(failed.id, "no route").await;
    for user in [pending, failed] {
        let env = &system.env;
        let answers = [
            user::delete(env, &muster.admin, user.id, None).await,
            user::deletion_preview(env, &muster.admin, user.id)
                .await
                .map(|_| ()),
            login_details::renew(env, &muster.admin, user.id, None)
                .await
                .map(|_| ()),
        ];
        for answer in answers {
            assert!(
                matches!(answer, Err(Error::NotActive)),
                "{:?}: {answer:?}",
                user.state
            );
        }
        assert_eq!(
            user::get(env, &muster.admin, user.id).await.unwrap(),
            user,
            "nothing has changed"
        );
    }
}
