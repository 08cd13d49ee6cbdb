//! The carrier as back end (S3, S4): orders that are tried, given up and sent once more, and reports that count once.

use std::time::Duration;

use model::{FailureReason, JournalAction, NextStep, State, UserId};
use serde_json::Value;
use service::{
    Error,
    activation::{self, Decision, Outcome, Report, Signed, WebhookSecret},
    journal, user,
};
use testkit::{TestCarrier, TestEnterprise, TestSystem, WEBHOOK_SECRET};

use super::activation_request::next;

async fn pending(system: &TestSystem) -> (TestEnterprise, UserId) {
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user.id;
    (muster, anna)
}

async fn state(system: &TestSystem, id: UserId) -> State {
    let user = user::get(&system.env, &system.operator, id).await;
    user.unwrap().state
}

fn of(order: &str, outcome: Outcome) -> Report {
    let order = order.to_owned();
    Report { order, outcome }
}

/// The ids of all that the carrier got.
fn ids(carrier: &TestCarrier) -> Vec<String> {
    carrier.got().into_iter().map(|got| got.id).collect()
}

#[tokio::test]
async fn s3_the_order_is_signed_and_says_no_more_than_is_needed() {
    let (system, carrier) = TestSystem::webhook().await;
    let (muster, anna) = pending(&system).await;
    system.run_jobs().await;
    let got = carrier.got();
    let secret = WebhookSecret::from_text(WEBHOOK_SECRET).unwrap();
    let signature = secret.sign(&got[0].id, got[0].timestamp, got[0].body.as_bytes());
    assert_eq!((got.len(), &got[0].signature), (1, &signature));
    assert_eq!(got[0].timestamp, system.env.now().0 / 1000);
    let order: Value = serde_json::from_str(&got[0].body).unwrap();
    let mut keys: Vec<_> = order.as_object().unwrap().keys().collect();
    keys.sort();
    let expected = ["enterprise", "number", "order", "site", "type", "user"];
    assert_eq!(keys, expected);
    assert_eq!(order["user"], anna.to_string());
    assert_eq!(order["number"], muster.site.first_number);
    assert_eq!(
        (&order["order"], got[0].id.as_str()),
        (&Value::from(got[0].id.clone()), got[0].id.as_str())
    );
    let since = system.env.now();
    assert_eq!(next(&system, anna).await, NextStep::Carrier { since });
    assert_eq!(state(&system, anna).await, State::Pending);
}

#[tokio::test]
async fn s3_the_carriers_report_activates_in_its_name_and_counts_once() {
    let (system, carrier) = TestSystem::webhook().await;
    let (_, anna) = pending(&system).await;
    system.run_jobs().await;
    let report = of(&carrier.order(), Outcome::Activated);
    for _ in 0..2 {
        activation::report(&system.env, "msg_1", &report)
            .await
            .unwrap();
    }
    let at = system.env.now();
    assert_eq!(state(&system, anna).await, State::Activated { at });
    let again = activation::report(&system.env, "msg_2", &report).await;
    assert!(matches!(again, Err(Error::OrderFinished)), "{again:?}");
    let wanted = journal::Wanted {
        user: Some(anna),
        ..journal::Wanted::default()
    };
    let entries = journal::list(&system.env, &system.operator, wanted)
        .await
        .unwrap();
    let told: Vec<_> = entries
        .iter()
        .map(|entry| (entry.entry.action, entry.entry.actor_name.as_str()))
        .collect();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0], (JournalAction::UserActivated, "The carrier"));
}

#[tokio::test]
async fn s4_the_carriers_refusal_is_the_reason_that_the_administrator_reads() {
    let (system, carrier) = TestSystem::webhook().await;
    let (_, anna) = pending(&system).await;
    system.run_jobs().await;
    let reason = "Die Nummer ist gesperrt".to_owned();
    let outcome = Outcome::Failed {
        reason: reason.clone(),
    };
    let report = of(&carrier.order(), outcome);
    activation::report(&system.env, "msg_1", &report)
        .await
        .unwrap();
    let reason = FailureReason::Carrier(reason);
    assert_eq!(state(&system, anna).await, State::Failed { reason });
    let outcome = Outcome::Failed {
        reason: String::new(),
    };
    let empty = activation::report(&system.env, "msg_2", &of("x", outcome)).await;
    assert!(matches!(empty, Err(Error::Invalid(_))), "{empty:?}");
}

