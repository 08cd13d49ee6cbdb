//! Every endpoint asked by everybody (R1, R4), and the answers as a file to be read.

use std::fmt::Write;

use model::{UserId, call_centre::CallCentreDraft};
use serde_json::{Value, json};
use service::{
    activation::Decision,
    call_centre::AddCallCentre,
    renewal::{self, BeginRenewal, Whom},
};
use testkit::{Answer, Api, Browser, Form, TestEnterprise, TestSystem};
use web::server::Endpoint;

use testkit::assert_golden;

/// Who asks, each by token and in a browser.
struct Asker {
    name: &'static str,
    api: Api,
    browser: Browser,
}

/// The system that is asked: an enterprise with two sites, and a stranger's.
struct Asked {
    system: TestSystem,
    muster: TestEnterprise,
    /// The user who asks, and who is the agent wherever one is named.
    colleague: UserId,
    /// Counts what is made, so that each has a name of its own.
    made: u64,
}

/// What is sent to an endpoint.
struct Request {
    path: String,
    body: Value,
}

#[tokio::test]
async fn r1_and_r4_every_endpoint_is_asked_by_every_role() {
    let (mut asked, mut askers) = prepared().await;
    let mut matrix = String::from("endpoint");
    for asker in &askers {
        write!(matrix, " | {}", asker.name).unwrap();
    }
    let mut not_asked = String::new();
    let routes = web::server::routes();
    let mut endpoints = routes.endpoints().to_vec();
    // Logging out comes last: it ends the sessions that ask.
    endpoints.sort_by_key(|endpoint| (endpoint.path == "/logout", *endpoint));
    for endpoint in endpoints {
        let Endpoint { path, method } = endpoint;
        if let Some(reason) = reason_not_to_ask(endpoint) {
            writeln!(not_asked, "{method} {path}: {reason}").unwrap();
            continue;
        }
        write!(matrix, "\n{method} {path}").unwrap();
        for asker in &mut askers {
            let request = asked.request(endpoint).await;
            let answer = asker.ask(method, &request).await;
            write!(matrix, " | {}", told(&answer)).unwrap();
        }
    }
    matrix.push('\n');
    assert_golden("crates/web/tests/golden/role-matrix.txt", &matrix);
    let name = "crates/web/tests/golden/endpoints-without-authorisation-test.txt";
    assert_golden(name, &not_asked);
}

fn reason_not_to_ask(endpoint: Endpoint) -> Option<&'static str> {
    match endpoint.path {
        "/static/{*file}" => Some("the same files for everybody"),
        _ => None,
    }
}

/// The status; a way to the login is told as such.
fn told(answer: &Answer) -> String {
    let to_login = answer.header("location").starts_with("/login");
    match answer.status.as_u16() {
        303 if to_login => "login".to_owned(),
        status => status.to_string(),
    }
}

async fn prepared() -> (Asked, Vec<Asker>) {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let other = system.enterprise("Fremd AG").await;
    let london = system.site(muster.id(), "London").await;
    system
        .import_numbers(muster.site.id(), "+492119990000", 900)
        .await;
    for product in model::Product::all() {
        system.set_licences(muster.id(), product, 1000).await;
    }
    let colleague = system.add_user(&muster, "Ute Nutzer").await.user.id;
    let operator = system.let_operator_log_in().await;
    let admin = system.add_administrator(&muster, "admin", &[]).await;
    let at_site = system
        .add_administrator(&muster, "site", &[muster.site.id()])
        .await;
    let elsewhere = system
        .add_administrator(&muster, "elsewhere", &[london.id()])
        .await;
    let stranger = system.add_administrator(&other, "stranger", &[]).await;
    let user = system.let_log_in(&muster, colleague).await;
    let askers = vec![
        asker(&system, "anonymous", system.api_of_nobody(), None).await,
        asker(
            &system,
            "operator",
            system.api_of_operator().await,
            Some(operator),
        )
        .await,
        asker(
            &system,
            "enterprise-admin",
            system.api_of_enterprise(&muster).await,
            Some(admin),
        )
        .await,
        asker(
            &system,
            "site-admin",
            system.api_of_site(&muster, &muster.site).await,
            Some(at_site),
        )
        .await,
        asker(
            &system,
            "site-admin of another site",
            system.api_of_site(&muster, &london).await,
            Some(elsewhere),
        )
        .await,
        asker(
            &system,
            "enterprise-admin of another enterprise",
            system.api_of_enterprise(&other).await,
            Some(stranger),
        )
        .await,
        // Users have no tokens: the API is asked with the portal's cookie, which counts for nothing there.
        asker(&system, "user", system.api_of_nobody(), Some(user)).await,
    ];
    let asked = Asked {
        system,
        muster,
        colleague,
        made: 0,
    };
    (asked, askers)
}

