//! `kill -9` while users are added: what was acknowledged is there afterwards, whole.

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::{
    client::Client,
    process::{Klinke, token},
};

const ROUNDS: u64 = 20;
/// Connections that add users at the same time.
const CONNECTIONS: usize = 4;
/// How many are acknowledged in a round before the process is killed.
const ACKNOWLEDGED: usize = 15;

/// Number by id of every user that the server has acknowledged.
type Acknowledged = Arc<Mutex<HashMap<String, String>>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_no_acknowledged_user() {
    let data = tempdir().unwrap();
    let site = prepare(data.path()).await;
    let token = token(
        data.path(),
        &["--role", "enterprise-admin", "--enterprise", "Muster GmbH"],
    );
    let (acknowledged, next) = (Acknowledged::default(), Arc::new(AtomicU64::new(0)));
    for round in 1..=ROUNDS {
        let klinke = Klinke::start(data.path(), &[]);
        let enough = acknowledged.lock().unwrap().len() + ACKNOWLEDGED;
        let adding: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                let (address, token, site) = (klinke.http, token.clone(), site.clone());
                tokio::spawn(add_until_killed(
                    address,
                    token,
                    site,
                    next.clone(),
                    acknowledged.clone(),
                ))
            })
            .collect();
        while acknowledged.lock().unwrap().len() < enough {
            tokio::task::yield_now().await;
        }
        klinke.kill();
        for task in adding {
            task.await.unwrap();
        }
        check(data.path(), &token, &acknowledged, round).await;
    }
}

async fn prepare(data: &Path) -> String {
    let klinke = Klinke::start(data, &["--demo"]);
    let operator = token(data, &["--role", "operator"]);
    let mut client = Client::connect(klinke.http, &operator).await.unwrap();
    let sites = client.ok(Method::GET, "/api/v1/sites", &Value::Null).await;
    let (site, enterprise) = (
        sites[0]["id"].as_str().unwrap(),
        sites[0]["enterprise"].as_str().unwrap(),
    );
    let licence = format!("/api/v1/enterprises/{enterprise}/licences/standard");
    client
        .ok(Method::PUT, &licence, &json!({"total": 100_000}))
        .await;
    let range = json!({"first_number": "+492118000000", "last_number": "+492118009999"});
    client
        .ok(
            Method::POST,
            &format!("/api/v1/sites/{site}/number-ranges"),
            &range,
        )
        .await;
    site.to_owned()
}

/// Adds users and notes each that is acknowledged, until the connection breaks.
async fn add_until_killed(
    address: std::net::SocketAddr,
    token: String,
    site: String,
    next: Arc<AtomicU64>,
    acknowledged: Acknowledged,
) {
    let Ok(mut client) = Client::connect(address, &token).await else {
        return;
    };
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let number = format!("+{}", 492_118_000_000 + n);
        let user = json!({
            "number": number, "extension": format!("9{n:05}"), "package": "standard",
            "first_name": "Anna", "last_name": "Weber", "username": format!("anna.{n}"),
            "email": "anna@muster.example", "desk_phone_type": "snom-d785",
        });
        match client
            .send(Method::POST, &format!("/api/v1/sites/{site}/users"), &user)
            .await
        {
            Ok((StatusCode::CREATED, body)) => {
                let body: Value = serde_json::from_str(&body).unwrap();
                let id = body["user"]["id"].as_str().unwrap().to_owned();
                acknowledged.lock().unwrap().insert(id, number);
            }
            Ok((status, body)) => panic!("{status} {body}"),
            Err(_) => return,
        }
    }
}

/// Every acknowledged user is there with number and login, and licences are counted right.
async fn check(data: &Path, token: &str, acknowledged: &Acknowledged, round: u64) {
    let klinke = Klinke::start(data, &[]);
    let mut client = Client::connect(klinke.http, token).await.unwrap();
    let known = acknowledged.lock().unwrap().clone();
    for (id, number) in &known {
        let user = client
            .ok(Method::GET, &format!("/api/v1/users/{id}"), &Value::Null)
            .await;
        assert_eq!(user["number"], **number, "round {round}");
    }
    let (mut standard, mut cursor) = (0, String::new());
    loop {
        let page = client
            .ok(
                Method::GET,
                &format!("/api/v1/users?limit=200&cursor={cursor}"),
                &Value::Null,
            )
            .await;
        let users = page["items"].as_array().unwrap();
        standard += users
            .iter()
            .filter(|user| user["package"] == "standard")
            .count();
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    let packages = client
        .ok(Method::GET, "/api/v1/packages", &Value::Null)
        .await;
    let used = packages
        .as_array()
        .unwrap()
        .iter()
        .find(|package| package["id"] == "standard")
        .unwrap();
    assert_eq!(used["used"], standard, "round {round}");
}
