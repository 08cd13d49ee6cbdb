//! What the operator does over the API: activation, enterprises, numbers, licences.

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::world::{World, each, found, items, refused};

impl World {
    async fn pending_anna(&self) -> (String, String) {
        let id = self.add_anna().await["user"]["id"].clone();
        let id = id.as_str().expect("an id");
        (
            format!("/api/v1/users/{id}"),
            format!("/api/v1/operator/users/{id}/activation"),
        )
    }
}

#[tokio::test]
async fn s1_and_s3_a_new_user_is_pending_until_the_operator_activates() {
    let world = World::new().await;
    let (user, activation) = world.pending_anna().await;
    let activated = json!({ "outcome": "activated" });
    refused(&world.admin.post(&activation, &activated).await, 403);
    assert_eq!(world.admin.get(&user).await.json()["state"], "pending");
    let queue = items(&world.operator.get("/api/v1/operator/activations").await);
    assert_eq!(queue[0]["enterprise_name"], "Muster GmbH");
    assert_eq!(queue[0]["user"]["username"], "anna.weber");

    let decided = world
        .operator
        .post(&activation, &activated)
        .await
        .expect(200);
    assert_eq!(decided.json()["state"], "activated");
    assert_eq!(world.admin.get(&user).await.json()["state"], "activated");
    refused(&world.operator.post(&activation, &activated).await, 409);
    refused(&world.operator.delete(&activation).await, 409);
    let queue = items(&world.operator.get("/api/v1/operator/activations").await);
    assert_eq!(queue.len(), 0);
}

#[tokio::test]
async fn s4_the_administrator_reads_why_activation_failed_and_the_operator_tries_again() {
    let world = World::new().await;
    let (user, activation) = world.pending_anna().await;
    let failed = json!({ "outcome": "failed", "reason": "The line is cut" });
    world.operator.post(&activation, &failed).await.expect(200);
    let seen = world.admin.get(&user).await.json();
    assert_eq!(
        (&seen["state"], &seen["state_reason"]),
        (&json!("failed"), &json!("The line is cut"))
    );
    let again = world
        .operator
        .post(&activation, &json!({ "outcome": "pending" }))
        .await;
    assert_eq!(again.expect(200).json()["state_reason"], Value::Null);
}

#[tokio::test]
async fn s4_a_failure_needs_a_reason_and_an_outcome_that_exists() {
    let world = World::new().await;
    let (_, activation) = world.pending_anna().await;
    for (body, pointer, code) in [
        (json!({ "outcome": "failed" }), "/reason", "required"),
        (
            json!({ "outcome": "failed", "reason": " " }),
            "/reason",
            "required",
        ),
        (
            json!({ "outcome": "failed", "reason": "a\u{0}b" }),
            "/reason",
            "control-character",
        ),
        (
            json!({ "outcome": "failed", "reason": "x".repeat(81) }),
            "/reason",
            "too-long",
        ),
        (json!({ "outcome": "maybe" }), "/outcome", "unknown"),
    ] {
        let answer = world.operator.post(&activation, &body).await;
        assert_eq!(found(&answer, 422), [(pointer.to_owned(), code.to_owned())]);
    }
}

#[tokio::test]
async fn s4_a_cancelled_user_is_gone_and_the_number_is_free() {
    let world = World::new().await;
    let stock = world.stock().await;
    let (user, activation) = world.pending_anna().await;
    refused(&world.admin.delete(&activation).await, 403);
    world.operator.delete(&activation).await.expect(204);
    refused(&world.admin.get(&user).await, 404);
    refused(&world.operator.delete(&activation).await, 404);
    assert_eq!(world.stock().await, stock);
}