async fn asker(system: &TestSystem, name: &'static str, api: Api, login: Option<String>) -> Asker {
    let browser = match login {
        Some(login) => system.browser_of(&login).await,
        None => system.browser(),
    };
    Asker { name, api, browser }
}

impl Asker {
    async fn ask(&mut self, method: &str, request: &Request) -> Answer {
        if request.path.starts_with("/api/") {
            let mut builder = self.api.request(method, &request.path);
            if let Some(session) = self.browser.cookie("__Host-klinke") {
                builder = builder.header("cookie", format!("__Host-klinke={session}"));
            }
            return self.api.send_json(builder, &request.body).await;
        }
        if method == "GET" {
            return self.browser.open(&request.path).await;
        }
        let home = self.browser.open("/").await;
        let csrf = match home.status.as_u16() {
            200 => Form::on(&home, "/language").value("csrf").to_owned(),
            _ => String::new(),
        };
        let fields = request.body.as_object().expect("fields");
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or("1")))
            .collect();
        let session = self
            .browser
            .cookie("__Host-klinke")
            .unwrap_or_default()
            .to_owned();
        let form = Form::to(&request.path)
            .with(&fields)
            .with(&[("csrf", &csrf)]);
        let answer = self.browser.submit(&form).await;
        // Who has taken a view goes on asking as before.
        if request.path.ends_with("/view") {
            let end = Form::to("/view/end").with(&[("csrf", &csrf)]);
            self.browser.submit(&end).await;
        }
        self.browser.keep("__Host-klinke", &session);
        answer
    }
}

impl Asked {
    /// What would be carried out if the asker may do it, with a user of its own to do it to.
    async fn request(&mut self, endpoint: Endpoint) -> Request {
        self.made += 1;
        let mut path = endpoint.path.to_owned();
        if path.contains("/jobs/{id}") {
            let job = self.job(endpoint).await;
            path = path.replace("{id}", &job.to_string());
        }
        if path.contains("/hunt-groups/{id}")
            || path.contains("/groups/{id}")
            || path.contains("/virtual-users/{id}")
        {
            let group = self.hunt_group(endpoint).await;
            path = path.replace("{id}", &group.to_string());
        }
        if path.contains("/call-centres/{id}") {
            let centre = self.call_centre(endpoint).await;
            path = path.replace("{id}", &centre.to_string());
        }
        if path.contains("{user}") {
            path = path.replace("{user}", &self.colleague.to_string());
        }
        if path.contains("{call}") {
            path = path.replace("{call}", &uuid::Uuid::nil().to_string());
        }
        if path.contains("{id}") {
            let user = self.user(endpoint).await;
            path = path.replace("{id}", &user.to_string());
        }
        if path.contains("{token}") {
            path = path.replace("{token}", "unknown");
        }
        if path.contains("{task}") {
            path = path.replace("{task}", "add-user");
        }
        let path = path
            .replace("{site}", &self.muster.site.id().to_string())
            .replace("{enterprise}", &self.muster.id().to_string())
            .replace("{product}", "basic")
            .replace("{kind}", "music")
            .replace("{account}", &self.account(endpoint).await)
            .replace("{department}", &self.department(endpoint).await)
            .replace("{number}", &self.number(endpoint).await)
            .replace("{group}", &self.team(endpoint).await);
        let body = self.body(endpoint).await;
        Request { path, body }
    }

    /// A job for this request alone, begun by an administrator of the enterprise; over where its result is asked for.
    async fn job(&mut self, endpoint: Endpoint) -> model::RenewalId {
        let user = self.user(endpoint).await;
        let request = BeginRenewal {
            id: None,
            whom: Whom::Users(vec![user]),
            password: None,
        };
        let begun = renewal::begin(&self.system.env, &self.muster.admin, &request).await;
        if endpoint.path.contains("result") {
            self.system.run_jobs().await;
        }
        begun.expect("begun").id
    }

