//! Calls between real phones at the real binary: deletion while they talk, transfers, another stack.

use hyper::Method;
use serde_json::Value;

use crate::{
    house::{House, as_pjsua, hear_each_other, hears},
    pjsua,
};

#[tokio::test]
async fn d6_who_is_deleted_while_talking_goes_on_talking_and_is_gone_from_the_air() {
    let mut house = House::build().await;
    let (anna, bob) = (house.person(1, "Anna").await, house.person(2, "Bob").await);
    house.activate(&bob).await;
    let (mut at_anna, mut at_bob) = (house.phone(&anna).await, house.phone(&bob).await);
    house.dial(&mut at_anna, "9002").await;
    at_bob.event("CALL_INCOMING").await;
    at_bob.command("accept", "").await;
    at_anna.event("CALL_ESTABLISHED").await;
    let path = format!("/api/v1/users/{}", bob.id);
    house.admin.ok(Method::DELETE, &path, &Value::Null).await;
    // Somebody else has the number; the phone of before is not theirs.
    let carol = house.person(2, "Carol").await;
    house.is_soon_gone(&carol).await;
    hear_each_other((&at_anna, &anna.login), (&at_bob, &bob.login)).await;
    at_anna.command("hangup", "").await;
    at_bob.event("CALL_CLOSED").await;
    house.refuses(&mut at_bob, "9001", "40").await;
    // The record keeps the name of who is gone.
    let path = format!("/api/v1/users/{}/calls", anna.id);
    let call = loop {
        let calls = house.admin.ok(Method::GET, &path, &Value::Null).await;
        if let Some(call) = calls["items"].as_array().and_then(|calls| calls.first()) {
            break call.clone();
        }
    };
    assert_eq!(call["called"]["name"], "Bob Klingel");
    assert_eq!(call["called"]["user"], Value::Null);
    assert_eq!(call["outcome"], "answered");
}

#[tokio::test]
async fn a_call_is_transferred_to_somebody_else() {
    let mut house = House::build().await;
    let mut people = Vec::new();
    for (nth, name) in [(1, "Anna"), (2, "Bob"), (3, "Eve")] {
        let person = house.person(nth, name).await;
        house.activate(&person).await;
        people.push((house.phone(&person).await, person));
    }
    let [(at_anna, anna), (at_bob, bob), (at_eve, _)] = &mut people[..] else {
        unreachable!("three people");
    };
    house.dial(at_anna, "9002").await;
    at_bob.event("CALL_INCOMING").await;
    at_bob.command("accept", "").await;
    at_anna.event("CALL_ESTABLISHED").await;
    hear_each_other((at_anna, &anna.login), (at_bob, &bob.login)).await;
    at_anna
        .command("transfer", &format!("sip:9003@{}", house.klinke.sip))
        .await;
    at_eve.event("CALL_INCOMING").await;
    at_eve.command("accept", "").await;
    at_eve.event("CALL_ESTABLISHED").await;
    // Not the other way round: the jitter buffer of baresip 1.0 takes a new source whose packets have smaller numbers for
    // late. The other stack proves it.
    hears(at_eve, &bob.login).await;
}

#[tokio::test]
async fn phones_of_another_stack_log_in_speak_hold_and_transfer_attended() {
    let mut house = House::build().await;
    let people = [
        house.person(1, "Anna").await,
        house.person(2, "Bob").await,
        house.person(3, "Eve").await,
    ];
    for person in &people {
        house.activate(person).await;
    }
    let phones = pjsua::meet(house.klinke.sip, &as_pjsua(&people)).await;
    let [_, bob, eve] = &people;
    phones.assert_joined(&bob.login, &eve.login);
}
