//! Hunt groups as the API and the portal give them (G3, S5, S7, D4, R4).

use model::{Language, UserId};
use serde_json::{Value, json};
use testkit::{Answer, Form};

use crate::world::{World, found, items, refused, says, speak};

impl World {
    fn groups(&self) -> String {
        format!("/api/v1/sites/{}/hunt-groups", self.site())
    }

    /// The site's last free number.
    async fn free_number(&self) -> String {
        let path = format!(
            "/api/v1/sites/{}/numbers?available=true&limit=200",
            self.site()
        );
        let free = items(&self.admin.get(&path).await.expect(200));
        free.last().expect("a number")["number"]
            .as_str()
            .expect("text")
            .to_owned()
    }

    async fn group(&self, name: &str, members: &[UserId]) -> Value {
        let seat = |user: &UserId| json!({ "user": user, "weight": 0 });
        let members: Vec<_> = members.iter().map(seat).collect();
        let body = json!({ "name": name, "number": self.free_number().await, "members": members });
        self.admin
            .post(&self.groups(), &body)
            .await
            .expect(201)
            .json()
    }

    /// A group that is active, and its path.
    pub(crate) async fn active_group(&self, name: &str, members: &[UserId]) -> String {
        let id = text(&self.group(name, members).await, "id");
        let decide = format!("/api/v1/operator/virtual-users/{id}/activation");
        let decided = self
            .operator
            .post(&decide, &json!({ "outcome": "activated" }))
            .await;
        assert_eq!(decided.expect(200).json()["state"], "activated");
        format!("{}/{id}", self.groups())
    }
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().expect("text").to_owned()
}

/// The body that would leave the group as it is.
fn body_of(group: &Value) -> Value {
    let mut body = group.clone();
    let fields = body.as_object_mut().expect("an object");
    for field in ["id", "kind", "state", "state_reason", "site", "created_at"] {
        fields.remove(field);
    }
    for member in body["members"].as_array_mut().expect("members") {
        let member = member.as_object_mut().expect("a member");
        member.remove("name");
        member.remove("live_from_activation");
    }
    body
}

#[tokio::test]
async fn g3_a_hunt_group_is_added_changed_and_deleted_over_the_api() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let ben = world.system.active_user(&world.muster, "Ben Klein").await;
    let path = world.active_group("Vertrieb", &[anna.id]).await;
    let read = world.admin.get(&path).await.expect(200);
    let (tag, group) = (read.header("etag").to_owned(), read.json());
    assert_eq!(group["policy"], "regular");
    let mut body = body_of(&group);
    body["policy"] = json!("weighted");
    body["members"] = json!([{ "user": ben.id, "weight": 70 }, { "user": anna.id, "weight": 30 }]);
    let put = async |tag: &str, body: &Value| {
        let request = world.admin.request("PUT", &path).header("if-match", tag);
        world.admin.send_json(request, body).await
    };
    let changed = put(&tag, &body).await.expect(200);
    let members = changed.json()["members"].clone();
    assert_eq!(
        (&members[0]["name"], &members[0]["weight"]),
        (&json!("Ben Klein"), &json!(70))
    );
    refused(&put(&tag, &body).await, 412);
    let listed = world
        .admin
        .get(&format!("{}?q=vertr", world.groups()))
        .await;
    assert_eq!(items(&listed.expect(200)).len(), 1);
    let of_anna = world
        .admin
        .get(&format!("/api/v1/users/{}", anna.id))
        .await
        .expect(200);
    assert_eq!(of_anna.json()["groups"][0]["name"], "Vertrieb");
    let deletion = world
        .admin
        .get(&format!("{path}/deletion"))
        .await
        .expect(200)
        .json();
    assert_eq!(deletion["tell"], json!(["Ben Klein", "Anna Weber"]));
    world.admin.delete(&path).await.expect(204);
    refused(&world.admin.get(&path).await, 404);
    let number = text(&deletion["group"], "number");
    assert_eq!(world.free_number().await, number, "free in the same second");
}

#[tokio::test]
async fn s7_the_api_marks_the_seat_of_a_pending_member() {
    let world = World::new().await;
    let ben = world.system.add_user(&world.muster, "Ben Klein").await.user;
    let path = world.active_group("Vertrieb", &[ben.id]).await;
    let mark =
        async || world.admin.get(&path).await.json()["members"][0]["live_from_activation"].clone();
    assert_eq!(mark().await, true);
    world.system.activate(ben.id).await;
    assert_eq!(mark().await, false, "by itself");
}

#[tokio::test]
async fn s5_a_pending_group_is_neither_renamed_nor_deleted_and_the_operator_cancels_it() {
    let world = World::new().await;
    let group = world.group("Vertrieb", &[]).await;
    assert_eq!(group["state"], "pending");
    let id = text(&group, "id");
    let path = format!("{}/{id}", world.groups());
    let mut body = body_of(&group);
    body["name"] = json!("Einkauf");
    refused(&world.admin.put(&path, &body).await, 409);
    refused(&world.admin.delete(&path).await, 409);
    refused(&world.admin.get(&format!("{path}/deletion")).await, 409);
    let queue = world
        .operator
        .get("/api/v1/operator/activations")
        .await
        .expect(200)
        .json();
    assert_eq!(
        queue["virtual_users"][0]["virtual_user"]["name"],
        "Vertrieb"
    );
    let cancel = format!("/api/v1/operator/virtual-users/{id}/activation");
    refused(&world.admin.delete(&cancel).await, 403);
    world.operator.delete(&cancel).await.expect(204);
    refused(&world.admin.get(&path).await, 404);
}

