//! G3 at the real binary with real phones: who of a hunt group rings, in which order, and who does not.

use hyper::Method;
use serde_json::{Value, json};

use crate::{
    house::{House, HuntGroup, Person, as_pjsua, hear_each_other},
    pjsua,
    softphone::Softphone,
};

/// Anna calls the hunt group, extension 9008; Bob, Carl and Eve are colleagues.
struct Story {
    house: House,
    people: [Person; 4],
    at_anna: Softphone,
    at_bob: Softphone,
    at_carl: Softphone,
    at_eve: Softphone,
}

impl Story {
    async fn begin() -> Self {
        let mut house = House::build().await;
        let people = [
            house.person(1, "Anna").await,
            house.person(2, "Bob").await,
            house.person(3, "Carl").await,
            house.person(4, "Eve").await,
        ];
        for person in &people {
            house.activate(person).await;
        }
        let [anna, bob, carl, eve] = &people;
        Self {
            at_anna: house.phone(anna).await,
            at_bob: house.phone(bob).await,
            at_carl: house.phone(carl).await,
            at_eve: house.phone(eve).await,
            house,
            people,
        }
    }

    /// A group of Bob, Carl and Eve.
    async fn group(&mut self, policy: &str, settings: Value) -> HuntGroup {
        let [_, members @ ..] = &self.people;
        let members: Vec<&Person> = members.iter().collect();
        self.house.hunt_group(policy, &members, settings).await
    }

    async fn regroup(&mut self, group: &HuntGroup, policy: &str) {
        let [_, members @ ..] = &self.people;
        let members: Vec<&Person> = members.iter().collect();
        let settings = json!({});
        self.house.rehunt(group, policy, &members, settings).await;
    }

    async fn call(&mut self) {
        self.house.dial(&mut self.at_anna, "9008").await;
    }
}

/// Answers what rings.
async fn answer(phone: &mut Softphone) {
    phone.event("CALL_INCOMING").await;
    phone.command("accept", "").await;
    phone.event("CALL_ESTABLISHED").await;
}

/// Hangs up, and both are free again.
async fn hang_up(phone: &mut Softphone, other: &mut Softphone) {
    phone.command("hangup", "").await;
    for phone in [phone, other] {
        phone.event("CALL_CLOSED").await;
    }
}

#[tokio::test]
async fn g3_all_phones_ring_with_the_groups_name_and_one_answer_ends_the_ringing_of_all() {
    let mut story = Story::begin().await;
    story.group("simultaneous", json!({})).await;
    story.call().await;
    for phone in [&mut story.at_bob, &mut story.at_carl, &mut story.at_eve] {
        let incoming = phone.event("CALL_INCOMING").await;
        assert_eq!(incoming["peerdisplayname"], "Werkstatt: Anna Klingel");
        let caller = incoming["peeruri"].as_str().unwrap();
        assert!(caller.starts_with("sip:9001@"), "{caller}");
    }
    story.at_eve.command("accept", "").await;
    story.at_anna.event("CALL_ESTABLISHED").await;
    let [anna, .., eve] = &story.people;
    let (at_anna, at_eve) = (&story.at_anna, &story.at_eve);
    hear_each_other((at_anna, &anna.login), (at_eve, &eve.login)).await;
    // To the others it is no missed call (RFC 3326).
    for phone in [&mut story.at_bob, &mut story.at_carl] {
        phone.event("CALL_CLOSED").await;
        assert!(phone.has_seen("Call completed elsewhere"));
    }
    // Bob, a member, calls the group: neither his own phone rings nor Eve's, who talks.
    story.house.dial(&mut story.at_bob, "9008").await;
    answer(&mut story.at_carl).await;
    assert!(!story.at_bob.has_rung() && !story.at_eve.has_rung());
    let [_, bob, carl, _] = &story.people;
    let (at_bob, at_carl) = (&story.at_bob, &story.at_carl);
    hear_each_other((at_bob, &bob.login), (at_carl, &carl.login)).await;
    hang_up(&mut story.at_anna, &mut story.at_eve).await;
}

#[tokio::test]
async fn g3_in_a_regular_group_the_next_member_rings_after_a_ring_and_at_last_somebody_else() {
    let mut story = Story::begin().await;
    let settings = json!({
        "skip_after_rings": 1, "no_answer_after_s": 14, "no_answer_target": "9004", "shows_name": false,
    });
    let [_, bob, carl, _] = &story.people;
    let members = [bob, carl];
    let group = story.house.hunt_group("regular", &members, settings).await;
    story.call().await;
    let incoming = story.at_bob.event("CALL_INCOMING").await;
    assert_eq!(incoming["peerdisplayname"], "Anna Klingel");
    story.at_bob.event("CALL_CLOSED").await;
    story.at_carl.event("CALL_INCOMING").await;
    story.at_carl.event("CALL_CLOSED").await;
    // Nobody is left: from the beginning, as long as the time lasts.
    story.at_bob.event("CALL_INCOMING").await;
    assert!(!story.at_carl.has_rung() && !story.at_eve.has_rung());
    answer(&mut story.at_eve).await;
    story.at_anna.event("CALL_ESTABLISHED").await;
    assert!(!story.at_carl.has_rung());
    hang_up(&mut story.at_anna, &mut story.at_eve).await;
    let way = story.house.last_way(group.id()).await;
    let (bob, carl) = (
        ["offered Bob", "bounced Bob"],
        ["offered Carl", "bounced Carl"],
    );
    let expected = [&bob[..], &carl, &bob, &["transferred"]].concat();
    assert_eq!(way, expected);
    // Who declines passes the call on at once; it is not passed on to the member's own forward.
    let [_, bob, ..] = &story.people;
    let services = format!("/api/v1/users/{}/call-services", bob.id);
    let forward = json!({"forward_busy": "9004", "forward_always": "9004"});
    let admin = &mut story.house.admin;
    admin.ok(Method::PUT, &services, &forward).await;
    story.call().await;
    story.at_bob.event("CALL_INCOMING").await;
    story.at_bob.command("hangup", "").await;
    answer(&mut story.at_carl).await;
    assert!(!story.at_eve.has_rung());
}

