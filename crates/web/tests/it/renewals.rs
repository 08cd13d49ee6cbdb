//! New login details for many users, over the API and in the portal without JavaScript (L2–L4).

use model::{Language, spreadsheet};
use serde_json::{Value, json};
use testkit::{Answer, Browser, Form, PASSWORD};

use crate::world::{World, found, refused, says, speak};

impl World {
    /// Active users with a desk phone; their ids.
    async fn people(&self, count: usize) -> Vec<String> {
        let mut ids = Vec::new();
        for n in 0..count {
            let name = format!("Anna Weber{n}");
            ids.push(
                self.system
                    .active_user(&self.muster, &name)
                    .await
                    .id
                    .to_string(),
            );
        }
        ids
    }

    async fn begin(&self, body: &Value) -> String {
        let begun = self
            .admin
            .post("/api/v1/login-details", body)
            .await
            .expect(202);
        let job = begun.json()["job"].as_str().expect("an id").to_owned();
        assert_eq!(begun.header("location"), format!("/api/v1/jobs/{job}"));
        job
    }

    async fn get_job(&self, job: &str) -> Value {
        self.admin
            .get(&format!("/api/v1/jobs/{job}"))
            .await
            .expect(200)
            .json()
    }
}

/// The lines of a file, cell by cell, after the byte order mark.
fn cells(file: &Answer, delimiter: char) -> Vec<Vec<String>> {
    let text = file
        .text()
        .strip_prefix('\u{feff}')
        .expect("a byte order mark");
    let split = |line: &str| line.split(delimiter).map(str::to_owned).collect();
    text.lines().map(split).collect()
}

#[tokio::test]
async fn l2_and_l4_a_list_of_ids_is_done_and_strangers_are_skipped() {
    let world = World::new().await;
    let mut ids = world.people(2).await;
    let stranger = "01890a5d-ac96-774b-bcce-b302099a8057";
    ids.push(stranger.to_owned());
    let job = world.begin(&json!({ "user_ids": ids })).await;
    world.system.run_jobs().await;
    let body = world.get_job(&job).await;
    assert_eq!(body["state"], "done");
    assert_eq!((&body["done"], &body["failed"]), (&json!(2), &json!(1)));
    assert_eq!(body["result"], "ready");
    let first = &body["rows"][0];
    assert_eq!(
        (&first["user"], &first["name"]),
        (&json!(stranger), &Value::Null)
    );
    assert_eq!(
        (&first["outcome"], &first["reason"]),
        (&json!("skipped"), &json!("not-found"))
    );
    let page = format!("/api/v1/jobs/{job}?limit=1");
    let page = world.admin.get(&page).await.expect(200).json();
    let next = page["next_cursor"].as_str().expect("a further page");
    let page = format!("/api/v1/jobs/{job}?limit=1&cursor={next}");
    let page = world.admin.get(&page).await.expect(200).json();
    assert_eq!(page["rows"][0]["outcome"], "done");
}

#[tokio::test]
async fn l3_the_file_is_there_once_in_either_form_and_safe_in_spreadsheets() {
    let world = World::new().await;
    let ids = world.people(2).await;
    for (language, delimiter) in [("de-DE", ';'), ("en-GB", ',')] {
        let job = world.begin(&json!({ "user_ids": ids })).await;
        let path = format!("/api/v1/jobs/{job}/result.csv");
        refused(&world.admin.get(&path).await, 409);
        world.system.run_jobs().await;
        let head = world.admin.request("HEAD", &path);
        world.admin.send(head, "").await.expect(200);
        let request = world
            .admin
            .request("GET", &path)
            .header("accept-language", language);
        let file = world.admin.send(request, "").await.expect(200);
        assert_eq!(file.header("cache-control"), "no-store");
        let lines = cells(&file, delimiter);
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[1][2], format!("'{}", world.muster.site.first_number));
        assert_eq!(lines[1][5], "'492115551000");
        assert_eq!(lines[1][6].len(), 12, "a password");
        for cell in lines.iter().flatten() {
            assert!(!spreadsheet::looks_like_formula(cell), "{cell}");
            assert!(
                cell.starts_with('\'') || !spreadsheet::looks_like_number(cell),
                "{cell}"
            );
        }
        refused(&world.admin.get(&path).await, 410);
        refused(&world.admin.get(&path.replace("csv", "xlsx")).await, 410);
    }
    let job = world.begin(&json!({ "user_ids": ids })).await;
    world.system.run_jobs().await;
    let path = format!("/api/v1/jobs/{job}/result.xlsx");
    let file = world.admin.get(&path).await.expect(200);
    assert!(file.bytes.starts_with(b"PK"), "a workbook");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"login-details.xlsx\""
    );
    refused(&world.admin.get(&path.replace("xlsx", "csv")).await, 410);
}

#[tokio::test]
async fn l2_what_cannot_be_done_is_refused_in_words() {
    let world = World::new().await;
    let ids = world.people(1).await;
    let post = async |body: Value| world.admin.post("/api/v1/login-details", &body).await;
    refused(&post(json!({})).await, 422);
    refused(&post(json!({ "user_ids": ids, "filter": {} })).await, 422);
    let nobody = json!({ "filter": { "search": "zzz" } });
    let expected = ("/filter".to_owned(), "nobody-matches".to_owned());
    assert_eq!(found(&post(nobody).await, 422), [expected]);
    let number = json!({ "user_ids": ids, "password": "12345678" });
    let answer = post(number).await;
    assert!(!answer.text().contains("12345678"), "nowhere said");
    let expected = ("/password".to_owned(), "looks-like-number".to_owned());
    assert_eq!(found(&answer, 422), [expected]);
    let job = world
        .begin(&json!({ "filter": { "state": "activated" } }))
        .await;
    assert_eq!(world.get_job(&job).await["total"], 1);
    let path = format!("/api/v1/jobs/{job}");
    world.admin.delete(&path).await.expect(204);
    assert_eq!(world.get_job(&job).await["state"], "cancelled");
    refused(&world.admin.get(&format!("{path}?cursor=x")).await, 422);
}