#[tokio::test]
async fn g3_bad_input_is_told_by_field() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    let seat = json!({ "user": anna.id, "weight": 1 });
    let wrong = json!({
        "name": "", "number": "x", "policy": "loud", "skip_after_rings": 21, "no_answer_after_s": 7201,
        "no_answer_target": "nobody", "members": [seat, seat],
    });
    let errors = found(&world.admin.post(&world.groups(), &wrong).await, 422);
    let pointers: Vec<_> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
    let all = [
        "/name",
        "/number",
        "/policy",
        "/skip_after_rings",
        "/no_answer_after_s",
        "/no_answer_target",
        "/members",
    ];
    assert_eq!(pointers, all);
    for body in [json!([]), json!({ "name": 7 }), json!({ "unknown": true })] {
        let answer = world.admin.post(&world.groups(), &body).await;
        assert!(
            [400, 422].contains(&answer.status.as_u16()),
            "{}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn r4_a_stranger_finds_no_hunt_group() {
    let world = World::new().await;
    let path = world.active_group("Vertrieb", &[]).await;
    let other = world.system.enterprise("Fremd AG").await;
    let stranger = world.system.api_of_enterprise(&other).await;
    let own_site = path.replace(&world.site().to_string(), &other.site.id().to_string());
    for path in [
        &path,
        &own_site,
        &format!("{path}/deletion"),
        &world.groups(),
    ] {
        refused(&stranger.get(path).await, 404);
    }
    for path in [&path, &own_site] {
        refused(&stranger.delete(path).await, 404);
    }
    let eva = world.system.active_user(&other, "Eva Fremd").await;
    let seat = json!([{ "user": eva.id }]);
    let body = json!({ "name": "Neu", "number": world.free_number().await, "members": seat });
    let errors = found(&world.admin.post(&world.groups(), &body).await, 422);
    assert_eq!(errors, [("/members".to_owned(), "unknown".to_owned())]);
}

/// The form of the page with one of its buttons pressed.
fn pressed(page: &Answer, action: &str, button: &str, fields: &[(&str, &str)]) -> Form {
    Form::on(page, action)
        .without("do")
        .with(fields)
        .with(&[("do", button)])
}

#[tokio::test]
async fn g3_members_are_searched_added_and_removed_without_javascript() {
    let world = World::new().await;
    let anna = world.system.active_user(&world.muster, "Anna Weber").await;
    world.system.add_user(&world.muster, "Ben Klein").await;
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut browser = world.system.browser_of(&login).await;
    let words = speak(&mut browser, Language::German).await;
    let list = format!("/sites/{}/hunt-groups", world.site());
    let new = format!("{list}/new");
    let page = browser.open(&new).await.expect(200);
    let number = world.free_number().await;
    let typed = [
        ("name", "Vertrieb"),
        ("number", number.as_str()),
        ("policy", "regular"),
    ];
    let page = browser
        .submit(&pressed(&page, &new, "find", &typed).with(&[("find", "anna")]))
        .await
        .expect(200);
    assert!(says(&page, &words.hunt_group_add_member("Anna Weber")));
    let add = format!("add:{}", anna.id);
    let page = browser
        .submit(&pressed(&page, &new, &add, &typed))
        .await
        .expect(200);
    assert!(says(&page, &words.hunt_group_remove_name("Anna Weber")));
    let saved = browser
        .submit(&pressed(&page, &new, "save", &typed))
        .await
        .expect(303);
    let own = saved.header("location").to_owned();
    let page = browser.open(&own).await.expect(200);
    assert!(says(&page, &words.hunt_group_was_added()));
    let own = own.split('?').next().expect("a path").to_owned();
    let removed = browser
        .submit(&pressed(&page, &own, "remove:0", &[]))
        .await
        .expect(200);
    assert!(says(&removed, &words.hunt_group_members_none()));
    let page = browser.open(&list).await.expect(200);
    assert!(says(&page, "Vertrieb"));
}

#[tokio::test]
async fn s7_the_page_warns_of_a_pending_member() {
    let world = World::new().await;
    let ben = world.system.add_user(&world.muster, "Ben Klein").await.user;
    let path = world.active_group("Vertrieb", &[ben.id]).await;
    let login = world
        .system
        .add_administrator(&world.muster, "chef", &[])
        .await;
    let mut browser = world.system.browser_of(&login).await;
    let words = speak(&mut browser, Language::German).await;
    let page = path.replace("/api/v1", "");
    let shown = browser.open(&page).await.expect(200);
    assert!(says(&shown, &words.hunt_group_waiting(1_u32)));
    assert!(says(&shown, &words.hunt_group_from_activation()));
    world.system.activate(ben.id).await;
    let shown = browser.open(&page).await.expect(200);
    assert!(!says(&shown, &words.hunt_group_from_activation()));
}
