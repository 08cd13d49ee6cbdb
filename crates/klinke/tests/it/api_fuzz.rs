//! Everything that the API's description allows, and more, asked by schemathesis in the name of two companies (R4): no
//! server error, no answer that the description does not know, nothing of the other company.

use std::path::{Path, PathBuf};

use hyper::Method;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};
use tokio::process::Command;

use crate::{
    client::Client,
    process::{Klinke, token},
};

/// Cases for each operation.
const CASES: &str = "8";

/// A company whose words stand nowhere but in its own data.
struct Company {
    word: &'static str,
    enterprise: String,
    site: String,
    users: Vec<String>,
    token: String,
}

struct World {
    klinke: Klinke,
    data: TempDir,
    operator: Client,
    operator_token: String,
}

impl World {
    async fn new() -> Self {
        let data = tempdir().unwrap();
        let klinke = Klinke::start(data.path(), &["--activation", "manual"]);
        let operator_token = token(data.path(), &["--role", "operator"]);
        let operator = Client::connect(klinke.http, &operator_token).await.unwrap();
        Self {
            klinke,
            data,
            operator,
            operator_token,
        }
    }

    async fn post(&mut self, path: &str, body: Value) -> Value {
        self.operator.ok(Method::POST, path, &body).await
    }

    async fn company(&mut self, word: &'static str, range: &str) -> Company {
        let body = json!({"name": format!("{word} GmbH"), "domain": word, "country": "DE"});
        let enterprise = text(&self.post("/api/v1/enterprises", body).await["id"]);
        let sites = format!("/api/v1/enterprises/{enterprise}/sites");
        let body = json!({"name": format!("{word} Mitte"), "country": "DE"});
        let site = text(&self.post(&sites, body).await["id"]);
        let (first, last) = (format!("{range}00"), format!("{range}29"));
        let body = json!({"first_number": first, "last_number": last});
        self.post(&format!("/api/v1/sites/{site}/number-ranges"), body)
            .await;
        let licences = format!("/api/v1/enterprises/{enterprise}/licences/standard");
        self.operator
            .ok(Method::PUT, &licences, &json!({"total": 50}))
            .await;
        let options = ["--role", "enterprise-admin", "--enterprise", word];
        let token = token(self.data.path(), &options);
        let mut admin = Client::connect(self.klinke.http, &token).await.unwrap();
        let mut users = Vec::new();
        for nth in 10..14 {
            let user = json!({
                "number": format!("{range}{nth}"), "package": "standard", "first_name": word,
                "last_name": format!("{word}{nth}"), "username": format!("{word}{nth}"),
                "email": format!("{word}{nth}@example.com"), "desk_phone_type": "snom-d785",
            });
            let added = admin
                .ok(Method::POST, &format!("/api/v1/sites/{site}/users"), &user)
                .await;
            users.push(text(&added["user"]["id"]));
        }
        let activation = format!("/api/v1/operator/users/{}/activation", users[0]);
        self.post(&activation, json!({"outcome": "activated"}))
            .await;
        Company {
            word,
            enterprise,
            site,
            users,
            token,
        }
    }

    /// Lets schemathesis ask with this token; answers what it says, when it has found something.
    async fn ask(
        &self,
        token: &str,
        own: &Company,
        foreign: &Company,
        words: &[&str],
    ) -> Result<(), String> {
        let world = json!({
            "ids": [
                ["users", own.users, foreign.users],
                ["site", [own.site], [foreign.site]],
                ["sites", [own.site], [foreign.site]],
                ["enterprise", [own.enterprise], [foreign.enterprise]],
                ["enterprises", [own.enterprise], [foreign.enterprise]],
            ],
            "foreign_words": words,
        });
        let output = Command::new(schemathesis())
            .args([
                "run",
                &format!("http://{}/api/v1/openapi.json", self.klinke.http),
            ])
            .args(["--header", &format!("Authorization: Bearer {token}")])
            .args([
                "--phases",
                "examples,coverage,fuzzing",
                "--max-examples",
                CASES,
                "--seed",
                "7",
            ])
            .args([
                "--checks",
                "not_a_server_error,response_schema_conformance,no_foreign_data",
            ])
            .args([
                "--suppress-health-check",
                "all",
                "--warnings",
                "off",
                "--no-color",
            ])
            .env(
                "SCHEMATHESIS_HOOKS",
                concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/api_fuzz.py"),
            )
            .env("KLINKE_FUZZ_WORLD", world.to_string())
            .current_dir(self.data.path())
            .output()
            .await
            .expect("schemathesis is needed: cargo xtask setup");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            Ok(())
        } else {
            Err(said)
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Where `cargo xtask setup` puts it.
fn schemathesis() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/schemathesis/bin/st")
}

#[tokio::test]
async fn r4_the_fuzzed_api_never_fails_and_never_shows_another_company() {
    let mut world = World::new().await;
    let one = world.company("quittenmus", "+49211880").await;
    let other = world.company("zwetschgenhof", "+49408870").await;
    let operator = world.operator_token.clone();
    for (token, own, foreign, words) in [
        (&one.token, &one, &other, vec![other.word, "+4940887"]),
        (&other.token, &other, &one, vec![one.word, "+4921188"]),
        (&operator, &one, &other, vec![]),
    ] {
        world
            .ask(token, own, foreign, &words)
            .await
            .unwrap_or_else(|said| panic!("{said}"));
    }
}
