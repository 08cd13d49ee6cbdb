//! The calls of a group and its report, as the portal and the API give them (G1-G4, R4).

use model::Language;
use serde_json::Value;
use testkit::Browser;

use crate::world::{World, found, items, says, speak};

/// A hunt group that Anna and Ben are in, after a call that Anna let ring and Ben took; its identity.
async fn called(world: &World) -> String {
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let ben = world.system.active_user(&world.muster, "Ben Klein").await;
    let path = world.active_group("Vertrieb", &[anna.id, ben.id]).await;
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let group = id.parse().expect("an id");
    for _ in 0..2 {
        world.system.call_group(&anna, group, &[&anna, &ben]).await;
        world.system.clock.advance(60);
    }
    id
}

async fn chef(world: &World) -> Browser {
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    world.system.browser_of(&login).await
}

#[tokio::test]
async fn g3_the_api_gives_a_groups_calls_page_by_page_each_with_its_way_and_the_report() {
    let world = World::new().await;
    let id = called(&world).await;
    let path = format!("/api/v1/groups/{id}/calls");
    let first = world.admin.get(&format!("{path}?limit=1")).await;
    let first = first.expect(200).json();
    let next = first["next"].as_str().expect("there is another page");
    let rest = format!("{path}?limit=1&cursor={next}");
    let second = world.admin.get(&rest).await.expect(200).json();
    let [newer, older] = [&first, &second].map(|page| page["items"][0].clone());
    assert_ne!(newer["id"], older["id"]);
    assert!(newer["entered_at"].as_str() > older["entered_at"].as_str());
    assert_eq!(newer["departure"], "talked");
    assert_eq!(newer["answered_by"], "Ben Klein");
    let end = older["entered_at"].as_str().expect("text");
    let before = world.admin.get(&format!("{path}?until={end}")).await;
    assert!(items(&before.expect(200)).is_empty());
    let call = newer["id"].as_str().expect("text");
    let way = world.admin.get(&format!("{path}/{call}")).await;
    let way = way.expect(200).json();
    let kinds: Vec<_> = way
        .as_array()
        .expect("a list")
        .iter()
        .map(|step| &step["kind"])
        .collect();
    assert_eq!(kinds, ["offered", "bounced", "offered", "answered"]);
    let report = format!("/api/v1/groups/{id}/report");
    let report = world.admin.get(&report).await.expect(200).json();
    assert_eq!(
        (&report["entered"], &report["name"]),
        (&Value::from(2), &"Vertrieb".into())
    );
    assert_eq!(report["members"][1]["name"], "Ben Klein");
    assert_eq!(report["members"][1]["talked_ms"], 200_000);
    let wrong = world.admin.get(&format!("{path}?cursor=nonsense")).await;
    assert_eq!(found(&wrong, 422), [("/cursor".into(), "unknown".into())]);
    let wrong = world.admin.get(&format!("{path}?from=yesterday")).await;
    assert_eq!(found(&wrong, 422)[0].0, "/from");
}

#[tokio::test]
async fn r4_another_enterprise_does_not_know_of_a_groups_calls() {
    let world = World::new().await;
    let id = called(&world).await;
    let other = world.system.enterprise("Beispiel AG").await;
    let stranger = world.system.api_of_enterprise(&other).await;
    let own = format!("/api/v1/groups/{id}");
    let nobody = uuid::Uuid::nil();
    let calls = [
        format!("{own}/calls"),
        format!("{own}/calls/{nobody}"),
        format!("{own}/report"),
    ];
    for path in calls {
        stranger.get(&path).await.expect(404);
        world.admin.get(&path).await.expect(200);
    }
}

#[tokio::test]
async fn g3_the_page_shows_figures_members_and_ways_in_both_languages_and_saves_them() {
    let world = World::new().await;
    let id = called(&world).await;
    let mut browser = chef(&world).await;
    let calls = format!("/groups/{id}/calls");
    let site = world.site();
    for language in Language::ALL {
        let words = speak(&mut browser, language).await;
        let form = browser
            .open(&format!("/sites/{site}/hunt-groups/{id}"))
            .await;
        assert!(form.expect(200).text().contains(&calls));
        let page = browser.open(&calls).await.expect(200);
        for sentence in [
            words.group_calls_title("Vertrieb"),
            words.step_bounced("Anna Weber", words.bounce_no_answer()),
            words.step_answered("Ben Klein"),
            words.departure_talked().into_owned(),
        ] {
            assert!(says(&page, &sentence), "{sentence}");
        }
        let sheet = browser.open(&format!("{calls}.csv")).await.expect(200);
        assert_eq!(sheet.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(sheet.text().lines().count(), 3);
        let sheet = browser
            .open(&format!("{calls}/members.csv"))
            .await
            .expect(200);
        assert!(sheet.text().contains("Ben Klein"), "{}", sheet.text());
        let earlier = format!("{calls}?from=2020-01-01&until=2020-01-31");
        let page = browser.open(&earlier).await.expect(200);
        assert!(says(&page, &words.group_calls_none()));
        let wrong = browser.open(&format!("{calls}?from=soon")).await;
        wrong.expect(422);
    }
}
