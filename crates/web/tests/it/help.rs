//! The help pages: complete, linked, answered, counted (H1, H2, H3).

use std::collections::BTreeSet;

use model::{HelpTask, Language};
use testkit::{Answer, Browser, Form};
use web::help::{
    place::{PLACES, task},
    text,
};
use web::words::Words;

use crate::samples;
use crate::world::{World, refused, says, speak};

/// Pages of the portal that are no task: the overview, help itself, and what is no page.
const WITHOUT: &[&str] = &[
    "/",
    "/static/{*file}",
    "/live",
    "/jobs/{id}/live",
    "/help",
    "/help/{task}",
    "/operator/help",
    "/activity.csv",
    "/groups/{id}/calls.csv",
    "/groups/{id}/calls/members.csv",
    "/call-centre/live",
    "/call-centres/{id}/live",
    "/call-centres/{id}/audio/{kind}",
    "/sites/{site}/audio/{kind}",
    "/report.csv",
    "/enterprises/{enterprise}/usage.csv",
];

fn pages() -> BTreeSet<&'static str> {
    let routes = web::server::routes();
    let pages = routes
        .endpoints()
        .iter()
        .filter(|endpoint| endpoint.method == "GET" && !endpoint.path.starts_with("/api/"));
    pages.map(|endpoint| endpoint.path).collect()
}

#[test]
fn h2_no_task_page_is_without_a_help_page() {
    let lost: Vec<_> = pages()
        .into_iter()
        .filter(|path| task(path).is_none() && !WITHOUT.contains(path))
        .collect();
    assert!(lost.is_empty(), "help::place knows no task for {lost:?}");
}

#[test]
fn h2_no_help_page_is_without_a_page_that_leads_to_it() {
    let mut led_to: BTreeSet<String> = PLACES.iter().map(|(_, task)| task.to_string()).collect();
    for sample in samples::all(Words::of(Language::English)) {
        if sample.name.starts_with("help-") {
            continue;
        }
        let links = sample.html.match_indices("href=\"/help/");
        led_to.extend(links.map(|(at, start)| {
            let rest = &sample.html[at + start.len()..];
            rest.split('"').next().unwrap_or_default().to_owned()
        }));
    }
    let all: BTreeSet<String> = HelpTask::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(led_to, all);
}

#[test]
fn h2_every_page_of_the_portal_offers_help() {
    for language in Language::ALL {
        for sample in samples::all(Words::of(language)) {
            if sample.template.ends_with(".txt") || sample.template == "letter.html" {
                continue;
            }
            let html = &sample.html;
            assert!(
                html.contains("class=\"help-link\" href=\"/help"),
                "{}",
                sample.name
            );
            assert!(
                html.contains("<a href=\"/help/requirements\""),
                "{}",
                sample.name
            );
        }
    }
}

#[test]
fn h2_and_u7_help_never_takes_the_place_of_what_is_shown_once_or_typed() {
    for sample in samples::all(Words::of(Language::German)) {
        if sample.template.starts_with("help") {
            continue;
        }
        for link in sample.html.split("<a ").skip(1) {
            let tag = link.split('>').next().unwrap_or_default();
            if tag.contains("href=\"/help") {
                assert!(tag.contains("target=\"_blank\""), "{}: {tag}", sample.name);
            }
        }
    }
}

#[test]
fn h2_every_task_says_the_same_in_both_languages() {
    for task in HelpTask::ALL {
        let [german, english] = Language::ALL.map(|language| text(*task, language));
        assert_ne!(german.title, english.title, "{task}");
        assert!(
            !german.purpose.is_empty() && !english.purpose.is_empty(),
            "{task}"
        );
        let steps = |text: &web::help::Text| -> Vec<usize> {
            text.parts.iter().map(|part| part.steps.len()).collect()
        };
        assert_eq!(steps(german), steps(english), "{task}");
        assert!(steps(german).iter().sum::<usize>() >= 2, "{task}");
        assert_eq!(german.troubles.len(), english.troubles.len(), "{task}");
        assert!(german.troubles.len() >= 2, "{task}: what can go wrong?");
    }
}

#[test]
fn h1_the_german_help_addresses_its_readers_formally() {
    for sample in samples::all(Words::of(Language::German)) {
        if sample.template != "help.html" {
            continue;
        }
        let words = sample.html.split(|letter: char| !letter.is_alphabetic());
        let informal = [
            "du", "Du", "dich", "dir", "dein", "deine", "euch", "euer", "ihr",
        ];
        let found: Vec<_> = words.filter(|word| informal.contains(word)).collect();
        assert!(
            found.iter().all(|word| *word == "ihr"),
            "{}: {found:?}",
            sample.name
        );
    }
}

