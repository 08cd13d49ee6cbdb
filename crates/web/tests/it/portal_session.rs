//! Logging in and out, and what keeps a session's forms from being sent by others.

use testkit::{Answer, Browser, Form, HOST, PASSWORD};

use crate::world::World;

const COOKIE: &str = "__Host-klinke";

impl World {
    /// A browser of an administrator of the enterprise.
    pub(crate) async fn katharina(&self) -> Browser {
        let name = self
            .system
            .add_administrator(&self.muster, "katharina", &[]);
        self.system.browser_of(&name.await).await
    }
}

#[tokio::test]
async fn the_sessions_cookie_is_bound_to_this_host_and_out_of_reach_of_scripts() {
    let world = World::new().await;
    let name = world
        .system
        .add_administrator(&world.muster, "katharina", &[])
        .await;
    let mut browser = world.system.browser();
    let answer = browser.log_in(&name, PASSWORD).await.expect(303);
    assert_eq!(answer.header("location"), "/");
    let (pair, attributes) = answer.header("set-cookie").split_once("; ").unwrap();
    assert_eq!(
        attributes,
        "Path=/; Max-Age=43200; Secure; HttpOnly; SameSite=Lax"
    );
    let token = pair.strip_prefix("__Host-klinke=").unwrap();
    assert_eq!(token.len(), 43, "256 bits");
    assert!(!world.system.database.holds(token.as_bytes()).await);
    browser.open("/").await.expect(200);
}

#[tokio::test]
async fn logging_out_ends_the_session_on_the_server() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    let token = browser.cookie(COOKIE).unwrap().to_owned();
    let answer = browser.fill_in("/", "/logout", &[]).await.expect(303);
    assert!(
        answer
            .header("set-cookie")
            .starts_with("__Host-klinke=; Path=/; Max-Age=0;")
    );
    browser.keep(COOKIE, &token);
    let answer = browser.open("/users").await.expect(303);
    assert_eq!(answer.header("location"), "/login?return=%2Fusers");
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    world.system.clock.advance(12 * 3600 - 1);
    browser.open("/").await.expect(200);
    world.system.clock.advance(1);
    let answer = browser.open("/").await.expect(303);
    assert_eq!(answer.header("location"), "/login");
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_answered_alike() {
    let world = World::new().await;
    let known = world
        .system
        .add_administrator(&world.muster, "katharina", &[])
        .await;
    let long = format!("{}@muster-gmbh", "x".repeat(100_000));
    let mut pages = Vec::new();
    for name in [
        known.as_str(),
        "nobody@muster-gmbh",
        "katharina@nowhere",
        "operator",
        "a\u{0}b@muster-gmbh",
        &long,
    ] {
        let answer = world
            .system
            .browser()
            .log_in(name, "wrong")
            .await
            .expect(401);
        assert_eq!(answer.header("set-cookie"), "");
        pages.push(
            answer
                .text()
                .replace(name, "[name]")
                .replace("a\u{fffd}b@muster-gmbh", "[name]"),
        );
    }
    for page in &pages[1..] {
        assert_eq!(*page, pages[0]);
    }
    let nothing = world.system.browser().log_in("", "").await;
    nothing.expect(401);
}

#[tokio::test]
async fn a2_after_five_wrong_passwords_a_source_waits() {
    let world = World::new().await;
    // The operator's account, which is never locked.
    let known = world.system.let_operator_log_in().await;
    for name in [known.as_str(), "nobody@muster-gmbh"] {
        let mut browser = world.system.browser();
        for _ in 0..5 {
            browser.log_in(name, "wrong").await.expect(401);
        }
        let answer = browser.log_in(name, PASSWORD).await.expect(429);
        assert_eq!(answer.header("retry-after"), "10");
        assert!(answer.text().contains("Please wait a moment"));
        assert_eq!(browser.cookie(COOKIE), None);
    }
    world.system.clock.advance(10);
    let mut browser = world.system.browser();
    browser.log_in(&known, PASSWORD).await.expect(303);
}

