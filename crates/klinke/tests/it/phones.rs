//! Real phones at the real binary: login details from the API, and the state decides.

use hyper::Method;
use serde_json::{Value, json};

use crate::house::{House, Person, hear_each_other};

#[tokio::test]
async fn u7_s2_s3_login_details_register_a_phone_and_the_state_decides() {
    let mut house = House::build().await;
    let (anna, bob) = (house.person(1, "Anna").await, house.person(2, "Bob").await);
    assert!(!house.is_registered(&bob).await);
    let (mut at_anna, mut at_bob) = (house.phone(&anna).await, house.phone(&bob).await);
    assert!(house.is_registered(&anna).await && house.is_registered(&bob).await);

    // S2: Pending, Bob is reached by nobody.
    for dialled in ["9002", bob.number.as_str(), "02118000002"] {
        house.refuses(&mut at_anna, dialled, "480").await;
    }
    house.refuses(&mut at_anna, "9009", "404").await;
    house.refuses(&mut at_anna, "112", "503").await;

    // S3: from activation on his phone rings, and Anna, who is Pending, can call (S2).
    house.activate(&bob).await;
    for dialled in ["9002", "02118000002"] {
        house.dial(&mut at_anna, dialled).await;
        let incoming = at_bob.event("CALL_INCOMING").await;
        let caller = incoming["peeruri"].as_str().unwrap();
        assert!(caller.starts_with("sip:9001@"), "{caller}");
        at_bob.command("accept", "").await;
        at_anna.event("CALL_ESTABLISHED").await;
        at_bob.event("CALL_ESTABLISHED").await;
        hear_each_other((&at_anna, &anna.login), (&at_bob, &bob.login)).await;
        at_anna.command("hangup", "").await;
        at_bob.event("CALL_CLOSED").await;
        at_anna.event("CALL_CLOSED").await;
    }
    house.refuses(&mut at_bob, "9001", "480").await;
    assert!(house.klinke.stop());
}

#[tokio::test]
async fn l1_renewed_login_details_shut_the_old_ones_out_within_a_second() {
    let mut house = House::build().await;
    let bob = house.person(2, "Bob").await;
    house.activate(&bob).await;
    let mut old = house.phone(&bob).await;
    let path = format!("/api/v1/users/{}/login-details", bob.id);
    let renewed = house.admin.ok(Method::POST, &path, &Value::Null).await;
    house.is_soon_gone(&bob).await;
    house.refuses(&mut old, "9002", "403").await;
    let mut old = house.phone_with(&bob, &bob.password).await;
    old.event("REGISTER_FAIL").await;
    assert!(!house.is_registered(&bob).await);
    let password = renewed["password"].as_str().unwrap();
    let mut new = house.phone_with(&bob, password).await;
    new.event("REGISTER_OK").await;
    assert!(house.is_registered(&bob).await);
}

#[tokio::test]
async fn d6_a_deleted_user_is_gone_from_the_air_within_a_second() {
    let mut house = House::build().await;
    let (anna, bob) = (house.person(1, "Anna").await, house.person(2, "Bob").await);
    house.activate(&bob).await;
    let (mut at_anna, mut at_bob) = (house.phone(&anna).await, house.phone(&bob).await);
    let path = format!("/api/v1/users/{}", bob.id);
    house.admin.ok(Method::DELETE, &path, &Value::Null).await;
    // D2: somebody else has the number at once, and Bob's phone is not theirs.
    let carol = house.person(2, "Carol").await;
    house.is_soon_gone(&carol).await;
    house.refuses(&mut at_bob, "9001", "40").await;
    house.refuses(&mut at_anna, &bob.number, "480").await;
}

#[tokio::test]
async fn c2_another_number_logs_the_old_phone_out_and_the_new_login_details_in() {
    let mut house = House::build().await;
    let (anna, bob) = (house.person(1, "Anna").await, house.person(2, "Bob").await);
    house.activate(&bob).await;
    let (mut at_anna, _old) = (house.phone(&anna).await, house.phone(&bob).await);
    let path = format!("/api/v1/users/{}", bob.id);
    let patch = json!({"number": "+492118000005"});
    let modified = house.admin.ok(Method::PATCH, &path, &patch).await;
    house.is_soon_gone(&bob).await;
    let text = |field: &str| {
        modified["login_details"][field]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let renumbered = Person {
        id: bob.id,
        number: "+492118000005".to_owned(),
        login: text("login"),
        password: text("password"),
    };
    let mut at_bob = house.phone(&renumbered).await;
    // C3: colleagues go on dialling the same extension.
    house.dial(&mut at_anna, "9002").await;
    at_bob.event("CALL_INCOMING").await;
    at_anna.command("hangup", "").await;
    at_anna.event("CALL_CLOSED").await;
    house.refuses(&mut at_anna, "+492118000002", "404").await;
}

#[tokio::test]
async fn an_enterprise_that_refuses_md5_lets_no_phone_in_that_knows_nothing_else() {
    let mut house = House::build().await;
    let bob = house.person(2, "Bob").await;
    let path = format!("/api/v1/enterprises/{}/telephony", house.enterprise);
    for (refuses_md5, answer) in [(true, "REGISTER_FAIL"), (false, "REGISTER_OK")] {
        let telephony = json!({"refuses_md5": refuses_md5, "max_calls": 10});
        house.operator.ok(Method::PUT, &path, &telephony).await;
        let mut phone = house.phone_with(&bob, &bob.password).await;
        phone.event(answer).await;
    }
}
