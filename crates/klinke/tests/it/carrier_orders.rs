//! Orders at a carrier that really listens, and its reports (S3, S4).

use std::{
    net::SocketAddr,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use hyper::Method;
use serde_json::{Value, json};
use service::activation::WebhookSecret;
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

use crate::{client::Client, house::House};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What came in: headers and body.
type Order = (HeaderMap, String);

/// A carrier that takes every order.
struct Carrier {
    address: SocketAddr,
    orders: UnboundedReceiver<Order>,
}

#[derive(Clone)]
struct Desk {
    orders: UnboundedSender<Order>,
    answers: bool,
}

async fn take(State(desk): State<Desk>, headers: HeaderMap, body: String) -> StatusCode {
    desk.orders.send((headers, body)).unwrap();
    if !desk.answers {
        std::future::pending::<()>().await;
    }
    StatusCode::ACCEPTED
}

impl Carrier {
    async fn open(address: &str, answers: bool) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, orders) = unbounded_channel();
        let desk = Desk {
            orders: sender,
            answers,
        };
        let router = Router::new().route("/orders", post(take)).with_state(desk);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, orders }
    }

    /// The next order, once its signature is right.
    async fn order(&mut self) -> Value {
        let order = tokio::time::timeout(Duration::from_secs(30), self.orders.recv());
        let (headers, body) = order.await.expect("an order comes").unwrap();
        let header = |name: &str| headers[name].to_str().unwrap();
        let at = header("webhook-timestamp").parse().unwrap();
        let signature = secret().sign(header("webhook-id"), at, body.as_bytes());
        assert_eq!(header("webhook-signature"), signature);
        let order: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(order["order"], header("webhook-id"));
        order
    }
}

fn secret() -> WebhookSecret {
    WebhookSecret::from_text(SECRET).unwrap()
}

async fn house(carrier: SocketAddr) -> House {
    let config = format!("[webhook]\nurl = \"http://{carrier}/orders\"\nsecret = \"{SECRET}\"\n");
    House::activated(&config, "webhook").await
}

#[expect(clippy::disallowed_methods, reason = "the binary reads the real time")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// Reports as the carrier does, signed with `key` at `at`.
async fn report(house: &House, key: &WebhookSecret, (id, at): (&str, i64), body: &Value) -> u16 {
    let mut client = Client::connect(house.klinke.http, "").await.unwrap();
    let signature = key.sign(id, at, body.to_string().as_bytes());
    let headers = [
        ("webhook-id", id),
        ("webhook-timestamp", &at.to_string()),
        ("webhook-signature", &signature),
    ];
    let path = "/api/v1/activation-reports";
    let answer = client.send_with(Method::POST, path, body, &headers).await;
    answer.unwrap().0.as_u16()
}

async fn state(house: &mut House, id: &str) -> String {
    let path = format!("/api/v1/users/{id}");
    let user = house.admin.ok(Method::GET, &path, &Value::Null).await;
    user["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn s3_the_carrier_gets_a_signed_order_and_its_report_activates() {
    let mut carrier = Carrier::open("127.0.0.1:0", true).await;
    let mut house = house(carrier.address).await;
    let anna = house.person(1, "Anna").await;
    let order = carrier.order().await;
    assert_eq!(order["user"], anna.id);
    assert_eq!(order["number"], anna.number);
    let done = json!({"order": order["order"], "outcome": "activated"});
    let other = WebhookSecret::from_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
    assert_eq!(report(&house, &other, ("msg_1", now()), &done).await, 401);
    assert_eq!(
        report(&house, &secret(), ("msg_1", now() - 301), &done).await,
        401
    );
    assert_eq!(state(&mut house, &anna.id).await, "pending");
    for _ in 0..2 {
        assert_eq!(
            report(&house, &secret(), ("msg_1", now()), &done).await,
            204
        );
    }
    assert_eq!(state(&mut house, &anna.id).await, "activated");
    assert_eq!(
        report(&house, &secret(), ("msg_2", now()), &done).await,
        409
    );
    let unknown = json!({"order": anna.id, "outcome": "activated"});
    assert_eq!(
        report(&house, &secret(), ("msg_3", now()), &unknown).await,
        404
    );
    let (_, measured) = Client::connect(house.klinke.http, "")
        .await
        .unwrap()
        .send(Method::GET, "/metrics", &Value::Null)
        .await
        .unwrap();
    let counted = "klinke_activations_total{back_end=\"webhook\",outcome=\"activated\"} 1";
    assert!(measured.contains(counted), "{measured}");
    assert!(
        measured.contains("klinke_activation_oldest_pending_seconds "),
        "{measured}"
    );
}

#[tokio::test]
async fn s3_a_carrier_that_is_down_gets_the_order_when_it_is_up() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let mut house = house(address).await;
    let anna = house.person(1, "Anna").await;
    let error = loop {
        let path = "/api/v1/operator/activations";
        let queue = house.operator.ok(Method::GET, path, &Value::Null).await;
        let mut items = queue["items"].as_array().unwrap().iter();
        let item = items.find(|item| item["user"]["id"] == anna.id).unwrap();
        assert_eq!(item["next_step"]["kind"], "attempt");
        if let Some(error) = item["last_error"].as_str() {
            break error.to_owned();
        }
        tokio::task::yield_now().await;
    };
    assert!(error.starts_with("the carrier: connecting: "), "{error}");
    let mut carrier = Carrier::open(&address.to_string(), true).await;
    let order = carrier.order().await;
    assert_eq!(order["user"], anna.id);
    let failed = json!({"order": order["order"], "outcome": "failed", "reason": "Nummer gesperrt"});
    assert_eq!(
        report(&house, &secret(), ("msg_1", now()), &failed).await,
        204
    );
    assert_eq!(state(&mut house, &anna.id).await, "failed");
}

#[tokio::test]
async fn s3_killed_while_the_carrier_thinks_it_orders_the_same_again() {
    let mut carrier = Carrier::open("127.0.0.1:0", false).await;
    let mut house = house(carrier.address).await;
    let anna = house.person(1, "Anna").await;
    let first = carrier.order().await;
    house.killed().await;
    // The claim of the dead ends after a minute; the operator need not wait for that.
    let path = format!("/api/v1/operator/users/{}/activation", anna.id);
    let again = json!({"outcome": "pending"});
    house.operator.ok(Method::POST, &path, &again).await;
    let second = carrier.order().await;
    assert_eq!(first, second, "one order however often it is sent");
    let done = json!({"order": first["order"], "outcome": "activated"});
    assert_eq!(
        report(&house, &secret(), ("msg_1", now()), &done).await,
        204
    );
    assert_eq!(state(&mut house, &anna.id).await, "activated");
}
