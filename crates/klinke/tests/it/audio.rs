//! G4 at the real binary with a real phone: what an administrator uploads is what a caller in the queue hears.

use hyper::Method;
use serde_json::{Value, json};
use testkit::tone_wav;

use crate::house::{House, hears};

/// As if a phone spoke whose login ends in 9.
const TONE_HZ: f64 = 1300.0;
const AS_SPOKEN_BY: &str = "9";

/// A call centre with the number 0211 8000008 and no agent, active.
async fn centre(house: &mut House) -> String {
    let body = json!({
        "name": "Bestellannahme", "number": "+492118000008", "extension": "9008",
        "settings": { "queue_length": 5, "stranded": "wait" },
    });
    let centres = format!("/api/v1/sites/{}/call-centres", house.site);
    let added = house.admin.ok(Method::POST, &centres, &body).await;
    let id = added["id"].as_str().unwrap().to_owned();
    let activation = format!("/api/v1/operator/virtual-users/{id}/activation");
    let activated = json!({"outcome": "activated"});
    house
        .operator
        .ok(Method::POST, &activation, &activated)
        .await;
    id
}

#[tokio::test]
async fn g4_a_caller_in_the_queue_hears_the_music_that_was_uploaded() {
    let mut house = House::build().await;
    let anna = house.person(1, "Anna").await;
    house.activate(&anna).await;
    let id = centre(&mut house).await;
    let music = format!("/api/v1/sites/{}/audio/music", house.site);
    let welcome = format!("/api/v1/call-centres/{id}/audio/welcome");
    let (tone, short) = (tone_wav(TONE_HZ, 10_000), tone_wav(600.0, 200));
    house.admin.upload(&music, tone).await;
    house.admin.upload(&welcome, short).await;
    let mut at_anna = house.phone(&anna).await;
    // Its number from inside.
    house.dial(&mut at_anna, "02118000008").await;
    at_anna.event("CALL_ESTABLISHED").await;
    hears(&at_anna, AS_SPOKEN_BY).await;
    at_anna.command("hangup", "").await;
    at_anna.event("CALL_CLOSED").await;
    house.has_no_port_open().await;
    // Without it, ours is heard again.
    house.admin.ok(Method::DELETE, &music, &Value::Null).await;
    let list = format!("/api/v1/sites/{}/audio", house.site);
    let left = house.admin.ok(Method::GET, &list, &Value::Null).await;
    assert_eq!(left, json!([]));
}
