//! The operator's queue as pages, and the administrator who asks (S3, S4).

use model::{Language, UserId};
use testkit::{Browser, TestEnterprise, TestSystem};

use crate::world::{says, speak};

const QUEUE: &str = "/operator/activations";

struct Scene {
    system: TestSystem,
    muster: TestEnterprise,
    operator: Browser,
    admin: Browser,
    anna: UserId,
}

impl Scene {
    async fn new() -> Self {
        let system = TestSystem::new().await;
        let muster = system.enterprise("Muster GmbH").await;
        let anna = system.add_user(&muster, "Anna Weber").await.user.id;
        let login = system.let_operator_log_in().await;
        let operator = system.browser_of(&login).await;
        let login = system.add_administrator(&muster, "admin", &[]).await;
        let admin = system.browser_of(&login).await;
        Self {
            system,
            muster,
            operator,
            admin,
            anna,
        }
    }
}

#[tokio::test]
async fn s3_who_is_pending_has_a_next_step_with_a_time_in_both_languages() {
    for language in Language::ALL {
        let mut scene = Scene::new().await;
        scene.system.run_jobs().await;
        let words = speak(&mut scene.operator, language).await;
        speak(&mut scene.admin, language).await;
        let queue = scene.operator.open(QUEUE).await.expect(200);
        let user = scene
            .admin
            .open(&format!("/users/{}", scene.anna))
            .await
            .expect(200);
        let start = words.activation_next_operator("|");
        let start = start.split('|').next().unwrap();
        for page in [&queue, &user] {
            assert!(says(page, start), "{}", page.text());
        }
        let reminder = words.activation_reminder("|");
        assert!(says(&queue, reminder.split('|').next().unwrap()));
    }
}

#[tokio::test]
async fn s4_an_administrator_asks_with_a_button_and_is_told_that_the_operator_was_asked() {
    let mut scene = Scene::new().await;
    let words = speak(&mut scene.admin, Language::English).await;
    let (user, ask) = (
        format!("/users/{}", scene.anna),
        format!("/users/{}/activation-request", scene.anna),
    );
    let pending = scene.admin.open(&user).await.expect(200);
    assert!(!says(&pending, &words.activation_ask_title()));
    scene.system.fail(scene.anna, "contract-missing").await;
    let failed = scene.admin.open(&user).await.expect(200);
    assert!(says(&failed, &words.failure_contract_missing()));
    let long = "x".repeat(501);
    let refused = scene
        .admin
        .fill_in(&user, &ask, &[("message", &long)])
        .await;
    assert!(says(&refused.expect(422), &long), "what was typed is kept");
    let message = "Please <cancel> it";
    let answer = scene
        .admin
        .fill_in(&user, &ask, &[("message", message)])
        .await;
    let shown = scene
        .admin
        .open(answer.expect(303).header("location"))
        .await
        .expect(200);
    assert!(says(&shown, &words.activation_ask_done()));
    assert!(shown.text().contains("Please &#60;cancel&#62; it"));
    assert!(
        !says(&shown, &words.activation_ask_hint()),
        "one asks once a day"
    );
    scene.operator.open(QUEUE).await.expect(200);
    let queue = scene.operator.open(QUEUE).await.expect(200);
    assert!(queue.text().contains("Please &#60;cancel&#62; it"));
}

#[tokio::test]
async fn s4_the_operator_chooses_a_reason_tries_again_and_cancels_on_a_page_of_its_own() {
    let mut scene = Scene::new().await;
    let words = speak(&mut scene.operator, Language::English).await;
    let decide = format!("/operator/users/{}/activation", scene.anna);
    let chosen = [("outcome", "failed"), ("choice", "porting-unconfirmed")];
    scene
        .operator
        .fill_in(QUEUE, &decide, &chosen)
        .await
        .expect(303);
    let queue = scene.operator.open(QUEUE).await.expect(200);
    assert!(says(&queue, &words.failure_porting_unconfirmed()));
    let own = [
        ("outcome", "failed"),
        ("choice", "porting-unconfirmed"),
        ("reason", "Strike"),
    ];
    scene
        .operator
        .fill_in(QUEUE, &decide, &own)
        .await
        .expect(303);
    assert!(says(&scene.operator.open(QUEUE).await, "Strike"));
    scene
        .operator
        .fill_in(QUEUE, &decide, &[("outcome", "retry")])
        .await
        .expect(303);
    let cancel = format!("/operator/users/{}/cancel", scene.anna);
    let question = scene.operator.open(&cancel).await.expect(200);
    assert!(says(
        &question,
        &words.activation_cancel_title("Anna Weber")
    ));
    assert!(says(&question, &words.user_delete_final()));
    scene
        .operator
        .fill_in(&cancel, &cancel, &[])
        .await
        .expect(303);
    let queue = scene.operator.open(QUEUE).await.expect(200);
    assert!(says(&queue, &words.activation_empty_title()));
    scene.operator.open(&cancel).await.expect(404);
}

#[tokio::test]
async fn the_queue_is_filtered_and_keeps_its_filter_from_page_to_page() {
    let mut scene = Scene::new().await;
    let words = speak(&mut scene.operator, Language::English).await;
    let site = scene.muster.site.id();
    scene
        .system
        .import_numbers(site, "+492119990000", 100)
        .await;
    let package = model::Product::Package(model::Package::Standard);
    scene
        .system
        .set_licences(scene.muster.id(), package, 100)
        .await;
    for n in 0..60 {
        scene.system.clock.advance(1);
        scene
            .system
            .add_user(&scene.muster, &format!("P{n} Wartend"))
            .await;
    }
    let failed = scene
        .operator
        .open(&format!("{QUEUE}?state=failed"))
        .await
        .expect(200);
    assert!(says(&failed, &words.activation_none_title()));
    let address = format!("{QUEUE}?enterprise={}&state=pending", scene.muster.id());
    let first = scene.operator.open(&address).await.expect(200);
    assert!(says(&first, "Anna Weber") && !says(&first, "P59 Wartend"));
    let text = first.text();
    let next = text
        .split("rel=\"next\" href=\"")
        .nth(1)
        .expect("a further page");
    let next = next.split('"').next().unwrap().replace("&#38;", "&");
    assert!(
        next.contains("state=pending") && next.contains("enterprise="),
        "{next}"
    );
    let second = scene.operator.open(&next).await.expect(200);
    assert!(says(&second, "P59 Wartend") && !says(&second, "Anna Weber"));
}
