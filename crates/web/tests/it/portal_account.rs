//! Accounts in the portal and over the API: forgotten passwords (A1), locks (A2), resets (A3), the own account (A5).

use model::UserId;
use testkit::{PASSWORD, TestEnterprise, TestSystem};
use web::api::document;
use web::server::routes;

const ANNA: &str = "anna.weber@muster.example";
const NAME: &str = "anna.weber@muster-gmbh";

async fn with_anna() -> (TestSystem, TestEnterprise, UserId) {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await.id;
    system.let_log_in(&muster, anna).await;
    system.run_jobs().await;
    (system, muster, anna)
}

#[tokio::test]
async fn a1_the_page_says_the_same_whoever_is_asked_about_and_a_used_link_leads_to_a_new_one() {
    let (system, ..) = with_anna().await;
    let (page, mut browser) = ("/login/forgotten-password", system.browser());
    let known = browser.fill_in(page, page, &[("username", NAME)]).await;
    let unknown = browser
        .fill_in(page, page, &[("username", "niemand@muster-gmbh")])
        .await;
    assert_eq!(known.expect(200).text(), unknown.expect(200).text());
    system.run_jobs().await;
    let link = system.mailbox.newest(ANNA).path();
    let new = [
        ("password", "Klinke-anders-9"),
        ("password_again", "Klinke-anders-9"),
    ];
    browser.fill_in(&link, &link, &new).await.expect(303);
    browser.log_in(NAME, "Klinke-anders-9").await.expect(303);
    let gone = system.browser().open(&link).await.expect(410);
    assert!(gone.text().contains("href=\"/login/forgotten-password\""));
}

#[tokio::test]
async fn a2_a_locked_account_answers_like_a_wrong_password_and_its_administrator_sees_it() {
    let (system, muster, anna) = with_anna().await;
    let admin = system.add_administrator(&muster, "verwaltung", &[]).await;
    let wrong = system.browser().log_in(NAME, "wrong").await.expect(401);
    for _ in 0..4 {
        system.browser().log_in(NAME, "wrong").await.expect(401);
    }
    system.clock.advance(3600);
    let right = system.browser().log_in(NAME, PASSWORD).await.expect(401);
    assert_eq!(wrong.text(), right.text());
    let mut admin = system.browser_of(&admin).await;
    let (home, reset) = (
        format!("/users/{anna}"),
        format!("/users/{anna}/account-reset"),
    );
    let page = admin.open(&home).await.expect(200);
    assert!(page.text().contains("The account is locked"));
    let question = admin.open(&reset).await.expect(200);
    assert!(question.text().contains("Self-service comes first"));
    admin.fill_in(&reset, &reset, &[]).await.expect(303);
    let page = admin.open(&home).await.expect(200);
    assert!(!page.text().contains("The account is locked"));
    system.run_jobs().await;
    let link = system.mailbox.newest(ANNA).path();
    let new = [
        ("password", "Klinke-anders-9"),
        ("password_again", "Klinke-anders-9"),
    ];
    system
        .browser()
        .fill_in(&link, &link, &new)
        .await
        .expect(303);
    system.clock.advance(3600);
    system
        .browser()
        .log_in(NAME, "Klinke-anders-9")
        .await
        .expect(303);
}

#[tokio::test]
async fn a5_an_expired_password_opens_nothing_but_the_page_for_a_new_one() {
    let (system, muster, _) = with_anna().await;
    let rules = format!("/api/v1/enterprises/{}/password-rules", muster.id());
    let admin = system.api_of_enterprise(&muster).await;
    let mut body = admin.get(&rules).await.expect(200).json();
    assert_eq!(body["lock_after"], 5);
    body["expires_after_days"] = 30.into();
    admin.put(&rules, &body).await.expect(200);
    system.clock.advance(30 * 24 * 3600);
    let mut browser = system.browser();
    browser.log_in(NAME, PASSWORD).await.expect(303);
    let sent = browser.open("/").await.expect(303);
    assert_eq!(sent.header("location"), "/account/password");
    let page = "/account/password";
    let broken = [
        ("old_password", "wrong"),
        ("password", "kurz"),
        ("password_again", "kurz"),
    ];
    browser.fill_in(page, page, &broken).await.expect(422);
    let new = [
        ("old_password", PASSWORD),
        ("password", "Klinke-anders-9"),
        ("password_again", "Klinke-anders-9"),
    ];
    browser.fill_in(page, page, &new).await.expect(303);
    browser.open("/account").await.expect(200);
}

#[tokio::test]
async fn u10_the_registration_email_is_sent_again_over_the_api_while_the_user_is_pending() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user.id;
    system.run_jobs().await;
    let admin = system.api_of_enterprise(&muster).await;
    let path = format!("/api/v1/users/{anna}/registration-email");
    admin.post(&path, &serde_json::json!({})).await.expect(202);
    system.run_jobs().await;
    assert_eq!(system.mailbox.to(ANNA).len(), 2);
    let access = admin.get(&format!("/api/v1/users/{anna}/account")).await;
    assert_eq!(access.expect(200).json()["password_is_set"], false);
}

#[test]
fn a4_nobody_can_be_deactivated() {
    let mut names: Vec<String> = routes()
        .endpoints()
        .iter()
        .map(|endpoint| endpoint.path.to_owned())
        .collect();
    names.push(document().to_json().expect("JSON").to_lowercase());
    for name in names {
        for word in ["deactivat", "disable", "suspend"] {
            assert!(!name.contains(word), "{word}");
        }
    }
}
