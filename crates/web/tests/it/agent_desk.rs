//! An agent's desk: who waits, who is calling, what is dialled for a reason, and for whom it is there (G4, R4).

use model::{Language, Service, TypedMember, User, VirtualUserId, call_centre::CallCentreDraft};
use serde_json::json;
use service::{
    activation::Decision,
    call_centre::{self, AddCallCentre},
    virtual_user,
};

use crate::world::{World, says, speak};

/// The link of the navigation.
const LINK: &str = "href=\"/call-centre\"";

impl World {
    /// An active call centre that rings its agents in this order.
    async fn centre(
        &self,
        name: &str,
        agents: &[&User],
        change: impl FnOnce(&mut CallCentreDraft),
    ) -> VirtualUserId {
        let (env, admin, site) = (&self.system.env, &self.muster.admin, self.site());
        let agent = |agent: &&User| TypedMember {
            user: agent.id.to_string(),
            weight: String::new(),
        };
        let mut draft = CallCentreDraft {
            name: name.to_owned(),
            number: self.system.draft(site, "Nobody Here").await.number,
            agents: agents.iter().map(agent).collect(),
            ..CallCentreDraft::default()
        };
        draft.settings.policy = "regular".to_owned();
        change(&mut draft);
        let added = call_centre::add(env, admin, &AddCallCentre { site, draft }).await;
        let id = added.expect("added").virtual_user.id;
        let (operator, activate) = (&self.system.operator, Decision::Activate);
        let decided = virtual_user::decide(env, operator, id, &activate).await;
        decided.expect("activated").id
    }

    async fn available(&self, id: VirtualUserId, agent: &User) {
        let (env, admin) = (&self.system.env, &self.muster.admin);
        let set = call_centre::set_state(env, admin, (id, agent.id), "available", "").await;
        set.expect("available");
    }
}

#[tokio::test]
async fn g4_r4_an_agent_sees_who_waits_and_the_own_call_and_nobody_elses() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let ben = world.system.active_user(&world.muster, "Ben Klein").await;
    let id = world.centre("Kundendienst", &[&anna, &ben], |_| ()).await;
    for agent in [&anna, &ben] {
        world.available(id, agent).await;
    }
    let mut desk = world.system.desk();
    let jonas = desk.call(id, "Jonas Brandt").await;
    world.system.clock.advance(3);
    desk.call(id, "Eva Sommer").await;
    desk.call(id, "Max Winter").await;
    world.system.clock.advance(4);
    let mut at_anna = world.browser_of(&anna).await;
    for language in Language::ALL {
        let words = speak(&mut at_anna, language).await;
        let page = at_anna.open("/call-centre").await.expect(200);
        assert!(says(
            &page,
            &words.agent_desk_rings("Jonas Brandt (+4915123456789)")
        ));
        let waits =
            |label: &str, value: &str| format!("{label}</dt><dd class=\"number\">{value}</dd>");
        assert!(says_html(&page, &waits(&words.agent_desk_waiting(), "3")));
        assert!(says_html(
            &page,
            &waits(&words.agent_desk_next_waited(), "0:07")
        ));
        assert!(says_html(
            &page,
            &waits(&words.agent_desk_call_waited(), "0:07")
        ));
        for other in ["Eva Sommer", "Max Winter", "Ben Klein"] {
            assert!(!says(&page, other), "{other}");
        }
    }
    let page = world.browser_of(&ben).await.open("/call-centre").await;
    assert!(says(&page, "Eva Sommer") && !says(&page, "Jonas Brandt"));
    desk.answer(jonas).await;
    world.system.clock.advance(10);
    let words = speak(&mut at_anna, Language::German).await;
    let page = at_anna.open("/call-centre").await.expect(200);
    assert!(says(
        &page,
        &words.agent_desk_talks("Jonas Brandt (+4915123456789)")
    ));
    // It waited until she took it; the next one goes on waiting.
    for (label, value) in [
        (words.agent_desk_call_waited(), "0:07"),
        (words.agent_desk_waiting(), "2"),
        (words.agent_desk_next_waited(), "0:14"),
    ] {
        assert!(
            says_html(
                &page,
                &format!("{label}</dt><dd class=\"number\">{value}</dd>")
            ),
            "{label}"
        );
    }
    desk.hang_up(jonas).await;
    let page = at_anna.open("/call-centre").await.expect(200);
    assert!(!says(&page, "Jonas Brandt"));
}

fn says_html(page: &testkit::Answer, html: &str) -> bool {
    page.text().contains(html)
}

#[tokio::test]
async fn g4_r4_a_desk_is_told_of_its_calls_as_they_come() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let ben = world.system.active_user(&world.muster, "Ben Klein").await;
    let id = world.centre("Kundendienst", &[&anna, &ben], |_| ()).await;
    world.available(id, &anna).await;
    let mut stream = world
        .browser_of(&anna)
        .await
        .open("/call-centre/live")
        .await;
    let mut of_ben = world.browser_of(&ben).await.open("/call-centre/live").await;
    assert_eq!(stream.header("content-type"), "text/event-stream");
    world.system.desk().call(id, "Jonas Brandt").await;
    let html = stream.next_event().await["html"].to_string();
    assert!(html.contains("Jonas Brandt"), "{html}");
    let html = of_ben.next_event().await["html"].to_string();
    assert!(
        html.contains("Kundendienst") && !html.contains("Jonas Brandt"),
        "{html}"
    );
    // Administrators have the wallboard.
    let chef = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut chef = world.system.browser_of(&chef).await;
    chef.open("/call-centre/live").await.expect(403);
}

