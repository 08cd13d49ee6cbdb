//! Who leaves a hunt group, and what goes with a group that is deleted (D2–D4, C3).

use model::{CallServicesDraft, GroupKind, TypedMember};
use service::{Error, call_services, groups, hunt_group, user};
use testkit::TestSystem;

use crate::hunt_group::{active, add, draft};

#[tokio::test]
async fn d3_a_deleted_user_leaves_every_hunt_group_and_no_forward_dangles() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let ben = system.active_user(&muster, "Ben Klein").await;
    let sales = active(&system, &muster, "Vertrieb", &[anna.id, ben.id]).await;
    let service = active(&system, &muster, "Service", &[ben.id, anna.id]).await;
    let (site, env, admin) = (muster.site.id(), &system.env, &muster.admin);
    let id = service.virtual_user.id;
    let mut typed = hunt_group::get(env, admin, site, id).await.unwrap().draft();
    typed.settings.no_answer_target = anna.extension.to_string();
    hunt_group::modify(env, admin, (site, id), &typed, None)
        .await
        .unwrap();
    user::delete(env, admin, anna.id, None).await.unwrap();
    for group in [&sales, &service] {
        let found = hunt_group::get(env, admin, site, group.virtual_user.id)
            .await
            .unwrap();
        let members: Vec<_> = found.group.members.iter().map(|seat| seat.user).collect();
        assert_eq!(members, [ben.id], "{}", group.virtual_user.name);
        assert_eq!(found.group.settings.no_answer, None);
        let version = found.group.virtual_user.version;
        assert!(
            version > group.virtual_user.version,
            "who looked at it sees that it changed"
        );
    }
    let places = system.database.places_of(anna.id.0).await;
    assert_eq!(places, ["journal.entity_id"]);
}

#[tokio::test]
async fn d4_the_preview_names_each_group_and_the_other_members_once() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let ben = system.active_user(&muster, "Ben Klein").await;
    let eva = system.active_user(&muster, "Eva Groß").await;
    active(&system, &muster, "Vertrieb", &[anna.id, ben.id, eva.id]).await;
    active(&system, &muster, "Service", &[ben.id, anna.id]).await;
    active(&system, &muster, "Lager", &[eva.id]).await;
    let (env, admin) = (&system.env, &muster.admin);
    let forward = CallServicesDraft {
        forward_busy: anna.extension.to_string(),
        ..CallServicesDraft::default()
    };
    call_services::set(env, admin, ben.id, &forward, None)
        .await
        .unwrap();
    let preview = user::deletion_preview(env, admin, anna.id).await.unwrap();
    let named: Vec<_> = preview
        .groups
        .iter()
        .map(|group| (group.kind, group.name.as_str()))
        .collect();
    let kind = GroupKind::HuntGroup;
    assert_eq!(named, [(kind, "Service"), (kind, "Vertrieb")]);
    let told: Vec<_> = preview.tell.iter().map(|told| told.name.as_str()).collect();
    assert_eq!(told, ["Ben Klein", "Eva Groß"], "each once");
    let own = groups::of_user(env, admin, anna.id).await.unwrap();
    assert_eq!(own, preview.groups);
}

#[tokio::test]
async fn d4_nobody_of_another_site_is_named_to_a_site_administrator() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let london = system.site(muster.id(), "London").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let typed = system.draft(london.id(), "Olivia Bennett").await;
    let olivia = system
        .add(&muster.admin, london.id(), typed)
        .await
        .unwrap()
        .user;
    active(&system, &muster, "Vertrieb", &[anna.id, olivia.id]).await;
    let at_site = system.site_admin(&muster, &muster.site).await;
    let preview = user::deletion_preview(&system.env, &at_site, anna.id)
        .await
        .unwrap();
    assert_eq!(preview.groups.len(), 1);
    assert_eq!(preview.tell, []);
}

#[tokio::test]
async fn d2_a_deleted_group_frees_number_and_extension_at_once_and_ends_forwards_to_it() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let ben = system.active_user(&muster, "Ben Klein").await;
    let typed = draft(&system, &muster, "Vertrieb", &[anna.id]).await;
    let group = add(&system, &muster, &typed).await.unwrap();
    let (site, id) = (muster.site.id(), group.virtual_user.id);
    let (env, admin) = (&system.env, &muster.admin);
    let decision = service::activation::Decision::Activate;
    service::virtual_user::decide(env, &system.operator, id, &decision)
        .await
        .unwrap();
    let forward = CallServicesDraft {
        forward_busy: group.virtual_user.extension.to_string(),
        ..CallServicesDraft::default()
    };
    call_services::set(env, admin, ben.id, &forward, None)
        .await
        .unwrap();
    let preview = hunt_group::deletion_preview(env, admin, site, id)
        .await
        .unwrap();
    assert_eq!(preview.tell, ["Anna Weber", "Ben Klein"]);
    assert_eq!(preview.of.forwards[0].name, "Ben Klein");
    let stale = hunt_group::delete(env, admin, (site, id), Some(1)).await;
    assert!(matches!(stale, Err(Error::Changed)), "{stale:?}");
    hunt_group::delete(env, admin, (site, id), None)
        .await
        .unwrap();
    let services = call_services::get(env, admin, ben.id).await.unwrap();
    assert_eq!(services.services.busy, None);
    let places = system.database.places_of(id.0).await;
    let pointing = places.iter().filter(|place| *place != "job.subject_id");
    let pointing: Vec<_> = pointing.collect();
    assert_eq!(pointing, ["journal.entity_id"], "but the journal");
    let again = add(&system, &muster, &typed).await.unwrap();
    assert_eq!(again.virtual_user.number, group.virtual_user.number);
    assert_eq!(again.virtual_user.extension, group.virtual_user.extension);
}

#[tokio::test]
async fn c3_renumbering_a_group_or_a_member_breaks_no_forward_and_no_seat() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let ben = system.active_user(&muster, "Ben Klein").await;
    let group = active(&system, &muster, "Vertrieb", &[anna.id]).await;
    let (site, id) = (muster.site.id(), group.virtual_user.id);
    let (env, admin) = (&system.env, &muster.admin);
    let forward = CallServicesDraft {
        forward_busy: group.virtual_user.extension.to_string(),
        ..CallServicesDraft::default()
    };
    call_services::set(env, admin, ben.id, &forward, None)
        .await
        .unwrap();
    let other = draft(&system, &muster, "Vertrieb", &[]).await;
    let mut typed = hunt_group::get(env, admin, site, id).await.unwrap().draft();
    typed.number = other.number.clone();
    typed.extension = String::new();
    hunt_group::modify(env, admin, (site, id), &typed, None)
        .await
        .unwrap();
    let services = call_services::get(env, admin, ben.id).await.unwrap();
    let target = services.target(model::ForwardKind::Busy).unwrap();
    assert_eq!(target.name.as_deref(), Some("Vertrieb"), "{target:?}");
    let fresh = draft(&system, &muster, "Andere", &[]).await.number;
    let patch = model::UserPatch {
        number: Some(fresh),
        ..model::UserPatch::default()
    };
    user::modify(env, admin, anna.id, patch, None)
        .await
        .unwrap();
    let view = hunt_group::get(env, admin, site, id).await.unwrap();
    assert_eq!(view.group.members[0].user, anna.id);
    let member = TypedMember {
        user: anna.id.to_string(),
        weight: "0".to_owned(),
    };
    assert_eq!(view.draft().members, [member]);
}
