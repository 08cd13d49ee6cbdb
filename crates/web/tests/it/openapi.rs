//! The description of the API: committed, and complete.

use std::collections::BTreeSet;

use testkit::assert_golden;

use crate::world::World;

#[test]
fn the_committed_description_is_what_the_code_says() {
    let document = serde_json::to_string_pretty(&web::api::document()).expect("JSON");
    assert_golden("docs/openapi.json", &format!("{document}\n"));
}

#[test]
fn the_description_tells_every_endpoint_of_the_api_and_no_other() {
    let document = serde_json::to_value(web::api::document()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let described: BTreeSet<_> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().expect("methods").keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let routes = web::api::routes();
    let served: BTreeSet<_> = routes
        .endpoints()
        .iter()
        .map(|endpoint| format!("{} {}", endpoint.method, endpoint.path))
        .filter(|endpoint| endpoint != "GET /api/v1/openapi.json")
        .collect();
    assert_eq!(described, served);
}

#[tokio::test]
async fn everybody_can_read_the_description() {
    let world = World::new().await;
    let nobody = world.system.api_of_nobody();
    let answer = nobody.get("/api/v1/openapi.json").await.expect(200);
    assert_eq!(answer.json()["openapi"], "3.1.0");
    assert_eq!(answer.json()["info"]["title"], "Klinke");
}
