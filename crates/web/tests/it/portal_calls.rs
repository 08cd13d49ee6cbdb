//! Calls in the portal: whose, in whose language, and nothing of others.

use model::{Language, User};
use testkit::{Answer, Browser, Call};

use crate::world::{World, says, speak};

impl World {
    /// A browser of the user.
    pub(crate) async fn browser_of(&self, user: &User) -> Browser {
        let name = self.system.let_log_in(&self.muster, user.id).await;
        self.system.browser_of(&name).await
    }

    /// The user calls, and two hours pass.
    async fn call(&self, user: &User, dialled: &str, call: Call) {
        self.system.call(user, dialled, call).await;
        self.system.clock.advance(7200);
    }
}

/// The rows of the table of calls, without tags.
fn rows(page: &Answer) -> Vec<String> {
    let html = page.text();
    let Some(table) = html.split("<table class=\"cards calls").nth(1) else {
        return Vec::new();
    };
    let table = table.split("</table>").next().unwrap_or_default();
    table.split("<tr role=\"row\">").skip(2).map(text).collect()
}

fn text(html: &str) -> String {
    let parts = html.split('<').filter_map(|part| part.split('>').nth(1));
    let words: Vec<_> = parts.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

#[tokio::test]
async fn h1_a_user_reads_the_own_calls_in_both_languages() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let ben = world.system.active_user(&world.muster, "Ben Klein").await;
    let eva = world.system.active_user(&world.muster, "Eva Groß").await;
    world.call(&anna, "1001", Call::Answered(65)).await;
    world.call(&ben, "1000", Call::Rang(480)).await;
    world
        .call(&ben, "+492115551000", Call::Answered(3600))
        .await;
    world.call(&anna, "004930123456", Call::Failed(503)).await;
    world.call(&ben, "1002", Call::Answered(7)).await;
    let mut browser = world.browser_of(&anna).await;

    speak(&mut browser, Language::German).await;
    let page = browser.open("/calls").await.expect(200);
    let expected = [
        "030 123456 Ausgehend 15.01.2026, 16:00 – Nicht möglich",
        "Ben Klein 1001 Eingehend 15.01.2026, 14:00 1:00:00 Angenommen",
        "Ben Klein 1001 Verpasst 15.01.2026, 12:00 – Nicht angenommen",
        "Ben Klein 1001 Ausgehend 15.01.2026, 10:00 1:05 Angenommen",
    ];
    assert_eq!(rows(&page), expected);
    assert!(
        !page.text().contains("href=\"/users/"),
        "a user opens no user's page"
    );

    speak(&mut browser, Language::English).await;
    let home = browser.open("/").await.expect(200);
    assert_eq!(
        rows(&home)[2],
        "Ben Klein 1001 Missed 15/01/2026, 12:00 – Not answered"
    );
    let own = format!("/users/{}/calls", anna.id);
    let answer = browser.open(&own).await.expect(303);
    assert_eq!(answer.header("location"), "/calls");
    browser
        .open(&format!("/users/{}/calls", eva.id))
        .await
        .expect(404);
    browser
        .open(&format!("/calls?site={}", world.site()))
        .await
        .expect(404);
}

