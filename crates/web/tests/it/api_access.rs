//! Who may use the API, and what others are told.

use serde_json::json;

use crate::world::{World, refused};

#[tokio::test]
async fn without_a_token_that_is_good_nobody_is_answered() {
    let world = World::new().await;
    let nobody = world.system.api_of_nobody();
    let unknown = format!("Bearer klk_{}", "A".repeat(43));
    for header in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer klk_",
        "Basic b3A6b3A=",
        &unknown,
        "Bearer \u{fc}",
    ] {
        let mut request = nobody.request("GET", "/api/v1/users");
        if !header.is_empty() {
            request = request.header("authorization", header);
        }
        let answer = nobody.send(request, "").await;
        refused(&answer, 401);
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"klinke\"");
    }
}

#[tokio::test]
async fn r4_what_belongs_to_another_enterprise_does_not_exist() {
    let world = World::new().await;
    let path = world.active_anna().await;
    let other = world.system.enterprise("Fremd AG").await;
    let stranger = world.system.api_of_enterprise(&other).await;
    let site = world.site();
    let nothing = serde_json::Value::Null;
    let main_number = format!("/api/v1/sites/{site}/main-number");
    let telephony = format!("/api/v1/enterprises/{}/telephony", world.muster.id());
    let answers = [
        stranger.get(&path).await,
        stranger.get(&format!("{path}/reachability")).await,
        stranger.get(&format!("{path}/calls")).await,
        stranger.get(&format!("/api/v1/calls?site={site}")).await,
        stranger.put(&main_number, &json!({ "number": null })).await,
        stranger
            .put(&telephony, &json!({ "refuses_md5": true, "max_calls": 1 }))
            .await,
        stranger.get(&format!("{path}/deletion")).await,
        stranger.delete(&path).await,
        stranger
            .post(&format!("{path}/login-details"), &nothing)
            .await,
        stranger.get(&format!("/api/v1/sites/{site}")).await,
        stranger.get(&format!("/api/v1/sites/{site}/numbers")).await,
        stranger
            .get(&format!("/api/v1/sites/{site}/departments"))
            .await,
        stranger.post(&world.users_path(), &world.anna()).await,
        stranger.get(&format!("/api/v1/users?site={site}")).await,
        stranger.get(&format!("/api/v1/journal?site={site}")).await,
        stranger
            .get(&format!("/api/v1/sites?enterprise={}", world.muster.id()))
            .await,
        stranger
            .get(&format!(
                "/api/v1/packages?enterprise={}",
                world.muster.id()
            ))
            .await,
        stranger
            .get(&format!(
                "/api/v1/enterprises/{}/licences",
                world.muster.id()
            ))
            .await,
    ];
    let unknown = stranger
        .get("/api/v1/users/00000000-0000-7000-8000-000000000000")
        .await;
    for answer in &answers {
        refused(answer, 404);
        assert_eq!(answer.bytes, unknown.bytes, "a miss tells nothing");
    }
    world.admin.get(&path).await.expect(200);
}

#[tokio::test]
async fn what_is_no_id_is_not_found() {
    let world = World::new().await;
    for id in [
        "1",
        "anna",
        "%00",
        "%FF",
        "00000000-0000-7000-8000-00000000000",
        "..%2F..",
        "%27%20or%201=1",
    ] {
        for path in [
            format!("/api/v1/users/{id}"),
            format!("/api/v1/users/{id}/deletion"),
            format!("/api/v1/sites/{id}/numbers"),
            format!("/api/v1/users?site={id}"),
        ] {
            refused(&world.admin.get(&path).await, 404);
        }
        let licence = format!("/api/v1/enterprises/{id}/licences/standard");
        let request = world.operator.request("PUT", &licence);
        let total = serde_json::json!({ "total": 1 });
        refused(&world.operator.send_json(request, &total).await, 404);
    }
    refused(&world.admin.get("/api/v1/nonsense").await, 404);
    refused(&world.admin.get("/api/v2/users").await, 404);
}

#[tokio::test]
async fn a_method_that_a_path_does_not_have_is_refused_and_the_others_are_named() {
    let world = World::new().await;
    let path = world.active_anna().await;
    let answer = world
        .admin
        .send(world.admin.request("PUT", &path), "")
        .await;
    refused(&answer, 405);
    assert_eq!(answer.header("allow"), "GET,HEAD,PATCH,DELETE");
}