    /// An administrator for this request alone.
    async fn account(&self, endpoint: Endpoint) -> String {
        if !endpoint.path.contains("{account}") {
            return String::new();
        }
        let (env, operator) = (&self.system.env, &self.system.operator);
        let request = service::administrator::AddAdministrator {
            role: "enterprise-admin".to_owned(),
            sites: Vec::new(),
            username: format!("ziel{}", self.made),
            email: "ziel@muster.example".to_owned(),
            language: "de".to_owned(),
        };
        let added = service::administrator::add(env, operator, self.muster.id(), &request).await;
        added.expect("added").0.to_string()
    }

    /// A department for this request alone.
    async fn department(&self, endpoint: Endpoint) -> String {
        if !endpoint.path.contains("{department}") {
            return String::new();
        }
        let (env, operator) = (&self.system.env, &self.system.operator);
        let (site, name) = (self.muster.site.id(), format!("Ziel {}", self.made));
        let added = service::department::add(env, operator, site, &name, None).await;
        added.expect("added").id.to_string()
    }

    /// A pickup or park group for this request alone.
    async fn team(&self, endpoint: Endpoint) -> String {
        if !endpoint.path.contains("{group}") {
            return String::new();
        }
        let kind = match endpoint.path.contains("/pickup-groups/") {
            true => model::TeamKind::Pickup,
            false => model::TeamKind::Park,
        };
        let mut wanted = service::team::WantedTeam::default();
        wanted.draft.name = format!("Ziel {}", self.made);
        let of = (self.muster.site.id(), kind);
        let added = service::team::add(&self.system.env, &self.muster.admin, of, &wanted).await;
        added.expect("added").id.to_string()
    }

    /// A free number for this request alone; the portal's paths have no `+`.
    async fn number(&self, endpoint: Endpoint) -> String {
        if !endpoint.path.contains("{number}") {
            return String::new();
        }
        let digits = format!("4940{}", 7_000_000 + self.made);
        let number = format!("+{digits}");
        self.system
            .import_numbers(self.muster.site.id(), &number, 1)
            .await;
        match endpoint.path.starts_with("/api/") {
            true => format!("%2B{digits}"),
            false => digits,
        }
    }

    /// A user for this request alone: Failed where the operator is asked, Pending where activation is decided, active elsewhere.
    async fn user(&mut self, endpoint: Endpoint) -> UserId {
        let name = format!("Z{} Ziel", self.made);
        if endpoint.path.ends_with("/activation-request") {
            let user = self.system.add_user(&self.muster, &name).await.user.id;
            return self.system.fail(user, "no route").await.id;
        }
        if endpoint.path.contains("activation") || endpoint.path.ends_with("/cancel") {
            return self.system.add_user(&self.muster, &name).await.user.id;
        }
        self.system.active_user(&self.muster, &name).await.id
    }

    /// A hunt group for this request alone: Pending where activation is decided, active elsewhere.
    async fn hunt_group(&mut self, endpoint: Endpoint) -> model::VirtualUserId {
        let (env, admin) = (&self.system.env, &self.muster.admin);
        let number = format!("+4940{}", 6_000_000 + self.made);
        let site = self.muster.site.id();
        self.system.import_numbers(site, &number, 1).await;
        let draft = model::HuntGroupDraft {
            name: format!("Gruppe {}", self.made),
            extension: number[number.len() - 6..].to_owned(),
            number,
            ..model::HuntGroupDraft::default()
        };
        let added = service::hunt_group::add(env, admin, site, &draft).await;
        let id = added.expect("added").virtual_user.id;
        if !endpoint.path.contains("/virtual-users/") {
            let (operator, decision) = (&self.system.operator, Decision::Activate);
            let decided = service::virtual_user::decide(env, operator, id, &decision);
            decided.await.expect("activated");
        }
        id
    }

