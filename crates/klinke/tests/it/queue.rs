//! G4 at the real binary with real phones: waiting, being offered to one agent after another, talking, leaving.

use serde_json::{Value, json};

use crate::{
    house::{House, Person, as_pjsua, hears, hears_words},
    pjsua,
    softphone::Softphone,
};

/// Anna calls the call centre, extension 9008; Bob and Eve are its agents.
struct Story {
    house: House,
    centre: String,
    people: [Person; 3],
    at_anna: Softphone,
    at_bob: Softphone,
    at_eve: Softphone,
}

impl Story {
    /// With these settings, and nobody signed in.
    async fn begin(settings: Value) -> Self {
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
        Self {
            centre: house.call_centre(&[bob, eve], settings).await,
            at_anna: house.phone(anna).await,
            at_bob: house.phone(bob).await,
            at_eve: house.phone(eve).await,
            house,
            people,
        }
    }

    async fn bob_is(&mut self, state: &str) {
        let Self { house, centre, .. } = self;
        house.agent_is(centre, &self.people[1], state).await;
    }

    async fn eve_is(&mut self, state: &str) {
        let Self { house, centre, .. } = self;
        house.agent_is(centre, &self.people[2], state).await;
    }

    async fn call(&mut self) {
        self.house.dial(&mut self.at_anna, "9008").await;
        self.at_anna.event("CALL_ESTABLISHED").await;
    }

    async fn anna_hangs_up(&mut self) {
        self.at_anna.command("hangup", "").await;
        self.at_anna.event("CALL_CLOSED").await;
    }

    /// The wallboard, once it shows this.
    async fn wall(&mut self, shows: impl Fn(&Value) -> bool) -> Value {
        self.house.wall(&self.centre, shows).await
    }
}

#[tokio::test]
async fn g4_a_caller_is_greeted_rings_at_an_agent_who_lets_it_ring_and_talks_to_the_next() {
    let settings = json!({"policy": "regular", "bounce_after_rings": 1, "guard_s": 1});
    let mut story = Story::begin(settings).await;
    story.bob_is("available").await;
    story.eve_is("available").await;
    story.call().await;
    hears_words(&story.at_anna).await;
    let incoming = story.at_bob.event("CALL_INCOMING").await;
    assert_eq!(incoming["peerdisplayname"], "Annahme: Anna Klingel");
    assert!(!story.at_eve.has_rung());
    story.at_bob.event("CALL_CLOSED").await;
    story.at_eve.event("CALL_INCOMING").await;
    let wall = story.wall(|wall| wall["waiting"][0]["has_bounced"] == true);
    let wall = wall.await;
    assert_eq!(wall["waiting"][0]["caller"], "Anna Klingel (9001)");
    assert_eq!(wall["waiting"][0]["rung"], json!([story.people[2].id]));
    story.at_eve.command("accept", "").await;
    story.at_eve.event("CALL_ESTABLISHED").await;
    // Not the other way round: baresip 1.0 takes a source whose time stamps begin lower for late.
    hears(&story.at_eve, &story.people[0].login).await;
    assert!(!story.at_bob.has_rung());
    story.wall(|wall| wall["waiting"] == json!([])).await;
    story.at_eve.command("hangup", "").await;
    for phone in [&mut story.at_eve, &mut story.at_anna] {
        phone.event("CALL_CLOSED").await;
    }
    let wall = story.wall(|wall| wall["answered"] == 1).await;
    assert_eq!(wall["entered"], 1);
    assert_eq!(wall["agents"][1]["state"], "available");
    story.house.has_no_port_open().await;
}

#[tokio::test]
async fn g4_a_caller_waits_until_an_agent_is_available_or_leaves() {
    let mut story = Story::begin(json!({"guard_s": 1, "comfort_every_s": 10})).await;
    story.bob_is("unavailable").await;
    story.eve_is("unavailable").await;
    story.call().await;
    hears_words(&story.at_anna).await;
    story
        .wall(|wall| wall["waiting"][0]["rung"] == json!([]))
        .await;
    // Eve says by phone that she is there: she hears a tone, and nothing else is needed for her phone to ring.
    story.house.dial(&mut story.at_eve, "*51").await;
    story.at_eve.event("CALL_ESTABLISHED").await;
    story.at_eve.event("CALL_CLOSED").await;
    story.at_eve.event("CALL_INCOMING").await;
    story.at_eve.command("accept", "").await;
    story.at_eve.event("CALL_ESTABLISHED").await;
    hears(&story.at_eve, &story.people[0].login).await;
    story.anna_hangs_up().await;
    story.at_eve.event("CALL_CLOSED").await;
    // The next time Anna hangs up while she waits: nothing is left of her call.
    story.eve_is("unavailable").await;
    story.call().await;
    story.wall(|wall| wall["waiting"] != json!([])).await;
    story.anna_hangs_up().await;
    let wall = story.wall(|wall| wall["abandoned"] == 1).await;
    assert_eq!(wall["entered"], 2);
    assert_eq!(wall["waiting"], json!([]));
    story.house.has_no_port_open().await;
    story.house.refuses(&mut story.at_anna, "*51", "403").await;
    // And once while it rings at Eve.
    story.eve_is("available").await;
    story.call().await;
    story.at_eve.event("CALL_INCOMING").await;
    story.anna_hangs_up().await;
    story.at_eve.event("CALL_CLOSED").await;
    story.wall(|wall| wall["abandoned"] == 2).await;
    assert!(!story.at_bob.has_rung());
    story.house.has_no_port_open().await;
}

#[tokio::test]
async fn g4_phones_of_another_stack_queue_ring_and_hear_each_other() {
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
    let settings = json!({"policy": "regular", "bounce_after_rings": 1});
    let centre = house.call_centre(&[bob, eve], settings).await;
    for agent in [bob, eve] {
        house.agent_is(&centre, agent, "available").await;
    }
    let phones = as_pjsua(&people);
    let met = pjsua::queue(house.klinke.sip, &phones, "02118000008").await;
    met.assert_served(&anna.login, &eve.login);
    house.wall(&centre, |wall| wall["answered"] == 1).await;
    house.has_no_port_open().await;
}

#[tokio::test]
async fn g4_who_has_waited_too_long_hears_music_until_somebody_else_answers() {
    let settings =
        json!({"overflow_after_s": 2, "overflow": "transfer", "overflow_target": "9002"});
    let mut story = Story::begin(settings).await;
    story.eve_is("unavailable").await;
    story.call().await;
    let incoming = story.at_bob.event("CALL_INCOMING").await;
    assert_eq!(incoming["peerdisplayname"], "Anna Klingel");
    hears_words(&story.at_anna).await;
    story.at_bob.command("accept", "").await;
    story.at_bob.event("CALL_ESTABLISHED").await;
    hears(&story.at_bob, &story.people[0].login).await;
    let wall = story.wall(|wall| wall["waiting"] == json!([])).await;
    assert_eq!(
        (&wall["entered"], &wall["answered"]),
        (&json!(1), &json!(0))
    );
    story.at_bob.command("hangup", "").await;
    for phone in [&mut story.at_bob, &mut story.at_anna] {
        phone.event("CALL_CLOSED").await;
    }
    story.house.has_no_port_open().await;
}
