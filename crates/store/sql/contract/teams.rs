//! Pickup and park groups: a user is in at most one of each, and everybody finds the own ones only.

use model::{
    Limit, ParkRecall, ParkSettings, Team, TeamId, TeamKind, TeamSettings, Timestamp, UserId,
};
use store::StoredTeam;

use super::{Company, World, isolation::two, world::NOW};

const KINDS: [TeamKind; 2] = [TeamKind::Pickup, TeamKind::Park];

fn settings(kind: TeamKind) -> TeamSettings {
    match kind {
        TeamKind::Pickup => TeamSettings::Pickup,
        TeamKind::Park => TeamSettings::Park(ParkSettings {
            recall_after_s: 60,
            recall_to: ParkRecall::ParkerThenAlternate,
            alternate: None,
            alternate_after_s: 90,
            display_s: 7,
            announces: true,
        }),
    }
}

/// A team of the company's site in its first version.
pub(super) fn team(
    world: &World,
    company: &Company,
    kind: TeamKind,
    name: &str,
    members: &[UserId],
) -> Team {
    Team {
        id: TeamId(world.id()),
        enterprise: company.id(),
        site: company.site.id,
        department: Some(company.department),
        name: name.parse().unwrap(),
        settings: settings(kind),
        members: members.to_vec(),
        version: 1,
        created_at: NOW,
    }
}

async fn insert(world: &World, team: &Team) -> StoredTeam {
    let mut tx = world.write().await;
    let stored = tx.team().insert(team).await.unwrap();
    if stored == StoredTeam::Done {
        tx.commit().await.unwrap();
    }
    stored
}

#[tokio::test]
async fn g1_g2_a_team_is_kept_as_it_was_given_with_its_members_in_order() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
    );
    for kind in KINDS {
        let mut given = team(&world, &muster, kind, "Empfang", &[ben.id, anna.id]);
        assert_eq!(insert(&world, &given).await, StoredTeam::Done);
        let mut tx = world.write().await;
        let site = muster.site.id;
        let found = tx.team().get(site, kind, given.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&given));
        given.members.reverse();
        given.department = None;
        given.name = "Küche".parse().unwrap();
        if let TeamSettings::Park(settings) = &mut given.settings {
            settings.recall_to = ParkRecall::Parker;
            settings.announces = false;
        }
        assert_eq!(tx.team().update(&given).await.unwrap(), StoredTeam::Done);
        given.version = 2;
        let found = tx.team().get(site, kind, given.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&given));
        let names = tx.team().list_members(muster.tenant(), given.id).await;
        let names: Vec<_> = names.unwrap().into_iter().map(|m| m.user).collect();
        assert_eq!(names, given.members);
        given.version = 1;
        let stale = tx.team().update(&given).await.unwrap();
        assert_eq!(stale, StoredTeam::Meanwhile);
        assert!(!tx.team().delete(site, given.id, 1).await.unwrap());
        assert!(tx.team().delete(site, given.id, 2).await.unwrap());
    }
}

#[tokio::test]
async fn g1_g2_a_user_is_in_at_most_one_pickup_group_and_one_park_group() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
    );
    for kind in KINDS {
        let first = team(&world, &muster, kind, "Empfang", &[anna.id]);
        assert_eq!(insert(&world, &first).await, StoredTeam::Done);
        let second = team(&world, &muster, kind, "Küche", &[ben.id, anna.id]);
        assert_eq!(insert(&world, &second).await, StoredTeam::MemberTaken);
        let namesake = team(&world, &muster, kind, "EMPFANG", &[]);
        assert_eq!(insert(&world, &namesake).await, StoredTeam::NameTaken);
        let mut tx = world.write().await;
        tx.team()
            .delete_member(muster.tenant(), kind, anna.id)
            .await
            .unwrap();
        let second_now = tx.team().insert(&second).await.unwrap();
        assert_eq!(second_now, StoredTeam::Done);
        let left = tx.team().get(muster.site.id, kind, first.id).await.unwrap();
        let left = left.unwrap();
        assert_eq!((left.members, left.version), (vec![], 2));
        let mut renamed = second.clone();
        renamed.name = "empfäng".parse().unwrap();
        let taken = tx.team().update(&renamed).await.unwrap();
        assert_eq!(taken, StoredTeam::NameTaken);
    }
}

#[tokio::test]
async fn g1_g2_routing_finds_who_is_in_a_group_together() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let mut people = Vec::new();
    for nth in 0..3 {
        people.push(world.person(&muster, nth).await.id);
    }
    let pickup = team(&world, &muster, TeamKind::Pickup, "A", &people[..2]);
    let order = [people[2], people[0]];
    let park = team(&world, &muster, TeamKind::Park, "B", &order);
    insert(&world, &pickup).await;
    insert(&world, &park).await;
    let mut tx = world.read().await;
    for (user, members) in [
        (people[0], &people[..2]),
        (people[1], &people[..2]),
        (people[2], &[]),
    ] {
        let found = tx.pickup_group().of_member(user).await.unwrap();
        let (_, found) = found.unzip();
        assert_eq!(found.unwrap_or_default(), members);
    }
    for (user, is_in) in [(people[0], true), (people[1], false), (people[2], true)] {
        let found = tx.park_group().of_member(user).await.unwrap();
        assert_eq!(found.is_some(), is_in);
        if let Some(found) = found {
            assert_eq!((found.id, &found.members[..]), (park.id, &order[..]));
            assert_eq!(Some(&found.settings), park.settings.park());
        }
    }
}

