//! Pickup and park groups on the pages of the portal (G1, G2, S7, D4, R4).

use axum::http::StatusCode;
use model::Language;
use testkit::{Answer, Form};

use crate::world::{World, says, speak};

/// The form of the page with one of its buttons pressed.
fn pressed(page: &Answer, action: &str, button: &str, fields: &[(&str, &str)]) -> Form {
    Form::on(page, action)
        .without("do")
        .with(fields)
        .with(&[("do", button)])
}

fn path_of(answer: &Answer) -> String {
    let location = answer.header("location");
    location.split('?').next().expect("a path").to_owned()
}

#[tokio::test]
async fn g2_a_park_group_is_added_ordered_and_deleted_after_the_question() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let ben = world.system.add_user(&world.muster, "Ben Klein").await.user;
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut browser = world.system.browser_of(&login).await;
    let words = speak(&mut browser, Language::German).await;
    let list = format!("/sites/{}/park-groups", world.site());
    let new = format!("{list}/new");
    let mut page = browser.open(&new).await.expect(200);
    let typed = [("name", "Empfang")];
    for user in [anna.id, ben.id] {
        let add = format!("add:{user}");
        page = browser
            .submit(&pressed(&page, &new, &add, &typed))
            .await
            .expect(200);
    }
    assert!(says(&page, &words.hunt_group_from_activation()), "S7");
    page = browser
        .submit(&pressed(&page, &new, "down:0", &typed))
        .await
        .expect(200);
    let saved = browser
        .submit(&pressed(&page, &new, "save", &typed))
        .await
        .expect(303);
    let own = path_of(&saved);
    let shown = browser.open(saved.header("location")).await.expect(200);
    assert!(says(&shown, &words.team_was_added()));
    let text = shown.text();
    assert!(text.find("Ben Klein") < text.find("Anna Weber"), "ordered");
    let ask = format!("{own}/delete");
    let question = browser.open(&ask).await.expect(200);
    for told in ["Anna Weber", "Ben Klein"] {
        assert!(says(&question, told), "{told}");
    }
    let deleted = browser.submit(&Form::on(&question, &ask)).await.expect(303);
    assert_eq!(path_of(&deleted), list);
    assert_eq!(browser.open(&own).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn g2_wrong_input_is_told_beside_its_field_and_nothing_is_lost() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut browser = world.system.browser_of(&login).await;
    speak(&mut browser, Language::German).await;
    let new = format!("/sites/{}/park-groups/new", world.site());
    let page = browser.open(&new).await.expect(200);
    let add = format!("add:{}", anna.id);
    let page = browser
        .submit(&pressed(&page, &new, &add, &[("name", "Empfang")]))
        .await
        .expect(200);
    let typed = [
        ("name", "Empfang"),
        ("recall_after_s", "29"),
        ("recall_to", "alternate"),
    ];
    let refused = browser
        .submit(&pressed(&page, &new, "save", &typed))
        .await
        .expect(422);
    let text = refused.text();
    for kept in [
        "recall_after_s-error",
        "alternate-error",
        "value=\"29\"",
        "value=\"Empfang\"",
        "Anna Weber",
    ] {
        assert!(text.contains(kept), "{kept}");
    }
}

#[tokio::test]
async fn g1_who_is_in_another_group_is_named_and_moved_if_wanted() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut browser = world.system.browser_of(&login).await;
    let words = speak(&mut browser, Language::German).await;
    let new = format!("/sites/{}/pickup-groups/new", world.site());
    let add = format!("add:{}", anna.id);
    let mut own = Vec::new();
    for name in ["Empfang", "Halle"] {
        let page = browser.open(&new).await.expect(200);
        assert!(!says(&page, &words.team_moves_members()));
        let page = browser
            .submit(&pressed(&page, &new, &add, &[("name", name)]))
            .await
            .expect(200);
        let saving = pressed(&page, &new, "save", &[("name", name)]);
        let mut saved = browser.submit(&saving).await;
        if saved.status == StatusCode::CONFLICT {
            assert!(says(
                &saved,
                &words.problem_in_another_group("Anna Weber", "Empfang")
            ));
            assert!(says(&saved, &words.team_moves_members()));
            let moving = [("name", name), ("moves_members", "on")];
            let moved = pressed(&saved, &new, "save", &moving);
            saved = browser.submit(&moved).await;
        }
        own.push(path_of(&saved.expect(303)));
    }
    let left = browser.open(&own[0]).await.expect(200);
    assert!(says(&left, &words.hunt_group_members_none()));
    let now = browser.open(&own[1]).await.expect(200);
    assert!(says(&now, "Anna Weber"));
}

#[tokio::test]
async fn g1_groups_of_another_enterprise_are_not_there() {
    let world = World::new().await;
    let other = world.system.enterprise("Fremd GmbH").await;
    let login = world.system.add_administrator(&other, "fremd", &[]).await;
    let mut browser = world.system.browser_of(&login).await;
    for kind in ["pickup-groups", "park-groups"] {
        for path in ["", "/new", "/0190a000-0000-7000-8000-000000000000"] {
            let address = format!("/sites/{}/{kind}{path}", world.site());
            let answer = browser.open(&address).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        }
    }
}
