//! The second factor in a browser: without JavaScript as far as it can be, and with what a key answers.

use testkit::{Answer, Authenticator, Browser, Form, HOST, PASSWORD, TestSystem, totp_code};

use crate::world::{World, says};

const SESSION: &str = "__Host-klinke";
const CODE: &str = "__Host-klinke-code";
const CHALLENGE: &str = "__Host-klinke-passkey";

/// Sets up an app; answers its secret, and the page of the recovery codes.
async fn set_up(system: &TestSystem, browser: &mut Browser) -> (String, Answer) {
    let begun = browser
        .fill_in("/account", "/account/totp/begin", &[])
        .await;
    assert_eq!(begun.expect(303).header("location"), "/account/totp");
    let page = browser.open("/account/totp").await.expect(200);
    assert_eq!(page.header("cache-control"), "no-store");
    let html = page.text();
    let secret = html
        .split("id=\"secret\" translate=\"no\">")
        .nth(1)
        .expect("in the page");
    let secret = secret.split("</span> <button").next().expect("a part");
    let secret = secret
        .replace("<span class=\"group\">", "")
        .replace("</span>", "");
    let code = totp_code(&secret, system.env.now());
    let fields = [("one_time_code", code.as_str()), ("password", PASSWORD)];
    let codes = browser
        .fill_in("/account/totp", "/account/totp", &fields)
        .await;
    system.clock.advance(30);
    (secret, codes.expect(200))
}

/// Adds a passkey and answers the key that keeps it.
async fn with_passkey(browser: &mut Browser) -> Authenticator {
    let mut key = Authenticator::new(&format!("https://{HOST}"));
    let fields = [("name", "Laptop"), ("password", PASSWORD)];
    let page = browser
        .fill_in("/account/passkeys/new", "/account/passkeys/new", &fields)
        .await
        .expect(200);
    let options = page
        .text()
        .split("data-options=\"")
        .nth(1)
        .expect("in the page")
        .to_owned();
    let options = options
        .split('"')
        .next()
        .expect("a part")
        .replace("&#34;", "\"");
    let answer = key.make(&options);
    let form = Form::on(&page, "/account/passkeys").with(&[("answer", &answer)]);
    let added = browser.submit(&form).await.expect(303);
    assert_eq!(added.header("location"), "/account");
    key
}

/// What a browser without a session is asked to sign.
async fn asked(browser: &mut Browser) -> String {
    let form = Form::to("/login/passkey/options");
    let answer = browser.submit(&form).await.expect(200);
    assert_eq!(answer.header("content-type"), "application/json");
    answer.text().to_string()
}

async fn answered(browser: &mut Browser, answer: &str) -> Answer {
    let form = Form::to("/login/passkey").with(&[("answer", answer)]);
    browser.submit(&form).await
}

#[tokio::test]
async fn a5_a_login_with_an_app_has_no_session_before_the_code() {
    let world = World::new().await;
    let mut katharina = world.katharina().await;
    let (secret, _) = set_up(&world.system, &mut katharina).await;
    let mut browser = world.system.browser();
    let fields = [
        ("username", "katharina@muster-gmbh"),
        ("password", PASSWORD),
    ];
    let owing = browser
        .fill_in("/login?return=/users", "/login", &fields)
        .await;
    assert_eq!(
        owing.expect(303).header("location"),
        "/login/code?return=%2Fusers"
    );
    assert_eq!(browser.cookie(SESSION), None);
    let pending = browser.cookie(CODE).unwrap().to_owned();
    browser.open("/users").await.expect(303);
    browser.keep(SESSION, &pending);
    browser.open("/users").await.expect(303);
    browser.keep(SESSION, "");
    let page = "/login/code?return=/users";
    let wrong = browser
        .fill_in(page, "/login/code", &[("one_time_code", "000000")])
        .await;
    let wrong = wrong.expect(401);
    assert!(says(&wrong, "This code is not right"));
    assert_eq!(browser.cookie(SESSION), None);
    let code = totp_code(&secret, world.system.env.now());
    let right = browser
        .fill_in(page, "/login/code", &[("one_time_code", &code)])
        .await;
    assert_eq!(right.expect(303).header("location"), "/users");
    assert_eq!(browser.cookie(CODE), None, "forgotten");
    browser.open("/users").await.expect(200);
}

#[tokio::test]
async fn a5_without_a_password_nobody_is_asked_for_a_code() {
    let world = World::new().await;
    let mut browser = world.system.browser();
    let page = browser.open("/login/code").await.expect(303);
    assert_eq!(page.header("location"), "/login");
    browser.keep(CODE, "made-up");
    let form = Form::to("/login/code").with(&[("one_time_code", "000000")]);
    let refused = browser.submit(&form).await.expect(303);
    assert_eq!(refused.header("location"), "/login?again=1");
    let page = browser.open("/login?again=1").await.expect(200);
    assert!(says(&page, "There was no right code in time."));
}