    /// An active call centre for this request alone, with the agent that is asked for.
    async fn call_centre(&mut self, endpoint: Endpoint) -> model::VirtualUserId {
        let (env, admin) = (&self.system.env, &self.muster.admin);
        let number = format!("+4940{}", 4_000_000 + self.made);
        let site = self.muster.site.id();
        self.system.import_numbers(site, &number, 1).await;
        let mut draft = CallCentreDraft {
            name: format!("Zentrale {}", self.made),
            extension: number[number.len() - 6..].to_owned(),
            number,
            ..CallCentreDraft::default()
        };
        if endpoint.path.contains("{user}") {
            let user = self.colleague.to_string();
            let weight = String::new();
            draft.agents = vec![model::TypedMember { user, weight }];
        }
        let request = AddCallCentre { site, draft };
        let added = service::call_centre::add(env, admin, &request).await;
        let id = added.expect("added").virtual_user.id;
        let (operator, decision) = (&self.system.operator, Decision::Activate);
        let decided = service::virtual_user::decide(env, operator, id, &decision);
        decided.await.expect("activated").id
    }

    /// What a hunt group shall be, with a number of its own.
    async fn new_hunt_group(&self) -> Value {
        let number = format!("+4940{}", 5_000_000 + self.made);
        let site = self.muster.site.id();
        self.system.import_numbers(site, &number, 1).await;
        let extension = number[number.len() - 6..].to_owned();
        json!({ "name": format!("Neu {}", self.made), "number": number, "extension": extension })
    }

