//! Adding a user question by question (U1–U7), without JavaScript.

use model::Language;
use testkit::{Answer, Browser, Form};

use crate::world::{World, says, speak};

impl World {
    fn question(&self, name: &str) -> String {
        format!("/sites/{}/users/new/{name}", self.site())
    }

    /// Answers a question and goes where it leads.
    async fn answer(&self, browser: &mut Browser, name: &str, fields: &[(&str, &str)]) -> String {
        let address = self.question(name);
        let answer = browser
            .fill_in(&address, &address, fields)
            .await
            .expect(303);
        answer.header("location").to_owned()
    }

    async fn answer_all(&self, browser: &mut Browser) {
        let anna = [
            ("first_name", "Anna"),
            ("last_name", "Weber"),
            ("username", "anna.weber"),
            ("email", "anna.weber@muster.example"),
            ("language", "de"),
        ];
        let number = self.muster.site.first_number.to_string();
        let answers: [(&str, &[(&str, &str)]); 6] = [
            ("person", &anna),
            (
                "package",
                &[("package", "standard"), ("services", "voicemail")],
            ),
            ("number", &[("number", &number)]),
            ("extension", &[("extension", "1000")]),
            ("desk-phone", &[("desk_phone_type", "yealink-t54w")]),
            ("mobile", &[]),
        ];
        let names = answers
            .iter()
            .map(|(name, _)| *name)
            .skip(1)
            .chain(["check"]);
        for ((name, fields), next) in answers.iter().zip(names) {
            assert_eq!(
                self.answer(browser, name, fields).await,
                self.question(next)
            );
        }
    }

    /// The page with all answers, and the form on it that adds the user.
    async fn check(&self, browser: &mut Browser) -> (Answer, Form) {
        let page = browser.open(&self.question("check")).await.expect(200);
        let form = Form::on(&page, &format!("/sites/{}/users/new", self.site()));
        (page, form)
    }
}

#[tokio::test]
async fn u2_and_u7_six_questions_lead_to_the_login_details_shown_once() {
    for language in Language::ALL {
        let world = World::new().await;
        let mut browser = world.katharina().await;
        let words = speak(&mut browser, language).await;
        let start = browser.open("/users/new").await.expect(303);
        assert_eq!(start.header("location"), world.question("person"));
        world.answer_all(&mut browser).await;
        let (page, form) = world.check(&mut browser).await;
        for told in [
            "Anna",
            "anna.weber@muster.example",
            "0211 5551000",
            "Yealink T54W",
        ] {
            assert!(says(&page, told), "{told}");
        }
        assert!(says(&page, &words.package_standard()));
        let shown = browser.submit(&form).await.expect(200);
        assert!(says(&shown, &words.login_details_once_text()));
        let again = browser.submit(&form).await.expect(410);
        assert!(!again.text().contains("id=\"password\""));
        let fresh = browser.open(&world.question("person")).await.expect(200);
        assert!(
            !says(&fresh, "Anna"),
            "the answers are gone with the user they made"
        );
    }
}

#[tokio::test]
async fn back_keeps_what_was_typed_also_when_it_is_wrong() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    world.answer_all(&mut browser).await;
    let address = world.question("extension");
    let typed = [("extension", "12x"), ("go", "back")];
    let back = browser
        .fill_in(&address, &address, &typed)
        .await
        .expect(303);
    assert_eq!(back.header("location"), world.question("number"));
    let page = browser.open(&address).await.expect(200);
    assert!(page.text().contains("value=\"12x\""));
    let page = browser.open(&world.question("number")).await.expect(200);
    assert!(
        page.text()
            .contains("value=\"+492115551000\" id=\"number\" checked")
    );
}

#[tokio::test]
async fn the_answers_outlive_the_session_and_can_be_thrown_away() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    world.answer_all(&mut browser).await;
    let name = format!("katharina@{}", world.muster.domain());
    let mut later = world.system.browser_of(&name).await;
    let page = later.open(&world.question("person")).await.expect(200);
    assert!(page.text().contains("value=\"anna.weber\""));
    let discard = format!("/sites/{}/users/new/discard", world.site());
    later.submit(&Form::on(&page, &discard)).await.expect(303);
    let page = later.open(&world.question("person")).await.expect(200);
    assert!(!page.text().contains("anna.weber"));
}