#[tokio::test]
async fn h2_each_task_has_its_page_in_both_languages_before_and_after_login() {
    let world = World::new().await;
    let mut visitor = world.system.browser();
    let mut katharina = world.katharina().await;
    for language in Language::ALL {
        let mut browsers = [&mut visitor, &mut katharina];
        for browser in &mut browsers {
            choose(browser, language).await;
        }
        for task in HelpTask::ALL {
            for browser in &mut browsers {
                let page = browser.open(&format!("/help/{task}")).await.expect(200);
                assert!(says(&page, text(*task, language).title), "{task}");
            }
        }
    }
    for missing in ["/help/nothing", "/help/%00", "/help/add-user/more"] {
        visitor.open(missing).await.expect(404);
    }
}

/// Turns the portal to a language without being logged in.
async fn choose(browser: &mut Browser, language: Language) {
    let choice = [("language", language.code())];
    let answer = browser.fill_in("/help", "/language", &choice).await;
    answer.expect(303);
}

#[tokio::test]
async fn h2_help_is_a_link_on_the_task_and_requirements_are_at_the_foot() {
    let world = World::new().await;
    let mut katharina = world.katharina().await;
    for (page, help) in [
        ("/", "/help"),
        ("/users", "/help/add-user"),
        ("/activity", "/help/activity"),
        ("/nowhere", "/help"),
    ] {
        let shown = katharina.open(page).await;
        let link = format!("class=\"help-link\" href=\"{help}\"");
        assert!(shown.text().contains(&link), "{page}");
    }
    let login = world.system.browser().open("/login").await.expect(200);
    assert!(login.text().contains("href=\"/help/log-in\""));
    assert!(login.text().contains("href=\"/help/requirements\""));
}

#[tokio::test]
async fn h1_numbers_are_those_of_the_country_chosen_or_of_the_enterprise() {
    let world = World::new().await;
    let mut visitor = world.system.browser().speaking("en");
    let page = "/help/own-call-services";
    let is_british = |page: &Answer| says(page, "020 7946 0123") && says(page, ">999<");
    let is_german = |page: &Answer| says(page, "0211 1234567") && says(page, ">110<");
    assert!(is_british(&visitor.open(page).await.expect(200)));
    let answer = visitor
        .fill_in(page, "/country", &[("country", "DE")])
        .await;
    let answer = answer.expect(303);
    assert_eq!(answer.header("location"), page);
    assert!(is_german(&visitor.open(page).await), "remembered");
    assert!(says(&visitor.open("/help/calls").await, "0211 1234567"));
    let nonsense = Form::to("/country").with(&[("country", "FR"), ("return", "//evil.example")]);
    let answer = visitor.submit(&nonsense).await.expect(303);
    assert_eq!(
        (answer.header("set-cookie"), answer.header("location")),
        ("", "/")
    );

    let mut katharina = world.katharina().await.speaking("en");
    let shown = katharina.open(page).await.expect(200);
    assert!(is_german(&shown), "Muster GmbH is in Germany");
    assert!(!shown.text().contains("action=\"/country\""));
}

#[tokio::test]
async fn h2_an_answer_is_thanked_for_and_counted_once_for_the_operator() {
    let world = World::new().await;
    let mut visitor = world.system.browser().speaking("de");
    let words = Words::of(Language::German);
    let page = "/help/add-user";
    let answers = [("useful", "no"), ("comment", "Wo stehen die <Preise>?")];
    let answer = visitor.fill_in(page, page, &answers).await.expect(303);
    assert_eq!(answer.header("location"), "/help/add-user?thanks=1#useful");
    assert!(
        answer
            .header("set-cookie")
            .starts_with("klinke_help=add-user; Path=/help;")
    );
    let again = visitor.open(page).await.expect(200);
    assert!(says(&again, &words.help_thanks()) && !again.text().contains("name=\"useful\""));
    let second = Form::to(page).with(&[("useful", "no")]);
    visitor.submit(&second).await.expect(303);
    let other = visitor
        .fill_in("/help/calls", "/help/calls", &[("useful", "yes")])
        .await;
    assert!(
        other
            .header("set-cookie")
            .starts_with("klinke_help=add-user.calls;")
    );
    let undecided = Form::to("/help/activity").with(&[("useful", "perhaps")]);
    let answer = visitor.submit(&undecided).await.expect(303);
    assert_eq!(answer.header("set-cookie"), "");

    assert_eq!(counts(&world, "add-user", "de").await, (0, 1));
    assert_eq!(counts(&world, "calls", "de").await, (1, 0));
    assert_eq!(counts(&world, "calls", "en").await, (0, 0));
    assert_eq!(counts(&world, "activity", "de").await, (0, 0));
    let login = world.system.let_operator_log_in().await;
    let mut operator = world.system.browser_of(&login).await;
    let words = speak(&mut operator, Language::English).await;
    let seen = operator.open("/operator/help").await.expect(200);
    assert!(says(&seen, &words.help_answers_count(1_u64, 0_u64)));
    assert!(seen.text().contains("Wo stehen die &#60;Preise&#62;?"));
    assert!(says(&operator.open("/help").await, "/operator/help"));
}

