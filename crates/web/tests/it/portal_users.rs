//! Adding, looking at and deleting a user in the portal, without JavaScript.

use model::Language;
use service::activation::Decision;
use testkit::{Answer, Browser, Form};

use crate::world::{World, items, says, speak};

impl World {
    fn form_address(&self) -> String {
        format!("/sites/{}/users/new", self.site())
    }

    /// The form for a new user with Anna's data.
    async fn filled_in(&self, browser: &mut Browser) -> Form {
        let address = self.form_address();
        let page = browser.open(&address).await.expect(200);
        Form::on(&page, &address).with(&[
            ("number", &self.muster.site.first_number),
            ("package", "standard"),
            ("first_name", "Anna"),
            ("last_name", "Weber"),
            ("username", "anna.weber"),
            ("email", "anna.weber@muster.example"),
            ("language", "de"),
            ("desk_phone_type", "yealink-t54w"),
        ])
    }

    async fn user_count(&self) -> usize {
        items(&self.admin.get("/api/v1/users").await.expect(200)).len()
    }
}

/// The text of the element with this id, without tags.
fn element(page: &Answer, id: &str) -> String {
    let html = page.text();
    let start = html.find(&format!(" id=\"{id}\"")).expect("an element");
    let html = &html[start + html[start..].find('>').expect("an end") + 1..];
    let html = html.split("<button").next().expect("a part");
    let mut is_tag = false;
    let is_text = |c: &char| {
        let was_tag = is_tag;
        is_tag = *c == '<' || (is_tag && *c != '>');
        !is_tag && !was_tag
    };
    html.chars().filter(is_text).collect()
}

/// Where a link with this text leads.
fn link(page: &Answer, text: &str) -> Option<String> {
    let (before, _) = page.text().split_once(text)?;
    let (_, href) = before.rsplit_once("href=\"")?;
    Some(href.split('"').next()?.to_owned())
}

#[tokio::test]
async fn u7_login_details_are_shown_once_in_both_languages() {
    for language in Language::ALL {
        let world = World::new().await;
        let mut browser = world.katharina().await;
        let words = speak(&mut browser, language).await;
        let form = world.filled_in(&mut browser).await;
        let shown = browser.submit(&form).await.expect(200);
        assert_eq!(shown.header("cache-control"), "no-store");
        assert!(says(&shown, &words.login_details_once_text()));
        assert_eq!(element(&shown, "login"), "492115551000");
        let password = element(&shown, "password");
        assert_eq!(password.len(), 12, "{password}");
        assert!(
            !shown.text().contains(&format!("\"{password}")),
            "in no attribute"
        );

        let user = link(&shown, &words.login_details_continue()).expect("a way on");
        let page = browser.open(&user).await.expect(200);
        let journal = browser.open("/activity").await.expect(200);
        let again = browser.submit(&form).await.expect(410);
        for page in [&page, &journal, &again] {
            let text: String = page.text().split("</?").collect();
            assert!(!text.contains(&password));
        }
        assert!(page.text().contains("Anna Weber"));
        assert_eq!(world.user_count().await, 1);
    }
}

#[tokio::test]
async fn u7_sending_the_form_again_adds_nobody_and_shows_nothing() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    let form = world.filled_in(&mut browser).await;
    browser.submit(&form).await.expect(200);
    let stock = world.stock().await;
    let again = browser.submit(&form).await.expect(410);
    assert!(!again.text().contains("id=\"password\""));
    let changed = form.with(&[("first_name", "Anja")]);
    browser.submit(&changed).await.expect(422);
    assert_eq!((world.user_count().await, world.stock().await), (1, stock));
}

#[tokio::test]
async fn u5_without_desk_phone_the_users_page_comes_at_once() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    let form = world
        .filled_in(&mut browser)
        .await
        .with(&[("desk_phone_type", "")]);
    let answer = browser.submit(&form).await.expect(303);
    let user = answer.header("location").to_owned();
    assert!(user.starts_with("/users/"));
    let page = browser.open(&user).await.expect(200);
    assert!(!page.text().contains("id=\"password\""));
    let again = browser.submit(&form).await.expect(303);
    assert_eq!(again.header("location"), user);
    assert_eq!(world.user_count().await, 1);
}

#[tokio::test]
async fn u3_u4_and_u6_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
    let world = World::new().await;
    world.add_anna().await;
    let mut browser = world.katharina().await;
    let before = world.stock().await;
    let long = "a".repeat(24);
    let number = "+492115551001";
    for (fields, status, field, told) in [
        (vec![("first_name", long.as_str())], 422, "first_name", "23"),
        (vec![("username", "anna@weber")], 422, "username", "@"),
        (
            vec![("mobile_number", "0171 2345678")],
            422,
            "contract_number",
            "contract",
        ),
        (vec![], 409, "username", "somebody"),
        (
            vec![("username", "ben"), ("extension", "1000")],
            409,
            "extension",
            "Anna Weber",
        ),
    ] {
        let form = world.filled_in(&mut browser).await;
        let form = form.with(&[("number", number)]).with(&fields);
        let answer = browser.submit(&form).await;
        let answer = answer.expect(status);
        let message = element(&answer, &format!("{field}-error"));
        let message = message.split('\n').next().unwrap_or_default();
        assert!(message.contains(told), "{field}: {message}");
        let kept = format!("value=\"{}\"", form.value("email"));
        assert!(answer.text().contains(&kept));
    }
    assert_eq!(world.stock().await, before);
}

