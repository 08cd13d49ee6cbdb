//! Changing a user in the portal (C1–C3, S5, S6), without JavaScript.

use model::Language;
use testkit::{Answer, Browser, Form};

use crate::world::{World, says, speak};

/// The form of the page, with everything that stands in it.
async fn opened(browser: &mut Browser, user: &str) -> Form {
    let address = format!("{user}/edit");
    let page = browser.open(&address).await.expect(200);
    let form = Form::on(&page, &address);
    let html = page.text();
    let inputs = html.split("<input class=\"input").skip(1);
    let typed: Vec<_> = inputs
        .map(|input| (between(input, "name=\""), between(input, "value=\"")))
        .collect();
    let selects = html.split("<select class=\"input").skip(1);
    let chosen: Vec<_> = selects
        .map(|select| {
            let options = select.split("</select>").next().unwrap_or_default();
            let option = options.split("<option ").find(|o| o.contains(" selected"));
            let value = option.map(|option| between(option, "value=\""));
            (between(select, "name=\""), value.unwrap_or_default())
        })
        .collect();
    let ticked = html.split("<label class=\"choice\">").skip(1);
    let ticked = ticked.filter(|label| {
        label
            .split('>')
            .next()
            .unwrap_or_default()
            .contains(" checked")
    });
    let ticked: Vec<_> = ticked
        .map(|label| (between(label, "name=\""), between(label, "value=\"")))
        .collect();
    let fields = typed.iter().chain(&chosen).chain(&ticked);
    let fields: Vec<_> = fields
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    form.with(&fields)
}

fn between(html: &str, start: &str) -> String {
    let rest = html.split_once(start).map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn location(world: &World) -> String {
    let path = world.active_anna().await;
    path.trim_start_matches("/api/v1").to_owned()
}

fn shows_a_password(page: &Answer) -> bool {
    page.text().contains("id=\"password\"")
}

#[tokio::test]
async fn c1_a_changed_package_and_name_are_saved_and_the_phone_keeps_its_login_details() {
    let world = World::new().await;
    let user = location(&world).await;
    let mut browser = world.katharina().await;
    let form = opened(&mut browser, &user).await;
    assert_eq!(form.value("number"), "+492115551000", "{form:?}");
    let form = form.with(&[("last_name", "Klein"), ("package", "premium")]);
    let saved = browser.submit(&form).await.expect(303);
    assert_eq!(saved.header("location"), user);
    let page = browser.open(&user).await.expect(200);
    assert!(says(&page, "Anna Klein"));
    let licences = world.stock().await.0;
    assert_eq!(
        licences.iter().filter(|used| **used == 1).count(),
        2,
        "package and voicemail"
    );
}

#[tokio::test]
async fn c2_another_number_shows_new_login_details_once_and_frees_the_old_number() {
    let world = World::new().await;
    let user = location(&world).await;
    let mut browser = world.katharina().await;
    let form = opened(&mut browser, &user).await;
    let form = form.with(&[("number", "+492115551001")]);
    let shown = browser.submit(&form).await.expect(200);
    assert_eq!(shown.header("cache-control"), "no-store");
    assert!(shows_a_password(&shown));
    assert!(
        shown
            .text()
            .contains("492</span><span class=\"group\">115</span>")
    );
    let again = browser.submit(&form).await.expect(412);
    assert!(!shows_a_password(&again), "never again");
    let add = browser
        .open(&format!("/sites/{}/users/new", world.site()))
        .await;
    assert!(add.expect(200).text().contains("value=\"+492115551000\""));
}

#[tokio::test]
async fn s5_and_s6_before_activation_the_configuration_is_shown_with_the_reason_and_the_rest_can_be_saved()
 {
    let world = World::new().await;
    let id = world.add_anna().await["user"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let user = format!("/users/{id}");
    let mut browser = world.katharina().await;
    for language in Language::ALL {
        let words = speak(&mut browser, language).await;
        let page = browser.open(&format!("{user}/edit")).await.expect(200);
        assert!(says(&page, &words.user_locked("Anna Weber")));
        for field in [
            "number",
            "username",
            "package",
            "services",
            "desk_phone_type",
            "mobile_number",
        ] {
            assert!(
                !page.text().contains(&format!("name=\"{field}\"")),
                "{field}"
            );
        }
    }
    let form = opened(&mut browser, &user).await;
    let forced = form.clone().with(&[("number", "+492115551001")]);
    browser.submit(&forced).await.expect(409);
    let form = form.with(&[("last_name", "Klein"), ("extension", "2001")]);
    browser.submit(&form).await.expect(303);
    assert!(says(&browser.open(&user).await.expect(200), "2001"));
}

#[tokio::test]
async fn who_saves_after_somebody_else_reads_what_has_changed_and_loses_nothing() {
    let world = World::new().await;
    let user = location(&world).await;
    let mut katharina = world.katharina().await;
    let late = opened(&mut katharina, &user).await;
    let first = late.clone().with(&[("last_name", "Klein")]);
    katharina.submit(&first).await.expect(303);
    let late = late.with(&[("email", "anna@neu.example")]);
    for language in Language::ALL {
        let words = speak(&mut katharina, language).await;
        let told = katharina.submit(&late).await.expect(412);
        for sentence in [
            words.user_form_meanwhile_title(),
            words.user_form_meanwhile_error(),
        ] {
            assert!(says(&told, &sentence), "{sentence}");
        }
        assert!(says(&told, "Klein"), "what the other changed");
        assert!(
            told.text().contains("value=\"anna@neu.example\""),
            "what was typed"
        );
    }
    let told = katharina.submit(&late).await.expect(412);
    let version = Form::on(&told, &late.action).value("version").to_owned();
    katharina
        .submit(&late.with(&[("version", &version)]))
        .await
        .expect(303);
}

#[tokio::test]
async fn r4_users_of_others_do_not_exist_and_the_operator_does_not_configure() {
    let world = World::new().await;
    let user = location(&world).await;
    let address = format!("{user}/edit");
    let other = world.system.enterprise("Beispiel AG").await;
    let name = world.system.add_administrator(&other, "otto", &[]).await;
    let mut otto = world.system.browser_of(&name).await;
    otto.open(&address).await.expect(404);
}
