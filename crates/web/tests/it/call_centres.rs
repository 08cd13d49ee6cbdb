//! Call centres over the API and on the pages (G4, U8, R4).

use model::Language;
use serde_json::{Value, json};

use crate::world::{World, found, says, speak};

/// A call centre of the first site with Anna as agent; answers its id and hers.
async fn centre(world: &World) -> (String, String) {
    let anna = world.active_anna().await;
    let anna = anna.rsplit('/').next().expect("an id").to_owned();
    let path = format!("/api/v1/sites/{}/call-centres", world.site());
    let number = world.system.draft(world.site(), "Nobody Here").await.number;
    let body = json!({
        "name": "Kundendienst",
        "number": number,
        "settings": { "codes": ["Pause"], "code_use": "forced" },
        "agents": [{ "user": anna }],
    });
    let added = world.admin.post(&path, &body).await.expect(201).json();
    assert_eq!(added["state"], "pending");
    assert_eq!(added["settings"]["queue_length"], 10);
    (added["id"].as_str().expect("an id").to_owned(), anna)
}

#[tokio::test]
async fn g4_a_call_centre_is_added_changed_and_read_over_the_api() {
    let world = World::new().await;
    let (id, anna) = centre(&world).await;
    let own = format!("/api/v1/sites/{}/call-centres/{id}", world.site());
    let read = world.admin.get(&own).await.expect(200);
    let tag = read.header("etag").to_owned();
    let mut body = read.json();
    assert_eq!(body["agents"][0]["user"], json!(anna));
    let wrong = json!({
        "name": body["name"], "number": body["number"], "extension": body["extension"],
        "settings": { "queue_length": 526, "overflow": "transfer" },
    });
    let refused = world.admin.put(&own, &wrong).await;
    let told = found(&refused, 422);
    assert!(
        told.contains(&("/queue_length".into(), "out-of-range".into())),
        "{told:?}"
    );
    body["settings"]["queue_length"] = json!(3);
    let new = json!({
        "name": body["name"], "number": body["number"], "extension": body["extension"],
        "settings": body["settings"], "supervisors": [anna],
    });
    let request = world.admin.request("PUT", &own).header("if-match", &tag);
    let changed = world
        .admin
        .send_json(request, &new)
        .await
        .expect(200)
        .json();
    assert_eq!(changed["settings"]["queue_length"], 3);
    assert_eq!(changed["supervisors"][0]["has_service"], false);
    let request = world.admin.request("PUT", &own).header("if-match", &tag);
    world.admin.send_json(request, &new).await.expect(412);
    world.admin.delete(&own).await.expect(409);
}

#[tokio::test]
async fn g4_an_agents_state_is_set_over_the_api_with_a_reason_where_one_is_needed() {
    let world = World::new().await;
    let (id, anna) = centre(&world).await;
    let state = format!("/api/v1/call-centres/{id}/agents/{anna}/state");
    let body = |state: &str, code: &str| json!({ "state": state, "code": code });
    let set = world.admin.put(&state, &body("available", "")).await;
    assert_eq!(set.expect(200).json()["state"], "available");
    let refused = world.admin.put(&state, &body("unavailable", "")).await;
    assert_eq!(found(&refused, 422), [("/code".into(), "required".into())]);
    let set = world.admin.put(&state, &body("unavailable", "Pause")).await;
    assert_eq!(set.expect(200).json()["code"], "Pause");
    let wall = format!("/api/v1/call-centres/{id}/wallboard");
    let wall = world.admin.get(&wall).await.expect(200).json();
    assert_eq!(wall["agents"][0]["state"], "unavailable");
    assert_eq!(wall["service_level"], Value::Null);
}

#[tokio::test]
async fn r4_another_enterprise_does_not_know_of_a_call_centre() {
    let world = World::new().await;
    let (id, anna) = centre(&world).await;
    let other = world.system.enterprise("Beispiel AG").await;
    let stranger = world.system.api_of_enterprise(&other).await;
    let site = world.site();
    for path in [
        format!("/api/v1/sites/{site}/call-centres"),
        format!("/api/v1/sites/{site}/call-centres/{id}"),
        format!("/api/v1/call-centres/{id}/wallboard"),
    ] {
        stranger.get(&path).await.expect(404);
        world.admin.get(&path).await.expect(200);
    }
    let state = format!("/api/v1/call-centres/{id}/agents/{anna}/state");
    let body = json!({ "state": "available" });
    stranger.put(&state, &body).await.expect(404);
}

