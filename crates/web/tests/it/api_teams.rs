//! Pickup and park groups over the API, and the message when a user is deleted (G1, G2, D3, D4).

use serde_json::{Value, json};

use crate::world::{World, found, refused};

#[tokio::test]
async fn g1_g2_groups_are_added_changed_and_deleted_over_the_api() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let site = world.muster.site.id();
    for kind in ["pickup", "park"] {
        let list = format!("/api/v1/sites/{site}/{kind}-groups");
        let wanted = json!({"name": "Empfang", "members": [anna.id.to_string()]});
        let added = world.admin.post(&list, &wanted).await.expect(201);
        assert_eq!(added.header("etag"), "\"1\"");
        let added = added.json();
        assert_eq!(added["members"][0]["name"], "Anna Weber");
        assert_eq!(
            added["recall_after_s"],
            if kind == "park" {
                json!(45)
            } else {
                Value::Null
            }
        );
        let path = format!("{list}/{}", added["id"].as_str().unwrap());
        assert_eq!(
            world.admin.get(&list).await.expect(200).json()["items"][0]["members"],
            1
        );
        let twin = json!({"name": "Küche", "members": [anna.id.to_string()]});
        let elsewhere = world.admin.post(&list, &twin).await;
        assert_eq!(
            found(&elsewhere, 409),
            [("/members".to_owned(), "in-another-group".to_owned())]
        );
        assert!(elsewhere.text().contains("Empfang"));
        let renamed = world.admin.put(&path, &json!({"name": "Halle"})).await;
        assert_eq!(renamed.expect(200).json()["members"], json!([]));
        let late = world
            .admin
            .request("DELETE", &path)
            .header("if-match", "\"1\"");
        refused(&world.admin.send(late, "").await, 412);
        let deleted = world.admin.delete(&path).await;
        assert_eq!(deleted.status.as_u16(), 204);
        refused(&world.admin.get(&path).await, 404);
    }
}

#[tokio::test]
async fn g1_g2_bad_input_is_told_field_by_field() {
    let world = World::new().await;
    let site = world.muster.site.id();
    let list = format!("/api/v1/sites/{site}/park-groups");
    let wrong = json!({
        "name": "x".repeat(81), "members": ["anna"], "recall_after_s": 29, "display_s": 16,
        "recall_to": "nobody", "alternate": "x", "department": "y",
    });
    let fields: Vec<_> = found(&world.admin.post(&list, &wrong).await, 422)
        .into_iter()
        .map(|(pointer, _)| pointer)
        .collect();
    for field in [
        "/name",
        "/department",
        "/members",
        "/recall_after_s",
        "/recall_to",
        "/alternate",
        "/display_s",
    ] {
        assert!(
            fields.iter().any(|found| found == field),
            "{field} in {fields:?}"
        );
    }
    let unknown = json!({"name": "A", "colour": "red"});
    refused(&world.admin.post(&list, &unknown).await, 422);
    let pickup = format!("/api/v1/sites/{site}/pickup-groups");
    refused(
        &world
            .admin
            .post(&pickup, &json!({"name": "A", "recall_after_s": 45}))
            .await,
        422,
    );
    refused(
        &world
            .admin
            .get(&format!("{pickup}/0190a000-0000-7000-8000-000000000000"))
            .await,
        404,
    );
}

#[tokio::test]
async fn d3_d4_the_deletion_names_groups_and_people_and_writes_to_them() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let ben = world.system.active_user(&world.muster, "Ben Klein").await;
    let eva = world.system.active_user(&world.muster, "Eva Groß").await;
    let list = format!("/api/v1/sites/{}/pickup-groups", world.muster.site.id());
    let wanted = json!({"name": "Empfang", "members": [anna.id.to_string(), ben.id.to_string()]});
    world.admin.post(&list, &wanted).await.expect(201);
    let path = format!("/api/v1/users/{}/deletion", anna.id);
    let preview = world.admin.get(&path).await.expect(200).json();
    assert_eq!(preview["groups"][0]["kind"], "pickup-group");
    assert_eq!(
        preview["tell"],
        json!([{"id": ben.id.to_string(), "name": "Ben Klein"}])
    );
    world.system.run_jobs().await;
    let before = world.system.mailbox.all().len();
    let wrong = json!({"tell": [eva.id.to_string()], "message": "a\r\nBcc: x@y.example"});
    assert_eq!(
        found(&world.admin.post(&path, &wrong).await, 422),
        [
            ("/tell".to_owned(), "unknown".to_owned()),
            ("/message".to_owned(), "control-character".to_owned())
        ]
    );
    let right = json!({"tell": [ben.id.to_string()], "message": "Bis bald."});
    let deleted = world.admin.post(&path, &right).await;
    assert_eq!(deleted.status.as_u16(), 204);
    refused(&world.admin.get(&path).await, 404);
    world.system.run_jobs().await;
    let letters = world.system.mailbox.all();
    assert_eq!(letters.len(), before + 1);
    let text = &letters[before].rendered.text;
    assert!(
        text.contains("Empfang") && text.contains("Bis bald."),
        "{text}"
    );
}