#[tokio::test]
async fn g3_phones_of_another_stack_are_hunted_by_each_policy_and_hear_each_other() {
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
    let settings = json!({"skip_after_rings": 1});
    let members = [bob, eve];
    let group = house
        .hunt_group("regular", &members, settings.clone())
        .await;
    for policy in ["simultaneous", "regular", "circular", "uniform", "weighted"] {
        house
            .rehunt(&group, policy, &members, settings.clone())
            .await;
        let heard = pjsua::queue(house.klinke.sip, &as_pjsua(&people), "9008").await;
        heard.assert_served(&anna.login, &eve.login);
    }
    let way = house.last_way(group.id()).await;
    let expected = [
        "offered Bob",
        "bounced Bob",
        "offered Eve",
        "answered Eve",
        "talked",
    ];
    assert_eq!(way, expected);
}

#[tokio::test]
async fn g3_the_policies_decide_with_whom_the_next_call_begins() {
    let mut story = Story::begin().await;
    let group = story.group("circular", json!({})).await;
    // Circular: the one after who took the last call.
    for _ in 0..2 {
        story.call().await;
        answer(&mut story.at_bob).await;
        hang_up(&mut story.at_anna, &mut story.at_bob).await;
        assert!(!story.at_carl.has_rung());
        story.call().await;
        answer(&mut story.at_carl).await;
        hang_up(&mut story.at_anna, &mut story.at_carl).await;
        assert!(!story.at_bob.has_rung() && !story.at_eve.has_rung());
        story.call().await;
        answer(&mut story.at_eve).await;
        hang_up(&mut story.at_anna, &mut story.at_eve).await;
        assert!(!story.at_bob.has_rung() && !story.at_carl.has_rung());
    }
    // Uniform: Eve declines and stays the one who has been idle for the shortest time; Bob has for the longest.
    story.regroup(&group, "uniform").await;
    story.call().await;
    story.at_bob.event("CALL_INCOMING").await;
    story.at_bob.command("hangup", "").await;
    answer(&mut story.at_carl).await;
    hang_up(&mut story.at_anna, &mut story.at_carl).await;
    story.call().await;
    answer(&mut story.at_bob).await;
    hang_up(&mut story.at_anna, &mut story.at_bob).await;
    assert!(!story.at_carl.has_rung() && !story.at_eve.has_rung());
    // Weighted: all calls are Bob's; those without weight come after him.
    story.regroup(&group, "weighted").await;
    for _ in 0..3 {
        story.call().await;
        answer(&mut story.at_bob).await;
        hang_up(&mut story.at_anna, &mut story.at_bob).await;
        assert!(!story.at_carl.has_rung() && !story.at_eve.has_rung());
    }
}

#[tokio::test]
async fn s7_d3_who_is_pending_undisturbed_logged_out_or_deleted_is_passed_over() {
    let mut house = House::build().await;
    let anna = house.person(1, "Anna").await;
    let pending = house.person(2, "Bob").await;
    let undisturbed = house.person(3, "Carl").await;
    let logged_out = house.person(4, "Dora").await;
    let eve = house.person(5, "Eve").await;
    for person in [&anna, &undisturbed, &logged_out, &eve] {
        house.activate(person).await;
    }
    let services = format!("/api/v1/users/{}/call-services", undisturbed.id);
    let wish = json!({"do_not_disturb": true});
    house.admin.ok(Method::PUT, &services, &wish).await;
    let mut at_anna = house.phone(&anna).await;
    let mut at_bob = house.phone(&pending).await;
    let mut at_carl = house.phone(&undisturbed).await;
    let mut at_eve = house.phone(&eve).await;
    let members = [&pending, &undisturbed, &logged_out, &eve];
    // Much longer than anybody waits: who is passed over costs the caller no ring.
    let settings = json!({"skip_after_rings": 20});
    let group = house.hunt_group("regular", &members, settings).await;
    let seats = house.admin.ok(Method::GET, &group.0, &Value::Null).await;
    assert_eq!(seats["members"][0]["live_from_activation"], true);
    house.dial(&mut at_anna, "9008").await;
    answer(&mut at_eve).await;
    hang_up(&mut at_anna, &mut at_eve).await;
    assert!(!at_bob.has_rung() && !at_carl.has_rung());

    // S7: the seat becomes live by itself; the phone did not log in again.
    house.activate(&pending).await;
    house.dial(&mut at_anna, "9008").await;
    at_bob.event("CALL_INCOMING").await;
    // D3: Eve is deleted while it rings at Bob, who declines: nobody is left.
    let path = format!("/api/v1/users/{}", eve.id);
    house.admin.ok(Method::DELETE, &path, &Value::Null).await;
    let sixth = house.person(5, "Frida").await;
    house.is_soon_gone(&sixth).await;
    at_bob.command("hangup", "").await;
    at_anna.event("CALL_CLOSED").await;
    assert!(!at_eve.has_rung() && !at_carl.has_rung());
    let seats = house.admin.ok(Method::GET, &group.0, &Value::Null).await;
    assert_eq!(seats["members"].as_array().unwrap().len(), 3);
}