#[tokio::test]
async fn r4_a_job_is_nobody_elses() {
    let world = World::new().await;
    let ids = world.people(1).await;
    let job = world.begin(&json!({ "user_ids": ids })).await;
    let other = world.system.enterprise("Fremd AG").await;
    let stranger = world.system.api_of_enterprise(&other).await;
    let site = world
        .system
        .api_of_site(&world.muster, &world.muster.site)
        .await;
    for path in ["", "/result.csv", "/result.xlsx"] {
        let path = format!("/api/v1/jobs/{job}{path}");
        refused(&stranger.get(&path).await, 404);
        refused(&site.get(&path).await, 404);
    }
    let user = world
        .system
        .let_log_in(&world.muster, ids[0].parse().expect("an id"))
        .await;
    let mut user = world.system.browser_of(&user).await;
    user.open(&format!("/jobs/{job}")).await.expect(404);
    user.open(&format!("/jobs/{job}/result")).await.expect(404);
}

/// Selects in the list and comes to the page that says what will happen.
async fn select(browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
    browser
        .fill_in("/users", "/users/login-details", fields)
        .await
        .expect(200)
}

#[tokio::test]
async fn l2_selected_in_the_list_done_and_fetched_behind_the_own_password() {
    for language in Language::ALL {
        let world = World::new().await;
        let ids = world.people(2).await;
        world.add_pending().await;
        let name = world
            .system
            .add_administrator(&world.muster, "katharina", &[])
            .await;
        let mut browser = world.system.browser_of(&name).await;
        let words = speak(&mut browser, language).await;
        let page = select(&mut browser, &[("user", &ids[0])]).await;
        assert!(says(&page, &words.renewal_part(1u64)));
        // All that match, by what they match.
        let page = select(&mut browser, &[("all", "yes")]).await;
        assert!(says(&page, &words.renewal_part(2u64)));
        assert!(says(&page, &words.renewal_skipped(1u64)));
        assert!(!page.text().contains(&ids[0]), "not a list of ids");
        let form = Form::on(&page, "/jobs").with(&[("kind", "chosen"), ("password", "=Kanne4711")]);
        let wrong = browser.submit(&form).await.expect(422);
        assert!(says(&wrong, &words.problem_looks_like_formula()));
        assert!(!wrong.text().contains("Kanne4711"));
        let form = Form::on(&wrong, "/jobs").with(&[("kind", "generated")]);
        let begun = browser.submit(&form).await.expect(303);
        let job = begun.header("location").to_owned();
        let again = browser.submit(&form).await.expect(303);
        assert_eq!(again.header("location"), job, "sent twice, begun once");

        let page = browser.open(&job).await.expect(200);
        assert!(page.text().contains("http-equiv=\"refresh\""));
        world.system.run_jobs().await;
        let page = browser.open(&job).await.expect(200);
        assert!(says(&page, &words.job_count(3u64, 1u64, 3u64)));
        assert!(!page.text().contains("http-equiv=\"refresh\""));

        let result = format!("{job}/result");
        let wrong = [("password", "falsch"), ("format", "csv")];
        let refused = browser.fill_in(&result, &result, &wrong).await.expect(422);
        assert!(says(&refused, &words.problem_wrong_password()));
        let right = [("password", PASSWORD), ("format", "csv")];
        let file = browser.fill_in(&result, &result, &right).await.expect(200);
        assert_eq!(file.header("cache-control"), "no-store");
        let delimiter = if language == Language::German {
            ';'
        } else {
            ','
        };
        let lines = cells(&file, delimiter);
        assert_eq!(lines[0][0], words.export_name());
        assert_eq!(lines.len(), 4);
        let gone = browser.open(&result).await.expect(410);
        assert!(says(&gone, &words.job_result_gone_text()));
    }
}

impl World {
    async fn add_pending(&self) {
        self.system.add_user(&self.muster, "Paul Pending").await;
    }
}

#[tokio::test]
async fn l2_what_is_not_done_is_stopped_on_the_page_and_watched_live() {
    let world = World::new().await;
    let ids = world.people(1).await;
    let name = world
        .system
        .add_administrator(&world.muster, "katharina", &[])
        .await;
    let mut browser = world.system.browser_of(&name).await;
    let page = select(&mut browser, &[("user", &ids[0])]).await;
    let form = Form::on(&page, "/jobs").with(&[("kind", "generated")]);
    let begun = browser.submit(&form).await.expect(303);
    let job = begun.header("location").to_owned();
    let mut live = browser.open(&format!("{job}/live")).await.expect(200);
    assert_eq!(live.next_event().await["percent"], 0);
    let cancel = format!("{job}/cancel");
    browser.fill_in(&job, &cancel, &[]).await.expect(303);
    let last = live.next_event().await;
    assert_eq!(last["over"], true);
    browser.open(&format!("{job}/result")).await.expect(410);
}
