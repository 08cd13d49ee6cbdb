//! A company at the real binary, with real phones.

use std::{future::Future, path::Path, time::Duration};

use hyper::Method;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::{
    client::Client,
    process::{Klinke, token},
    softphone::Softphone,
};

/// A company whose users wait for the operator, and those who administer it.
pub(crate) struct House {
    pub(crate) klinke: Klinke,
    pub(crate) operator: Client,
    pub(crate) admin: Client,
    pub(crate) site: String,
    pub(crate) enterprise: String,
    data: TempDir,
    activation: &'static str,
    tokens: [String; 2],
}

/// A user with a desk phone.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) login: String,
    pub(crate) password: String,
}

/// A hunt group, by its path in the API.
pub(crate) struct HuntGroup(pub(crate) String);

impl HuntGroup {
    /// The group's identity.
    pub(crate) fn id(&self) -> &str {
        self.0.rsplit('/').next().unwrap()
    }
}

/// The group "Werkstatt" as the API takes it; the members' weights are 100 for the first and 0 for all others.
fn hunt_group(policy: &str, members: &[&Person], settings: Value) -> Value {
    let weighted = members.iter().enumerate();
    let member = |(nth, person): (usize, &&Person)| {
        let weight = if nth == 0 { 100 } else { 0 };
        json!({"user": person.id, "weight": weight})
    };
    let mut group = json!({
        "name": "Werkstatt", "number": "+492118000008", "extension": "9008", "policy": policy,
        "members": weighted.map(member).collect::<Vec<_>>(),
    });
    if let (Some(group), Value::Object(settings)) = (group.as_object_mut(), settings) {
        group.extend(settings);
    }
    group
}

impl House {
    pub(crate) async fn build() -> Self {
        Self::configured("").await
    }

    /// With these lines in its configuration.
    pub(crate) async fn configured(config: &str) -> Self {
        Self::activated(config, "manual").await
    }

