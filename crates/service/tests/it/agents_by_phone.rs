//! Agents who say by phone why they are unavailable (G4).

use model::{
    TypedMember, User, VirtualUserId,
    call_centre::{CallCentreDraft, TypedCentre},
};
use service::call_centre::{self, AddCallCentre};
use testkit::{TestDesk, TestEnterprise, TestSystem};

struct World {
    system: TestSystem,
    muster: TestEnterprise,
    anna: User,
    desk: TestDesk,
}

impl World {
    async fn new() -> Self {
        let system = TestSystem::new().await;
        let muster = system.enterprise("Muster GmbH").await;
        Self {
            anna: system.active_user(&muster, "Anna Weber").await,
            desk: system.desk(),
            system,
            muster,
        }
    }

    /// A call centre with Anna as its agent.
    async fn centre(&self, name: &str, codes: &str, code_use: &str) -> VirtualUserId {
        let site = self.muster.site.id();
        let draft = CallCentreDraft {
            name: name.to_owned(),
            number: self.system.draft(site, "Nobody Here").await.number,
            settings: TypedCentre {
                codes: codes.to_owned(),
                code_use: code_use.to_owned(),
                default_code: match code_use {
                    "default" => codes.lines().last().unwrap().to_owned(),
                    _ => String::new(),
                },
                ..TypedCentre::default()
            },
            agents: vec![TypedMember {
                user: self.anna.id.to_string(),
                weight: String::new(),
            }],
            ..CallCentreDraft::default()
        };
        let request = AddCallCentre { site, draft };
        let added = call_centre::add(&self.system.env, &self.muster.admin, &request).await;
        added.unwrap().virtual_user.id
    }

    async fn dial(&mut self, code: &str) -> Option<u16> {
        self.desk.dial(&self.system, &self.anna, code).await
    }

    /// What Anna is doing there, and why.
    async fn state(&self, id: VirtualUserId) -> String {
        let (env, admin) = (&self.system.env, &self.muster.admin);
        let details = call_centre::details(env, admin, id).await.unwrap();
        let state = &details.agents[0].state;
        let code = state.code().map(|code| format!(" {code}"));
        format!("{}{}", state.id(), code.unwrap_or_default())
    }
}

#[tokio::test]
async fn g4_behind_52_stands_the_place_of_the_reason_in_the_list() {
    let mut world = World::new().await;
    let id = world
        .centre("Hotline", "Pause\nBüro\nPost", "optional")
        .await;
    for (code, state) in [
        ("*521", "unavailable Pause"),
        ("*523", "unavailable Post"),
        ("*52", "unavailable"),
        ("*522", "unavailable Büro"),
    ] {
        assert_eq!(world.dial(code).await, None, "{code}");
        assert_eq!(world.state(id).await, state, "{code}");
    }
    assert_eq!(world.dial("*524").await, Some(484));
    assert_eq!(world.state(id).await, "unavailable Büro");
}

#[tokio::test]
async fn g4_without_a_reason_a_forced_one_is_asked_for_and_a_standard_one_is_taken() {
    let mut world = World::new().await;
    let forced = world.centre("Hotline", "Pause\nBüro", "forced").await;
    assert_eq!(world.dial("*50").await, None);
    assert_eq!(world.dial("*52").await, Some(484));
    assert_eq!(world.state(forced).await, "sign-in");
    assert_eq!(world.dial("*522").await, None);
    assert_eq!(world.state(forced).await, "unavailable Büro");
    let mut world = World::new().await;
    let standard = world.centre("Hotline", "Pause\nBüro", "default").await;
    assert_eq!(world.dial("*52").await, None);
    assert_eq!(world.state(standard).await, "unavailable Büro");
    assert_eq!(world.dial("*521").await, None);
    assert_eq!(world.state(standard).await, "unavailable Pause");
}

#[tokio::test]
async fn g4_the_place_counts_in_the_list_of_each_call_centre_and_where_one_refuses_nothing_changes()
{
    let mut world = World::new().await;
    let long = world.centre("Bestellung", "Pause\nBüro", "optional").await;
    let short = world.centre("Hotline", "Mittag", "forced").await;
    let without = world.centre("Zentrale", "", "optional").await;
    assert_eq!(world.dial("*521").await, None);
    assert_eq!(world.state(long).await, "unavailable Pause");
    assert_eq!(world.state(short).await, "unavailable Mittag");
    assert_eq!(world.state(without).await, "unavailable");
    assert_eq!(world.dial("*50").await, None);
    for refused in ["*522", "*52"] {
        assert_eq!(world.dial(refused).await, Some(484), "{refused}");
        for id in [long, short, without] {
            assert_eq!(world.state(id).await, "sign-in", "{refused}");
        }
    }
}
