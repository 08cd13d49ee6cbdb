//! G4 at the real binary with real phones: agents who are on the phone with something of their own.

use serde_json::{Value, json};

use crate::{
    house::{House, Person, hears, hears_words},
    softphone::Softphone,
};

/// Anna calls the call centre, extension 9008; Bob and Eve are its agents, available; Carl is a friend of Bob's.
struct Story {
    house: House,
    centre: String,
    people: [Person; 4],
    at_anna: Softphone,
    at_bob: Softphone,
    at_carl: Softphone,
    at_eve: Softphone,
}

impl Story {
    async fn begin(is_busy: bool) -> Self {
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
        let settings = json!({
            "policy": "regular", "bounce_after_rings": 3, "guard_s": 1, "personal_calls_are_busy": is_busy,
        });
        let centre = house.call_centre(&[bob, eve], settings).await;
        for agent in [bob, eve] {
            house.agent_is(&centre, agent, "available").await;
        }
        Self {
            at_anna: house.phone(anna).await,
            at_bob: house.phone(bob).await,
            at_carl: house.phone(carl).await,
            at_eve: house.phone(eve).await,
            centre,
            house,
            people,
        }
    }

    /// Bob, who is an agent, calls Carl, and they talk.
    async fn bob_talks_with_carl(&mut self) {
        self.house.dial(&mut self.at_bob, "9003").await;
        self.at_carl.event("CALL_INCOMING").await;
        self.at_carl.command("accept", "").await;
        self.at_bob.event("CALL_ESTABLISHED").await;
    }

    async fn anna_calls(&mut self) {
        self.house.dial(&mut self.at_anna, "9008").await;
        self.at_anna.event("CALL_ESTABLISHED").await;
    }

    async fn eve_is(&mut self, state: &str) {
        let Self { house, centre, .. } = self;
        house.agent_is(centre, &self.people[3], state).await;
    }

    /// The wallboard, once it shows this.
    async fn wall(&mut self, shows: impl Fn(&Value) -> bool) {
        self.house.wall(&self.centre, shows).await;
    }
}

/// Both phones are free again.
async fn hang_up(phone: &mut Softphone, other: &mut Softphone) {
    phone.command("hangup", "").await;
    for phone in [phone, other] {
        phone.event("CALL_CLOSED").await;
    }
}

#[tokio::test]
async fn g4_an_agent_on_a_personal_call_is_passed_over_and_gets_who_waits_after_hanging_up() {
    let mut story = Story::begin(true).await;
    // The desk has had no call yet: Bob is on the phone when it opens.
    story.bob_talks_with_carl().await;
    story.anna_calls().await;
    story.at_eve.event("CALL_INCOMING").await;
    hang_up(&mut story.at_anna, &mut story.at_eve).await;
    // Nobody else is there: Anna waits and hears music, and Bob's phone is silent.
    story.eve_is("unavailable").await;
    story.anna_calls().await;
    hears_words(&story.at_anna).await;
    story
        .wall(|wall| wall["waiting"][0]["rung"] == json!([]))
        .await;
    assert!(!story.at_bob.has_rung());
    hang_up(&mut story.at_carl, &mut story.at_bob).await;
    let incoming = story.at_bob.event("CALL_INCOMING").await;
    assert_eq!(incoming["peerdisplayname"], "Annahme: Anna Klingel");
    story.at_bob.command("accept", "").await;
    story.at_bob.event("CALL_ESTABLISHED").await;
    hears(&story.at_bob, &story.people[0].login).await;
    hang_up(&mut story.at_bob, &mut story.at_anna).await;
    story.house.has_no_port_open().await;
}

#[tokio::test]
async fn g4_without_the_setting_the_call_knocks_at_an_agent_who_is_on_the_phone() {
    let mut story = Story::begin(false).await;
    story.bob_talks_with_carl().await;
    story.anna_calls().await;
    let incoming = story.at_bob.event("CALL_INCOMING").await;
    assert_eq!(incoming["peerdisplayname"], "Annahme: Anna Klingel");
    assert!(!story.at_eve.has_rung());
    hang_up(&mut story.at_anna, &mut story.at_bob).await;
    hang_up(&mut story.at_carl, &mut story.at_bob).await;
    story.house.has_no_port_open().await;
}
