//! Agents and supervisors, found as administrators type them (G4, R4).

use service::{Error, call_centre::people};
use testkit::{TestEnterprise, TestSystem};

struct World {
    system: TestSystem,
    muster: TestEnterprise,
}

impl World {
    async fn new() -> Self {
        let system = TestSystem::new().await;
        let muster = system.enterprise("Muster GmbH").await;
        Self { system, muster }
    }

    /// Who is found for this.
    async fn found(&self, typed: &str) -> Vec<String> {
        let site = self.muster.site.id();
        people(&self.system.env, &self.muster.admin, site, typed)
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn g4_a_name_that_one_user_has_and_an_extension_lead_to_the_user() {
    let world = World::new().await;
    let anna = world
        .system
        .add_user(&world.muster, "Anna Weber")
        .await
        .user;
    let ben = world.system.add_user(&world.muster, "Ben Klein").await.user;
    let (anna_id, ben_id) = (anna.id.to_string(), ben.id.to_string());
    for typed in ["Anna Weber", "weber", &anna.extension.to_string()] {
        assert_eq!(world.found(typed).await, [anna_id.as_str()], "{typed}");
    }
    let both = format!("{} {}", anna.extension, ben.extension);
    assert_eq!(world.found(&both).await, [anna_id.as_str(), &ben_id]);
    let lines = format!("Ben Klein\n{}", anna.extension);
    assert_eq!(world.found(&lines).await, [ben_id, anna_id]);
}

#[tokio::test]
async fn g4_a_name_that_two_have_and_one_that_nobody_has_stay_as_typed() {
    let world = World::new().await;
    world.system.add_user(&world.muster, "Anna Weber").await;
    let eva = world.system.add_user(&world.muster, "Eva Weber").await.user;
    assert_eq!(world.found("Weber").await, ["Weber"]);
    assert_eq!(world.found("Eva Weber").await, [eva.id.to_string()]);
    // A whole name is meant, though a longer one begins alike.
    world.system.add_user(&world.muster, "Eva Weberling").await;
    assert_eq!(world.found("eva weber").await, [eva.id.to_string()]);
    assert_eq!(world.found("Niemand, 999999").await, ["Niemand", "999999"]);
    assert!(world.found(" , ;\n").await.is_empty());
}

#[tokio::test]
async fn r4_people_of_another_enterprise_are_not_found_and_its_sites_not_known() {
    let world = World::new().await;
    let other = world.system.enterprise("Beispiel AG").await;
    let carl = world.system.add_user(&other, "Carl Kurz").await.user;
    let extension = carl.extension.to_string();
    for typed in ["Carl Kurz", &extension] {
        assert_eq!(world.found(typed).await, [typed]);
    }
    let env = &world.system.env;
    let foreign = people(env, &world.muster.admin, other.site.id(), "Carl Kurz").await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
}

#[tokio::test]
async fn g4_an_extension_of_a_group_is_nobody() {
    let world = World::new().await;
    let (env, admin, site) = (
        &world.system.env,
        &world.muster.admin,
        world.muster.site.id(),
    );
    let draft = model::HuntGroupDraft {
        name: "Vertrieb".to_owned(),
        number: world.system.draft(site, "Nobody Here").await.number,
        ..model::HuntGroupDraft::default()
    };
    let group = service::hunt_group::add(env, admin, site, &draft).await;
    let extension = group.unwrap().virtual_user.extension.to_string();
    assert_eq!(world.found(&extension).await, [extension]);
}

#[tokio::test]
async fn r4_a_site_administrator_finds_only_people_of_the_own_sites() {
    let world = World::new().await;
    let second = world.system.site(world.muster.id(), "Hamburg").await;
    let anna = world
        .system
        .add_user(&world.muster, "Anna Weber")
        .await
        .user;
    let admin = world.system.site_admin(&world.muster, &second).await;
    let extension = anna.extension.to_string();
    let env = &world.system.env;
    for typed in ["Anna Weber", &extension] {
        let found = people(env, &admin, second.id(), typed).await.unwrap();
        assert_eq!(found, [typed]);
    }
    let elsewhere = people(env, &admin, world.muster.site.id(), "Anna Weber").await;
    assert!(matches!(elsewhere, Err(Error::NotFound)), "{elsewhere:?}");
}
