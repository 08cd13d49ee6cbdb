//! Starting, what is said then, and stopping.

use hyper::Method;
use serde_json::Value;
use tempfile::tempdir;

use crate::{
    client::Client,
    process::{Klinke, run, token},
};

#[test]
fn the_first_start_prints_a_one_time_link_for_the_operator() {
    let data = tempdir().unwrap();
    let mut klinke = Klinke::start(data.path(), &[]);
    assert!(
        klinke.ready.starts_with("ready http=http://127.0.0.1:"),
        "{}",
        klinke.ready
    );
    assert!(klinke.ready.contains(" sip=127.0.0.1:"), "{}", klinke.ready);
    let setup = klinke.line();
    assert!(setup.contains("/password/"), "{setup}");
    assert!(klinke.stop());
}

#[test]
fn whoever_asks_it_to_stop_right_after_ready_is_heard() {
    for _ in 0..5 {
        let data = tempdir().unwrap();
        let klinke = Klinke::start(data.path(), &["--activation", "manual"]);
        assert!(klinke.stop());
    }
}

#[tokio::test]
async fn the_demonstration_has_users_in_all_three_states_and_a_login_of_each_role() {
    let data = tempdir().unwrap();
    let mut klinke = Klinke::start(data.path(), &["--demo"]);
    let said: Vec<_> = (0..5).map(|_| klinke.line()).collect();
    for role in ["operator", "enterprise-admin", "site-admin", "user"] {
        assert!(
            said.iter()
                .any(|line| line.starts_with(&format!("demo: {role} "))),
            "{role}: {said:?}"
        );
    }
    let token = token(
        data.path(),
        &["--role", "enterprise-admin", "--enterprise", "Muster GmbH"],
    );
    let mut client = Client::connect(klinke.http, &token).await.unwrap();
    for state in ["pending", "activated", "failed"] {
        let users = client
            .ok(
                Method::GET,
                &format!("/api/v1/users?state={state}"),
                &Value::Null,
            )
            .await;
        assert!(!users["items"].as_array().unwrap().is_empty(), "{state}");
    }
    let sites = client.ok(Method::GET, "/api/v1/sites", &Value::Null).await;
    let names: Vec<_> = sites
        .as_array()
        .unwrap()
        .iter()
        .map(|site| site["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Düsseldorf", "London"]);
}

#[tokio::test]
async fn it_says_whether_it_is_alive_and_ready_and_measures_itself() {
    let data = tempdir().unwrap();
    let klinke = Klinke::start(data.path(), &[]);
    let mut client = Client::connect(klinke.http, "").await.unwrap();
    for (path, expected) in [
        ("/healthz", "alive"),
        ("/readyz", "ready"),
        ("/metrics", "klinke_http_request_seconds"),
    ] {
        let (status, text) = client.send(Method::GET, path, &Value::Null).await.unwrap();
        // What is measured is there after the first request to the portal.
        client
            .send(Method::GET, "/login", &Value::Null)
            .await
            .unwrap();
        let text = if path == "/metrics" {
            client
                .send(Method::GET, path, &Value::Null)
                .await
                .unwrap()
                .1
        } else {
            text
        };
        assert!(
            status.is_success() && text.contains(expected),
            "{path}: {status} {text}"
        );
    }
}

#[test]
fn the_portal_is_where_it_was_told_to_be() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let data = tempdir().unwrap();
    let klinke = Klinke::start_at(&address.to_string(), data.path(), &[]);
    assert_eq!(klinke.http, address);
}

#[test]
fn an_unknown_key_in_the_configuration_is_refused_with_its_line() {
    let data = tempdir().unwrap();
    let config = data.path().join("klinke.toml");
    std::fs::write(&config, "http = \"127.0.0.1:0\"\nhtpp = 1\n").unwrap();
    let output = run(
        data.path(),
        "serve",
        &["--config", config.to_str().unwrap()],
    );
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && said.contains("line 2") && said.contains("htpp"),
        "{said}"
    );
}

#[test]
fn a_token_needs_a_database_and_a_place_that_exist() {
    let data = tempdir().unwrap();
    let refused = |options: &[&str]| {
        let output = run(data.path(), "token", options);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["--role", "operator"]).contains("start `klinke serve` first"));
    let _klinke = Klinke::start(data.path(), &["--demo"]);
    assert!(
        refused(&["--role", "enterprise-admin", "--enterprise", "Nobody"])
            .contains("no such enterprise")
    );
    assert!(
        refused(&["--role", "site-admin", "--enterprise", "Muster GmbH"])
            .contains("site-admin both")
    );
    assert!(refused(&["--role", "user"]).contains("operator, enterprise-admin or site-admin"));
    let options = [
        "--role",
        "site-admin",
        "--enterprise",
        "Muster GmbH",
        "--site",
        "London",
    ];
    assert!(token(data.path(), &options).starts_with("klk_"));
}