#[tokio::test]
async fn a_report_about_an_unknown_order_is_answered_the_same_again() {
    let (system, carrier) = TestSystem::webhook().await;
    let (_, anna) = pending(&system).await;
    let unknown = of("0190a000-0000-7000-8000-000000000000", Outcome::Activated);
    for _ in 0..2 {
        let answer = activation::report(&system.env, "msg_1", &unknown).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
    }
    system.run_jobs().await;
    // The same message id with another body is a replay all the same.
    let known = of(&carrier.order(), Outcome::Activated);
    let answer = activation::report(&system.env, "msg_1", &known).await;
    assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
    assert_eq!(state(&system, anna).await, State::Pending);
}

#[tokio::test]
async fn s4_an_order_that_the_carrier_refuses_for_good_fails_with_its_reason() {
    for (status, body, expected) in [
        (422, r#"{"reason": "Nummer unbekannt"}"#, "Nummer unbekannt"),
        (400, "<html>", "HTTP 400"),
        (422, r#"{"reason": "a\nb"}"#, "HTTP 422"),
    ] {
        let (system, carrier) = TestSystem::webhook().await;
        carrier.answers(status, body);
        let (_, anna) = pending(&system).await;
        system.run_jobs().await;
        let reason = FailureReason::Carrier(expected.to_owned());
        assert_eq!(state(&system, anna).await, State::Failed { reason });
    }
}

#[tokio::test]
async fn s3_a_carrier_that_is_down_is_tried_longer_apart_with_the_same_order() {
    let (system, carrier) = TestSystem::webhook().await;
    let (_, anna) = pending(&system).await;
    let mut pauses = Vec::new();
    for round in 0..4 {
        match round {
            0 => carrier.is_down(),
            1 => carrier.answers(503, ""),
            2 => carrier.answers(401, ""),
            _ => carrier.answers(302, ""),
        }
        let pause = system.run_jobs().await;
        let progress = activation::progress(&system.env, &system.operator, anna).await;
        let attempt = progress.unwrap().attempt.unwrap();
        let error = attempt.last_error.unwrap();
        assert!(error.starts_with("the carrier: "), "{error}");
        pauses.push(pause.as_secs());
        system
            .clock
            .advance(i64::try_from(pause.as_secs()).unwrap());
    }
    assert_eq!(pauses, [5, 10, 20, 40]);
    carrier.answers(202, "");
    system.run_jobs().await;
    let since = system.env.now();
    assert_eq!(next(&system, anna).await, NextStep::Carrier { since });
    let mut ids = ids(&carrier);
    assert_eq!(ids.len(), 5);
    ids.dedup();
    assert_eq!(ids.len(), 1, "one order however often it is sent");
}

#[tokio::test]
async fn s4_an_order_that_nobody_takes_for_a_day_is_given_up() {
    let (system, carrier) = TestSystem::webhook().await;
    carrier.is_down();
    let (_, anna) = pending(&system).await;
    let begin = system.env.now();
    while state(&system, anna).await == State::Pending {
        let pause = system.run_jobs().await.max(Duration::from_secs(1));
        system
            .clock
            .advance(i64::try_from(pause.as_secs()).unwrap());
        assert!(
            system.env.now() < begin.plus_seconds(2 * 24 * 3600),
            "for ever"
        );
    }
    assert!(system.env.now() >= begin.plus_seconds(24 * 3600));
    let reason = FailureReason::CarrierUnreachable;
    assert_eq!(state(&system, anna).await, State::Failed { reason });
    // The operator tries again: a new order, with a day of its own.
    system.decide(anna, Decision::Retry).await;
    system.run_jobs().await;
    assert_eq!(state(&system, anna).await, State::Pending);
    let ids = ids(&carrier);
    assert_ne!(ids.first(), ids.last());
}

#[tokio::test]
async fn s3_whoever_is_killed_after_sending_sends_the_same_order_again() {
    let (system, carrier) = TestSystem::webhook().await;
    let (_, anna) = pending(&system).await;
    // A process that dies between the carrier's answer and its own commit: the claim is left, and the order noted.
    let mut tx = system.env.store.write().await.unwrap();
    let now = system.env.now();
    let claimed = tx.job().claim(now, now.plus_seconds(60), 32).await.unwrap();
    let mut claimed = claimed.into_iter();
    let job = claimed.find(|job| job.kind == store::JobKind::Activation(anna));
    let order = model::OrderId(job.unwrap().id.0);
    tx.activation()
        .insert_order(order, anna, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    system.clock.advance(60);
    system.run_jobs().await;
    assert_eq!(ids(&carrier), [order.to_string()]);
    // The report on what was sent before the death is about the same order.
    let report = of(&order.to_string(), Outcome::Activated);
    activation::report(&system.env, "msg_1", &report)
        .await
        .unwrap();
    assert!(state(&system, anna).await.is_active());
}

#[tokio::test]
async fn s3_trying_again_what_the_carrier_has_sends_the_same_order() {
    let (system, carrier) = TestSystem::webhook().await;
    let (_, anna) = pending(&system).await;
    system.run_jobs().await;
    system.decide(anna, Decision::Retry).await;
    system.run_jobs().await;
    let sent = ids(&carrier);
    assert_eq!((sent.len(), &sent[0]), (2, &sent[1]));
    // After a failure it is another one, and reports on the first are late.
    system.fail(anna, "no route").await;
    system.decide(anna, Decision::Retry).await;
    system.run_jobs().await;
    let now = ids(&carrier);
    assert_ne!(now[2], sent[0]);
    let late = activation::report(&system.env, "msg_1", &of(&sent[0], Outcome::Activated)).await;
    assert!(matches!(late, Err(Error::OrderFinished)), "{late:?}");
    activation::report(&system.env, "msg_2", &of(&now[2], Outcome::Activated))
        .await
        .unwrap();
    assert!(state(&system, anna).await.is_active());
}

#[tokio::test]
async fn s3_a_carrier_that_says_nothing_is_sent_the_order_again_after_the_reminder() {
    let (system, carrier) = TestSystem::webhook().await;
    let (_, anna) = pending(&system).await;
    system.run_jobs().await;
    let since = system.env.now();
    for _ in 0..2 {
        system.clock.advance(24 * 3600);
        system.run_jobs().await;
    }
    let sent = ids(&carrier);
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|id| *id == sent[0]));
    assert_eq!(next(&system, anna).await, NextStep::Carrier { since });
    let progress = activation::progress(&system.env, &system.operator, anna)
        .await
        .unwrap();
    assert_eq!(progress.reminded_at, Some(system.env.now()));
    assert_eq!(
        progress.reminder_at,
        Some(system.env.now().plus_seconds(24 * 3600))
    );
}

#[tokio::test]
async fn a_report_is_believed_when_signed_by_the_carrier_within_five_minutes() {
    let (system, _) = TestSystem::webhook().await;
    let secret = WebhookSecret::from_text(WEBHOOK_SECRET).unwrap();
    let other = WebhookSecret::from_text("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
    let now = system.env.now().0 / 1000;
    for (key, at, is_right) in [
        (&secret, now, true),
        (&secret, now - 299, true),
        (&secret, now - 301, false),
        (&secret, now + 301, false),
        (&other, now, false),
    ] {
        let (timestamp, signature) = (at.to_string(), key.sign("msg_1", at, b"{}"));
        let signed = Signed {
            id: "msg_1",
            timestamp: &timestamp,
            signature: &signature,
        };
        let believed = activation::authenticate(&system.env, signed, b"{}");
        assert_eq!(believed.is_ok(), is_right, "{at}");
        let without = TestSystem::new().await;
        assert!(
            activation::authenticate(&without.env, signed, b"{}").is_err(),
            "no carrier"
        );
    }
}
