//! The activation job (S3, S4): what the back end answers, and what becomes of a job whose process dies.

use std::time::Duration;

use model::{FailureReason, JournalAction, State, User, UserId};
use service::{
    activation::Decision,
    journal,
    reachability::{self, Obstacle},
    user,
};
use store::Tenant;
use testkit::{TestEnterprise, TestSystem};

async fn state(system: &TestSystem, id: UserId) -> State {
    user::get(&system.env, &system.operator, id)
        .await
        .unwrap()
        .state
}

/// What the journal tells of the user, the oldest first.
async fn actions(system: &TestSystem, id: UserId) -> Vec<JournalAction> {
    let wanted = journal::Wanted {
        user: Some(id),
        ..journal::Wanted::default()
    };
    let entries = journal::list(&system.env, &system.operator, wanted)
        .await
        .unwrap();
    entries
        .into_iter()
        .rev()
        .map(|entry| entry.entry.action)
        .collect()
}

#[tokio::test]
async fn s3_the_automatic_back_end_activates_who_can_be_reached() {
    let system = TestSystem::automatic().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    let mut without_phone = system.draft(muster.site.id(), "Ben Klein").await;
    without_phone.desk_phone_type.clear();
    let ben = system
        .add(&muster.admin, muster.site.id(), without_phone)
        .await
        .unwrap()
        .user;
    system.run_jobs().await;
    assert!(state(&system, anna.id).await.is_active());
    assert!(
        state(&system, ben.id).await.is_active(),
        "without desk phone there is no login to miss"
    );
}

#[tokio::test]
async fn s3_the_manual_back_end_waits_for_the_operator() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    let pause = system.run_jobs().await;
    assert_eq!(state(&system, anna.id).await, State::Pending);
    assert_eq!(pause, Duration::from_secs(60), "no job is left");
    assert!(system.activate(anna.id).await.state.is_active());
}

/// Activation fails with this reason after the database was changed behind the use cases.
async fn fails_after(
    break_it: impl AsyncFn(&TestSystem, &TestEnterprise, UserId),
) -> (TestSystem, UserId, FailureReason) {
    let system = TestSystem::automatic().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    break_it(&system, &muster, anna.id).await;
    system.run_jobs().await;
    let State::Failed { reason } = state(&system, anna.id).await else {
        panic!("activation did not fail");
    };
    (system, anna.id, reason)
}

#[tokio::test]
async fn s4_activation_fails_without_a_licence() {
    let (.., reason) = fails_after(async |system, _, _| {
        system.database.execute("update licence set used = 0").await;
    })
    .await;
    assert_eq!(reason, FailureReason::LicenceMissing);
}

#[tokio::test]
async fn s4_activation_fails_without_login_details_for_the_desk_phone() {
    let (.., reason) = fails_after(async |system, _, _| {
        system.database.execute("delete from phone_login").await;
    })
    .await;
    assert_eq!(reason, FailureReason::LoginMissing);
}

#[tokio::test]
async fn s4_activation_fails_when_the_login_is_of_another_number_and_can_be_retried() {
    let (system, anna, reason) = fails_after(async |system, _, _| {
        system
            .database
            .execute("update phone_login set login = '4930999'")
            .await;
    })
    .await;
    assert_eq!(reason, FailureReason::NumberNotAssigned);
    system.run_jobs().await;
    assert!(
        !state(&system, anna).await.is_active(),
        "nobody asks again by himself"
    );
    let number = user::get(&system.env, &system.operator, anna)
        .await
        .unwrap()
        .number;
    system
        .database
        .execute(&format!(
            "update phone_login set login = '{}'",
            number.digits()
        ))
        .await;
    system.decide(anna, Decision::Retry).await;
    system.run_jobs().await;
    assert!(state(&system, anna).await.is_active());
}

