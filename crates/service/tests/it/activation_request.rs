//! What happens next and when, and asking the operator about what has failed (S3, S4).

use model::{JournalAction, Limit, NextStep, Timestamp, UserId};
use service::{
    Error,
    activation::{self, Decision, Waiting},
    journal,
};
use testkit::TestSystem;

/// What happens next for a Pending user.
pub(crate) async fn next(system: &TestSystem, id: UserId) -> NextStep {
    let progress = activation::progress(&system.env, &system.operator, id).await;
    progress.unwrap().next_step(Timestamp(0))
}

async fn queue(system: &TestSystem, waiting: &Waiting) -> Vec<UserId> {
    let page = activation::queue(
        &system.env,
        &system.operator,
        waiting,
        None,
        Limit::default(),
    );
    page.await
        .unwrap()
        .items
        .iter()
        .map(|item| item.user.id)
        .collect()
}

#[tokio::test]
async fn s3_who_waits_for_the_operator_is_spoken_of_again_each_day() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user.id;
    let since = system.env.now();
    assert_eq!(next(&system, anna).await, NextStep::Attempt { at: since });
    system.run_jobs().await;
    for days in 0..3 {
        assert_eq!(next(&system, anna).await, NextStep::Operator { since });
        let progress = activation::progress(&system.env, &system.operator, anna)
            .await
            .unwrap();
        let now = system.env.now();
        assert_eq!(progress.reminder_at, Some(now.plus_seconds(24 * 3600)));
        assert_eq!(progress.reminded_at, (days > 0).then_some(now));
        system.clock.advance(24 * 3600);
        system.run_jobs().await;
    }
    system.activate(anna).await;
    let progress = activation::progress(&system.env, &system.operator, anna).await;
    assert_eq!(progress.unwrap(), model::Progress::default());
}

#[tokio::test]
async fn s4_an_administrator_asks_about_a_failure_once_a_day() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user.id;
    let ask = async |text: &str| activation::request(&system.env, &muster.admin, anna, text).await;
    let early = ask("").await;
    assert!(matches!(early, Err(Error::NotFailed)), "{early:?}");
    system.fail(anna, "no route").await;
    let long = ask(&"ä".repeat(501)).await;
    assert!(matches!(long, Err(Error::Invalid(_))), "{long:?}");
    let first = ask(" Bitte\r\nstornieren ").await.unwrap();
    assert!(first.is_new);
    assert_eq!(
        first.request.message.as_ref().unwrap().to_string(),
        "Bitte\nstornieren"
    );
    system.clock.advance(24 * 3600 - 1);
    let again = ask("and again").await.unwrap();
    assert_eq!((again.is_new, again.request), (false, first.request));
    system.clock.advance(1);
    assert!(ask("").await.unwrap().is_new);
    let wanted = journal::Wanted {
        user: Some(anna),
        ..journal::Wanted::default()
    };
    let entries = journal::list(&system.env, &system.operator, wanted)
        .await
        .unwrap();
    let asked = entries
        .iter()
        .filter(|entry| entry.entry.action == JournalAction::UserActivationRequested);
    assert_eq!(asked.count(), 2);
    system.activate(anna).await;
    let late = ask("").await;
    assert!(matches!(late, Err(Error::NotFailed)), "{late:?}");
}

#[tokio::test]
async fn s4_who_was_asked_about_comes_first_until_the_operator_answers() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let mut ids = Vec::new();
    for name in ["Anna Weber", "Ben Klein", "Eva Groß"] {
        ids.push(system.add_user(&muster, name).await.user.id);
        system.clock.advance(1);
    }
    system.run_jobs().await;
    let eva = ids[2];
    system.fail(eva, "porting-unconfirmed").await;
    assert_eq!(queue(&system, &Waiting::default()).await, ids);
    activation::request(&system.env, &muster.admin, eva, "please")
        .await
        .unwrap();
    assert_eq!(
        queue(&system, &Waiting::default()).await,
        [eva, ids[0], ids[1]]
    );
    system.decide(eva, Decision::Retry).await;
    assert_eq!(queue(&system, &Waiting::default()).await, ids);
    let progress = activation::progress(&system.env, &muster.admin, eva)
        .await
        .unwrap();
    assert_eq!(progress.request, None, "the operator has answered");
}

#[tokio::test]
async fn the_queue_shows_who_is_wanted() {
    let system = TestSystem::new().await;
    let (muster, beispiel) = (
        system.enterprise("Muster GmbH").await,
        system.enterprise("Beispiel AG").await,
    );
    let anna = system.add_user(&muster, "Anna Weber").await.user.id;
    system.clock.advance(3600);
    let eva = system.add_user(&beispiel, "Eva Groß").await.user.id;
    system.fail(eva, "no route").await;
    let all = Waiting::default;
    let of_beispiel = Waiting {
        enterprise: Some(beispiel.id()),
        ..all()
    };
    assert_eq!(queue(&system, &of_beispiel).await, [eva]);
    let pending = Waiting {
        state: Some("pending".to_owned()),
        ..all()
    };
    assert_eq!(queue(&system, &pending).await, [anna]);
    for (hours, expected) in [(0, vec![anna]), (1, vec![]), (2, vec![])] {
        let long = Waiting {
            hours: Some(hours),
            ..all()
        };
        assert_eq!(queue(&system, &long).await, expected, "{hours}");
    }
    system.clock.advance(1);
    let hour = Waiting {
        hours: Some(1),
        ..all()
    };
    assert_eq!(queue(&system, &hour).await, [anna]);
    let active = Waiting {
        state: Some("activated".to_owned()),
        ..all()
    };
    let page = activation::queue(
        &system.env,
        &system.operator,
        &active,
        None,
        Limit::default(),
    );
    assert!(matches!(page.await, Err(Error::Invalid(_))));
    assert_eq!(activation::oldest_age_s(&system.env).await.unwrap(), 3601);
}

#[tokio::test]
async fn s4_the_operator_chooses_a_reason_or_writes_one() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user.id;
    for (text, expected) in [
        ("contract-missing", model::FailureReason::ContractMissing),
        (
            "licence-missing",
            model::FailureReason::Operator("licence-missing".to_owned()),
        ),
    ] {
        let failed = system.fail(anna, text).await;
        assert_eq!(failed.state, model::State::Failed { reason: expected });
    }
}
