//! The stream of changes tells each reader what that reader may know.

use model::UserId;
use serde_json::Value;
use testkit::{Answer, TestEnterprise};

use crate::world::{World, speak};

impl World {
    async fn pending(&self, enterprise: &TestEnterprise, name: &str) -> UserId {
        self.system.add_user(enterprise, name).await.user.id
    }
}

async fn next(stream: &mut Answer) -> (String, Value) {
    let event = stream.next_event().await;
    (
        event["id"].as_str().expect("an id").to_owned(),
        event["state"].clone(),
    )
}

#[tokio::test]
async fn s3_and_r4_a_stream_tells_only_states_that_the_reader_may_know() {
    let world = World::new().await;
    let other = world.system.enterprise("Fremd AG").await;
    let london = world.system.site(world.muster.id(), "London").await;
    let mut enterprise = world.katharina().await;
    let name = world
        .system
        .add_administrator(&world.muster, "lena", &[london.id()])
        .await;
    let mut lena = world.system.browser_of(&name).await;
    let name = world.system.let_operator_log_in().await;
    let mut operator = world.system.browser_of(&name).await;
    let foreign = world.pending(&other, "Eva Fremd").await;
    let anna = world.pending(&world.muster, "Anna Weber").await;
    let draft = world.system.draft(london.id(), "Ben Klein").await;
    let ben = world
        .system
        .add(&world.muster.admin, london.id(), draft)
        .await;
    let ben = ben.expect("added").user.id;

    world.system.follow().await;
    let mut of_enterprise = enterprise.open("/live").await.expect(200);
    let mut of_site = enterprise
        .open(&format!("/live?site={}", london.id()))
        .await;
    let mut of_lena = lena.open("/live").await.expect(200);
    let mut of_operator = operator.open("/live").await.expect(200);
    assert_eq!(of_lena.header("content-type"), "text/event-stream");
    world.system.activate(foreign).await;
    world.system.fail(anna, "The line is cut").await;
    world.system.activate(ben).await;

    let told = |id: UserId, state: &str| (id.to_string(), Value::from(state));
    assert_eq!(next(&mut of_enterprise).await, told(anna, "failed"));
    assert_eq!(next(&mut of_enterprise).await, told(ben, "activated"));
    assert_eq!(next(&mut of_site).await, told(ben, "activated"));
    assert_eq!(next(&mut of_lena).await, told(ben, "activated"));
    assert_eq!(next(&mut of_operator).await, told(foreign, "activated"));
    assert_eq!(next(&mut of_operator).await, told(anna, "failed"));
}

#[tokio::test]
async fn h1_an_event_is_told_in_the_readers_language() {
    let world = World::new().await;
    let anna = world.pending(&world.muster, "Anna Weber").await;
    let mut browser = world.katharina().await;
    speak(&mut browser, model::Language::German).await;
    world.system.follow().await;
    let mut stream = browser.open("/live").await.expect(200);
    world.system.activate(anna).await;
    let event = stream.next_event().await;
    assert!(
        event["html"].as_str().expect("HTML").contains("Aktiviert"),
        "{event}"
    );
    assert!(
        event["text"].as_str().expect("text").contains("Anna Weber"),
        "{event}"
    );
}

#[tokio::test]
async fn r4_a_stream_about_a_site_is_for_those_who_may_know_of_it() {
    let world = World::new().await;
    let other = world.system.enterprise("Fremd AG").await;
    let mut browser = world.katharina().await;
    browser
        .open(&format!("/live?site={}", other.site.id()))
        .await
        .expect(404);
    let answer = world.system.browser().open("/live").await.expect(303);
    assert_eq!(answer.header("location"), "/login?return=%2Flive");
}