#[tokio::test]
async fn a5_recovery_codes_are_shown_once_and_the_account_counts_them() {
    let world = World::new().await;
    let mut katharina = world.katharina().await;
    let (_, codes) = set_up(&world.system, &mut katharina).await;
    assert_eq!(codes.text().matches("<li class=\"secret").count(), 10);
    let account = katharina.open("/account").await.expect(200);
    assert!(account.text().contains("<dd>10</dd>"), "{}", account.text());
    let again = katharina.open("/account/totp").await.expect(303);
    assert_eq!(again.header("location"), "/account");
}

#[tokio::test]
async fn a5_forms_of_the_second_factor_carry_the_sessions_token() {
    let world = World::new().await;
    let mut katharina = world.katharina().await;
    for path in [
        "/account/totp/begin",
        "/account/totp",
        "/account/totp/remove",
        "/account/recovery-codes",
        "/account/passkeys/new",
        "/account/passkeys",
        "/login/code",
        "/login/passkey",
        "/login/passkey/options",
    ] {
        let forged = katharina.submit(&Form::to(path)).await;
        assert_eq!(forged.status, 403, "{path}");
    }
    let request = world.system.browser().request("POST", "/login/code");
    let foreign = request.header("sec-fetch-site", "cross-site");
    let answer = world.system.browser().send(foreign, String::new()).await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn a5_a_passkey_logs_in_and_the_account_lists_it() {
    let world = World::new().await;
    let mut katharina = world.katharina().await;
    set_up(&world.system, &mut katharina).await;
    let mut key = with_passkey(&mut katharina).await;
    let account = katharina.open("/account").await.expect(200);
    assert!(says(&account, "Laptop") && says(&account, "Never"));
    let mut browser = world.system.browser();
    let options = asked(&mut browser).await;
    assert_eq!(browser.cookie(SESSION), None);
    let answer = key.sign(&options);
    let begun = answered(&mut browser, &answer).await.expect(303);
    assert_eq!(begun.header("location"), "/");
    browser.open("/users").await.expect(200);
}

#[tokio::test]
async fn a5_a_foreign_challenge_and_a_repeated_one_are_answered_like_a_passkey_of_nobody() {
    let world = World::new().await;
    let mut katharina = world.katharina().await;
    let mut key = with_passkey(&mut katharina).await;
    let (mut browser, mut other) = (world.system.browser(), world.system.browser());
    let options = asked(&mut browser).await;
    asked(&mut other).await;
    let answer = key.sign(&options);
    let challenge = browser.cookie(CHALLENGE).unwrap().to_owned();
    let foreign = answered(&mut other, &answer).await.expect(401);
    answered(&mut browser, &answer).await.expect(303);
    let mut thief = world.system.browser();
    thief.keep(CHALLENGE, &challenge);
    let repeated = answered(&mut thief, &answer).await.expect(401);
    let mut stranger = Authenticator::new(&format!("https://{HOST}"));
    let options = asked(&mut thief).await;
    let unknown = answered(&mut thief, &stranger.sign(&options))
        .await
        .expect(401);
    assert_eq!(foreign.text(), unknown.text());
    assert_eq!(repeated.text(), unknown.text());
    assert_eq!(thief.cookie(SESSION), None);
}

#[tokio::test]
async fn a5_users_of_telephones_are_not_offered_a_second_factor() {
    let world = World::new().await;
    let anna = world
        .system
        .active_user(&world.muster, "Anna Weber")
        .await
        .id;
    let name = world.system.let_log_in(&world.muster, anna).await;
    let mut browser = world.system.browser_of(&name).await;
    let account = browser.open("/account").await.expect(200);
    assert!(!account.text().contains("/account/totp"));
    for path in [
        "/account/totp",
        "/account/passkeys/new",
        "/account/recovery-codes",
    ] {
        let refused = browser.open(path).await;
        assert_eq!(refused.status, 403, "{path}");
    }
}

#[tokio::test]
async fn a3_the_page_of_a_reset_says_that_second_factors_go() {
    let world = World::new().await;
    let mut katharina = world.katharina().await;
    let name = world
        .system
        .add_administrator(&world.muster, "ben", &[])
        .await;
    let ben = world.system.log_in(&name).await.account().unwrap();
    let path = format!(
        "/enterprises/{}/administrators/{ben}/reset",
        world.muster.id()
    );
    let page = katharina.open(&path).await.expect(200);
    assert!(says(
        &page,
        "authenticator app, recovery codes and passkeys are removed"
    ));
    katharina.fill_in(&path, &path, &[]).await.expect(303);
    world
        .system
        .browser()
        .log_in(&name, PASSWORD)
        .await
        .expect(401);
}
