//! Call services at the real binary, with real phones: the next call obeys, without a restart.

use hyper::Method;
use serde_json::{Value, json};

use crate::{
    house::{House, Person},
    softphone::Softphone,
};

/// Anna calls Bob, who has call services; Eve is his colleague.
struct Story {
    house: House,
    bob: Person,
    at_anna: Softphone,
    at_bob: Softphone,
    at_eve: Softphone,
}

impl Story {
    async fn begin() -> Self {
        let mut house = House::build().await;
        let mut people = Vec::new();
        for (nth, name) in [(1, "Anna"), (2, "Bob"), (3, "Eve")] {
            let person = house.person(nth, name).await;
            house.activate(&person).await;
            people.push(person);
        }
        let at_anna = house.phone(&people[0]).await;
        let at_bob = house.phone(&people[1]).await;
        let at_eve = house.phone(&people[2]).await;
        Self {
            house,
            bob: people.remove(1),
            at_anna,
            at_bob,
            at_eve,
        }
    }

    async fn set(&mut self, services: Value) {
        let path = format!("/api/v1/users/{}/call-services", self.bob.id);
        self.house.admin.ok(Method::PUT, &path, &services).await;
    }

    async fn call_bob(&mut self) {
        self.house.dial(&mut self.at_anna, "9002").await;
    }

    async fn hang_up(&mut self) {
        self.at_anna.command("hangup", "").await;
        self.at_anna.event("CALL_CLOSED").await;
    }
}

#[tokio::test]
async fn the_next_call_obeys_forwards_and_do_not_disturb() {
    let mut story = Story::begin().await;
    // Every call goes to Eve, who answers; the record says whom Anna called and who answered.
    story.set(json!({"forward_always": "9003"})).await;
    story.call_bob().await;
    story.at_eve.event("CALL_INCOMING").await;
    story.at_eve.command("accept", "").await;
    story.at_anna.event("CALL_ESTABLISHED").await;
    story.hang_up().await;
    story.at_eve.event("CALL_CLOSED").await;
    let path = format!("/api/v1/users/{}/calls", story.bob.id);
    let call = loop {
        let calls = story.house.admin.ok(Method::GET, &path, &Value::Null).await;
        if let Some(call) = calls["items"].as_array().and_then(|calls| calls.first()) {
            break call.clone();
        }
    };
    assert_eq!(call["called"]["name"], "Bob Klingel");
    assert_eq!(call["answered_by"], "Eve Klingel");

    // Do not disturb is busy; forwarded when busy, it rings at Eve.
    story.set(json!({"do_not_disturb": true})).await;
    story.house.refuses(&mut story.at_anna, "9002", "486").await;
    story
        .set(json!({"do_not_disturb": true, "forward_busy": "9003"}))
        .await;
    story.call_bob().await;
    story.at_eve.event("CALL_INCOMING").await;
    story.hang_up().await;
    story.at_eve.event("CALL_CLOSED").await;

    // Nothing is set any more: Bob's own phone rings.
    story.set(json!({})).await;
    story.call_bob().await;
    story.at_bob.event("CALL_INCOMING").await;
    story.hang_up().await;
}

#[tokio::test]
async fn who_does_not_answer_rings_twice_and_then_a_colleague() {
    let mut story = Story::begin().await;
    story
        .set(json!({"forward_no_answer": "9003", "no_answer_rings": 2}))
        .await;
    story.call_bob().await;
    story.at_bob.event("CALL_INCOMING").await;
    story.at_bob.event("CALL_CLOSED").await;
    story.at_eve.event("CALL_INCOMING").await;
    story.at_eve.command("accept", "").await;
    story.at_anna.event("CALL_ESTABLISHED").await;
}
