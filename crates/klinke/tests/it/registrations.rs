//! `kill -9` right after phones have logged in: they are still logged in afterwards.

use std::path::Path;

use hyper::Method;
use serde_json::{Value, json};
use tempfile::tempdir;
use testkit::Softphone;
use tokio::task::JoinSet;

use crate::{
    client::Client,
    process::{Klinke, token},
};

const ROUNDS: usize = 20;
/// Each logs in with eight devices: 10,000 registrations.
const USERS: usize = 1_250;
const DEVICES: u32 = 8;
/// Phones that log in at the same time.
const AT_ONCE: usize = 8;

/// Login and password.
type Account = (String, String);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_right_after_10_000_registrations_leave_99_of_100() {
    let prepared = tempdir().unwrap();
    let accounts = prepare(prepared.path()).await;
    let all = accounts.len() * DEVICES as usize;
    let mut worst = all;
    for _ in 0..ROUNDS {
        let data = copy(prepared.path());
        let klinke = Klinke::start(data.path(), &[]);
        register(klinke.sip, &accounts).await;
        klinke.kill();
        let klinke = Klinke::start(data.path(), &[]);
        worst = worst.min(registered(&klinke).await);
    }
    println!("at least {worst} of {all} came back");
    assert!(worst * 100 >= all * 99, "{worst} of {all}");
}

/// A database with everybody, so that each round begins anew.
async fn prepare(data: &Path) -> Vec<Account> {
    let klinke = Klinke::start(data, &["--demo", "--activation", "manual"]);
    let operator = token(data, &["--role", "operator"]);
    let mut operator = Client::connect(klinke.http, &operator).await.unwrap();
    let sites = operator
        .ok(Method::GET, "/api/v1/sites", &Value::Null)
        .await;
    let text = |field: &str| sites[0][field].as_str().unwrap().to_owned();
    let (site, enterprise) = (text("id"), text("enterprise"));
    let licence = format!("/api/v1/enterprises/{enterprise}/licences/standard");
    operator
        .ok(Method::PUT, &licence, &json!({"total": 10_000}))
        .await;
    let range = json!({"first_number": "+492118000000", "last_number": "+492118009999"});
    let ranges = format!("/api/v1/sites/{site}/number-ranges");
    operator.ok(Method::POST, &ranges, &range).await;
    let admin = token(
        data,
        &["--role", "enterprise-admin", "--enterprise", "Muster GmbH"],
    );
    let mut admin = Client::connect(klinke.http, &admin).await.unwrap();
    let mut accounts = Vec::new();
    for n in 0..USERS {
        let user = json!({
            "number": format!("+{}", 492_118_000_000_u64 + n as u64), "extension": format!("9{n:05}"),
            "package": "standard", "first_name": "Anna", "last_name": "Weber", "username": format!("anna.{n}"),
            "email": "anna@muster.example", "desk_phone_type": "snom-d785",
        });
        let users = format!("/api/v1/sites/{site}/users");
        let added = admin.ok(Method::POST, &users, &user).await;
        let text = |field: &str| added["login_details"][field].as_str().unwrap().to_owned();
        accounts.push((text("login"), text("password")));
    }
    assert!(klinke.stop());
    accounts
}

fn copy(prepared: &Path) -> tempfile::TempDir {
    let data = tempdir().unwrap();
    for entry in std::fs::read_dir(prepared).unwrap() {
        let entry = entry.unwrap();
        // Letters that were written are of no use to the next round.
        if entry.file_type().unwrap().is_dir() {
            continue;
        }
        std::fs::copy(entry.path(), data.path().join(entry.file_name())).unwrap();
    }
    data
}

/// Every device of everybody, each acknowledged.
async fn register(server: std::net::SocketAddr, accounts: &[Account]) {
    let mut working = JoinSet::new();
    for part in accounts.chunks(accounts.len().div_ceil(AT_ONCE)) {
        let part = part.to_vec();
        working.spawn(async move {
            for (login, password) in part {
                let mut phone = Softphone::new(server, &login, &password).await.unwrap();
                for nth in 0..DEVICES {
                    assert_eq!(phone.register(nth).await.unwrap(), 200);
                }
            }
        });
    }
    working.join_all().await;
}

/// How many contacts are logged in, as the metrics say.
async fn registered(klinke: &Klinke) -> usize {
    let mut client = Client::connect(klinke.http, "").await.unwrap();
    let (_, text) = client
        .send(Method::GET, "/metrics", &Value::Null)
        .await
        .unwrap();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("klinke_sip_registrations "));
    line.unwrap().parse().unwrap()
}
