//! Departments, sites, numbers, administrators, the activity log and sheets, as the API and the portal give them (R1, R2, R5).

use model::Language;
use serde_json::{Value, json};
use testkit::Answer;

use crate::world::{World, found, says, speak};

async fn patch(api: &testkit::Api, path: &str, body: &Value) -> Answer {
    api.send_json(api.request("PATCH", path), body).await
}

#[tokio::test]
async fn r2_departments_are_moved_and_deleted_over_the_api() {
    let world = World::new().await;
    let list = format!("/api/v1/sites/{}/departments", world.site());
    let add = |name: &'static str, parent: Value| {
        let (api, list) = (&world.admin, &list);
        async move {
            let body = json!({ "name": name, "parent": parent });
            let added = api.post(list, &body).await.expect(201).json();
            added["id"].as_str().unwrap().to_owned()
        }
    };
    let sales = add("Vertrieb", Value::Null).await;
    let inner = add("Innendienst", json!(sales)).await;
    let own = |id: &str| format!("{list}/{id}");
    let into_itself = patch(&world.admin, &own(&sales), &json!({ "parent": inner })).await;
    let wrong = vec![("/parent".to_owned(), "inside-itself".to_owned())];
    assert_eq!(found(&into_itself, 422), wrong);
    let renamed = patch(&world.admin, &own(&inner), &json!({ "name": "Büro" })).await;
    assert_eq!(renamed.expect(200).json()["parent"], json!(sales));
    let to_top = patch(&world.admin, &own(&inner), &json!({ "parent": null })).await;
    assert_eq!(to_top.expect(200).json()["parent"], Value::Null);
    world.admin.delete(&own(&sales)).await.expect(204);
    let left = world.admin.get(&list).await.expect(200).json();
    assert_eq!(left.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn r2_a_deletion_says_where_the_users_go() {
    let world = World::new().await;
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut browser = world.system.browser_of(&login).await;
    let words = speak(&mut browser, Language::German).await;
    let list = format!("/sites/{}/departments", world.site());
    let added = browser.fill_in(&list, &list, &[("name", "Vertrieb")]).await;
    added.expect(303);
    let page = browser.open(&list).await.expect(200);
    let text = page.text().to_owned();
    let question = text.split(&format!("{list}/")).nth(1).unwrap();
    let question = format!("{list}/{}/delete", question.split('"').next().unwrap());
    let page = browser.open(&question).await.expect(200);
    assert!(says(&page, &words.department_delete_users_none(0_u32)));
    browser.fill_in(&question, &question, &[]).await.expect(303);
    let page = browser.open(&list).await.expect(200);
    assert!(says(&page, &words.department_list_empty_title()));
}

#[tokio::test]
async fn an_enterprise_keeps_lengths_that_its_extensions_need() {
    let world = World::new().await;
    world.add_anna().await;
    let path = format!("/api/v1/enterprises/{}", world.muster.id());
    let wanted = json!({ "extension_min": 5, "extension_default": 5 });
    let in_use = vec![("/extension_min".to_owned(), "extensions-in-use".to_owned())];
    assert_eq!(
        found(&patch(&world.admin, &path, &wanted).await, 409),
        in_use
    );
    let wanted = json!({ "name": "Muster AG", "extension_max": 5 });
    let changed = patch(&world.admin, &path, &wanted).await.expect(200).json();
    assert_eq!(
        (&changed["name"], &changed["extension_max"]),
        (&json!("Muster AG"), &json!(5))
    );
}

#[tokio::test]
async fn r1_an_administrator_has_a_page_of_the_own_enterprise() {
    let world = World::new().await;
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut browser = world.system.browser_of(&login).await;
    speak(&mut browser, Language::English).await;
    let page = browser.open("/enterprise").await.expect(200);
    assert!(says(
        &page,
        "2 to 6 digits; the last 4 of the number are suggested"
    ));
    assert!(
        !page.text().contains("/licences\""),
        "only the operator sets licences"
    );
}

#[tokio::test]
async fn r1_a_removed_administrator_is_logged_out_at_once_and_nobody_removes_oneself() {
    let world = World::new().await;
    let (first, second) = (
        world
            .system
            .add_administrator(&world.muster, "erste", &[])
            .await,
        world
            .system
            .add_administrator(&world.muster, "zweite", &[])
            .await,
    );
    let mut own = world.system.browser_of(&first).await;
    let mut other = world.system.browser_of(&second).await;
    let of = format!("/api/v1/enterprises/{}/administrators", world.muster.id());
    let all = world.admin.get(&of).await.expect(200).json();
    let id = |name: &str| {
        let all = all.as_array().unwrap().iter();
        let found = all.clone().find(|of| of["username"] == name).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    let page = |id: &str| format!("/enterprises/{}/administrators/{id}", world.muster.id());
    let words = speak(&mut own, Language::English).await;
    let mine = own.open(&page(&id("erste"))).await.expect(200);
    assert!(says(&mine, &words.administrator_oneself()));
    let question = format!("{}/remove", page(&id("erste")));
    let refused = own.fill_in(&question, &question, &[]).await.expect(409);
    assert!(says(&refused, &words.problem_oneself()));
    other.open("/users").await.expect(200);
    let question = format!("{}/remove", page(&id("zweite")));
    own.fill_in(&question, &question, &[]).await.expect(303);
    let after = other.open("/users").await.expect(303);
    assert!(after.header("location").starts_with("/login"));
    let last = world
        .operator
        .delete(&format!("{of}/{}", id("erste")))
        .await;
    assert_eq!(found(&last, 409)[0].1, "last-administrator");
}

#[tokio::test]
async fn a_number_is_reserved_and_removed_over_the_api() {
    let world = World::new().await;
    world.add_anna().await;
    let path = |number: &str| {
        let number = number.replace('+', "%2B");
        format!("/api/v1/sites/{}/numbers/{number}", world.site())
    };
    let taken = path(&world.muster.site.first_number.to_string());
    let reserved = world
        .operator
        .put(&taken, &json!({ "reserved": true }))
        .await;
    assert_eq!(found(&reserved, 409)[0].1, "number-assigned");
    let free = world.system.draft(world.site(), "Ben Klein").await.number;
    let kept = world
        .operator
        .put(&path(&free), &json!({ "reserved": true }))
        .await;
    assert_eq!(kept.expect(200).json()["state"], "reserved");
    let refused = world.operator.delete(&path(&free)).await;
    assert_eq!(found(&refused, 409)[0].1, "number-reserved");
    let body = json!({ "reserved": false });
    world.operator.put(&path(&free), &body).await.expect(200);
    world.operator.delete(&path(&free)).await.expect(204);
    world.operator.delete(&path(&free)).await.expect(404);
}

#[tokio::test]
async fn r5_the_journal_is_filtered_and_saved_as_a_sheet_in_both_languages() {
    let world = World::new().await;
    world.active_anna().await;
    let only = "/api/v1/journal?action=user-activated";
    let items = world.operator.get(only).await.expect(200).json();
    assert_eq!(items["items"].as_array().unwrap().len(), 1);
    let wrong = world.operator.get("/api/v1/journal?action=nothing").await;
    assert_eq!(found(&wrong, 422)[0].0, "/action");
    let sheet = "/api/v1/journal.csv?language=de";
    let sheet = world.admin.get(sheet).await.expect(200);
    assert_eq!(sheet.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(sheet.header("cache-control"), "no-store");
    let text = sheet.text();
    assert!(text.starts_with("\u{feff}Wann;Was;"), "{text}");
    assert!(text.contains("Anna Weber"), "{text}");
    let sheet = world.admin.get("/api/v1/journal.csv").await.expect(200);
    assert!(sheet.text().starts_with("\u{feff}When,What,"));
}

#[tokio::test]
async fn r5_a_sheet_holds_more_than_one_page_and_nothing_twice() {
    let world = World::new().await;
    let list = format!("/api/v1/sites/{}/departments", world.site());
    for n in 0..230 {
        let body = json!({ "name": format!("Abteilung {n:03}") });
        world.admin.post(&list, &body).await.expect(201);
    }
    let sheet = "/api/v1/journal.csv?action=department-added";
    let sheet = world.admin.get(sheet).await.expect(200);
    let text = sheet.text();
    for n in 0..230 {
        assert_eq!(
            text.matches(&format!(",Abteilung {n:03},")).count(),
            1,
            "{n}"
        );
    }
}

#[tokio::test]
async fn r5_the_report_of_users_is_a_page_and_a_sheet() {
    let world = World::new().await;
    world.active_anna().await;
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut browser = world.system.browser_of(&login).await;
    let words = speak(&mut browser, Language::German).await;
    let page = browser.open("/report").await.expect(200);
    assert!(says(&page, "Weber, Anna") && says(&page, &words.service_voicemail()));
    let sheet = browser.open("/report.csv").await.expect(200);
    let line = sheet.text().lines().nth(1).unwrap().to_owned();
    assert!(line.contains("Weber;Anna;anna.weber;"), "{line}");
    let use_of = format!("/enterprises/{}/usage.csv", world.muster.id());
    let sheet = browser.open(&use_of).await.expect(200);
    assert!(sheet.text().contains("Standard;"), "{}", sheet.text());
}

#[tokio::test]
async fn r5_a_period_is_days_of_the_readers_zone_and_what_is_no_day_is_told() {
    let world = World::new().await;
    world.active_anna().await;
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut browser = world.system.browser_of(&login).await;
    let words = speak(&mut browser, Language::English).await;
    let page = browser.open("/activity?until=1999-12-31").await.expect(200);
    assert!(says(&page, &words.activity_none()));
    let page = browser.open("/activity?from=1999-12-31").await.expect(200);
    assert!(says(&page, &words.journal_user_activated()));
    let page = browser.open("/activity?from=tomorrow").await.expect(422);
    assert!(says(&page, &words.problem_invalid_day(words.field_from())));
}

#[tokio::test]
async fn r2_users_are_filtered_by_department_over_the_api() {
    let world = World::new().await;
    world.active_anna().await;
    let list = format!("/api/v1/sites/{}/departments", world.site());
    let body = json!({ "name": "Vertrieb" });
    let sales = world.admin.post(&list, &body).await.expect(201).json();
    let path = format!("/api/v1/users?department={}", sales["id"].as_str().unwrap());
    let none = world.admin.get(&path).await.expect(200).json();
    assert_eq!(none["items"], json!([]));
    let unknown = "/api/v1/users?department=018f0000-0000-7000-8000-000000000000";
    world.admin.get(unknown).await.expect(404);
}

#[tokio::test]
async fn the_trunk_is_told_to_the_operator_only() {
    let world = World::new().await;
    let trunk = world.operator.get("/api/v1/operator/trunk").await;
    assert_eq!(trunk.expect(200).json(), Value::Null);
    world.admin.get("/api/v1/operator/trunk").await.expect(403);
}