    /// A body that breaks no rule.
    async fn body(&mut self, endpoint: Endpoint) -> Value {
        let n = self.made;
        match (endpoint.method, endpoint.path) {
            ("POST", "/api/v1/sites/{site}/users" | "/sites/{site}/users/new") => {
                let draft = self
                    .system
                    .draft(self.muster.site.id(), &format!("Y{n} Neu"))
                    .await;
                json!({
                    "number": draft.number, "package": draft.package, "first_name": draft.first_name,
                    "last_name": draft.last_name, "username": draft.username, "email": draft.email, "language": "de",
                    "desk_phone_type": draft.desk_phone_type,
                })
            }
            (
                "POST",
                "/api/v1/operator/users/{id}/activation" | "/operator/users/{id}/activation",
            ) => {
                json!({ "outcome": "activated" })
            }
            ("POST", "/users/{id}/delete" | "/users/{id}/login-details") => {
                json!({ "version": "2" })
            }
            ("POST", "/api/v1/enterprises" | "/operator/enterprises") => {
                json!({ "name": format!("Firma {n}"), "domain": format!("firma-{n}"), "country": "DE" })
            }
            ("POST", path) if path.ends_with("/sites") || path.ends_with("/sites/new") => {
                json!({ "name": format!("Standort {n}"), "country": "DE" })
            }
            ("POST", path) if path.ends_with("/departments") => {
                json!({ "name": format!("Abteilung {n}") })
            }
            (
                "POST",
                "/sites/{site}/pickup-groups/{group}"
                | "/sites/{site}/park-groups/{group}"
                | "/sites/{site}/pickup-groups/{group}/delete"
                | "/sites/{site}/park-groups/{group}/delete",
            ) => json!({ "name": format!("Gruppe {n}"), "version": "1" }),
            ("POST" | "PUT", path)
                if path.contains("/pickup-groups") || path.contains("/park-groups") =>
            {
                json!({ "name": format!("Gruppe {n}") })
            }
            ("POST", path) if path.contains("/number-ranges") => {
                let number = format!("+4930{}", 9_000_000 + n);
                json!({ "first_number": number, "last_number": number })
            }
            ("POST" | "PUT", path) if path.ends_with("/agents/{user}/state") => {
                json!({ "state": "available" })
            }
            ("PUT", "/api/v1/sites/{site}/schedule") => json!({ "openings": ["monday 8-12"] }),
            ("POST", "/sites/{site}/call-centres/{id}/delete") => json!({ "version": "2" }),
            ("POST" | "PUT", "/sites/{site}/call-centres/{id}") => {
                let mut body = self.new_hunt_group().await;
                body["version"] = json!("2");
                body
            }
            ("POST" | "PUT", path) if path.contains("/call-centres") => self.new_hunt_group().await,
            ("POST", "/sites/{site}/hunt-groups/new") => with_policy(self.new_hunt_group().await),
            ("POST", "/sites/{site}/hunt-groups/{id}") => {
                let mut body = with_policy(self.new_hunt_group().await);
                body["version"] = json!("2");
                body
            }
            ("POST", "/sites/{site}/hunt-groups/{id}/delete") => json!({ "version": "2" }),
            ("POST" | "PUT", path) if path.contains("/hunt-groups") => self.new_hunt_group().await,
            (
                "POST",
                "/api/v1/operator/virtual-users/{id}/activation"
                | "/operator/virtual-users/{id}/activation",
            ) => json!({ "outcome": "activated" }),
            ("POST", path) if path.ends_with("/remove") || path.ends_with("/delete") => json!({}),
            ("POST", path)
                if path.ends_with("/administrators") || path.ends_with("/administrators/new") =>
            {
                json!({
                    "role": "enterprise-admin", "username": format!("admin{n}"), "email": "a@muster.example", "language": "de",
                })
            }
            ("POST" | "PUT", path) if path.ends_with("/administrators/{account}") => json!({
                "role": "enterprise-admin", "email": "neu@muster.example", "language": "en",
            }),
            ("POST" | "PATCH", path) if path.ends_with("/departments/{department}") => {
                json!({ "name": format!("Anders {n}") })
            }
            ("PUT", "/api/v1/sites/{site}/numbers/{number}") => json!({ "reserved": true }),
            ("POST", "/enterprises/{enterprise}/edit") => json!({
                "name": "Muster GmbH", "country": "DE", "extension_min": "2", "extension_max": "6",
                "extension_default": "4",
            }),
            ("POST", "/sites/{site}/edit") => json!({ "name": "Düsseldorf", "country": "DE" }),
            ("PUT", "/api/v1/enterprises/{enterprise}/telephony") => {
                json!({ "refuses_md5": false, "max_calls": 100 })
            }
            ("POST", "/operator/enterprises/{enterprise}/telephony") => {
                json!({ "max_calls": "100" })
            }
            ("PUT", "/api/v1/enterprises/{enterprise}/password-rules") => json!({
                "min_length": 8, "min_classes": 2, "max_repeats": 2, "history": 3, "expires_after_days": null,
                "lock_after": 5,
            }),
            ("POST", "/operator/enterprises/{enterprise}/password-rules") => json!({
                "min_length": "8", "min_classes": "2", "max_repeats": "2", "history": "3", "expires_after_days": "",
                "lock_after": "5",
            }),
            ("POST", "/account/recovery-codes" | "/account/totp/remove") => {
                json!({ "password": "Klinke-anders-9" })
            }
            ("POST", "/account/password") => json!({
                "old_password": testkit::PASSWORD, "password": "Klinke-anders-9", "password_again": "Klinke-anders-9",
            }),
            ("POST", "/account/language") => json!({ "language": "en" }),
            ("POST", "/login/forgotten-password") => json!({ "username": format!("nobody{n}") }),
            ("POST", "/login/forgotten-username") => {
                json!({ "email": format!("nobody{n}@muster.example") })
            }
            ("POST", "/sites/{site}/main-number") => json!({ "main_number": "" }),
            ("PUT", "/api/v1/sites/{site}/main-number") => json!({ "number": null }),
            ("PUT", "/api/v1/enterprises/{enterprise}/licences/{product}") => {
                json!({ "total": 1000 })
            }
            ("POST", "/operator/enterprises/{enterprise}/licences") => {
                let totals =
                    model::Product::all().map(|product| (product.id().to_owned(), json!("1000")));
                Value::Object(totals.collect())
            }
            ("POST", "/api/v1/login-details") => {
                json!({ "user_ids": [self.user(endpoint).await] })
            }
            ("POST", "/users/login-details") => {
                json!({ "user": self.user(endpoint).await.to_string() })
            }
            ("POST", "/jobs") => json!({
                "user": self.user(endpoint).await.to_string(), "kind": "generated",
                "job": uuid::Uuid::from_u128(u128::from(n)).to_string(),
            }),
            ("POST", "/jobs/{id}/result") => {
                json!({ "password": testkit::PASSWORD, "format": "csv" })
            }
            (
                "POST",
                "/users/{id}/call-services" | "/users/{id}/profile" | "/call-services" | "/profile",
            ) => json!({ "version": "0" }),
            ("POST", "/country") => json!({ "country": "DE", "return": "/" }),
            ("POST", "/help/{task}") => json!({ "useful": "yes" }),
            ("POST", "/language") => json!({ "language": "en", "return": "/" }),
            ("POST", "/login") => json!({ "username": format!("nobody{n}"), "password": "wrong" }),
            _ => json!({}),
        }
    }
}

/// The same as the portal's form sends it.
fn with_policy(mut body: Value) -> Value {
    body["policy"] = json!("regular");
    body
}
