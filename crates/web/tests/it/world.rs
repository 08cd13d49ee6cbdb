//! What the stories begin with.

use model::{Language, SiteId};
use serde_json::{Value, json};
use testkit::{Answer, Api, Browser, TestEnterprise, TestSystem};
use web::words::Words;

/// An enterprise, its administrator and the operator, as users of the API.
pub(crate) struct World {
    pub(crate) system: TestSystem,
    pub(crate) muster: TestEnterprise,
    pub(crate) admin: Api,
    pub(crate) operator: Api,
}

impl World {
    pub(crate) async fn new() -> Self {
        let system = TestSystem::new().await;
        let muster = system.enterprise("Muster GmbH").await;
        let admin = system.api_of_enterprise(&muster).await;
        let operator = system.api_of_operator().await;
        Self {
            system,
            muster,
            admin,
            operator,
        }
    }

    pub(crate) fn site(&self) -> SiteId {
        self.muster.site.id()
    }

    /// Where users are added at the first site.
    pub(crate) fn users_path(&self) -> String {
        format!("/api/v1/sites/{}/users", self.site())
    }

    /// What Anna Weber's administrator sends: the site's first number, a desk phone.
    pub(crate) fn anna(&self) -> Value {
        json!({
            "number": self.muster.site.first_number,
            "package": "standard",
            "services": ["voicemail"],
            "first_name": "Anna",
            "last_name": "Weber",
            "username": "anna.weber",
            "email": "anna.weber@muster.example",
            "desk_phone_type": "yealink-t54w",
        })
    }

    /// Adds Anna Weber; she is Pending.
    pub(crate) async fn add_anna(&self) -> Value {
        let added = self.admin.post(&self.users_path(), &self.anna()).await;
        added.expect(201).json()
    }

    /// Adds Anna Weber and lets the operator activate her; answers the path of her user.
    pub(crate) async fn active_anna(&self) -> String {
        let id = self.add_anna().await["user"]["id"].clone();
        let id = id.as_str().expect("an id");
        self.system.activate(id.parse().expect("an id")).await;
        format!("/api/v1/users/{id}")
    }

    /// How many licences are used and how many numbers are free: what a refusal leaves alone.
    pub(crate) async fn stock(&self) -> (Vec<Value>, usize) {
        let licences = format!("/api/v1/enterprises/{}/licences", self.muster.id());
        let licences = self.operator.get(&licences).await.expect(200).json();
        let used = licences.as_array().expect("a list").iter();
        let free = format!("/api/v1/sites/{}/numbers?available=true", self.site());
        let free = items(&self.operator.get(&free).await.expect(200)).len();
        (used.map(|licence| licence["used"].clone()).collect(), free)
    }
}

/// The body with these fields instead.
pub(crate) fn with(mut body: Value, fields: &[(&str, Value)]) -> Value {
    for (name, value) in fields {
        body[*name] = value.clone();
    }
    body
}

/// The items of a list.
pub(crate) fn items(answer: &Answer) -> Vec<Value> {
    answer.json()["items"].as_array().expect("a list").clone()
}

/// One field of each item.
pub(crate) fn each(items: &[Value], field: &str) -> Vec<String> {
    let text = |item: &Value| item[field].as_str().expect("text").to_owned();
    items.iter().map(text).collect()
}

/// Fails unless the answer is a refusal of this status as RFC 9457 has it; answers its body.
#[track_caller]
pub(crate) fn refused(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("cache-control"), "no-store");
    let body = answer.json();
    assert_eq!(body["status"], status);
    assert_ne!(body["title"], "");
    body
}

/// Pointer and code of everything that a refusal found wrong.
#[track_caller]
pub(crate) fn found(answer: &Answer, status: u16) -> Vec<(String, String)> {
    let body = refused(answer, status);
    let errors = body["errors"].as_array().cloned().unwrap_or_default();
    let pairs = errors.iter().map(|error| {
        assert_ne!(error["detail"], "", "{error}");
        let text = |name: &str| error[name].as_str().expect("text").to_owned();
        (text("pointer"), text("code"))
    });
    pairs.collect()
}

/// Whether a page says this.
pub(crate) fn says(page: &Answer, sentence: &str) -> bool {
    let escaped = sentence
        .replace('&', "&#38;")
        .replace('\'', "&#39;")
        .replace('"', "&#34;");
    page.text().contains(&escaped)
}

/// Turns the portal to a language and answers its words.
pub(crate) async fn speak(browser: &mut Browser, language: Language) -> Words {
    let choice = [("language", language.code())];
    let answer = browser.fill_in("/", "/language", &choice).await;
    answer.expect(303);
    Words::of(language)
}