    /// With these lines in its configuration, and this back end.
    pub(crate) async fn activated(config: &str, activation: &'static str) -> Self {
        let data = tempdir().unwrap();
        let file = data.path().join("klinke.toml");
        std::fs::write(&file, config).unwrap();
        let klinke = start(data.path(), activation);
        let operator_token = token(data.path(), &["--role", "operator"]);
        let connected = Client::connect(klinke.http, &operator_token).await;
        let mut operator = connected.unwrap();
        let admin = ["--role", "enterprise-admin", "--enterprise", "Muster GmbH"];
        let admin_token = token(data.path(), &admin);
        let admin = Client::connect(klinke.http, &admin_token).await.unwrap();
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
            enterprise,
            data,
            activation,
            tokens: [operator_token, admin_token],
        }
    }

    /// The same house after `kill -9` and a new start.
    pub(crate) async fn killed(&mut self) {
        self.klinke.die();
        self.klinke = start(self.data.path(), self.activation);
        let [operator, admin] = &self.tokens;
        let http = self.klinke.http;
        self.operator = Client::connect(http, operator).await.unwrap();
        self.admin = Client::connect(http, admin).await.unwrap();
    }

    /// A park group of these members, whose phones show for so many seconds where a call was parked.
    pub(crate) async fn park_group(&mut self, members: &[&str], display_s: u8) {
        let settings = json!({"display_s": display_s});
        self.park_group_named("Halle", members, settings).await;
    }

    /// A park group of these members with these settings; its id.
    pub(crate) async fn park_group_named(
        &mut self,
        name: &str,
        members: &[&str],
        settings: Value,
    ) -> String {
        let mut group = json!({"name": name, "members": members});
        if let (Some(group), Value::Object(settings)) = (group.as_object_mut(), settings) {
            group.extend(settings);
        }
        let groups = format!("/api/v1/sites/{}/park-groups", self.site);
        let added = self.admin.ok(Method::POST, &groups, &group).await;
        added["id"].as_str().unwrap().to_owned()
    }

    /// A pickup group of these members; its id.
    pub(crate) async fn pickup_group(&mut self, members: &[&str]) -> String {
        let group = json!({"name": "Vertrieb", "members": members});
        let groups = format!("/api/v1/sites/{}/pickup-groups", self.site);
        let added = self.admin.ok(Method::POST, &groups, &group).await;
        added["id"].as_str().unwrap().to_owned()
    }

    /// The way of the group's last call once it is written down: each step as deed and first name, then how the call left.
    pub(crate) async fn last_way(&mut self, group: &str) -> Vec<String> {
        let calls = format!("/api/v1/groups/{group}/calls");
        let mut call = Value::Null;
        let written = async {
            while call.is_null() {
                let all = self.admin.ok(Method::GET, &calls, &Value::Null).await;
                call = all["items"][0].clone();
            }
        };
        within_a_second(written).await;
        let way = format!("{calls}/{}", call["id"].as_str().unwrap());
        let way = self.admin.ok(Method::GET, &way, &Value::Null).await;
        let step = |step: &Value| {
            let name = step["name"].as_str().unwrap();
            let first = name.split(' ').next().unwrap();
            format!("{} {first}", step["kind"].as_str().unwrap())
        };
        let mut told: Vec<_> = way.as_array().unwrap().iter().map(step).collect();
        told.push(call["departure"].as_str().unwrap().to_owned());
        told
    }

    /// A hunt group of these members with the extension 9008, which the operator has activated.
    pub(crate) async fn hunt_group(
        &mut self,
        policy: &str,
        members: &[&Person],
        settings: Value,
    ) -> HuntGroup {
        let group = hunt_group(policy, members, settings);
        let groups = format!("/api/v1/sites/{}/hunt-groups", self.site);
        let added = self.admin.ok(Method::POST, &groups, &group).await;
        let id = added["id"].as_str().unwrap().to_owned();
        self.activate_virtual_user(&id).await;
        HuntGroup(format!("{groups}/{id}"))
    }

    /// Gives the group another policy, other members, other settings.
    pub(crate) async fn rehunt(
        &mut self,
        group: &HuntGroup,
        policy: &str,
        members: &[&Person],
        settings: Value,
    ) {
        let wanted = hunt_group(policy, members, settings);
        self.admin.ok(Method::PUT, &group.0, &wanted).await;
    }

    /// A call centre with these agents and the extension 9008, which the operator has activated; its id.
    pub(crate) async fn call_centre(&mut self, agents: &[&Person], settings: Value) -> String {
        let agents = agents.iter().map(|agent| json!({"user": agent.id}));
        let centre = json!({
            "name": "Annahme", "number": "+492118000008", "extension": "9008", "settings": settings,
            "agents": agents.collect::<Vec<_>>(),
        });
        let centres = format!("/api/v1/sites/{}/call-centres", self.site);
        let added = self.admin.ok(Method::POST, &centres, &centre).await;
        let id = added["id"].as_str().unwrap().to_owned();
        self.activate_virtual_user(&id).await;
        id
    }

    async fn activate_virtual_user(&mut self, id: &str) {
        let path = format!("/api/v1/operator/virtual-users/{id}/activation");
        let activated = json!({"outcome": "activated"});
        self.operator.ok(Method::POST, &path, &activated).await;
    }

    /// Somebody of a call centre says what an agent is doing.
    pub(crate) async fn agent_is(&mut self, centre: &str, agent: &Person, state: &str) {
        let path = format!("/api/v1/call-centres/{centre}/agents/{}/state", agent.id);
        let state = json!({"state": state});
        self.admin.ok(Method::PUT, &path, &state).await;
    }

    /// A call centre's wallboard, which shows this within a second.
    pub(crate) async fn wall(&mut self, centre: &str, shows: impl Fn(&Value) -> bool) -> Value {
        let path = format!("/api/v1/call-centres/{centre}/wallboard?since=0");
        let mut last = Value::Null;
        let shown = async {
            loop {
                last = self.admin.ok(Method::GET, &path, &Value::Null).await;
                if shows(&last) {
                    return;
                }
            }
        };
        let is_shown = tokio::time::timeout(Duration::from_secs(1), shown).await;
        assert!(is_shown.is_ok(), "{last}");
        last
    }

    /// Within a second, the engine has no port for audio open.
    pub(crate) async fn has_no_port_open(&mut self) {
        let closed = async {
            loop {
                let asked = self
                    .operator
                    .send(Method::GET, "/metrics", &Value::Null)
                    .await;
                let (_, metrics) = asked.unwrap();
                if metrics.contains("klinke_media_ports 0\n") {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        within_a_second(closed).await;
    }

    /// A new user, who is Pending; the `nth` has the extension 900`nth`.
    pub(crate) async fn person(&mut self, nth: u8, name: &str) -> Person {
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

    pub(crate) async fn activate(&mut self, person: &Person) {
        let path = format!("/api/v1/operator/users/{}/activation", person.id);
        let activated = json!({"outcome": "activated"});
        self.operator.ok(Method::POST, &path, &activated).await;
    }

    /// The person's phone with a password typed into it.
    pub(crate) async fn phone_with(&self, person: &Person, password: &str) -> Softphone {
        Softphone::start(self.klinke.sip, &person.login, password, "udp", "manual").await
    }

    /// The person's phone, logged in.
    pub(crate) async fn phone(&self, person: &Person) -> Softphone {
        let mut phone = self.phone_with(person, &person.password).await;
        phone.event("REGISTER_OK").await;
        phone
    }

    pub(crate) async fn is_registered(&mut self, person: &Person) -> bool {
        let path = format!("/api/v1/users/{}", person.id);
        let user = self.admin.ok(Method::GET, &path, &Value::Null).await;
        user["registered"].as_bool().unwrap()
    }

    /// Within a second, no phone is logged in with the person's login name any more.
    pub(crate) async fn is_soon_gone(&mut self, person: &Person) {
        let gone = async {
            while self.is_registered(person).await {
                tokio::task::yield_now().await;
            }
        };
        within_a_second(gone).await;
    }

    pub(crate) async fn dial(&self, phone: &mut Softphone, dialled: &str) {
        let uri = format!("sip:{dialled}@{}", self.klinke.sip);
        phone.command("dial", &uri).await;
    }

    /// Calls and is refused with this status.
    pub(crate) async fn refuses(&self, phone: &mut Softphone, dialled: &str, status: &str) {
        self.dial(phone, dialled).await;
        let closed = phone.event("CALL_CLOSED").await;
        let why = closed["param"].as_str().unwrap();
        assert!(why.contains(status), "{dialled}: {why}");
    }
}

/// The first three people of a house as the other stack logs them in: login, password, extension.
pub(crate) fn as_pjsua(people: &[Person; 3]) -> [[&str; 3]; 3] {
    let [one, two, three] = people;
    let of = |person, extension| {
        let Person {
            login, password, ..
        }: &Person = person;
        [login.as_str(), password.as_str(), extension]
    };
    [of(one, "9001"), of(two, "9002"), of(three, "9003")]
}

/// Starts it with the demonstration and the configuration beside its data.
fn start(data: &Path, activation: &str) -> Klinke {
    let file = data.join("klinke.toml");
    let options = ["--demo", "--activation", activation, "--config"];
    Klinke::start(data, &[&options[..], &[file.to_str().unwrap()]].concat())
}

pub(crate) async fn hear_each_other(one: (&Softphone, &str), other: (&Softphone, &str)) {
    hears(one.0, other.1).await;
    hears(other.0, one.1).await;
}

/// The phone hears the phone with this login.
#[expect(
    clippy::disallowed_methods,
    reason = "what a phone hears is in a file that grows"
)]
pub(crate) async fn hears(phone: &Softphone, login: &str) {
    let heard = async {
        while !phone.hears(login) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), heard)
        .await
        .expect("the phone hears the other");
}

/// The phone hears an announcement of the engine's own.
#[expect(
    clippy::disallowed_methods,
    reason = "what a phone hears is in a file that grows"
)]
pub(crate) async fn hears_words(phone: &Softphone) {
    let heard = async {
        while !phone.hears_words() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), heard)
        .await
        .expect("the phone hears an announcement");
}

pub(crate) async fn within_a_second(work: impl Future<Output = ()>) {
    tokio::time::timeout(Duration::from_secs(1), work)
        .await
        .expect("it takes less than a second");
}
