//! Pages that refuse, in the reader's language.

use model::Language;
use testkit::{Browser, Form};

use crate::world::{World, says, speak};

#[tokio::test]
async fn h1_the_language_is_the_browsers_until_one_is_chosen_and_the_choice_stays() {
    let world = World::new().await;
    let german = |page: &testkit::Answer| page.text().contains("<html lang=\"de\">");
    let mut browser = world.system.browser().speaking("fr, de-AT;q=0.8, en;q=0.5");
    assert!(german(&browser.open("/login").await.expect(200)));
    let choice = [("language", "en")];
    let answer = browser
        .fill_in("/login?return=%2Fusers", "/language", &choice)
        .await;
    let answer = answer.expect(303);
    assert_eq!(answer.header("location"), "/login?return=%2Fusers");
    assert_eq!(
        answer.header("set-cookie"),
        "klinke_lang=en; Path=/; Max-Age=31536000; SameSite=Lax"
    );
    assert!(!german(&browser.open("/login").await));
    let nonsense = [("language", "de; Path=/; Domain=evil.example")];
    let answer = browser
        .fill_in("/login", "/language", &nonsense)
        .await
        .expect(303);
    assert_eq!(answer.header("set-cookie"), "");

    let mut browser = world.katharina().await.speaking("de");
    assert!(
        !german(&browser.open("/").await),
        "the account's language counts before the browser's"
    );
    speak(&mut browser, Language::German).await;
    assert!(german(&browser.open("/").await));
}

#[tokio::test]
async fn h1_whatever_is_refused_is_refused_in_the_readers_language() {
    let world = World::new().await;
    let path = world.active_anna().await;
    let user = path.trim_start_matches("/api/v1").to_owned();
    let pending = world
        .system
        .add_user(&world.muster, "Ben Klein")
        .await
        .user
        .id;
    world.katharina().await;
    for language in Language::ALL {
        let mut browser = world.system.browser_of("katharina@muster-gmbh").await;
        let words = speak(&mut browser, language).await;
        let titles = [
            words.error_403_title(),
            words.error_404_title(),
            words.error_409_title(),
            words.password_gone_title(),
            words.error_412_title(),
            words.error_413_title(),
            words.error_422_title(),
        ];
        let delete = format!("{user}/delete");
        let stale = Form::on(&browser.open(&delete).await, &delete).with(&[("version", "1")]);
        let huge = stale
            .clone()
            .with(&[("version", &"1".repeat(web::server::BODY_LIMIT))]);
        let answers = [
            browser.open("/operator/enterprises").await.expect(403),
            browser.open("/nowhere").await.expect(404),
            browser
                .open(&format!("/users/{pending}/delete"))
                .await
                .expect(409),
            browser.open("/password/unknown").await.expect(410),
            browser.submit(&stale).await.expect(412),
            browser.submit(&huge).await.expect(413),
            browser.open("/users?state=retired").await.expect(422),
        ];
        for (answer, title) in answers.iter().zip(titles) {
            let start = format!("<html lang=\"{}\">", language.code());
            assert!(answer.text().contains(&start));
            assert!(says(answer, &title), "{title}: {}", answer.text());
            assert!(answer.header("content-type").starts_with("text/html"));
        }
    }
    world.admin.get(&path).await.expect(200);
}

/// Fails unless each address answers with a page of this status.
async fn each_is(browser: &mut Browser, status: u16, addresses: &[String]) {
    for address in addresses {
        let answer = browser.open(address).await;
        assert_eq!(answer.status.as_u16(), status, "{address}");
        assert!(
            answer.text().contains("<h1"),
            "{address}: {}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn whatever_an_address_holds_a_page_answers() {
    let world = World::new().await;
    world.add_anna().await;
    let mut browser = world.katharina().await;
    let long = "x".repeat(60_000);
    let found = [
        "q=%00",
        "q=a%00b",
        "q=%FF",
        "q=%25",
        "sort=%00",
        "sort=age",
        "unknown=1",
        "",
        &format!("q={long}"),
    ];
    each_is(
        &mut browser,
        200,
        &found.map(|query| format!("/users?{query}")),
    )
    .await;
    each_is(
        &mut browser,
        200,
        &["/login?return=%00".into(), "/activity?before=-1".into()],
    )
    .await;
    let missing = [
        "/users/%FF",
        "/users/%00",
        "/users/1",
        "/users/1/delete",
        "/sites/%FF/users/new",
        "/users?site=%00",
        "/users?q=a&q=b",
        "/activity?before=x",
        "/activity?user=%00",
        "/live?site=x",
        "/login?return=a&return=b",
    ];
    each_is(&mut browser, 404, &missing.map(str::to_owned)).await;
    let broken = ["/users?cursor=x", "/users?cursor=AAAA", "/users?state=%00"];
    each_is(&mut browser, 422, &broken.map(str::to_owned)).await;
    each_is(&mut browser, 410, &["/password/%00".to_owned()]).await;
    each_is(&mut browser, 404, &["/password/%FF".to_owned()]).await;
    let put = browser.request("PUT", "/users");
    let answer = browser.send(put, "").await.expect(404);
    assert!(answer.text().contains("<h1"));
}

#[tokio::test]
async fn a_form_may_hold_anything() {
    let world = World::new().await;
    let mut browser = world.katharina().await;
    let address = format!("/sites/{}/users/new", world.site());
    let page = browser.open(&address).await.expect(200);
    let form = Form::on(&page, &address);
    let csrf = form.body();
    let before = world.stock().await;
    for fields in [
        "first_name=%FF%FE&last_name=%ED%A0%80&username=%00",
        "first_name=%00&number=%00&extension=%00&package=%00&services=%00&email=%00&department=%00",
        "language=%00&desk_phone_type=%00&mobile_number=%00&contract_number=%00",
        "&&&===&%%%",
    ] {
        let request = browser.form_request(&address);
        let answer = browser.send(request, format!("{csrf}&{fields}")).await;
        assert!(answer.expect(422).text().contains("<form"));
    }
    let raw = [csrf.as_bytes(), b"&first_name=\xff\xfe"].concat();
    let request = browser.form_request(&address);
    browser.send(request, raw).await.expect(422);
    assert_eq!(world.stock().await, before);
}
