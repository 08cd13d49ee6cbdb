//! Call services, the view of a user and the phone book in the portal and the API.

use axum::http::StatusCode;
use serde_json::json;
use testkit::{Form, TestSystem};

#[tokio::test]
async fn s6_an_administrator_sets_a_pending_users_services_and_is_told_what_is_wrong() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    let admin = system.add_administrator(&muster, "kathi", &[]).await;
    let mut browser = system.browser_of(&admin).await;
    let path = format!("/users/{}/call-services", anna.id);
    let page = browser.open(&path).await;
    let wrong = Form::on(&page, &path).with(&[("forward_busy", "99"), ("no_answer_rings", "1")]);
    let wrong = browser.submit(&wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for id in ["forward_busy-error", "no_answer_rings-error"] {
        assert!(wrong.text().contains(id), "{id}");
    }
    let good = Form::on(&page, &path).with(&[("forward_busy", "0211 9999999")]);
    let done = browser.submit(&good).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let shown = browser.open(done.header("location")).await;
    assert!(shown.text().contains("+492119999999"));
    // Seen before the change, sent after it.
    let late = browser.submit(&good).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn r3_the_banner_says_for_whom_one_acts_and_ends_it() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let admin = system.add_administrator(&muster, "kathi", &[]).await;
    let mut browser = system.browser_of(&admin).await;
    let page = browser.open(&format!("/users/{}", anna.id)).await;
    let take = Form::on(&page, &format!("/users/{}/view", anna.id));
    assert_eq!(browser.submit(&take).await.header("location"), "/");
    let home = browser.open("/").await;
    assert!(home.text().contains("You are acting for Anna Weber."));
    assert!(home.text().contains(r#"href="/call-services""#));
    let services = browser.open("/call-services").await;
    let set = Form::on(&services, "/call-services").with(&[("do_not_disturb", "true")]);
    assert_eq!(browser.submit(&set).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        browser.open("/users").await.status,
        StatusCode::FORBIDDEN,
        "only what Anna may do"
    );
    let end = Form::on(&home, "/view/end");
    let ended = browser.submit(&end).await;
    assert_eq!(ended.header("location"), format!("/users/{}", anna.id));
    let log = browser.open("/activity").await;
    assert!(log.text().contains("on behalf of Anna Weber") || log.text().contains("Anna Weber"));
    assert!(!log.text().contains("You are acting"));
}

#[tokio::test]
async fn the_api_reads_and_sets_call_services_with_etags() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let ben = system.active_user(&muster, "Ben Klein").await;
    let api = system.api_of_enterprise(&muster).await;
    let path = format!("/api/v1/users/{}/call-services", anna.id);
    let first = api.get(&path).await;
    assert_eq!(first.header("etag"), "\"0\"");
    let mut body = first.json();
    body["forward_no_answer"] = json!(ben.number.as_str());
    body["no_answer_rings"] = json!(5);
    let set = |tag: &'static str, body: &serde_json::Value| {
        let builder = api.request("PUT", &path).header("if-match", tag);
        let body = body.clone();
        let api = &api;
        async move { api.send_json(builder, &body).await }
    };
    let done = set("\"0\"", &body).await;
    assert_eq!(done.status, StatusCode::OK);
    assert_eq!(
        done.json()["forward_no_answer"],
        json!(ben.extension.as_str())
    );
    let late = set("\"0\"", &body).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
    body["forward_always_from"] = json!("tomorrow");
    let wrong = set("\"1\"", &body).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.json()["errors"][0]["pointer"], "/forward_always_from");
    let way = format!("/api/v1/users/{}/reachability", anna.id);
    let way = api.get(&way).await.json();
    assert_eq!(way["steps"][1]["when"], "no-answer");
    let deletion = format!("/api/v1/users/{}/deletion", ben.id);
    let deletion = api.get(&deletion).await.json();
    assert_eq!(deletion["forwards"][0]["name"], "Anna Weber");
}

#[tokio::test]
async fn the_way_of_a_call_is_shown_as_a_diagram_with_the_words_beside_it() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let admin = system.add_administrator(&muster, "kathi", &[]).await;
    let mut browser = system.browser_of(&admin).await;
    let path = format!("/users/{}/reachability", anna.id);
    let page = browser.open(&path).await;
    assert!(page.text().contains("<svg class=\"route\""));
    assert!(page.text().contains("No phone of Anna Weber is logged in"));
    let wrong = browser.open(&format!("{path}?at=whenever")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let later = browser.open(&format!("{path}?at=2027-01-01T12:00")).await;
    assert!(
        later
            .text()
            .contains("All phones of Anna Weber ring for 60 seconds.")
    );
}
