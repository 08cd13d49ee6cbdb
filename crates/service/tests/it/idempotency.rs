//! A request to add a user that names itself is carried out once.

use model::{Field, Problem, UserDraft};
use service::{
    Actor, Error, Result,
    user::{self, AddUser, Added},
};
use testkit::{TestEnterprise, TestSystem};

use crate::{free_numbers, problems};

async fn add(
    system: &TestSystem,
    actor: &Actor,
    muster: &TestEnterprise,
    draft: &UserDraft,
) -> Result<Added> {
    let request = AddUser {
        site: muster.site.id(),
        draft: draft.clone(),
        idempotency_key: Some("add anna".into()),
    };
    user::add(&system.env, actor, &request).await
}

#[tokio::test]
async fn the_same_request_gives_the_same_user_without_the_secret() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let draft = system.draft(muster.site.id(), "Anna Weber").await;
    let first = add(&system, &muster.admin, &muster, &draft).await.unwrap();
    assert!(first.login_details.is_some() && !first.replayed);
    let free = free_numbers(&system, &muster).await;
    let again = add(&system, &muster.admin, &muster, &draft).await.unwrap();
    assert_eq!(again.user, first.user);
    assert!(
        again.login_details.is_none() && again.replayed,
        "a secret is shown once (U7)"
    );
    assert_eq!(free_numbers(&system, &muster).await, free);
}

#[tokio::test]
async fn another_request_of_the_same_name_is_refused() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let draft = system.draft(muster.site.id(), "Anna Weber").await;
    add(&system, &muster.admin, &muster, &draft).await.unwrap();
    let other = system.draft(muster.site.id(), "Ben Klein").await;
    let refused = add(&system, &muster.admin, &muster, &other).await;
    assert!(
        matches!(refused, Err(Error::IdempotencyMismatch)),
        "{refused:?}"
    );
}

#[tokio::test]
async fn the_name_of_a_request_is_its_senders_own() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let colleague = system.enterprise_admin(&muster).await;
    let anna = system.draft(muster.site.id(), "Anna Weber").await;
    add(&system, &muster.admin, &muster, &anna).await.unwrap();
    let ben = system.draft(muster.site.id(), "Ben Klein").await;
    assert!(
        !add(&system, &colleague, &muster, &ben)
            .await
            .unwrap()
            .replayed
    );
}

#[tokio::test]
async fn after_deletion_the_request_is_gone_and_adds_nobody() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let draft = system.draft(muster.site.id(), "Anna Weber").await;
    let anna = add(&system, &muster.admin, &muster, &draft)
        .await
        .unwrap()
        .user;
    system.activate(anna.id).await;
    user::delete(&system.env, &muster.admin, anna.id, None)
        .await
        .unwrap();
    let gone = add(&system, &muster.admin, &muster, &draft).await;
    assert!(matches!(gone, Err(Error::Gone)), "{gone:?}");
}

#[tokio::test]
async fn a_refused_request_can_be_mended_and_sent_again() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let mut draft = system.draft(muster.site.id(), "Anna Weber").await;
    draft.email.clear();
    let refused = add(&system, &muster.admin, &muster, &draft).await;
    assert_eq!(problems(refused), [(Field::Email, Problem::Required)]);
    draft.email = "anna@muster.example".into();
    assert!(
        !add(&system, &muster.admin, &muster, &draft)
            .await
            .unwrap()
            .replayed
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_sent_ten_times_at_once_adds_one_user() {
    let system = std::sync::Arc::new(TestSystem::new().await);
    let muster = system.enterprise("Muster GmbH").await;
    let draft = system.draft(muster.site.id(), "Anna Weber").await;
    let request = AddUser {
        site: muster.site.id(),
        draft,
        idempotency_key: Some("add anna".into()),
    };
    let (env, actor) = (system.env.clone(), muster.admin.clone());
    let answers = crate::races::at_once(10, move |_| {
        let (env, actor, request) = (env.clone(), actor.clone(), request.clone());
        async move { user::add(&env, &actor, &request).await.unwrap() }
    });
    let answers = answers.await;
    assert_eq!(answers.iter().filter(|added| !added.replayed).count(), 1);
    assert_eq!(
        answers
            .iter()
            .filter(|added| added.login_details.is_some())
            .count(),
        1
    );
    assert!(answers.iter().all(|added| added.user == answers[0].user));
}
