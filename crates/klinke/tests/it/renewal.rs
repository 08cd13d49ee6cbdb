//! `kill -9` while many users get new login details: the work goes on afterwards, and nobody gets a password twice.

use hyper::Method;
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::{
    client::Client,
    process::{Klinke, token},
};

/// More than a few batches.
const USERS: u64 = 1_600;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l2_killed_in_the_middle_it_goes_on_and_makes_no_password_twice() {
    let data = tempdir().unwrap();
    let (administrator, ids) = prepare(data.path()).await;
    let klinke = Klinke::start(data.path(), &[]);
    let mut client = Client::connect(klinke.http, &administrator).await.unwrap();
    let wanted = json!({ "user_ids": ids });
    let begun = client
        .ok(Method::POST, "/api/v1/login-details", &wanted)
        .await;
    let job = format!("/api/v1/jobs/{}", begun["job"].as_str().unwrap());
    while client.ok(Method::GET, &job, &Value::Null).await["done"] == 0 {
        tokio::task::yield_now().await;
    }
    klinke.kill();
    let klinke = Klinke::start(data.path(), &[]);
    let mut client = Client::connect(klinke.http, &administrator).await.unwrap();
    loop {
        let state = client.ok(Method::GET, &job, &Value::Null).await;
        if state["state"] == "done" {
            assert_eq!(
                (&state["done"], &state["failed"]),
                (&json!(USERS), &json!(0))
            );
            break;
        }
        tokio::task::yield_now().await;
    }
    let result = format!("{job}/result.csv");
    let (status, file) = client
        .send(Method::GET, &result, &Value::Null)
        .await
        .unwrap();
    assert!(status.is_success());
    assert_eq!(file.lines().count() as u64, USERS + 1);
    let mut renewed = 0;
    let mut before = String::new();
    loop {
        let page = format!("/api/v1/journal?limit=200{before}");
        let page = client.ok(Method::GET, &page, &Value::Null).await;
        let entries = page["items"].as_array().unwrap();
        renewed += entries
            .iter()
            .filter(|entry| entry["action"] == "login-details-renewed")
            .count() as u64;
        match page["next_before"].as_i64() {
            Some(next) => before = format!("&before={next}"),
            None => break,
        }
    }
    assert_eq!(renewed, USERS, "once each");
}

/// Active users of the demonstration's enterprise; a token of its administrator, and their ids.
async fn prepare(data: &std::path::Path) -> (String, Vec<String>) {
    let klinke = Klinke::start(data, &["--demo", "--activation", "automatic"]);
    let operator = token(data, &["--role", "operator"]);
    let mut client = Client::connect(klinke.http, &operator).await.unwrap();
    let sites = client.ok(Method::GET, "/api/v1/sites", &Value::Null).await;
    let (site, enterprise) = (
        sites[0]["id"].as_str().unwrap(),
        sites[0]["enterprise"].as_str().unwrap(),
    );
    let licence = format!("/api/v1/enterprises/{enterprise}/licences/standard");
    let total = json!({ "total": 100_000 });
    client.ok(Method::PUT, &licence, &total).await;
    let range = json!({"first_number": "+492118000000", "last_number": "+492118009999"});
    let ranges = format!("/api/v1/sites/{site}/number-ranges");
    client.ok(Method::POST, &ranges, &range).await;
    let administrator = token(
        data,
        &["--role", "enterprise-admin", "--enterprise", "Muster GmbH"],
    );
    let mut client = Client::connect(klinke.http, &administrator).await.unwrap();
    let users = format!("/api/v1/sites/{site}/users");
    let mut ids = Vec::new();
    for n in 0..USERS {
        let user = json!({
            "number": format!("+{}", 492_118_000_000 + n), "extension": format!("9{n:05}"), "package": "standard",
            "first_name": "Anna", "last_name": "Weber", "username": format!("anna.{n}"),
            "email": "anna@muster.example", "desk_phone_type": "snom-d785",
        });
        let added = client.ok(Method::POST, &users, &user).await;
        ids.push(added["user"]["id"].as_str().unwrap().to_owned());
    }
    let last = format!("/api/v1/users/{}", ids[ids.len() - 1]);
    while client.ok(Method::GET, &last, &Value::Null).await["state"] != "activated" {
        tokio::task::yield_now().await;
    }
    (administrator, ids)
}
