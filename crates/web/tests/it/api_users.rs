//! Adding, looking at and deleting a user over the API.

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::world::{World, each, items, refused, with};

#[tokio::test]
async fn u2_and_u7_an_administrator_adds_a_user_and_gets_login_details_once() {
    let world = World::new().await;
    let added = world
        .admin
        .post(&world.users_path(), &world.anna())
        .await
        .expect(201);
    let body = added.json();
    assert_json_snapshot!(body, {
        ".user.id" => "[id]", ".user.site" => "[site]", ".login_details.password" => "[password]",
    }, @r#"
    {
      "login_details": {
        "login": "492115551000",
        "password": "[password]",
        "server": "sip.klinke.example:5060",
        "transport": "udp"
      },
      "user": {
        "contract_number": null,
        "created_at": "2026-01-15T09:00:00Z",
        "department": null,
        "desk_phone_type": "yealink-t54w",
        "email": "anna.weber@muster.example",
        "extension": "1000",
        "first_name": "Anna",
        "id": "[id]",
        "language": "de",
        "last_name": "Weber",
        "mobile_number": null,
        "number": "+492115551000",
        "package": "standard",
        "registered": false,
        "services": [
          "voicemail"
        ],
        "site": "[site]",
        "state": "pending",
        "state_reason": null,
        "username": "anna.weber"
      }
    }
    "#);
    assert_eq!(added.header("cache-control"), "no-store");
    let path = added.header("location").to_owned();
    assert_eq!(added.header("etag"), "\"1\"");
    let seen = world.admin.get(&path).await.expect(200);
    let mut user = seen.json();
    let groups = user.as_object_mut().unwrap().remove("groups");
    assert_eq!(groups, Some(json!([])));
    assert_eq!(user, body["user"]);
    assert_eq!(seen.header("etag"), "\"1\"");

    let password = body["login_details"]["password"].as_str().unwrap();
    assert_eq!(password.len(), 12);
    let journal = world.admin.get("/api/v1/journal").await.expect(200);
    let list = world.admin.get("/api/v1/users").await.expect(200);
    for answer in [&seen, &journal, &list] {
        assert!(!answer.text().contains(password));
    }
    assert!(!world.system.database.holds(password.as_bytes()).await);
}

#[tokio::test]
async fn u5_without_desk_phone_there_are_no_login_details() {
    let world = World::new().await;
    let body = with(world.anna(), &[("desk_phone_type", Value::Null)]);
    let added = world.admin.post(&world.users_path(), &body).await;
    let added = added.expect(201).json();
    assert_eq!(added["login_details"], Value::Null);
    assert_eq!(added["user"]["desk_phone_type"], Value::Null);
}

#[tokio::test]
async fn u4_an_extension_can_be_given() {
    let world = World::new().await;
    let body = with(world.anna(), &[("extension", json!("201"))]);
    let added = world.admin.post(&world.users_path(), &body).await;
    assert_eq!(added.expect(201).json()["user"]["extension"], "201");
}

#[tokio::test]
async fn u6_a_mobile_user_has_mobile_and_contract_number() {
    let world = World::new().await;
    let mobile = [
        ("package", json!("mobile")),
        ("mobile_number", json!("0171 2345678")),
        ("contract_number", json!("V-17")),
    ];
    let added = world
        .admin
        .post(&world.users_path(), &with(world.anna(), &mobile))
        .await;
    let user = added.expect(201).json()["user"].clone();
    assert_eq!(user["mobile_number"], "+491712345678");
    assert_eq!(user["contract_number"], "V-17");
}

#[tokio::test]
async fn d1_d2_and_d4_a_deleted_user_is_gone_and_number_and_licences_are_free() {
    let world = World::new().await;
    let before = world.stock().await;
    let path = world.active_anna().await;
    assert_ne!(world.stock().await, before);

    let preview = world
        .admin
        .get(&format!("{path}/deletion"))
        .await
        .expect(200);
    let mut shown = preview.json();
    shown["user"] = shown["user"]["username"].take();
    assert_json_snapshot!(shown, @r#"
    {
      "forwards": [],
      "group_forwards": [],
      "groups": [],
      "licences": [
        "standard",
        "voicemail"
      ],
      "login": "492115551000",
      "number": "+492115551000",
      "tell": [],
      "user": "anna.weber"
    }
    "#);

    let gone = world.admin.delete(&path).await.expect(204);
    assert!(gone.bytes.is_empty());
    for path in [path.clone(), format!("{path}/deletion")] {
        refused(&world.admin.get(&path).await, 404);
    }
    refused(&world.admin.delete(&path).await, 404);
    assert_eq!(world.stock().await, before);
    world.add_anna().await;
}

#[tokio::test]
async fn s5_and_s6_until_a_user_is_active_an_administrator_can_look_but_not_delete() {
    let world = World::new().await;
    let id = world.add_anna().await["user"]["id"].clone();
    let path = format!("/api/v1/users/{}", id.as_str().unwrap());
    let stock = world.stock().await;
    for failed in [false, true] {
        if failed {
            world
                .system
                .fail(id.as_str().unwrap().parse().unwrap(), "No line")
                .await;
        }
        let refusals = [
            world.admin.delete(&path).await,
            world.admin.get(&format!("{path}/deletion")).await,
            world
                .admin
                .post(&format!("{path}/login-details"), &Value::Null)
                .await,
        ];
        for refusal in &refusals {
            assert_eq!(refused(refusal, 409)["title"], "The user is not active yet");
        }
    }
    assert_eq!(
        world.admin.get(&path).await.expect(200).json()["state"],
        "failed"
    );
    assert_eq!(world.stock().await, stock);
}

#[tokio::test]
async fn l1_new_login_details_are_answered_once_and_the_old_ones_end() {
    let world = World::new().await;
    let first = world.add_anna().await;
    let id = first["user"]["id"].as_str().unwrap();
    world.system.activate(id.parse().unwrap()).await;
    let path = format!("/api/v1/users/{id}/login-details");
    let renewed = world.admin.post(&path, &Value::Null).await.expect(201);
    assert_eq!(renewed.header("cache-control"), "no-store");
    assert_json_snapshot!(renewed.json(), {".password" => "[password]"}, @r#"
    {
      "login": "492115551000",
      "password": "[password]",
      "server": "sip.klinke.example:5060",
      "transport": "udp"
    }
    "#);
    let again = world.admin.post(&path, &Value::Null).await.expect(201);
    let password = |answer: &testkit::Answer| answer.json()["password"].clone();
    let passwords = [
        first["login_details"]["password"].clone(),
        password(&renewed),
        password(&again),
    ];
    assert_ne!(passwords[0], passwords[1]);
    assert_ne!(passwords[1], passwords[2]);
    let journal = world.admin.get(&format!("/api/v1/journal?user={id}")).await;
    let actions = each(&items(&journal), "action");
    assert_eq!(
        actions,
        [
            "login-details-renewed",
            "login-details-renewed",
            "user-activated",
            "user-added"
        ]
    );
    for password in &passwords {
        assert!(!journal.text().contains(password.as_str().unwrap()));
    }
}

#[tokio::test]
async fn u5_who_has_no_desk_phone_gets_no_login_details() {
    let world = World::new().await;
    let body = with(world.anna(), &[("desk_phone_type", Value::Null)]);
    let added = world.admin.post(&world.users_path(), &body).await.json();
    let id = added["user"]["id"].as_str().unwrap();
    world.system.activate(id.parse().unwrap()).await;
    let path = format!("/api/v1/users/{id}/login-details");
    let refusal = world.admin.post(&path, &Value::Null).await;
    assert_eq!(
        refused(&refusal, 409)["title"],
        "The user has no desk phone"
    );
}