#[tokio::test]
async fn the_way_back_after_login_never_leaves_the_portal() {
    let world = World::new().await;
    let name = world
        .system
        .add_administrator(&world.muster, "katharina", &[])
        .await;
    for (wish, destination) in [
        ("/users?q=weber", "/users?q=weber"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("/\t/evil.example/", "/"),
        ("/users\r\nset-cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ] {
        let mut browser = world.system.browser();
        let fields = [
            ("username", name.as_str()),
            ("password", PASSWORD),
            ("return", wish),
        ];
        let answer = browser
            .fill_in("/login", "/login", &fields)
            .await
            .expect(303);
        assert_eq!(answer.header("location"), destination, "{wish}");
        let language = [("language", "de"), ("return", wish)];
        let answer = browser
            .fill_in("/", "/language", &language)
            .await
            .expect(303);
        assert_eq!(answer.header("location"), destination, "{wish}");
    }
    let asked = "/login?return=https%3A%2F%2Fevil.example";
    let page = world.system.browser().open(asked).await.expect(200);
    assert_eq!(Form::on(&page, "/login").value("return"), "/");
}

/// A form as others could send it, with the session's cookie.
async fn forged(browser: &mut Browser, form: &Form, headers: &[(&str, &str)]) -> Answer {
    let mut request = browser.request("POST", &form.action);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request, form.body()).await
}

#[tokio::test]
async fn a_form_that_is_not_sent_by_our_own_page_changes_nothing() {
    let world = World::new().await;
    let path = world.active_anna().await;
    let page = path.trim_start_matches("/api/v1");
    let mut browser = world.katharina().await;
    let delete = format!("{page}/delete");
    let question = browser.open(&delete).await.expect(200);
    let form = Form::on(&question, &delete);
    let mut other = world.system.browser_of("katharina@muster-gmbh").await;
    let foreign = Form::on(&other.open(&delete).await, &delete);
    assert_ne!(foreign.value("csrf"), form.value("csrf"));

    let own = format!("https://{HOST}");
    let ours = [("origin", own.as_str()), ("sec-fetch-site", "same-origin")];
    for (form, headers) in [
        (form.clone().without("csrf"), &ours[..]),
        (form.clone().with(&[("csrf", "")]), &ours),
        (form.clone().with(&[("csrf", "A")]), &ours),
        (foreign, &ours),
        (form.clone(), &[("origin", "https://evil.example")]),
        (form.clone(), &[("origin", "null")]),
        (
            form.clone(),
            &[("origin", "https://klinke.example.evil.example")],
        ),
        (form.clone(), &[("sec-fetch-site", "cross-site")]),
        (form.clone(), &[("sec-fetch-site", "same-site")]),
    ] {
        let answer = forged(&mut browser, &form, headers).await;
        let answer = answer.expect(403);
        assert!(answer.text().contains("You may not do this"), "{headers:?}");
        world.admin.get(&path).await.expect(200);
    }
    let answer = forged(&mut browser, &form, &ours).await.expect(303);
    assert!(answer.header("location").starts_with("/users?site="));
    world.admin.get(&path).await.expect(404);
}

#[tokio::test]
async fn nobody_is_logged_in_or_out_or_turned_to_another_language_by_another_site() {
    let world = World::new().await;
    let name = world
        .system
        .add_administrator(&world.muster, "katharina", &[])
        .await;
    let credentials = [("username", name.as_str()), ("password", PASSWORD)];
    let login = Form::to("/login").with(&credentials);
    let evil = [("origin", "https://evil.example")];
    let mut browser = world.system.browser();
    forged(&mut browser, &login, &evil).await.expect(403);
    let language = Form::to("/language").with(&[("language", "de")]);
    forged(&mut browser, &language, &evil).await.expect(403);
    assert_eq!(
        (browser.cookie(COOKIE), browser.cookie("klinke_lang")),
        (None, None)
    );

    let mut browser = world.system.browser_of(&name).await;
    forged(&mut browser, &Form::to("/logout"), &[])
        .await
        .expect(403);
    browser.open("/").await.expect(200);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_it() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    let mut answers = vec![
        browser.open("/").await.expect(200),
        browser.open("/nowhere").await.expect(404),
        browser.open("/operator/enterprises").await.expect(403),
        browser.log_in("nobody", "wrong").await.expect(401),
        world.system.browser().open("/users").await.expect(303),
        browser.open("/live").await.expect(200),
        world.admin.get("/api/v1/users").await.expect(200),
        world.admin.get("/api/v1/nowhere").await.expect(404),
        world
            .admin
            .post("/api/v1/users", &serde_json::Value::Null)
            .await
            .expect(405),
    ];
    let asset = web::assets::all().iter().next().unwrap();
    let asset = browser.open(asset.address).await.expect(200);
    assert_eq!(
        asset.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    for answer in &answers {
        assert!(
            answer.header("cache-control").contains("no-"),
            "{:?}",
            answer.headers
        );
    }
    answers.push(asset);
    for answer in &answers {
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        for directive in [
            "script-src 'self';",
            "frame-ancestors 'none';",
            "form-action 'self';",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(directive), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            (
                "permissions-policy",
                "camera=(), geolocation=(), microphone=()",
            ),
        ] {
            assert_eq!(answer.header(name), value);
        }
    }
}