#[tokio::test]
async fn u8_the_form_says_who_needs_the_supervisor_service() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    for language in Language::ALL {
        let words = speak(&mut browser, language).await;
        let page = browser.open(&world.form_address()).await.expect(200);
        assert!(says(&page, &words.user_form_supervisor_hint()));
    }
}

#[tokio::test]
async fn u1_who_has_several_sites_chooses_one_first() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    let one = browser.open("/users/new").await.expect(303);
    let first = |site| format!("/sites/{site}/users/new/person");
    assert_eq!(one.header("location"), first(world.site()));
    let london = world.system.site(world.muster.id(), "London").await;
    let several = browser.open("/users/new").await.expect(200);
    for site in [world.site(), london.id()] {
        assert!(
            several
                .text()
                .contains(&format!("href=\"{}\"", first(site)))
        );
    }
    let name = world
        .system
        .add_administrator(&world.muster, "lena", &[london.id()])
        .await;
    let mut lena = world.system.browser_of(&name).await;
    let own = lena.open("/users/new").await.expect(303);
    assert_eq!(own.header("location"), first(london.id()));
    lena.open(&world.form_address()).await.expect(404);
}

#[tokio::test]
async fn l1_sending_the_question_again_makes_and_shows_nothing() {
    let world = World::new().await;
    let path = world.active_anna().await;
    let user = path.trim_start_matches("/api/v1");
    let address = format!("{user}/login-details");
    let mut browser = world.katharina().await;
    let question = browser.open(&address).await.expect(200);
    let form = Form::on(&question, &address);
    let shown = browser.submit(&form).await.expect(200);
    let password = element(&shown, "password");
    let tag = world.admin.get(&path).await.header("etag").to_owned();
    let again = browser.submit(&form).await.expect(410);
    assert!(!again.text().contains("id=\"password\""));
    assert_eq!(world.admin.get(&path).await.header("etag"), tag);
    let page = browser.open(user).await.expect(200);
    assert!(!page.text().contains(&password));
}

#[tokio::test]
async fn s4_and_s5_the_page_of_a_user_who_is_not_active_says_why_nothing_can_be_changed() {
    let world = World::new().await;
    let id = world
        .system
        .add_user(&world.muster, "Anna Weber")
        .await
        .user
        .id;
    let user = format!("/users/{id}");
    let mut browser = world.katharina().await;
    for language in Language::ALL {
        let words = speak(&mut browser, language).await;
        world.system.decide(id, Decision::Retry).await;
        let page = browser.open(&user).await.expect(200);
        let locked = words.user_locked("Anna Weber");
        for told in [
            locked.as_str(),
            &words.user_state_pending_text("Anna Weber"),
        ] {
            assert!(says(&page, told), "{told}: {}", page.text());
        }
        assert!(!page.text().contains(&format!("{user}/delete")));
        world.system.fail(id, "The line is cut").await;
        let page = browser.open(&user).await.expect(200);
        let whom = words.user_state_failed_whom(words.user_contact());
        for told in [locked.as_str(), &whom, "The line is cut"] {
            assert!(says(&page, told), "{told}: {}", page.text());
        }
        assert!(!page.text().contains(&format!("{user}/delete")));
    }
    world.system.activate(id).await;
    let page = browser.open(&user).await.expect(200);
    assert!(page.text().contains(&format!("{user}/delete")));
}

#[tokio::test]
async fn d4_and_d5_before_deleting_the_page_says_what_goes_and_that_it_cannot_be_undone() {
    let world = World::new().await;
    let before = world.stock().await;
    let path = world.active_anna().await;
    let address = format!("{}/delete", path.trim_start_matches("/api/v1"));
    let mut browser = world.katharina().await;
    for language in Language::ALL {
        let words = speak(&mut browser, language).await;
        let page = browser.open(&address).await.expect(200);
        for told in [
            words.user_delete_final().into_owned(),
            words.user_delete_number("0211 5551000"),
            words.user_delete_phone("Yealink T54W"),
            words.user_delete_licence(words.package_standard()),
        ] {
            assert!(says(&page, &told), "{told}: {}", page.text());
        }
    }
    let answer = browser.fill_in(&address, &address, &[]).await.expect(303);
    let list = answer.header("location").to_owned();
    assert_eq!(list, format!("/users?site={}", world.site()));
    browser.open(&list).await.expect(200);
    browser.open(&address).await.expect(404);
    assert_eq!(world.stock().await, before);
}