#[tokio::test]
async fn r4_administrators_read_the_calls_of_what_they_administer() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let london = world.system.site(world.muster.id(), "London").await;
    let draft = world.system.draft(london.id(), "Olivia Bennett").await;
    let olivia = world
        .system
        .add(&world.muster.admin, london.id(), draft)
        .await;
    let olivia = world.system.activate(olivia.expect("added").user.id).await;
    world.call(&anna, "112", Call::Failed(503)).await;
    let number = anna.number.to_string();
    world.call(&olivia, &number, Call::Rang(486)).await;

    let mut katharina = world.katharina().await;
    let page = katharina.open("/calls").await.expect(200);
    let to_olivia = format!(
        "Anna Weber 1000 Outgoing Olivia Bennett {}",
        olivia.extension
    );
    let expected = [
        format!("{to_olivia} 15/01/2026, 12:00 – Busy or declined"),
        "112 Outgoing Anna Weber 0211 5551000 15/01/2026, 10:00 – Not possible".to_owned(),
    ];
    assert_eq!(rows(&page), expected);
    assert!(
        page.text()
            .contains(&format!("<option value=\"{}\">London", london.id()))
    );
    let of_duesseldorf = format!("/calls?site={}", world.site());
    let page = katharina.open(&of_duesseldorf).await.expect(200);
    let missed = &rows(&page)[0];
    assert!(missed.starts_with("Olivia Bennett"), "{missed}");
    assert!(missed.contains("Missed Anna Weber"), "{missed}");
    let of_olivia = format!("/users/{}/calls", olivia.id);
    assert_eq!(rows(&katharina.open(&of_olivia).await.expect(200)).len(), 1);

    let sites = [world.site(), london.id()];
    for (username, sites, expected) in [("lena", &sites[1..], 1), ("beide", &sites[..], 2)] {
        let name = world
            .system
            .add_administrator(&world.muster, username, sites)
            .await;
        let mut browser = world.system.browser_of(&name).await;
        let page = browser.open("/calls").await.expect(200);
        assert_eq!(rows(&page).len(), expected, "{username}: the first site's");
        let has_choice = page.text().contains("<select");
        assert_eq!(has_choice, sites.len() > 1);
        assert!(!page.text().contains("All sites"), "{username}");
    }

    let other = world.system.enterprise("Fremd AG").await;
    let name = world.system.add_administrator(&other, "fremd", &[]).await;
    let mut stranger = world.system.browser_of(&name).await;
    let words = speak(&mut stranger, Language::German).await;
    let nothing = stranger.open("/calls").await.expect(200);
    assert!(says(&nothing, &words.call_empty_text()));
    assert_eq!(rows(&nothing).len(), 0);
    for hidden in [&of_olivia, &of_duesseldorf] {
        stranger.open(hidden).await.expect(404);
    }
}

#[tokio::test]
async fn the_operator_sees_no_calls() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    world.call(&anna, "112", Call::Failed(503)).await;
    let name = world.system.let_operator_log_in().await;
    let mut operator = world.system.browser_of(&name).await;
    let page = operator.open(&format!("/users/{}", anna.id)).await;
    let page = page.expect(200);
    assert_eq!(rows(&page).len(), 0);
    assert!(!page.text().contains("section-calls"));
    assert!(!operator.open("/").await.text().contains("href=\"/calls\""));
    operator.open("/calls").await.expect(403);
    let of_anna = format!("/users/{}/calls", anna.id);
    operator.open(&of_anna).await.expect(403);
}

#[tokio::test]
async fn a_users_page_shows_the_last_five_calls_and_the_way_to_all() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    world.system.active_user(&world.muster, "Ben Klein").await;
    for seconds in 1..=52 {
        world.call(&anna, "1001", Call::Answered(seconds)).await;
    }
    let mut browser = world.katharina().await;
    let page = browser.open(&format!("/users/{}", anna.id)).await;
    let page = page.expect(200);
    assert_eq!(rows(&page).len(), 5);
    let all = format!("/users/{}/calls", anna.id);
    assert!(page.text().contains(&format!("href=\"{all}\"")));
    let first = browser.open(&all).await.expect(200);
    assert_eq!(rows(&first).len(), 50);
    assert!(rows(&first)[0].contains("0:52"), "{}", rows(&first)[0]);
    let next = first.text().split("rel=\"next\" href=\"").nth(1);
    let next = next.and_then(|rest| rest.split('"').next()).expect("more");
    let second = browser.open(&next.replace("&#38;", "&")).await.expect(200);
    assert_eq!(rows(&second).len(), 2);
    assert!(second.text().contains("rel=\"prev\""));
    browser.open(&format!("{all}?before=x")).await.expect(404);
}

#[tokio::test]
async fn what_was_dialled_is_shown_as_text() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let dialled = "<script>alert(1)</script>";
    world.call(&anna, dialled, Call::Failed(484)).await;
    let mut browser = world.browser_of(&anna).await;
    for address in ["/", "/calls"] {
        let page = browser.open(address).await.expect(200);
        assert!(
            page.text().contains("&#60;script&#62;alert(1)"),
            "{address}"
        );
        assert!(!page.text().contains("<script>alert"), "{address}");
    }
}
