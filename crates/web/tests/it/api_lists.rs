//! Lists over the API: pages by keyset, search, filter and order.

use serde_json::Value;
use testkit::Api;

use crate::world::{World, each, found, items};

const PEOPLE: [&str; 5] = [
    "Zoë Abel",
    "Anna Weber",
    "Ben Öztürk",
    "Clara Weber",
    "Dirk Groß",
];

impl World {
    async fn with_people() -> Self {
        let world = Self::new().await;
        for name in PEOPLE {
            world.system.add_user(&world.muster, name).await;
        }
        world
    }

    /// First names of a list of users.
    async fn first_names(&self, query: &str) -> Vec<String> {
        let answer = self.admin.get(&format!("/api/v1/users?{query}")).await;
        each(&items(&answer.expect(200)), "first_name")
    }
}

/// Every item of a list, page by page.
async fn walk(api: &Api, path: &str, limit: usize) -> Vec<Value> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = api
            .get(&format!("{path}limit={limit}&cursor={cursor}"))
            .await
            .expect(200);
        let found = items(&page);
        assert!((1..=limit).contains(&found.len()), "{}", found.len());
        all.extend(found);
        match page.json()["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return all,
        }
    }
}

#[tokio::test]
async fn pages_meet_every_user_once_in_each_order() {
    let world = World::with_people().await;
    for (sort, expected) in [
        ("name", ["Zoë", "Dirk", "Ben", "Anna", "Clara"]),
        ("-name", ["Clara", "Anna", "Ben", "Dirk", "Zoë"]),
        ("number", ["Zoë", "Anna", "Ben", "Clara", "Dirk"]),
        ("-extension", ["Dirk", "Clara", "Ben", "Anna", "Zoë"]),
    ] {
        for limit in [1, 2, 5] {
            let path = format!("/api/v1/users?sort={sort}&");
            let users = walk(&world.admin, &path, limit).await;
            assert_eq!(each(&users, "first_name"), expected, "{sort} {limit}");
        }
    }
}

#[tokio::test]
async fn a_page_holds_when_users_come_and_go() {
    let world = World::with_people().await;
    let first = world.admin.get("/api/v1/users?limit=3").await;
    assert_eq!(each(&items(&first), "first_name"), ["Zoë", "Dirk", "Ben"]);
    world.system.add_user(&world.muster, "Ada Aal").await;
    let cursor = first.json()["next_cursor"].as_str().unwrap().to_owned();
    let second = world.first_names(&format!("limit=3&cursor={cursor}")).await;
    assert_eq!(second, ["Anna", "Clara"]);
}

#[tokio::test]
async fn users_are_found_by_name_number_and_extension() {
    let world = World::with_people().await;
    for (search, expected) in [
        ("weber", vec!["Anna", "Clara"]),
        ("WEBER", vec!["Anna", "Clara"]),
        ("ozturk", vec!["Ben"]),
        ("%C3%96zt%C3%BCrk", vec!["Ben"]),
        ("gross", vec!["Dirk"]),
        ("dirk.gro", vec!["Dirk"]),
        ("0211%205551003", vec!["Clara"]),
        ("1004", vec!["Dirk"]),
        ("nobody", vec![]),
        ("%25", vec![]),
        ("_", vec![]),
        ("'", vec![]),
    ] {
        assert_eq!(
            world.first_names(&format!("q={search}")).await,
            expected,
            "{search}"
        );
    }
}

#[tokio::test]
async fn users_are_filtered_by_state_and_site() {
    let world = World::with_people().await;
    let users = items(&world.admin.get("/api/v1/users").await);
    let id = |n: usize| users[n]["id"].as_str().unwrap().parse().unwrap();
    world.system.activate(id(0)).await;
    world.system.fail(id(1), "No line").await;
    assert_eq!(world.first_names("state=activated").await, ["Zoë"]);
    assert_eq!(world.first_names("state=failed").await, ["Dirk"]);
    assert_eq!(
        world.first_names("state=pending&q=weber").await,
        ["Anna", "Clara"]
    );
    let london = world.system.site(world.muster.id(), "London").await;
    assert_eq!(
        world.first_names(&format!("site={}", london.id())).await,
        [""; 0]
    );
    let first_site = format!("site={}&state=failed", world.site());
    assert_eq!(world.first_names(&first_site).await, ["Dirk"]);
}

#[tokio::test]
async fn an_order_or_state_that_does_not_exist_is_refused() {
    let world = World::new().await;
    for (query, pointer) in [
        ("sort=age", "/sort"),
        ("sort=--name", "/sort"),
        ("state=retired", "/state"),
        ("cursor=x", "/cursor"),
        ("cursor=%00", "/cursor"),
        ("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D", "/cursor"),
    ] {
        let answer = world.admin.get(&format!("/api/v1/users?{query}")).await;
        let expected = (pointer.to_owned(), "unknown".to_owned());
        assert_eq!(found(&answer, 422), [expected], "{query}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_list_is_a_place_and_no_failure() {
    let world = World::with_people().await;
    let numbers = format!("/api/v1/sites/{}/numbers", world.site());
    let page = world.admin.get("/api/v1/users?limit=2").await;
    let cursor = page.json()["next_cursor"].as_str().unwrap().to_owned();
    for path in [numbers.as_str(), "/api/v1/users"] {
        let answer = world
            .admin
            .get(&format!("{path}?sort=number&cursor={cursor}"))
            .await;
        answer.expect(200);
    }
}

#[tokio::test]
async fn r4_the_list_ends_at_the_readers_border() {
    let world = World::with_people().await;
    let other = world.system.enterprise("Fremd AG").await;
    world.system.add_user(&other, "Eva Fremd").await;
    let london = world.system.site(world.muster.id(), "London").await;
    let site_admin = world.system.api_of_site(&world.muster, &london).await;
    assert_eq!(world.first_names("").await.len(), PEOPLE.len());
    assert_eq!(items(&site_admin.get("/api/v1/users").await).len(), 0);
    assert_eq!(items(&world.operator.get("/api/v1/users").await).len(), 6);
}

#[tokio::test]
async fn numbers_are_listed_page_by_page_with_who_has_them() {
    let world = World::with_people().await;
    let path = format!("/api/v1/sites/{}/numbers?", world.site());
    let numbers = walk(&world.admin, &path, 7).await;
    assert_eq!(numbers.len(), 20);
    assert_eq!(numbers[0]["number"], "+492115551000");
    assert_eq!(numbers[0]["state"], "assigned");
    let zoe = items(&world.admin.get("/api/v1/users?q=abel").await);
    assert_eq!(numbers[0]["user"], zoe[0]["id"]);
    let free = walk(&world.admin, &format!("{path}available=true&"), 7).await;
    assert_eq!(free.len(), 15);
    assert_eq!(
        (&free[0]["state"], &free[0]["user"]),
        (&"free".into(), &Value::Null)
    );
}

#[tokio::test]
async fn limits_are_brought_into_bounds() {
    let world = World::with_people().await;
    for limit in ["0", "201", "18446744073709551615"] {
        let answer = world
            .admin
            .get(&format!("/api/v1/users?limit={limit}"))
            .await;
        let expected = if limit == "0" { 1 } else { PEOPLE.len() };
        assert_eq!(items(&answer.expect(200)).len(), expected, "{limit}");
    }
}
