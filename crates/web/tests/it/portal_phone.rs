//! The phones of a user that are logged in, on the pages and as they come and go.

use std::time::Duration;

use model::{Language, User};
use serde_json::Value;
use testkit::{Answer, Browser, TestEnterprise};

use crate::world::{World, says, speak};

/// What a phone may call itself.
const NASTY: &str = "<script>alert(\"x\")</script>";

impl World {
    async fn own_browser(&self, enterprise: &TestEnterprise, user: &User) -> Browser {
        let name = self.system.let_log_in(enterprise, user.id).await;
        self.system.browser_of(&name).await
    }
}

fn live(user: &User) -> String {
    format!("/live?user={}", user.id)
}

/// The next event about phones: whose, and what is shown.
async fn phone(stream: &mut Answer) -> (String, String, String) {
    loop {
        let event = stream.next_event().await;
        if event["state"] == Value::Null {
            let text = |name: &str| event[name].as_str().expect("text").to_owned();
            return (text("id"), text("html"), text("text"));
        }
    }
}

#[tokio::test]
async fn h1_page_and_overview_say_which_phones_are_there_and_whether_they_would_ring() {
    let world = World::new().await;
    let anna = world.system.add_user(&world.muster, "Anna Weber").await;
    let anna = anna.user;
    let page = format!("/users/{}", anna.id);
    let mut admin = world.katharina().await;
    let mut own = world.own_browser(&world.muster, &anna).await;
    for language in Language::ALL {
        let words = speak(&mut admin, language).await;
        speak(&mut own, language).await;
        for answer in [admin.open(&page).await, own.open("/").await] {
            assert!(says(&answer, &words.unreachable_pending()));
            assert!(says(&answer, &words.phone_unregistered()));
        }
    }
    let words = speak(&mut admin, Language::German).await;
    speak(&mut own, Language::German).await;
    world.system.activate(anna.id).await;
    for answer in [admin.open(&page).await, own.open("/").await] {
        assert!(says(&answer, &words.unreachable_no_phone_registered()));
    }
    world.system.log_in_phone(&anna, "Yealink T54W").await;
    world.system.log_in_phone(&anna, "").await;
    for answer in [admin.open(&page).await, own.open("/").await] {
        assert!(says(&answer, &words.reachable()));
        assert!(says(&answer, "Yealink T54W") && says(&answer, &words.phone_unnamed()));
        assert!(says(
            &answer,
            "UDP von 198.51.100.7:5060, seit 15.01.2026, 10:00"
        ));
        let place = format!("data-user-phone=\"{}\"", anna.id);
        assert!(answer.text().contains(&place));
        assert!(
            answer
                .text()
                .contains(&format!("data-live=\"{}\"", live(&anna)))
        );
    }
}

#[tokio::test]
async fn what_a_phone_calls_itself_is_shown_as_text() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    world.system.log_in_phone(&anna, NASTY).await;
    let mut admin = world.katharina().await;
    let mut own = world.own_browser(&world.muster, &anna).await;
    let page = admin.open(&format!("/users/{}", anna.id)).await;
    let mut stream = own.open(&live(&anna)).await.expect(200);
    let (_, html, _) = phone(&mut stream).await;
    for html in [page.text(), own.open("/").await.text(), &html] {
        assert!(html.contains("&#60;script&#62;"), "{html}");
        assert!(!html.contains("<script>alert"), "{html}");
    }
}

#[tokio::test]
async fn an_open_page_hears_of_the_users_phones_as_they_come_and_go() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let ben = world.system.active_user(&world.muster, "Ben Klein").await;
    let mut admin = world.katharina().await;
    let words = speak(&mut admin, Language::German).await;
    let mut own = world.own_browser(&world.muster, &anna).await;
    speak(&mut own, Language::English).await;
    let mut seen = admin.open(&live(&anna)).await.expect(200);
    let mut heard = own.open(&live(&anna)).await.expect(200);
    let (id, html, text) = phone(&mut seen).await;
    assert_eq!((id, text.as_str()), (anna.id.to_string(), ""));
    assert!(html.contains(&*words.unreachable_no_phone_registered()));
    phone(&mut heard).await;

    world.system.log_in_phone(&ben, "Snom").await;
    world.system.log_in_phone(&anna, "Yealink").await;
    let (id, html, text) = phone(&mut seen).await;
    assert_eq!(id, anna.id.to_string(), "nothing of Ben's");
    assert!(html.contains("Yealink") && html.contains(&*words.phone_registered()));
    assert_eq!(text, words.live_user_phone("Anna Weber", words.reachable()));
    let (_, html, text) = phone(&mut heard).await;
    assert!(html.contains("Connected"), "{html}");
    assert!(text.contains("a call would ring now"), "{text}");

    world.system.log_out_phones(&anna).await;
    let (_, html, _) = phone(&mut seen).await;
    assert!(!html.contains("Yealink"), "{html}");
}

#[tokio::test]
async fn s3_an_activation_changes_whether_the_phone_would_ring() {
    let world = World::new().await;
    let anna = world.system.add_user(&world.muster, "Anna Weber").await;
    let anna = anna.user;
    world.system.log_in_phone(&anna, "Yealink").await;
    let mut admin = world.katharina().await;
    let words = speak(&mut admin, Language::German).await;
    world.system.follow().await;
    let mut stream = admin.open(&live(&anna)).await.expect(200);
    let (_, html, _) = phone(&mut stream).await;
    assert!(html.contains(&*words.unreachable_pending()), "{html}");
    world.system.activate(anna.id).await;
    assert_eq!(stream.next_event().await["state"], "activated");
    let (_, html, text) = phone(&mut stream).await;
    assert!(html.contains(&*words.reachable()), "{html}");
    assert_eq!(text, "", "the state is said already");
}

#[tokio::test]
async fn r4_of_the_phones_of_others_nobody_hears() {
    let world = World::new().await;
    let other = world.system.enterprise("Fremd AG").await;
    let london = world.system.site(world.muster.id(), "London").await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let ben = world.system.active_user(&world.muster, "Ben Klein").await;
    let eva = world.system.active_user(&other, "Eva Fremd").await;
    let name = world
        .system
        .add_administrator(&world.muster, "lena", &[london.id()])
        .await;
    let name_of_stranger = world.system.add_administrator(&other, "fremd", &[]).await;
    let mut strangers = [
        world.own_browser(&world.muster, &ben).await,
        world.own_browser(&other, &eva).await,
        world.system.browser_of(&name).await,
        world.system.browser_of(&name_of_stranger).await,
    ];
    for browser in &mut strangers {
        browser.open(&live(&anna)).await.expect(404);
    }

    let mut of_eva = strangers[3].open(&live(&eva)).await.expect(200);
    let mut of_all = strangers[3].open("/live").await.expect(200);
    let mut list = world.katharina().await;
    let mut of_list = list.open("/live").await.expect(200);
    assert_eq!(phone(&mut of_eva).await.0, eva.id.to_string());
    world.system.log_in_phone(&anna, "Yealink").await;
    world.system.log_in_phone(&eva, "Snom").await;
    let (id, html, _) = phone(&mut of_eva).await;
    assert_eq!(id, eva.id.to_string());
    assert!(html.contains("Snom"), "{html}");
    for stream in [&mut of_eva, &mut of_all, &mut of_list] {
        let silence = tokio::time::timeout(Duration::from_millis(50), stream.next_event()).await;
        assert!(silence.is_err(), "{silence:?}");
    }
}
