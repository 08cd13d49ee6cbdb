//! Input that breaks a rule: the API says which, beside which field, and nothing is half done.

use serde_json::{Value, json};
use testkit::Answer;

use crate::world::{World, found, items, refused, with};

impl World {
    /// Anna with these fields instead.
    async fn add_with(&self, fields: &[(&str, Value)]) -> Answer {
        let body = with(self.anna(), fields);
        self.admin.post(&self.users_path(), &body).await
    }

    /// How many users there are, and the stock of licences and numbers.
    async fn inventory(&self) -> (usize, (Vec<Value>, usize)) {
        let users = self.admin.get("/api/v1/users").await.expect(200);
        (items(&users).len(), self.stock().await)
    }
}

fn pair(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

#[tokio::test]
async fn u3_and_u6_each_broken_rule_is_told_at_its_field_and_nothing_is_half_done() {
    let world = World::new().await;
    let before = world.inventory().await;
    let text = |character: &str, count: usize| json!(character.repeat(count));
    let no_id = json!("00000000-0000-7000-8000-000000000000");
    for (field, value, code) in [
        ("first_name", text("a", 24), "too-long"),
        ("first_name", text("ä", 24), "too-long"),
        ("first_name", text("😀", 24), "too-long"),
        ("first_name", json!(" "), "required"),
        ("first_name", Value::Null, "required"),
        ("last_name", text("b", 31), "too-long"),
        ("last_name", json!("We\u{0}ber"), "control-character"),
        ("username", json!("anna weber"), "forbidden-character"),
        ("username", json!("anna+weber"), "forbidden-character"),
        ("username", json!("anna-weber"), "forbidden-character"),
        ("username", json!("anna&weber"), "forbidden-character"),
        ("username", json!("anna@weber"), "forbidden-character"),
        ("username", json!("\u{0}"), "control-character"),
        ("email", json!("anna"), "invalid-email"),
        ("email", json!("a\u{0}@muster.example"), "control-character"),
        ("number", json!("12"), "invalid-number"),
        ("number", json!("\u{0}"), "invalid-number"),
        ("number", Value::Null, "required"),
        ("number", json!("9".repeat(100_000)), "invalid-number"),
        ("extension", json!("1"), "invalid-extension"),
        ("extension", json!("1234567"), "invalid-extension"),
        ("extension", json!("12\u{0}4"), "invalid-extension"),
        ("extension", json!("110"), "emergency-number"),
        ("package", json!("gold"), "unknown"),
        ("package", json!(""), "required"),
        ("services", json!(["voicemail", "\u{0}"]), "unknown"),
        ("language", json!("fr"), "unknown"),
        ("department", no_id.clone(), "unknown"),
        ("department", json!("sales"), "unknown"),
        ("desk_phone_type", json!("toaster"), "unknown"),
    ] {
        let answer = world.add_with(&[(field, value.clone())]).await;
        let expected = [pair(&format!("/{field}"), code)];
        assert_eq!(found(&answer, 422), expected, "{value}");
    }
    let mobile = ("mobile_number", json!("0171 2345678"));
    let contract = ("contract_number", json!("V\u{0}17"));
    for (fields, expected) in [
        (
            vec![mobile.clone()],
            pair("/contract_number", "contract-number-missing"),
        ),
        (
            vec![("contract_number", json!("V-17"))],
            pair("/mobile_number", "mobile-number-missing"),
        ),
        (
            vec![mobile, contract],
            pair("/contract_number", "control-character"),
        ),
        (
            vec![("package", json!("mobile"))],
            pair("/mobile_number", "package-needs-mobile"),
        ),
    ] {
        assert_eq!(found(&world.add_with(&fields).await, 422), [expected]);
    }
    assert_eq!(world.inventory().await, before);
}

#[tokio::test]
async fn u3_everything_that_is_wrong_is_told_at_once() {
    let world = World::new().await;
    let answer = world.admin.post(&world.users_path(), &json!({})).await;
    let expected = [
        "number",
        "package",
        "first_name",
        "last_name",
        "username",
        "email",
    ];
    let expected = expected.map(|field| pair(&format!("/{field}"), "required"));
    assert_eq!(found(&answer, 422), expected);
}

#[tokio::test]
async fn u3_umlauts_and_emoji_are_accepted_up_to_the_limit() {
    let world = World::new().await;
    let names = [
        ("first_name", json!("ü".repeat(23))),
        ("last_name", json!("😀".repeat(30))),
        ("username", json!("jürgen.groß")),
    ];
    let user = world.add_with(&names).await.expect(201).json()["user"].clone();
    for (field, value) in &names {
        assert_eq!(&user[*field], value);
    }
    let decomposed = [
        ("first_name", json!("u\u{308}".repeat(23))),
        ("username", json!("other")),
        ("number", json!("+492115551001")),
    ];
    let user = world.add_with(&decomposed).await.expect(201).json()["user"].clone();
    assert_eq!(user["first_name"], json!("ü".repeat(23)));
}

#[tokio::test]
async fn u9_what_somebody_else_has_is_refused_and_nothing_is_half_done() {
    let world = World::new().await;
    world.add_anna().await;
    let before = world.inventory().await;
    let number = ("number", json!("+492115551001"));
    let username = ("username", json!("ben"));
    let taken = world
        .add_with(&[("username", json!("Anna.WEBER")), number.clone()])
        .await;
    assert_eq!(found(&taken, 409), [pair("/username", "taken")]);
    let taken = world
        .add_with(&[username.clone(), ("extension", json!("77"))])
        .await;
    assert_eq!(
        found(&taken, 409),
        [pair("/number", "number-not-available")]
    );
    let unknown = ("number", json!("+493012345678"));
    let unknown = world.add_with(&[username.clone(), unknown]).await;
    assert_eq!(
        found(&unknown, 409),
        [pair("/number", "number-not-available")]
    );
    let all = world.add_with(&[]).await;
    let expected = [
        pair("/extension", "extension-taken"),
        pair("/username", "taken"),
        pair("/number", "number-not-available"),
    ];
    assert_eq!(found(&all, 409), expected);

    let none_left = model::Product::Package(model::Package::Premium);
    world
        .system
        .set_licences(world.muster.id(), none_left, 0)
        .await;
    let premium = world
        .add_with(&[username, number, ("package", json!("premium"))])
        .await;
    assert_eq!(found(&premium, 409), [pair("/package", "no-licence-left")]);
    assert_eq!(world.inventory().await, before);
}

#[tokio::test]
async fn u4_a_taken_extension_is_told_with_its_holder_for_those_who_may_know_and_a_free_one() {
    let world = World::new().await;
    world.add_anna().await;
    let london = world.system.site(world.muster.id(), "London").await;
    let clash = with(
        world.anna(),
        &[
            ("extension", json!("1000")),
            ("username", json!("ben")),
            ("number", json!(london.first_number)),
        ],
    );
    let path = format!("/api/v1/sites/{}/users", london.id());
    let site_admin = world.system.api_of_site(&world.muster, &london).await;
    for (api, may_know) in [(&world.admin, true), (&site_admin, false)] {
        let answer = api.post(&path, &clash).await;
        assert_eq!(found(&answer, 409), [pair("/extension", "extension-taken")]);
        let error = answer.json()["errors"][0].clone();
        let detail = error["detail"].as_str().unwrap();
        assert_eq!(detail.contains("Anna Weber"), may_know, "{detail}");
        let suggestion = ("extension", error["suggestion"].clone());
        assert_eq!(suggestion.1, "1001");
    }
    let suggested = with(clash, &[("extension", json!("1001"))]);
    site_admin.post(&path, &suggested).await.expect(201);
}

#[tokio::test]
async fn u9_numbers_of_another_site_cannot_be_taken() {
    let world = World::new().await;
    let other = world.system.enterprise("Fremd AG").await;
    let london = world.system.site(world.muster.id(), "London").await;
    for first_number in [&other.site.first_number, &london.first_number] {
        let answer = world.add_with(&[("number", json!(first_number))]).await;
        assert_eq!(
            found(&answer, 409),
            [pair("/number", "number-not-available")]
        );
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused() {
    let world = World::new().await;
    let before = world.inventory().await;
    let send = async |kind: &str, body: Vec<u8>| {
        let mut request = world.admin.request("POST", &world.users_path());
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        world.admin.send(request, body).await
    };
    let json = "application/json";
    let anna = world.anna().to_string().into_bytes();
    for (kind, body, status) in [
        (json, b"{\"first_name\": ".to_vec(), 400),
        (json, b"".to_vec(), 400),
        (json, b"\xff\xfe{}".to_vec(), 400),
        (json, b"{\"first_name\": \"\xff\"}".to_vec(), 400),
        (json, b"{\"first_name\": \"\\ud800\"}".to_vec(), 400),
        (json, [anna.clone(), b"{}".to_vec()].concat(), 400),
        (
            json,
            b"{\"first_name\": \"Anna\" \"last_name\"".to_vec(),
            400,
        ),
        ("", anna.clone(), 415),
        ("text/plain", anna.clone(), 415),
        (
            "application/x-www-form-urlencoded",
            b"first_name=Anna".to_vec(),
            415,
        ),
        ("application/jsonp", anna.clone(), 415),
        (json, vec![b' '; web::server::BODY_LIMIT + 1], 413),
    ] {
        refused(&send(kind, body).await, status);
    }
    assert_eq!(world.inventory().await, before);
    let kind = "Application/JSON; charset=utf-8";
    let padding = vec![b' '; web::server::BODY_LIMIT - anna.len()];
    send(kind, [anna, padding].concat()).await.expect(201);
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_told_by_its_place() {
    let world = World::new().await;
    for (fields, pointer) in [
        (json!({ "first_name": 7 }), "/first_name"),
        (json!({ "services": "voicemail" }), "/services"),
        (json!({ "services": ["voicemail", 7] }), "/services/1"),
        (json!({ "middle_name": "Maria" }), "/middle_name"),
        (json!({ "a/b~c": "" }), "/a~1b~0c"),
        (json!([]), ""),
        (json!(["+492115551000", null, "standard"]), ""),
        (json!("Anna"), ""),
        (json!(null), ""),
    ] {
        let answer = world.admin.post(&world.users_path(), &fields).await;
        assert_eq!(
            found(&answer, 422),
            [pair(pointer, "wrong-type")],
            "{fields}"
        );
    }
    let twice = "{\"first_name\": \"Anna\", \"first_name\": \"Anja\"}";
    let request = world.admin.request("POST", &world.users_path());
    let request = request.header("content-type", "application/json");
    found(&world.admin.send(request, twice).await, 422);
}

#[tokio::test]
async fn a_query_of_the_wrong_type_is_refused() {
    let world = World::new().await;
    let site = world.site();
    for query in [
        "/api/v1/users?limit=-1".to_owned(),
        "/api/v1/users?limit=many".to_owned(),
        "/api/v1/users?limit=18446744073709551616".to_owned(),
        "/api/v1/users?limit=1&limit=2".to_owned(),
        "/api/v1/users?q=a&q=b".to_owned(),
        "/api/v1/sites?enterprise=muster".to_owned(),
        "/api/v1/packages?enterprise=%00".to_owned(),
        "/api/v1/services?enterprise=1".to_owned(),
        "/api/v1/journal?before=yesterday".to_owned(),
        "/api/v1/journal?user=anna".to_owned(),
        format!("/api/v1/sites/{site}/numbers?available=perhaps"),
    ] {
        let answer = world.admin.get(&query).await;
        let detail = refused(&answer, 400)["detail"].clone();
        assert_ne!(detail, Value::Null, "{query}");
    }
    for query in [
        "/api/v1/operator/activations?limit=x",
        "/api/v1/enterprises?limit=x",
    ] {
        refused(&world.operator.get(query).await, 400);
    }
}

#[tokio::test]
async fn a_search_may_hold_anything() {
    let world = World::new().await;
    world.add_anna().await;
    let long = "x".repeat(60_000);
    for (search, expected) in [
        ("%00", 1),
        ("we%00ber", 1),
        ("%FF", 0),
        ("%ED%A0%80", 0),
        ("%F0%9F%98%80", 0),
        ("%5C", 0),
        ("%22%27%3B--", 0),
        (long.as_str(), 0),
        ("%20%20", 1),
        ("%2B", 1),
    ] {
        let answer = world.admin.get(&format!("/api/v1/users?q={search}")).await;
        assert_eq!(items(&answer.expect(200)).len(), expected, "{search:.20}");
    }
    for journal in [
        "before=-1",
        "before=9223372036854775807",
        "before=-9223372036854775808",
        "limit=0",
    ] {
        world
            .admin
            .get(&format!("/api/v1/journal?{journal}"))
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn nul_in_what_the_operator_sends_breaks_a_rule_and_not_the_database() {
    let world = World::new().await;
    let enterprise = format!("/api/v1/enterprises/{}", world.muster.id());
    let site = format!("/api/v1/sites/{}", world.site());
    let nul = "a\u{0}b";
    for (path, body, pointer) in [
        (
            "/api/v1/enterprises",
            json!({ "name": nul, "domain": "ab", "country": "DE" }),
            "/name",
        ),
        (
            "/api/v1/enterprises",
            json!({ "name": "ab", "domain": nul, "country": "DE" }),
            "/domain",
        ),
        (
            "/api/v1/enterprises",
            json!({ "name": "ab", "domain": "ab", "country": nul }),
            "/country",
        ),
        (
            &format!("{enterprise}/sites"),
            json!({ "name": nul, "country": "DE" }),
            "/name",
        ),
        (
            &format!("{site}/departments"),
            json!({ "name": nul }),
            "/name",
        ),
        (
            &format!("{site}/number-ranges"),
            json!({ "first_number": "+492110\u{0}001", "last_number": "+492110002" }),
            "/first_number",
        ),
        (
            &format!("{enterprise}/administrators"),
            json!({ "role": "enterprise-admin", "username": nul, "email": "a@b.example", "language": "de" }),
            "/username",
        ),
        (
            &format!("{enterprise}/administrators"),
            json!({ "role": nul, "username": "ab", "email": "a@b.example", "language": "de" }),
            "/role",
        ),
    ] {
        let found = found(&world.operator.post(path, &body).await, 422);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, pointer);
    }
}
