//! Activation through the API: the queue, asking the operator, and the carrier's reports (S3, S4).

use model::State;
use serde_json::{Value, json};
use testkit::TestSystem;

use crate::world::{World, found, items, refused};

const QUEUE: &str = "/api/v1/operator/activations";

/// Anna, Pending; answers her id.
async fn anna(world: &World) -> String {
    let id = world.add_anna().await["user"]["id"].clone();
    id.as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn s3_the_queue_says_what_happens_next_and_when() {
    let world = World::new().await;
    anna(&world).await;
    let first = items(&world.operator.get(QUEUE).await.expect(200));
    assert_eq!(first[0]["next_step"]["kind"], "attempt");
    world.system.run_jobs().await;
    let item = &items(&world.operator.get(QUEUE).await.expect(200))[0];
    let added = item["user"]["created_at"].clone();
    assert_eq!(item["next_step"], json!({"kind": "operator", "at": added}));
    assert_ne!(item["reminder_at"], Value::Null);
    assert_eq!(item["request"], Value::Null);
}

#[tokio::test]
async fn s4_an_administrator_asks_and_the_operator_sees_it() {
    let world = World::new().await;
    let id = anna(&world).await;
    let path = format!("/api/v1/users/{id}/activation-request");
    let early = world.admin.post(&path, &json!({})).await;
    refused(&early, 409);
    world.system.fail(id.parse().unwrap(), "no route").await;
    let long = world
        .admin
        .post(&path, &json!({"message": "x".repeat(501)}))
        .await;
    assert_eq!(
        found(&long, 422),
        [("/message".to_owned(), "too-long".to_owned())]
    );
    let asked = world
        .admin
        .post(&path, &json!({"message": "Bitte stornieren"}))
        .await;
    let asked = asked.expect(201).json();
    assert_eq!(asked["message"], "Bitte stornieren");
    let again = world.admin.post(&path, &json!({})).await.expect(200).json();
    assert_eq!(again, asked);
    let item = &items(&world.operator.get(QUEUE).await.expect(200))[0];
    assert_eq!(item["request"], asked);
    assert_eq!(item["next_step"], Value::Null);
    refused(&world.operator.post(&path, &json!({})).await, 403);
}

#[tokio::test]
async fn the_queue_is_filtered() {
    let world = World::new().await;
    anna(&world).await;
    for (query, count) in [
        ("state=pending".to_owned(), 1),
        ("state=failed".to_owned(), 0),
        ("waiting_hours=1".to_owned(), 0),
        (format!("enterprise={}", world.muster.id()), 1),
        (
            "enterprise=0190a000-0000-7000-8000-000000000000".to_owned(),
            0,
        ),
    ] {
        let answer = world
            .operator
            .get(&format!("{QUEUE}?{query}"))
            .await
            .expect(200);
        assert_eq!(items(&answer).len(), count, "{query}");
    }
    let active = world
        .operator
        .get(&format!("{QUEUE}?state=activated"))
        .await;
    assert_eq!(
        found(&active, 422),
        [("/state".to_owned(), "unknown".to_owned())]
    );
    for query in ["enterprise=x", "waiting_hours=-1"] {
        refused(&world.operator.get(&format!("{QUEUE}?{query}")).await, 400);
    }
}

#[tokio::test]
async fn s3_a_report_of_the_carrier_activates_once() {
    let (system, carrier) = TestSystem::webhook().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user.id;
    system.run_jobs().await;
    let nobody = system.api_of_nobody();
    let done = json!({"order": carrier.order(), "outcome": "activated"});
    for _ in 0..2 {
        system
            .report_activation(&nobody, "msg_1", &done)
            .await
            .expect(204);
    }
    let user = service::user::get(&system.env, &system.operator, anna)
        .await
        .unwrap();
    assert!(matches!(user.state, State::Activated { .. }));
    refused(
        &system.report_activation(&nobody, "msg_2", &done).await,
        409,
    );
    let unknown = json!({"order": "no order", "outcome": "activated"});
    for _ in 0..2 {
        refused(
            &system.report_activation(&nobody, "msg_3", &unknown).await,
            404,
        );
    }
    let strange = json!({"order": carrier.order(), "outcome": "perhaps"});
    let strange = system.report_activation(&nobody, "msg_4", &strange).await;
    assert_eq!(
        found(&strange, 422),
        [("/outcome".to_owned(), "unknown".to_owned())]
    );
}

#[tokio::test]
async fn a_report_that_the_carrier_has_not_signed_is_refused() {
    let (system, _) = TestSystem::webhook().await;
    let nobody = system.api_of_nobody();
    let body = json!({"order": "x", "outcome": "activated"});
    let path = "/api/v1/activation-reports";
    refused(&nobody.post(path, &body).await, 401);
    // An operator's token is no signature.
    refused(&system.api_of_operator().await.post(path, &body).await, 401);
    let unsigned = nobody
        .request("POST", path)
        .header("webhook-id", "msg_1")
        .header("webhook-timestamp", system.env.now().0 / 1000)
        .header("webhook-signature", "v1,AAAA");
    refused(&nobody.send_json(unsigned, &body).await, 401);
    let large = json!({"order": "x".repeat(20_000), "outcome": "activated"});
    refused(
        &system.report_activation(&nobody, "msg_1", &large).await,
        413,
    );
    let without = TestSystem::new().await;
    let nobody = without.api_of_nobody();
    refused(
        &without.report_activation(&nobody, "msg_1", &body).await,
        401,
    );
}
