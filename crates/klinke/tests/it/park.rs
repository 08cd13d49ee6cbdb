//! G2 at the real binary with real phones: parking, the announcement, retrieving. What the parked one hears is proven by
//! `media`'s tests: baresip's recording ends with the first hold.

use std::time::Duration;

use serde_json::json;

use crate::{
    house::{House, Person, as_pjsua, hears, hears_words},
    pjsua,
    softphone::Softphone,
};

/// Anna, Bob and Eve with their phones; Anna and Eve are in a park group.
async fn three() -> (House, Vec<(Softphone, Person)>) {
    let mut house = House::build().await;
    let mut people = Vec::new();
    for (nth, name) in [(1, "Anna"), (2, "Bob"), (3, "Eve")] {
        let person = house.person(nth, name).await;
        house.activate(&person).await;
        people.push((house.phone(&person).await, person));
    }
    let members = [people[0].1.id.as_str(), people[2].1.id.as_str()];
    house.park_group(&members, 2).await;
    (house, people)
}

/// Anna calls Bob, and they talk.
async fn talk(house: &House, at_anna: &mut Softphone, at_bob: &mut Softphone) {
    house.dial(at_anna, "9002").await;
    at_bob.event("CALL_INCOMING").await;
    at_bob.command("accept", "").await;
    at_anna.event("CALL_ESTABLISHED").await;
    at_bob.event("CALL_ESTABLISHED").await;
}

/// Anna holds Bob and dials `*68` on her second line.
async fn park(house: &House, at_anna: &mut Softphone) {
    at_anna.command("hold", "").await;
    at_anna.event("CALL_REMOTE_SDP").await;
    house.dial(at_anna, "*68").await;
    at_anna.event("CALL_ESTABLISHED").await;
}

#[tokio::test]
async fn g2_a_parked_call_is_announced_and_retrieved_by_a_colleague() {
    let (mut house, mut people) = three().await;
    let [(at_anna, _), (at_bob, bob), (at_eve, _)] = &mut people[..] else {
        unreachable!("three people");
    };
    talk(&house, at_anna, at_bob).await;
    park(&house, at_anna).await;
    hears_words(at_anna).await;
    // Anna's lines are both free again by themselves.
    for _ in 0..2 {
        at_anna.event("CALL_CLOSED").await;
    }
    house.dial(at_eve, "*889001").await;
    at_eve.event("CALL_ESTABLISHED").await;
    // Not the other way round: baresip 1.0 takes a source whose time stamps begin lower for late.
    hears(at_eve, &bob.login).await;
    at_eve.command("hangup", "").await;
    at_bob.event("CALL_CLOSED").await;
    house.has_no_port_open().await;
}

#[tokio::test]
async fn g2_who_is_in_no_park_group_cannot_park_and_the_call_goes_on() {
    let (house, mut people) = three().await;
    let [(at_anna, _), (at_bob, _), _] = &mut people[..] else {
        unreachable!("three people");
    };
    talk(&house, at_anna, at_bob).await;
    at_bob.command("hold", "").await;
    at_bob.event("CALL_REMOTE_SDP").await;
    house.dial(at_bob, "*68").await;
    at_bob.event("CALL_CLOSED").await;
    // The held call is still there.
    at_bob.command("hangup", "").await;
    at_anna.event("CALL_CLOSED").await;
}

#[tokio::test]
async fn g2_phones_of_another_stack_park_retrieve_and_hear_each_other() {
    let mut house = House::build().await;
    let people = [
        house.person(1, "Anna").await,
        house.person(2, "Bob").await,
        house.person(3, "Eve").await,
    ];
    for person in &people {
        house.activate(person).await;
    }
    let [anna, bob, eve] = &people;
    house.park_group(&[&anna.id, &eve.id], 2).await;
    let phones = as_pjsua(&people);
    let met = pjsua::park(house.klinke.sip, &phones, "*889001").await;
    met.assert_retrieved(&bob.login, &eve.login);
    house.has_no_port_open().await;
}

/// The pattern that phones ring with when a parked call returns.
const RECALL_RING: &str = "Alert-Info: <http://127.0.0.1/Bellcore-dr3>;info=park-recall";
/// The shortest time after which a parked call returns.
const RECALL: Duration = Duration::from_secs(30);

/// A parked call is back: the phone rings as it does for nothing else, and whoever answers hears who was parked.
async fn returns(phone: &mut Softphone, parked: &Person) {
    let incoming = phone.event_after(RECALL, "CALL_INCOMING").await;
    let caller = incoming["peeruri"].as_str().unwrap();
    let extension = format!("sip:900{}@", &parked.number[parked.number.len() - 1..]);
    assert!(caller.starts_with(&extension), "{caller}");
    assert!(phone.has_seen(RECALL_RING));
    phone.command("accept", "").await;
    phone.event("CALL_ESTABLISHED").await;
    hears(phone, &parked.login).await;
}

#[tokio::test]
async fn g2_calls_that_nobody_retrieves_return_to_the_parker_or_to_the_alternate_with_their_own_ring()
 {
    let mut house = House::build().await;
    let mut people = Vec::new();
    for (nth, name) in (1..).zip(["Anna", "Bob", "Carl", "Dora", "Eve"]) {
        let person = house.person(nth, name).await;
        house.activate(&person).await;
        people.push((house.phone(&person).await, person));
    }
    let [
        (at_anna, anna),
        (at_bob, bob),
        (at_carl, carl),
        (at_dora, dora),
        (at_eve, eve),
    ] = &mut people[..]
    else {
        unreachable!("five people");
    };
    let group = house.hunt_group("regular", &[eve], json!({})).await;
    let quick = json!({"recall_after_s": RECALL.as_secs(), "display_s": 2});
    let halle = house.park_group_named("Halle", &[&anna.id], quick).await;
    let to_group = json!({
        "recall_after_s": RECALL.as_secs(), "recall_to": "alternate", "alternate": group.id(), "display_s": 2,
    });
    let lager = house.park_group_named("Lager", &[&dora.id], to_group).await;
    // Both at once, because thirty seconds are thirty seconds.
    talk(&house, at_anna, at_bob).await;
    park(&house, at_anna).await;
    house.dial(at_dora, "9003").await;
    at_carl.event("CALL_INCOMING").await;
    at_carl.command("accept", "").await;
    at_dora.event("CALL_ESTABLISHED").await;
    park(&house, at_dora).await;
    returns(at_anna, bob).await;
    returns(at_eve, carl).await;
    assert!(!at_dora.has_rung(), "it goes to the alternate at once");
    for phone in [at_anna, at_eve] {
        phone.command("hangup", "").await;
    }
    for phone in [at_bob, at_carl] {
        phone.event("CALL_CLOSED").await;
    }
    house.has_no_port_open().await;
    let parker = ["parked Anna", "offered Anna", "answered Anna", "talked"];
    assert_eq!(house.last_way(&halle).await, parker);
    let alternate = ["parked Dora", "offered 9008", "answered Eve", "talked"];
    assert_eq!(house.last_way(&lager).await, alternate);
    let hunted = ["offered Eve", "answered Eve", "talked"];
    assert_eq!(house.last_way(group.id()).await, hunted);
}