#[tokio::test]
async fn r5_the_journal_says_who_changed_what_from_what_to_what() {
    let world = World::new().await;
    let path = world.active_anna().await;
    world.admin.delete(&path).await.expect(204);
    let journal = world.admin.get("/api/v1/journal?limit=2").await.expect(200);
    assert_json_snapshot!(journal.json(), {
        ".items[].seq" => "[seq]", ".items[].entity" => "[id]", ".next_before" => "[seq]",
    }, @r#"
    {
      "items": [
        {
          "action": "user-deleted",
          "actor": "API enterprise-admin",
          "at": "2026-01-15T09:00:00Z",
          "changes": [
            {
              "after": null,
              "before": "anna.weber",
              "field": "username"
            },
            {
              "after": null,
              "before": "+492115551000",
              "field": "number"
            },
            {
              "after": null,
              "before": "1000",
              "field": "extension"
            },
            {
              "after": null,
              "before": "standard",
              "field": "package"
            }
          ],
          "entity": "[id]",
          "entity_name": "Anna Weber",
          "on_behalf_of": null,
          "seq": "[seq]"
        },
        {
          "action": "user-activated",
          "actor": "API operator",
          "at": "2026-01-15T09:00:00Z",
          "changes": [
            {
              "after": "activated",
              "before": "pending",
              "field": "state"
            }
          ],
          "entity": "[id]",
          "entity_name": "Anna Weber",
          "on_behalf_of": null,
          "seq": "[seq]"
        }
      ],
      "next_before": "[seq]"
    }
    "#);
    let before = journal.json()["next_before"].clone();
    let older = world
        .admin
        .get(&format!("/api/v1/journal?before={before}"))
        .await;
    let actions = each(&items(&older.expect(200)), "action");
    assert_eq!(actions[0], "user-added");
}

#[tokio::test]
async fn r1_the_operator_makes_an_enterprise_ready_for_its_first_user() {
    let world = World::new().await;
    let operator = &world.operator;
    let new = json!({ "name": "Beispiel AG", "domain": "beispiel", "country": "GB" });
    let enterprise = operator
        .post("/api/v1/enterprises", &new)
        .await
        .expect(201)
        .json();
    let path = format!("/api/v1/enterprises/{}", enterprise["id"].as_str().unwrap());
    let conflict = operator.post("/api/v1/enterprises", &new).await;
    refused(&conflict, 409);

    let site = json!({ "name": "London", "country": "GB" });
    let site = operator
        .post(&format!("{path}/sites"), &site)
        .await
        .expect(201)
        .json();
    let site_path = format!("/api/v1/sites/{}", site["id"].as_str().unwrap());
    assert_eq!(operator.get(&site_path).await.expect(200).json(), site);
    let range = json!({ "first_number": "020 7946 0000", "last_number": "020 7946 0009" });
    let ranges = format!("{site_path}/number-ranges");
    assert_eq!(
        operator.post(&ranges, &range).await.expect(201).json()["count"],
        10
    );
    refused(&operator.post(&ranges, &range).await, 409);

    let request = operator.request("PUT", &format!("{path}/licences/standard"));
    operator
        .send_json(request, &json!({ "total": 3 }))
        .await
        .expect(204);
    let request = operator.request("PUT", &format!("{path}/licences/gold"));
    refused(
        &operator.send_json(request, &json!({ "total": 3 })).await,
        404,
    );

    let admin = json!({
        "role": "site-admin", "sites": [site["id"]], "username": "kate", "email": "kate@beispiel.example", "language": "en",
    });
    let admin = operator
        .post(&format!("{path}/administrators"), &admin)
        .await
        .expect(201);
    let link = admin.json()["registration_path"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut kate = world.system.browser();
    let password = [
        ("password", testkit::PASSWORD),
        ("password_again", testkit::PASSWORD),
    ];
    kate.fill_in(&link, &link, &password).await.expect(303);
    kate.log_in("kate@beispiel", testkit::PASSWORD)
        .await
        .expect(303);
    kate.open(&link).await.expect(410);

    let department = json!({ "name": "Sales" });
    let departments = format!("{site_path}/departments");
    let sales = operator
        .post(&departments, &department)
        .await
        .expect(201)
        .json();
    let part = json!({ "name": "Export", "parent": sales["id"] });
    operator.post(&departments, &part).await.expect(201);
    let all = operator.get(&departments).await.expect(200).json();
    assert_eq!(all.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn u9_licences_are_counted_and_never_set_below_their_use() {
    let world = World::new().await;
    world.add_anna().await;
    let packages = world.admin.get("/api/v1/packages").await.expect(200).json();
    assert_json_snapshot!(packages, @r#"
    [
      {
        "id": "basic",
        "total": 25,
        "used": 0
      },
      {
        "id": "standard",
        "total": 25,
        "used": 1
      },
      {
        "id": "premium",
        "total": 25,
        "used": 0
      },
      {
        "id": "mobile",
        "total": 25,
        "used": 0
      }
    ]
    "#);
    let services = world.admin.get("/api/v1/services").await.expect(200).json();
    assert_eq!(
        services[0],
        json!({ "id": "voicemail", "total": 25, "used": 1 })
    );
    let anonymous_counts = world.operator.get("/api/v1/packages").await.json();
    assert_eq!(anonymous_counts[1]["total"], Value::Null);
    let of_muster = format!("/api/v1/packages?enterprise={}", world.muster.id());
    assert_eq!(world.operator.get(&of_muster).await.json(), packages);

    let path = format!(
        "/api/v1/enterprises/{}/licences/standard",
        world.muster.id()
    );
    for (total, status, code) in [
        (0, 409, "below-use"),
        (-1, 422, "out-of-range"),
        (i64::MAX, 422, "out-of-range"),
    ] {
        let request = world.operator.request("PUT", &path);
        let answer = world
            .operator
            .send_json(request, &json!({ "total": total }))
            .await;
        assert_eq!(
            found(&answer, status),
            [("/total".to_owned(), code.to_owned())]
        );
    }
    assert_eq!(world.admin.get("/api/v1/packages").await.json(), packages);
}

#[tokio::test]
async fn desk_phone_types_can_be_chosen_from() {
    let world = World::new().await;
    let types = world
        .admin
        .get("/api/v1/desk-phone-types")
        .await
        .expect(200)
        .json();
    assert_eq!(
        types[0],
        json!({ "id": "yealink-t54w", "model": "Yealink T54W" })
    );
    let last = types.as_array().unwrap().last().unwrap().clone();
    assert_eq!(last, json!({ "id": "other-sip", "model": null }));
}