#[tokio::test]
async fn d3_a_deleted_member_leaves_and_the_team_has_changed() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
    );
    for kind in KINDS {
        insert(
            &world,
            &team(&world, &muster, kind, "A", &[anna.id, ben.id]),
        )
        .await;
    }
    let mut tx = world.write().await;
    let of_anna = tx.team().list_of(muster.tenant(), anna.id).await.unwrap();
    assert_eq!(of_anna.len(), 2);
    tx.team().touch_of(anna.id).await.unwrap();
    assert!(tx.user().delete(muster.tenant(), anna.id, 1).await.unwrap());
    for of in of_anna {
        let kind = KINDS
            .into_iter()
            .find(|kind| model::GroupKind::from(*kind) == of.kind);
        let team = tx
            .team()
            .get(of.site, kind.unwrap(), TeamId(of.id))
            .await
            .unwrap();
        let team = team.unwrap();
        assert_eq!((team.members, team.version), (vec![ben.id], 2));
    }
}

#[tokio::test]
async fn r2_a_deleted_departments_teams_become_the_parents() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let given = team(&world, &muster, TeamKind::Pickup, "A", &[]);
    insert(&world, &given).await;
    let mut tx = world.write().await;
    let departments = tx.department().list(muster.site.id).await.unwrap();
    assert!(tx.department().delete(&departments[0]).await.unwrap());
    let kind = TeamKind::Pickup;
    let found = tx.team().get(given.site, kind, given.id).await.unwrap();
    let found = found.unwrap();
    assert_eq!((found.department, found.version), (None, 2));
}

#[tokio::test]
async fn g1_g2_lists_are_read_page_by_page_and_searched() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    for name in ["b", "A", "Ü", "d", "c"] {
        insert(&world, &team(&world, &muster, TeamKind::Park, name, &[])).await;
    }
    insert(&world, &team(&world, &muster, TeamKind::Pickup, "x", &[])).await;
    let mut tx = world.read().await;
    let site = muster.site.id;
    let (mut cursor, mut seen) = (None, Vec::new());
    loop {
        let limit = Limit::new(2);
        let page = tx
            .team()
            .list(site, TeamKind::Park, None, cursor.as_ref(), limit);
        let page = page.await.unwrap();
        seen.extend(page.items.iter().map(|line| line.name.clone()));
        cursor = page.next;
        if cursor.is_none() {
            let back = page.previous.unwrap();
            let page = tx
                .team()
                .list(site, TeamKind::Park, None, Some(&back), limit);
            let names: Vec<_> = page
                .await
                .unwrap()
                .items
                .into_iter()
                .map(|l| l.name)
                .collect();
            assert_eq!(names, ["c", "d"]);
            break;
        }
    }
    assert_eq!(seen, ["A", "b", "c", "d", "Ü"]);
    let limit = Limit::default();
    let found = tx.team().list(site, TeamKind::Park, Some("u"), None, limit);
    assert_eq!(found.await.unwrap().items.len(), 1);
    let wild = tx.team().list(site, TeamKind::Park, Some("%"), None, limit);
    assert_eq!(wild.await.unwrap().items.len(), 0);
    assert_eq!(tx.team().count(site, TeamKind::Park).await.unwrap(), 5);
}

#[tokio::test]
async fn r4_a_team_is_found_and_changed_by_its_own_only() {
    let (world, [(muster, anna), (beispiel, _)]) = two().await;
    let ben = world.person(&muster, 1).await.id;
    for kind in KINDS {
        let given = team(&world, &muster, kind, "A", &[anna.id, ben]);
        insert(&world, &given).await;
        for (company, found) in [(&beispiel, false), (&muster, true)] {
            let (site, tenant) = (company.site.id, company.tenant());
            let limit = Limit::default();
            let mut tx = world.write().await;
            let other = KINDS.into_iter().find(|other| *other != kind).unwrap();
            assert_eq!(tx.team().get(site, other, given.id).await.unwrap(), None);
            let got = tx.team().get(site, kind, given.id).await.unwrap();
            assert_eq!(got.is_some(), found);
            let listed = tx.team().list(site, kind, None, None, limit).await.unwrap();
            assert_eq!(listed.items.len(), usize::from(found));
            let count = tx.team().count(site, kind).await.unwrap();
            assert_eq!(count, i64::from(found));
            let members = tx.team().list_members(tenant, given.id).await.unwrap();
            assert_eq!(members.len(), 2 * usize::from(found));
            let of_anna = tx.team().list_of(tenant, anna.id).await.unwrap();
            assert_eq!(of_anna.iter().any(|of| of.id == given.id.0), found);
            let fellows = tx.team().list_fellows(tenant, anna.id).await.unwrap();
            assert_eq!(fellows.iter().any(|fellow| fellow.user == ben), found);
            tx.team()
                .delete_member(tenant, kind, anna.id)
                .await
                .unwrap();
            let left = tx.team().get(muster.site.id, kind, given.id).await.unwrap();
            let left = left.unwrap();
            assert_eq!(left.members == [ben], found);
            assert_eq!(left.version, if found { 2 } else { 1 });
            let moved = Team {
                site,
                version: left.version,
                created_at: Timestamp(0),
                ..given.clone()
            };
            let updated = tx.team().update(&moved).await.unwrap();
            assert_eq!(updated == StoredTeam::Done, found);
            let version = if found { 3 } else { 1 };
            let deleted = tx.team().delete(site, given.id, version).await.unwrap();
            assert_eq!(deleted, found);
        }
    }
}