#[tokio::test]
async fn g4_beside_each_reason_stands_what_is_dialled_for_it() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let forced = |draft: &mut CallCentreDraft| {
        draft.settings.codes = "Pause\nBüro".to_owned();
        draft.settings.code_use = "forced".to_owned();
    };
    let id = world.centre("Kundendienst", &[&anna], forced).await;
    let mut browser = world.browser_of(&anna).await;
    let words = speak(&mut browser, Language::German).await;
    let page = browser.open("/call-centre").await.expect(200);
    for (code, dialled) in [("Pause", "*521"), ("Büro", "*522")] {
        assert!(says(&page, &words.agent_desk_code(code, dialled)));
    }
    let refused = world.system.desk().dial(&world.system, &anna, "*52").await;
    assert_eq!(refused, Some(484));
    let refused = world.system.desk().dial(&world.system, &anna, "*522").await;
    assert_eq!(refused, None);
    let page = browser.open("/call-centre").await.expect(200);
    assert!(says(&page, &words.agent_state_unavailable_because("Büro")));
    // In the portal it is refused as well, and the summary leads to the field.
    let set = format!("/call-centres/{id}/agents/{}/state", anna.id);
    let without = [("agent_state", "unavailable"), ("code", "")];
    let page = browser
        .fill_in("/call-centre", &set, &without)
        .await
        .expect(422);
    let field = format!("code-{id}");
    assert!(page.text().contains(&format!("href=\"#{field}\"")));
    assert!(
        page.text()
            .contains(&format!("<select class=\"input medium\" id=\"{field}\""))
    );
}

#[tokio::test]
async fn g4_u8_call_centre_stands_in_the_navigation_of_agents_and_of_supervisors_with_the_service()
{
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let mut people = Vec::new();
    for (name, services) in [
        ("Clara Sommer", vec![]),
        ("David Braun", vec![Service::Supervisor.id().to_owned()]),
    ] {
        let mut draft = world.system.draft(world.site(), name).await;
        draft.services = services;
        let added = world
            .system
            .add(&world.muster.admin, world.site(), draft)
            .await;
        people.push(added.expect("added").user);
    }
    let mut at_anna = world.browser_of(&anna).await;
    let home = at_anna.open("/").await.expect(200);
    assert!(!home.text().contains(LINK), "an agent nowhere");
    let supervisors = |draft: &mut CallCentreDraft| {
        draft.supervisors = people.iter().map(|user| user.id.to_string()).collect();
    };
    world.centre("Kundendienst", &[&anna], supervisors).await;
    let home = at_anna.open("/").await.expect(200);
    assert!(home.text().contains(LINK), "an agent");
    for (user, has_link) in people.iter().zip([false, true]) {
        let home = world.browser_of(user).await.open("/").await.expect(200);
        assert_eq!(home.text().contains(LINK), has_link, "{}", user.full_name());
    }
    let chef = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let home = world
        .system
        .browser_of(&chef)
        .await
        .open("/")
        .await
        .expect(200);
    assert!(!home.text().contains(LINK), "an administrator");
}

#[tokio::test]
async fn g4_a_sites_hours_are_read_and_set_over_the_api() {
    let world = World::new().await;
    let path = format!("/api/v1/sites/{}/schedule", world.site());
    let none = world.admin.get(&path).await.expect(200).json();
    assert_eq!(none, json!({ "openings": [], "holidays": [] }));
    let hours = json!({
        "openings": ["monday 8-12 13:30-17", "sunday 10:00-11:00"],
        "holidays": ["2026-12-24 2026-12-26 Weihnachten"],
    });
    let read = json!({
        "openings": ["monday 08:00-12:00 13:30-17:00", "sunday 10:00-11:00"],
        "holidays": ["2026-12-24 2026-12-26 Weihnachten"],
    });
    assert_eq!(
        world.admin.put(&path, &hours).await.expect(200).json(),
        read
    );
    assert_eq!(world.admin.get(&path).await.expect(200).json(), read);
    for (wrong, pointer, code) in [
        (
            json!({ "openings": ["monday morgens"] }),
            "/openings",
            "invalid-time",
        ),
        (
            json!({ "openings": ["Montag 8-12"] }),
            "/openings",
            "unknown",
        ),
        (
            json!({ "holidays": ["24.12. Weihnachten"] }),
            "/holidays",
            "invalid-day",
        ),
    ] {
        let refused = world.admin.put(&path, &wrong).await;
        let told = crate::world::found(&refused, 422);
        assert_eq!(told, [(pointer.to_owned(), code.to_owned())]);
    }
    world
        .admin
        .put(&path, &json!({ "days": [] }))
        .await
        .expect(422);
    assert_eq!(world.admin.get(&path).await.expect(200).json(), read);
    assert_eq!(
        world.admin.put(&path, &json!({})).await.expect(200).json(),
        none
    );
    let other = world.system.enterprise("Beispiel AG").await;
    let stranger = world.system.api_of_enterprise(&other).await;
    stranger.get(&path).await.expect(404);
    stranger.put(&path, &hours).await.expect(404);
    assert_eq!(world.admin.get(&path).await.expect(200).json(), none);
}
