//! Changing a user over the API (C1–C3, S5).

use serde_json::{Value, json};
use testkit::Answer;

use crate::world::{World, found, refused};

impl World {
    async fn patch(&self, id: &str, body: &Value) -> Answer {
        let path = format!("/api/v1/users/{id}");
        let request = self.admin.request("PATCH", &path);
        self.admin.send_json(request, body).await
    }
}

#[tokio::test]
async fn s5_the_configuration_of_a_pending_user_is_a_conflict_and_the_name_is_not() {
    let world = World::new().await;
    let anna = world
        .system
        .add_user(&world.muster, "Anna Weber")
        .await
        .user;
    let id = anna.id.to_string();
    refused(
        &world.patch(&id, &json!({"desk_phone_type": null})).await,
        409,
    );
    let renamed = world
        .patch(&id, &json!({"last_name": "Klein"}))
        .await
        .expect(200)
        .json();
    assert_eq!(renamed["user"]["last_name"], "Klein");
    assert_eq!(renamed["login_details"], Value::Null);
}

#[tokio::test]
async fn c1_an_absent_field_stays_and_null_clears() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let id = anna.id.to_string();
    let mobile = json!({"mobile_number": "+491701234567", "contract_number": "V-1"});
    let with = world.patch(&id, &mobile).await.expect(200).json();
    assert_eq!(with["user"]["mobile_number"], "+491701234567");
    assert_eq!(with["user"]["username"], anna.username.as_str());
    let half = world.patch(&id, &json!({"contract_number": null})).await;
    assert_eq!(
        found(&half, 422),
        [("/contract_number".into(), "contract-number-missing".into())]
    );
    let both = json!({"mobile_number": null, "contract_number": null});
    let without = world.patch(&id, &both).await.expect(200).json();
    assert_eq!(without["user"]["mobile_number"], Value::Null);
    refused(&world.patch(&id, &json!({"state": "activated"})).await, 422);
}

#[tokio::test]
async fn c2_another_desk_phone_shows_new_login_details_once_and_the_version_rises() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let path = format!("/api/v1/users/{}", anna.id);
    let tag = world
        .admin
        .get(&path)
        .await
        .expect(200)
        .header("etag")
        .to_owned();
    let patch = json!({"desk_phone_type": "snom-d785"});
    let request = || world.admin.request("PATCH", &path).header("if-match", &tag);
    let first = world.admin.send_json(request(), &patch).await.expect(200);
    assert_ne!(first.header("etag"), tag);
    let details = first.json()["login_details"].clone();
    assert_eq!(details["login"], anna.number.digits());
    assert!(details["password"].as_str().unwrap().len() >= 12);
    let overtaken = refused(&world.admin.send_json(request(), &patch).await, 412);
    let [other] = &overtaken["meanwhile"].as_array().unwrap()[..] else {
        panic!("{overtaken}")
    };
    assert_eq!(other["action"], "user-modified");
    assert_eq!(other["changes"][0]["after"], "snom-d785");
    let same = world
        .patch(&anna.id.to_string(), &patch)
        .await
        .expect(200)
        .json();
    assert_eq!(same["login_details"], Value::Null, "nothing has changed");
}
