//! Real phones at the real binary: login details from the API, and the state decides.

use std::{future::Future, time::Duration};

use hyper::Method;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::{
    client::Client,
    process::{Klinke, token},
    softphone::Softphone,
};

/// A company whose users wait for the operator, and those who administer it.
struct House {
    klinke: Klinke,
    operator: Client,
    admin: Client,
    site: String,
    _data: TempDir,
}

/// A user with a desk phone.
struct Person {
    id: String,
    number: String,
    login: String,
    password: String,
}

impl House {
    async fn build() -> Self {
        let data = tempdir().unwrap();
        let klinke = Klinke::start(data.path(), &["--demo", "--activation", "manual"]);
        let operator = token(data.path(), &["--role", "operator"]);
        let mut operator = Client::connect(klinke.http, &operator).await.unwrap();
        let admin = ["--role", "enterprise-admin", "--enterprise", "Muster GmbH"];
        let admin = token(data.path(), &admin);
        let admin = Client::connect(klinke.http, &admin).await.unwrap();
        let sites = operator
            .ok(Method::GET, "/api/v1/sites", &Value::Null)
            .await;
        let text = |field: &str| sites[0][field].as_str().unwrap().to_owned();
        let (site, enterprise) = (text("id"), text("enterprise"));
        let licence = format!("/api/v1/enterprises/{enterprise}/licences/standard");
        operator
            .ok(Method::PUT, &licence, &json!({"total": 1000}))
            .await;
        let range = json!({"first_number": "+492118000001", "last_number": "+492118000009"});
        let ranges = format!("/api/v1/sites/{site}/number-ranges");
        operator.ok(Method::POST, &ranges, &range).await;
        Self {
            klinke,
            operator,
            admin,
            site,
            _data: data,
        }
    }

    /// A new user, who is Pending; the `nth` has the extension 900`nth`.
    async fn person(&mut self, nth: u8, name: &str) -> Person {
        let number = format!("+49211800000{nth}");
        let user = json!({
            "number": number, "extension": format!("900{nth}"), "package": "standard",
            "first_name": name, "last_name": "Klingel", "username": format!("{name}.klingel"),
            "email": "post@muster.example", "desk_phone_type": "snom-d785",
        });
        let users = format!("/api/v1/sites/{}/users", self.site);
        let added = self.admin.ok(Method::POST, &users, &user).await;
        let details = &added["login_details"];
        assert_eq!(details["server"], self.klinke.sip.to_string());
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Person {
            id: text(&added["user"]["id"]),
            number,
            login: text(&details["login"]),
            password: text(&details["password"]),
        }
    }

    async fn activate(&mut self, person: &Person) {
        let path = format!("/api/v1/operator/users/{}/activation", person.id);
        let activated = json!({"outcome": "activated"});
        self.operator.ok(Method::POST, &path, &activated).await;
    }

    /// The person's phone with a password typed into it.
    async fn phone_with(&self, person: &Person, password: &str) -> Softphone {
        Softphone::start(self.klinke.sip, &person.login, password, "udp", "manual").await
    }

    /// The person's phone, logged in.
    async fn phone(&self, person: &Person) -> Softphone {
        let mut phone = self.phone_with(person, &person.password).await;
        phone.event("REGISTER_OK").await;
        phone
    }

    async fn is_registered(&mut self, person: &Person) -> bool {
        let path = format!("/api/v1/users/{}", person.id);
        let user = self.admin.ok(Method::GET, &path, &Value::Null).await;
        user["registered"].as_bool().unwrap()
    }

    /// Within a second, no phone is logged in with the person's login name any more.
    async fn is_soon_gone(&mut self, person: &Person) {
        let gone = async {
            while self.is_registered(person).await {
                tokio::task::yield_now().await;
            }
        };
        within_a_second(gone).await;
    }

    async fn dial(&self, phone: &mut Softphone, dialled: &str) {
        let uri = format!("sip:{dialled}@{}", self.klinke.sip);
        phone.command("dial", &uri).await;
    }