/// "Yes" and "no" of a page in a language, over the API.
async fn counts(world: &World, task: &str, language: &str) -> (i64, i64) {
    let counts = world
        .operator
        .get("/api/v1/help-counts")
        .await
        .expect(200)
        .json();
    let rows = counts.as_array().expect("a list");
    assert_eq!(rows.len(), HelpTask::ALL.len() * 2);
    let row = rows
        .iter()
        .find(|row| row["task"] == task && row["language"] == language)
        .expect("every page in every language");
    let number = |name: &str| row[name].as_i64().expect("a number");
    (number("useful"), number("not_useful"))
}

#[tokio::test]
async fn h2_and_r4_only_the_operator_sees_the_answers() {
    let world = World::new().await;
    refused(&world.admin.get("/api/v1/help-counts").await, 403);
    world
        .katharina()
        .await
        .open("/operator/help")
        .await
        .expect(403);
    let visitor = world.system.browser().open("/operator/help").await;
    assert!(visitor.header("location").starts_with("/login"));
}

#[tokio::test]
async fn h2_a_form_of_another_site_and_a_flood_are_not_counted() {
    let world = World::new().await;
    let foreign = world.system.browser();
    let request = foreign
        .request("POST", "/help/calls")
        .header("origin", "https://evil.example");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let mut foreign = foreign;
    foreign.send(request, "useful=yes").await.expect(403);
    let mut katharina = world.katharina().await;
    let without_token = Form::to("/help/calls").with(&[("useful", "yes")]);
    katharina.submit(&without_token).await.expect(403);
    assert_eq!(counts(&world, "calls", "de").await, (0, 0));

    let mut counted = 0;
    for _ in 0..70 {
        let mut forgetful = world.system.browser().speaking("de");
        let answer = forgetful.submit(&without_token).await;
        match answer.status.as_u16() {
            303 => counted += 1,
            429 => assert!(!answer.header("retry-after").is_empty()),
            other => panic!("{other}"),
        }
    }
    assert_eq!(counted, 60);
    assert_eq!(counts(&world, "calls", "de").await, (60, 0));
    let long = Form::to("/help/calls").with(&[("useful", "yes"), ("comment", &"x".repeat(301))]);
    world.system.browser().submit(&long).await.expect(422);
}

#[tokio::test]
async fn h2_pages_are_found_by_words() {
    let world = World::new().await;
    let mut browser = world.system.browser().speaking("de");
    let words = Words::of(Language::German);
    let found = browser
        .open("/help?q=benutzer+l%C3%B6schen")
        .await
        .expect(200);
    assert!(says(
        &found,
        text(HelpTask::DeleteUser, Language::German).title
    ));
    let none = browser.open("/help?q=xyzzy").await.expect(200);
    assert!(says(&none, &words.help_search_none()));
    for odd in [
        "/help?q=%00",
        "/help?q=%3Cscript%3E",
        &format!("/help?q={}", "x".repeat(50_000)),
    ] {
        let page = browser.open(odd).await.expect(200);
        assert!(!page.text().contains("<script>"), "{odd:.40}");
    }
}

#[tokio::test]
async fn h3_the_requirements_name_what_this_installation_has() {
    let world = World::new().await;
    for language in Language::ALL {
        let mut browser = world.system.browser().speaking(language.code());
        let words = Words::of(language);
        let page = browser.open("/help/requirements").await.expect(200);
        let said = [
            "sip.klinke.example:5060".to_owned(),
            words.requirements_port_sip("5060"),
            words.requirements_port_tls("5061"),
            words.requirements_port_audio().into_owned(),
            words.requirements_browsers_versions().into_owned(),
            words.requirements_nat().into_owned(),
            "Yealink T54W".to_owned(),
            "Gigaset N870".to_owned(),
            words.phone_other_sip().into_owned(),
        ];
        for sentence in said {
            assert!(says(&page, &sentence), "{sentence}");
        }
    }
}
