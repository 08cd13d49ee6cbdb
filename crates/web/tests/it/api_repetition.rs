//! Requests that come twice or too late: `If-Match` and `Idempotency-Key`.

use serde_json::{Value, json};
use testkit::Answer;

use crate::world::{World, items, refused, with};

impl World {
    async fn if_match(&self, method: &str, path: &str, tag: &str) -> Answer {
        let request = self.admin.request(method, path).header("if-match", tag);
        self.admin.send(request, "").await
    }

    async fn add_named(&self, key: &str, body: &Value) -> Answer {
        let request = self.admin.request("POST", &self.users_path());
        let request = request.header("idempotency-key", key);
        self.admin.send_json(request, body).await
    }

    async fn users(&self) -> usize {
        items(&self.admin.get("/api/v1/users").await.expect(200)).len()
    }
}

#[tokio::test]
async fn what_has_changed_meanwhile_is_neither_deleted_nor_renewed() {
    let world = World::new().await;
    let path = world.active_anna().await;
    let current = world.admin.get(&path).await.header("etag").to_owned();
    let login_details = format!("{path}/login-details");
    for stale in ["\"1\"", "\"0\"", "\"what is this\"", "\"-1\""] {
        assert_ne!(stale, current);
        refused(&world.if_match("DELETE", &path, stale).await, 412);
        refused(&world.if_match("POST", &login_details, stale).await, 412);
    }
    for malformed in ["1", "\"", "W/", "", "\"1\", \"2\"", "\"1", "ü"] {
        refused(&world.if_match("DELETE", &path, malformed).await, 400);
        refused(
            &world.if_match("POST", &login_details, malformed).await,
            400,
        );
    }
    assert_eq!(world.admin.get(&path).await.header("etag"), current);

    let renewed = world
        .if_match("POST", &login_details, &current)
        .await
        .expect(201);
    let newer = renewed.header("etag").to_owned();
    refused(&world.if_match("DELETE", &path, &current).await, 412);
    assert_eq!(world.admin.get(&path).await.header("etag"), newer);
    world.if_match("DELETE", &path, &newer).await.expect(204);
}

#[tokio::test]
async fn a_star_matches_whatever_is_there() {
    let world = World::new().await;
    let path = world.active_anna().await;
    let login_details = format!("{path}/login-details");
    world
        .if_match("POST", &login_details, "*")
        .await
        .expect(201);
    world.if_match("DELETE", &path, "*").await.expect(204);
    refused(&world.if_match("DELETE", &path, "*").await, 404);
}

#[tokio::test]
async fn u7_a_request_sent_twice_adds_one_user_and_shows_the_login_details_once() {
    let world = World::new().await;
    let first = world.add_named("order 7", &world.anna()).await.expect(201);
    let stock = world.stock().await;
    let again = world.add_named("order 7", &world.anna()).await.expect(201);
    assert_eq!(again.json()["user"], first.json()["user"]);
    assert_eq!(again.json()["login_details"], Value::Null);
    let password = first.json()["login_details"]["password"].clone();
    assert!(!again.text().contains(password.as_str().unwrap()));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!((world.users().await, world.stock().await), (1, stock));
}

#[tokio::test]
async fn a_key_belongs_to_one_request() {
    let world = World::new().await;
    world.add_named("order 7", &world.anna()).await.expect(201);
    let stock = world.stock().await;
    let other = with(world.anna(), &[("first_name", json!("Anja"))]);
    refused(&world.add_named("order 7", &other).await, 422);
    assert_eq!((world.users().await, world.stock().await), (1, stock));
}

#[tokio::test]
async fn a_key_belongs_to_whoever_sent_it() {
    let world = World::new().await;
    world.add_named("order 7", &world.anna()).await.expect(201);
    let colleague = world
        .system
        .api_of_site(&world.muster, &world.muster.site)
        .await;
    let request = colleague.request("POST", &world.users_path());
    let request = request.header("idempotency-key", "order 7");
    let answer = colleague.send_json(request, &world.anna()).await;
    refused(&answer, 409);
}

#[tokio::test]
async fn a_key_of_a_refused_request_can_be_used_again() {
    let world = World::new().await;
    let wrong = with(world.anna(), &[("first_name", json!("A".repeat(24)))]);
    refused(&world.add_named("order 7", &wrong).await, 422);
    world.add_named("order 7", &world.anna()).await.expect(201);
}

#[tokio::test]
async fn d1_a_request_whose_user_was_deleted_is_gone() {
    let world = World::new().await;
    let added = world.add_named("order 7", &world.anna()).await.expect(201);
    let id = added.json()["user"]["id"].clone();
    world
        .system
        .activate(id.as_str().unwrap().parse().unwrap())
        .await;
    world
        .admin
        .delete(added.header("location"))
        .await
        .expect(204);
    refused(&world.add_named("order 7", &world.anna()).await, 410);
    assert_eq!(world.users().await, 0);
}

#[tokio::test]
async fn a_key_has_1_to_255_visible_characters() {
    let world = World::new().await;
    for key in [String::new(), "k".repeat(256), "schlüssel".to_owned()] {
        refused(&world.add_named(&key, &world.anna()).await, 400);
    }
    assert_eq!(world.users().await, 0);
    world
        .add_named(&"k".repeat(255), &world.anna())
        .await
        .expect(201);
}