    /// Calls and is refused with this status.
    async fn refuses(&self, phone: &mut Softphone, dialled: &str, status: &str) {
        self.dial(phone, dialled).await;
        let closed = phone.event("CALL_CLOSED").await;
        let why = closed["param"].as_str().unwrap();
        assert!(why.contains(status), "{dialled}: {why}");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "what a phone hears is in a file that grows"
)]
async fn hear_each_other(one: (&Softphone, &str), other: (&Softphone, &str)) {
    let heard = async {
        while !(one.0.hears(other.1) && other.0.hears(one.1)) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), heard)
        .await
        .expect("they hear each other");
}

async fn within_a_second(work: impl Future<Output = ()>) {
    tokio::time::timeout(Duration::from_secs(1), work)
        .await
        .expect("it takes less than a second");
}

#[tokio::test]
async fn u7_s2_s3_login_details_register_a_phone_and_the_state_decides() {
    let mut house = House::build().await;
    let (anna, bob) = (house.person(1, "Anna").await, house.person(2, "Bob").await);
    assert!(!house.is_registered(&bob).await);
    let (mut at_anna, mut at_bob) = (house.phone(&anna).await, house.phone(&bob).await);
    assert!(house.is_registered(&anna).await && house.is_registered(&bob).await);

    // S2: Pending, Bob is reached by nobody.
    for dialled in ["9002", bob.number.as_str(), "02118000002"] {
        house.refuses(&mut at_anna, dialled, "480").await;
    }
    house.refuses(&mut at_anna, "9009", "404").await;
    house.refuses(&mut at_anna, "112", "503").await;

    // S3: from activation on his phone rings, and Anna, who is Pending, can call (S2).
    house.activate(&bob).await;
    for dialled in ["9002", "02118000002"] {
        house.dial(&mut at_anna, dialled).await;
        let incoming = at_bob.event("CALL_INCOMING").await;
        let caller = incoming["peeruri"].as_str().unwrap();
        assert!(caller.starts_with("sip:9001@"), "{caller}");
        at_bob.command("accept", "").await;
        at_anna.event("CALL_ESTABLISHED").await;
        at_bob.event("CALL_ESTABLISHED").await;
        hear_each_other((&at_anna, &anna.login), (&at_bob, &bob.login)).await;
        at_anna.command("hangup", "").await;
        at_bob.event("CALL_CLOSED").await;
        at_anna.event("CALL_CLOSED").await;
    }
    house.refuses(&mut at_bob, "9001", "480").await;
    assert!(house.klinke.stop());
}

#[tokio::test]
async fn l1_renewed_login_details_shut_the_old_ones_out_within_a_second() {
    let mut house = House::build().await;
    let bob = house.person(2, "Bob").await;
    house.activate(&bob).await;
    let mut old = house.phone(&bob).await;
    let path = format!("/api/v1/users/{}/login-details", bob.id);
    let renewed = house.admin.ok(Method::POST, &path, &Value::Null).await;
    house.is_soon_gone(&bob).await;
    house.refuses(&mut old, "9002", "403").await;
    let mut old = house.phone_with(&bob, &bob.password).await;
    old.event("REGISTER_FAIL").await;
    assert!(!house.is_registered(&bob).await);
    let password = renewed["password"].as_str().unwrap();
    let mut new = house.phone_with(&bob, password).await;
    new.event("REGISTER_OK").await;
    assert!(house.is_registered(&bob).await);
}

#[tokio::test]
async fn d6_a_deleted_user_is_gone_from_the_air_within_a_second() {
    let mut house = House::build().await;
    let (anna, bob) = (house.person(1, "Anna").await, house.person(2, "Bob").await);
    house.activate(&bob).await;
    let (mut at_anna, mut at_bob) = (house.phone(&anna).await, house.phone(&bob).await);
    let path = format!("/api/v1/users/{}", bob.id);
    house.admin.ok(Method::DELETE, &path, &Value::Null).await;
    // D2: somebody else has the number at once, and Bob's phone is not theirs.
    let carol = house.person(2, "Carol").await;
    house.is_soon_gone(&carol).await;
    house.refuses(&mut at_bob, "9001", "40").await;
    house.refuses(&mut at_anna, &bob.number, "480").await;
}
