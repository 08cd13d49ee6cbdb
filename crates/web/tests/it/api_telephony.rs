//! What the call engine keeps to, set over the API.

use serde_json::{Value, json};

use crate::world::{World, found, items, refused};

impl World {
    async fn telephony(&self) -> Value {
        items(&self.operator.get("/api/v1/enterprises").await.expect(200))[0]["telephony"].clone()
    }
}

#[tokio::test]
async fn the_operator_sets_calls_at_once_and_md5() {
    let world = World::new().await;
    let path = format!("/api/v1/enterprises/{}/telephony", world.muster.id());
    let before = json!({ "refuses_md5": false, "max_calls": 500 });
    assert_eq!(world.telephony().await, before);
    for (body, field, code) in [
        (
            json!({ "refuses_md5": true, "max_calls": 0 }),
            "/max_calls",
            "out-of-range",
        ),
        (
            json!({ "refuses_md5": true, "max_calls": 10_001 }),
            "/max_calls",
            "out-of-range",
        ),
        (
            json!({ "refuses_md5": true, "max_calls": "many" }),
            "/max_calls",
            "wrong-type",
        ),
        (
            json!({ "refuses_md5": 1, "max_calls": 20 }),
            "/refuses_md5",
            "wrong-type",
        ),
        (json!({ "max_calls": 20 }), "", "wrong-type"),
    ] {
        let answer = world.operator.put(&path, &body).await;
        assert_eq!(found(&answer, 422), [(field.into(), code.into())], "{body}");
    }
    let after = json!({ "refuses_md5": true, "max_calls": 20 });
    refused(&world.admin.put(&path, &after).await, 403);
    assert_eq!(world.telephony().await, before);
    let answer = world.operator.put(&path, &after).await.expect(200).json();
    assert_eq!(answer["telephony"], after);
    assert_eq!(world.telephony().await, after);
}

#[tokio::test]
async fn the_main_number_of_a_site_is_one_of_its_own_or_none() {
    let world = World::new().await;
    let site = format!("/api/v1/sites/{}", world.site());
    let path = format!("{site}/main-number");
    let main_number =
        async || world.admin.get(&site).await.expect(200).json()["main_number"].clone();
    assert_eq!(main_number().await, Value::Null);
    let set = async |api: &testkit::Api, number: Value| {
        api.put(&path, &json!({ "number": number })).await
    };
    let answer = set(&world.admin, json!("0211 5551000")).await.expect(200);
    assert_eq!(answer.json()["main_number"], "+492115551000");
    for (number, code) in [
        (json!("+4930123456"), "not-of-site"),
        (json!("main"), "invalid-number"),
        (json!(5), "wrong-type"),
    ] {
        let answer = set(&world.admin, number).await;
        assert_eq!(found(&answer, 422), [("/number".into(), code.into())]);
    }
    // Without the field nothing is meant; `null` has to be said.
    refused(&world.admin.put(&path, &json!({})).await, 422);
    let of_site = world
        .system
        .api_of_site(&world.muster, &world.muster.site)
        .await;
    refused(&set(&of_site, Value::Null).await, 403);
    assert_eq!(main_number().await, "+492115551000");
    set(&world.operator, Value::Null).await.expect(200);
    assert_eq!(main_number().await, Value::Null);
}