#[tokio::test]
async fn g4_administrators_add_a_call_centre_and_set_hours_on_pages_in_both_languages() {
    let world = World::new().await;
    world.active_anna().await;
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    for (nth, language) in Language::ALL.into_iter().enumerate() {
        let mut browser = world.system.browser_of(&login).await;
        let words = speak(&mut browser, language).await;
        let list = format!("/sites/{}/call-centres", world.site());
        let new = format!("{list}/new");
        let page = browser.open(&list).await.expect(200);
        assert!(says(&page, &words.call_centres_lead()));
        let wrong = browser.fill_in(&new, &new, &[("agents", "9999999")]).await;
        assert!(says(&wrong.expect(422), &words.field_queue_length()));
        let number = world.system.draft(world.site(), "Nobody Here").await.number;
        let name = format!("Hotline {nth}");
        let first = world.muster.site.first_number.to_string();
        let anna = &first[first.len() - 4..];
        let fields = [
            ("name", name.as_str()),
            ("number", number.as_str()),
            ("policy", "uniform"),
            ("queue_length", "5"),
            ("bounce_after_rings", "3"),
            ("service_level_s", "20"),
            ("overflow", "busy"),
            ("stranded", "wait"),
            ("out_of_hours", "busy"),
            ("code_use", "optional"),
            ("agents", anna),
        ];
        let added = browser.fill_in(&new, &new, &fields).await.expect(303);
        let own = added.header("location").to_owned();
        let page = browser.open(&own).await.expect(200);
        assert!(says(&page, &words.call_centre_locked()));
        let schedule = format!("/sites/{}/schedule", world.site());
        let wrong = [("monday", "morgens")];
        browser
            .fill_in(&schedule, &schedule, &wrong)
            .await
            .expect(422);
        let right = [("monday", "8-12"), ("holidays", "")];
        browser
            .fill_in(&schedule, &schedule, &right)
            .await
            .expect(303);
        let page = browser.open(&schedule).await.expect(200);
        assert!(page.text().contains("value=\"08:00-12:00\""));
    }
}

#[tokio::test]
async fn u8_an_agent_has_a_desk_and_only_administrators_and_supervisors_the_wallboard() {
    let world = World::new().await;
    let (id, anna) = centre(&world).await;
    let user = anna.parse().unwrap();
    let login = world.system.let_log_in(&world.muster, user).await;
    let mut browser = world.system.browser_of(&login).await;
    let words = speak(&mut browser, Language::German).await;
    let page = browser.open("/call-centre").await.expect(200);
    assert!(says(&page, &words.agent_state_sign_out()));
    assert!(page.text().contains("href=\"/call-centre\""));
    let ben = world.system.active_user(&world.muster, "Ben Klein").await;
    let login = world.system.let_log_in(&world.muster, ben.id).await;
    let home = world.system.browser_of(&login).await.open("/").await;
    assert!(!home.expect(200).text().contains("href=\"/call-centre\""));
    let state = format!("/call-centres/{id}/agents/{anna}/state");
    let set = [("agent_state", "available")];
    browser
        .fill_in("/call-centre", &state, &set)
        .await
        .expect(303);
    let without = [("agent_state", "unavailable")];
    browser
        .fill_in("/call-centre", &state, &without)
        .await
        .expect(422);
    browser
        .open(&format!("/call-centres/{id}"))
        .await
        .expect(403);
    let chef = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut browser = world.system.browser_of(&chef).await;
    let words = speak(&mut browser, Language::English).await;
    let wall = format!("/call-centres/{id}");
    let page = browser.open(&wall).await.expect(200);
    assert!(says(&page, &words.wallboard_waiting(0_usize)));
    assert!(says(&page, "Anna Weber"));
    let calls = format!("/groups/{id}/calls");
    assert!(page.text().contains(&calls));
    browser.open(&calls).await.expect(200);
}
