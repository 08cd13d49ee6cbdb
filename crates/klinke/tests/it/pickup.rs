//! G1 at the real binary with real phones: a colleague's call is picked up, by members of the group only.

use hyper::Method;
use serde_json::Value;

use crate::{
    house::{House, Person, as_pjsua, hear_each_other},
    pjsua,
};

/// Anna, Bob and Eve, active; Bob and Eve are in a pickup group.
async fn three() -> (House, [Person; 3], String) {
    let mut house = House::build().await;
    let people = [
        house.person(1, "Anna").await,
        house.person(2, "Bob").await,
        house.person(3, "Eve").await,
    ];
    for person in &people {
        house.activate(person).await;
    }
    let [_, bob, eve] = &people;
    let group = house.pickup_group(&[&bob.id, &eve.id]).await;
    (house, people, group)
}

#[tokio::test]
async fn g1_a_call_is_picked_up_by_members_of_the_group_and_by_nobody_else() {
    let (mut house, [anna, bob, eve], group) = three().await;
    let (mut at_anna, mut at_bob) = (house.phone(&anna).await, house.phone(&bob).await);
    let mut at_eve = house.phone(&eve).await;
    house.dial(&mut at_anna, "9002").await;
    at_bob.event("CALL_INCOMING").await;
    house.dial(&mut at_eve, "*98").await;
    at_eve.event("CALL_ESTABLISHED").await;
    at_bob.event("CALL_CLOSED").await;
    hear_each_other((&at_anna, &anna.login), (&at_eve, &eve.login)).await;
    at_eve.command("hangup", "").await;
    for phone in [&mut at_anna, &mut at_eve] {
        phone.event("CALL_CLOSED").await;
    }
    let way = house.last_way(&group).await;
    assert_eq!(way, ["offered Bob", "answered Eve", "talked"]);
    // Bob's colleague is picked up by extension; Anna is in no group.
    house.dial(&mut at_anna, "9003").await;
    at_eve.event("CALL_INCOMING").await;
    house.dial(&mut at_bob, "*979003").await;
    at_bob.event("CALL_ESTABLISHED").await;
    at_bob.command("hangup", "").await;
    for phone in [&mut at_anna, &mut at_bob, &mut at_eve] {
        phone.event("CALL_CLOSED").await;
    }
    // Who has left picks nothing up any more (D3).
    let path = format!("/api/v1/users/{}", eve.id);
    house.admin.ok(Method::DELETE, &path, &Value::Null).await;
    house.dial(&mut at_anna, "9002").await;
    at_bob.event("CALL_INCOMING").await;
    house.refuses(&mut at_eve, "*98", "40").await;
    at_bob.command("accept", "").await;
    hear_each_other((&at_anna, &anna.login), (&at_bob, &bob.login)).await;
}

#[tokio::test]
async fn g1_who_is_in_no_group_picks_nothing_up() {
    let (house, [anna, bob, _], _) = three().await;
    let (mut at_anna, mut at_bob) = (house.phone(&anna).await, house.phone(&bob).await);
    house.dial(&mut at_bob, "9003").await;
    house.refuses(&mut at_anna, "*98", "4").await;
    house.refuses(&mut at_anna, "*979003", "4").await;
}

#[tokio::test]
async fn g1_phones_of_another_stack_pick_a_call_up_and_hear_each_other() {
    let (house, people, _) = three().await;
    let heard = pjsua::pick_up(house.klinke.sip, &as_pjsua(&people), "*98").await;
    heard.assert_picked_up(&people[0].login, &people[2].login);
}
