//! Calls and reachability over the API.

use insta::assert_json_snapshot;
use model::User;
use serde_json::{Value, json};
use testkit::Call;

use crate::world::{World, each, items, refused};

impl World {
    /// Anna and Ben, both active.
    async fn two(&self) -> (User, User) {
        let anna = self.system.active_user(&self.muster, "Anna Weber").await;
        (
            anna,
            self.system.active_user(&self.muster, "Ben Klein").await,
        )
    }
}

#[tokio::test]
async fn a_call_says_who_whom_when_how_long_and_how_it_ended() {
    let world = World::new().await;
    let (anna, ben) = world.two().await;
    let number = ben.number.as_str();
    world.system.call(&anna, number, Call::Answered(65)).await;
    let calls = world.admin.get("/api/v1/calls").await.expect(200).json();
    assert_json_snapshot!(calls, {
        ".items[].id" => "[id]", ".items[].*.user" => "[user]",
    }, @r#"
    {
      "items": [
        {
          "answered_at": "2026-01-15T09:00:05Z",
          "answered_by": null,
          "called": {
            "name": "Ben Klein",
            "number": "1001",
            "user": "[user]"
          },
          "caller": {
            "name": "Anna Weber",
            "number": "1000",
            "user": "[user]"
          },
          "duration_s": 65,
          "ended_at": "2026-01-15T09:01:10Z",
          "id": "[id]",
          "outcome": "answered",
          "started_at": "2026-01-15T09:00:00Z"
        }
      ],
      "next_before": null
    }
    "#);
    let call = &calls["items"][0];
    assert_eq!(call["caller"]["user"], json!(anna.id));
    assert_eq!(call["called"]["user"], json!(ben.id));
}

#[tokio::test]
async fn calls_are_listed_page_by_page_of_a_user_a_site_and_the_enterprise() {
    let world = World::new().await;
    let (anna, ben) = world.two().await;
    let london = world.system.site(world.muster.id(), "London").await;
    let draft = world.system.draft(london.id(), "Eva Groß").await;
    let eva = world
        .system
        .add(&world.muster.admin, london.id(), draft)
        .await;
    let eva = world.system.activate(eva.expect("added").user.id).await;
    for (caller, dialled) in [(&anna, "1001"), (&ben, "999999"), (&eva, "1000")] {
        world.system.call(caller, dialled, Call::Failed(404)).await;
        world.system.clock.advance(60);
    }
    let dialled = async |path: &str| {
        let found = items(&world.admin.get(path).await.expect(200));
        let numbers = found
            .iter()
            .map(|call| call["called"]["number"].as_str().expect("text").to_owned());
        numbers.collect::<Vec<_>>()
    };
    assert_eq!(dialled("/api/v1/calls").await, ["1000", "999999", "1001"]);
    let of_london = format!("/api/v1/calls?site={}", london.id());
    assert_eq!(dialled(&of_london).await, ["1000"]);
    let of_anna = format!("/api/v1/users/{}/calls", anna.id);
    assert_eq!(dialled(&of_anna).await, ["1000", "1001"]);

    let first = world.admin.get(&format!("{of_anna}?limit=1")).await;
    assert_eq!(each(&items(&first), "outcome"), ["refused"]);
    let before = first.json()["next_before"].clone();
    let rest = format!("{of_anna}?limit=2&before={}", before.as_str().expect("id"));
    assert_eq!(dialled(&rest).await, ["1001"]);
    let rest = world.admin.get(&rest).await.json();
    assert_eq!(rest["next_before"], Value::Null);
}

#[tokio::test]
async fn r4_calls_are_for_those_who_administer_the_callers() {
    let world = World::new().await;
    let (anna, _) = world.two().await;
    world.system.call(&anna, "1001", Call::Rang(480)).await;
    refused(&world.operator.get("/api/v1/calls").await, 403);
    let of_anna = format!("/api/v1/users/{}/calls", anna.id);
    refused(&world.operator.get(&of_anna).await, 403);
    let london = world.system.site(world.muster.id(), "London").await;
    let of_london = world.system.api_of_site(&world.muster, &london).await;
    refused(&of_london.get(&of_anna).await, 404);
    assert_eq!(items(&of_london.get("/api/v1/calls").await).len(), 0);
    for query in ["before=x", "limit=x", "site=x"] {
        let answer = world.admin.get(&format!("/api/v1/calls?{query}")).await;
        refused(&answer, 400);
    }
}

#[tokio::test]
async fn s2_reachability_says_why_somebody_cannot_be_called() {
    let world = World::new().await;
    let anna = world.system.add_user(&world.muster, "Anna Weber").await;
    let anna = anna.user;
    let path = format!("/api/v1/users/{}/reachability", anna.id);
    let seen = async || world.admin.get(&path).await.expect(200).json();
    let expected = json!({
        "reachable": false,
        "decision": { "kind": "refuse", "reason": "pending" },
        "reasons": ["pending", "no-phone-registered"],
        "devices": [],
        "at": "2026-01-15T09:00:00Z",
        "steps": [{
            "depth": 0,
            "when": "at-once",
            "kind": "refuse",
            "text": "The call ends: the number is not activated yet.",
        }],
    });
    assert_eq!(seen().await, expected);

    world.system.activate(anna.id).await;
    assert_eq!(seen().await["reasons"], json!(["no-phone-registered"]));

    world.system.log_in_phone(&anna, "Yealink T54W").await;
    let expected = json!({
        "reachable": true,
        "decision": { "kind": "ring", "seconds": model::routing::RING_SECONDS },
        "reasons": [],
        "at": "2026-01-15T09:00:00Z",
        "steps": [{
            "depth": 0,
            "when": "at-once",
            "kind": "ring",
            "text": "All phones of Anna Weber ring for 60 seconds.",
        }],
        "devices": [{
            "user_agent": "Yealink T54W",
            "address": "198.51.100.7:5060",
            "transport": "UDP",
            "since": "2026-01-15T09:00:00Z",
        }],
    });
    assert_eq!(seen().await, expected);
    let user = world.admin.get(&format!("/api/v1/users/{}", anna.id)).await;
    assert_eq!(user.json()["registered"], true);
}