/// Gives each of two users the other's number, which no use case does.
async fn swap_numbers(system: &TestSystem, one: &User, other: &User) {
    let free_all = "update number set user_id = null";
    system.database.execute(free_all).await;
    let mut tx = system.env.store.write().await.unwrap();
    for (user, number) in [(one, &other.number), (other, &one.number)] {
        let assigned = tx
            .number()
            .assign(user.site, number, model::Holder::User(user.id))
            .await;
        assert!(assigned.unwrap());
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn s4_activation_fails_when_calls_for_the_number_would_ring_somebody_elses_phone() {
    let (system, anna, reason) = fails_after(async |system, muster, anna| {
        let ben = system.add_user(muster, "Ben Klein").await.user;
        let anna = user::get(&system.env, &system.operator, anna).await;
        swap_numbers(system, &anna.unwrap(), &ben).await;
    })
    .await;
    assert_eq!(reason, FailureReason::NumberNotAssigned);
    let seen = reachability::get(&system.env, &system.operator, anna, None).await;
    let failed = Obstacle::Refused(model::routing::Why::Failed);
    assert_eq!(seen.unwrap().obstacles()[0], failed);
}

#[tokio::test]
async fn a_job_whose_process_dies_runs_again_after_its_claim_and_counts_once() {
    let system = TestSystem::automatic().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    // A process claims the job (and the letter's) for a minute, as `jobs::run_due` does, and is never heard of again.
    let mut tx = system.env.store.write().await.unwrap();
    let now = system.env.now();
    let claimed = tx.job().claim(now, now.plus_seconds(60), 32).await.unwrap();
    assert_eq!(claimed.len(), 2);
    tx.commit().await.unwrap();
    let pause = system.run_jobs().await;
    assert_eq!(
        (state(&system, anna.id).await, pause),
        (State::Pending, Duration::from_secs(60))
    );
    system.clock.advance(60);
    system.run_jobs().await;
    let active = user::get(&system.env, &system.operator, anna.id)
        .await
        .unwrap();
    assert_eq!(
        active.state,
        State::Activated {
            at: system.env.now()
        }
    );
    // The first process comes back after all: the job is gone, and its work is not done twice.
    system.clock.advance(60);
    system.run_jobs().await;
    assert!(
        !system
            .env
            .store
            .write()
            .await
            .unwrap()
            .job()
            .delete(claimed[0].id)
            .await
            .unwrap()
    );
    assert_eq!(
        user::get(&system.env, &system.operator, anna.id)
            .await
            .unwrap(),
        active
    );
    assert_eq!(
        actions(&system, anna.id).await,
        [JournalAction::UserAdded, JournalAction::UserActivated]
    );
}

#[tokio::test]
async fn a_job_that_fails_is_put_off_longer_each_time() {
    let system = TestSystem::automatic().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    system
        .database
        .execute("update \"user\" set package = 'no such package'")
        .await;
    let mut pauses = Vec::new();
    for _ in 0..4 {
        let pause = system.run_jobs().await;
        pauses.push(pause.as_secs());
        system
            .clock
            .advance(i64::try_from(pause.as_secs()).unwrap());
    }
    assert_eq!(pauses, [5, 10, 20, 40]);
    system
        .database
        .execute("update \"user\" set package = 'standard'")
        .await;
    system.run_jobs().await;
    let mut tx = system.env.store.read().await.unwrap();
    assert!(
        tx.user()
            .get(Tenant::Installation, anna.id)
            .await
            .unwrap()
            .unwrap()
            .state
            .is_active()
    );
}

#[tokio::test]
async fn a_job_of_somebody_who_was_decided_about_meanwhile_changes_nothing() {
    let system = TestSystem::automatic().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    let active = system.activate(anna.id).await;
    let ben = system.add_user(&muster, "Ben Klein").await.user;
    let failed = system.fail(ben.id, "no route").await;
    system.clock.advance(5);
    system.run_jobs().await;
    for user in [active, failed] {
        assert_eq!(state(&system, user.id).await, user.state);
    }
}