#[tokio::test]
async fn u3_u4_and_u9_what_is_wrong_is_said_by_its_own_question() {
    let world = World::new().await;
    world.add_anna().await;
    let mut browser = world.katharina().await;
    let number = ("number", "+492115551001");
    for (question, fields, status, told) in [
        (
            "person",
            vec![("first_name", "Ben"), ("username", "a b")],
            422,
            "username-error",
        ),
        ("package", vec![], 422, "package-error"),
        (
            "number",
            vec![("number", "+492115551000")],
            409,
            "number-error",
        ),
        ("number", vec![], 422, "number-error"),
        (
            "desk-phone",
            vec![("desk_phone_type", "toaster")],
            422,
            "desk_phone_type-error",
        ),
        (
            "mobile",
            vec![("mobile_number", "0171 2345678")],
            422,
            "contract_number-error",
        ),
    ] {
        let address = world.question(question);
        let refused = browser
            .fill_in(&address, &address, &fields)
            .await
            .expect(status);
        assert!(refused.text().contains(told), "{question}");
    }
    world.answer(&mut browser, "number", &[number]).await;
    let address = world.question("extension");
    let prefilled = browser.open(&address).await.expect(200);
    assert!(prefilled.text().contains("value=\"1001\""), "U4");
    let taken = browser
        .fill_in(&address, &address, &[("extension", "1000")])
        .await
        .expect(409);
    assert!(says(&taken, "Anna Weber") && says(&taken, "1001"));
}

#[tokio::test]
async fn u4_where_somebody_has_the_default_extension_a_free_one_is_prefilled() {
    let world = World::new().await;
    let anna = world.anna();
    let taken = crate::world::with(anna, &[("extension", "1001".into())]);
    world
        .admin
        .post(&world.users_path(), &taken)
        .await
        .expect(201);
    let mut browser = world.katharina().await;
    world
        .answer(&mut browser, "number", &[("number", "+492115551001")])
        .await;
    let page = browser.open(&world.question("extension")).await.expect(200);
    assert!(page.text().contains("value=\"1002\""), "{}", page.text());
}

#[tokio::test]
async fn free_numbers_are_found_by_any_digits_in_any_notation() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    for (typed, found, missing) in [
        ("1007", "+492115551007", "+492115551001"),
        ("0211 555 1003", "+492115551003", "+492115551007"),
    ] {
        let address = format!("{}?q={}", world.question("number"), typed.replace(' ', "+"));
        let page = browser.open(&address).await.expect(200);
        assert!(
            page.text().contains(&format!("value=\"{found}\"")),
            "{typed}"
        );
        assert!(
            !page.text().contains(&format!("value=\"{missing}\"")),
            "{typed}"
        );
    }
    let nothing = browser
        .open(&format!("{}?q=777777", world.question("number")))
        .await;
    assert!(says(&nothing.expect(200), "777777"));
}

#[tokio::test]
async fn r4_the_questions_of_other_sites_do_not_exist_and_users_do_not_ask_them() {
    let world = World::new().await;
    let other = world.system.enterprise("Beispiel AG").await;
    let name = world.system.add_administrator(&other, "otto", &[]).await;
    let mut otto = world.system.browser_of(&name).await;
    otto.open(&world.question("person")).await.expect(404);
    otto.open(&world.question("check")).await.expect(404);
    let own = format!("/sites/{}/users/new/person", other.site.id());
    otto.open(&own).await.expect(200);
    let unknown = format!("/sites/{}/users/new/shoe-size", other.site.id());
    otto.open(&unknown).await.expect(404);
}

#[tokio::test]
async fn who_likes_the_one_form_gets_it_next_time() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    let one = format!("/sites/{}/users/new", world.site());
    browser.open(&one).await.expect(200);
    let next = browser.open("/users/new").await.expect(303);
    assert_eq!(next.header("location"), one);
    browser.open(&world.question("person")).await.expect(200);
    let next = browser.open("/users/new").await.expect(303);
    assert_eq!(next.header("location"), world.question("person"));
}
