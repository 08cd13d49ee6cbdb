//! Pickup and park groups (G1, G2).

use model::{Field, ParkDraft, Problem, SiteId, TeamDraft, TeamKind, TeamSettings, User, UserId};
use service::{
    Actor, Error, groups, journal,
    team::{self, ListTeams, TeamRef, WantedTeam},
    user,
};
use testkit::{TestEnterprise, TestSystem};

use crate::problems;

const KINDS: [TeamKind; 2] = [TeamKind::Pickup, TeamKind::Park];

fn wanted(name: &str, members: &[UserId]) -> WantedTeam {
    WantedTeam {
        draft: TeamDraft {
            name: name.to_owned(),
            members: members.iter().map(ToString::to_string).collect(),
            ..TeamDraft::default()
        },
        moves_members: false,
    }
}

async fn add(
    system: &TestSystem,
    actor: &Actor,
    of: (SiteId, TeamKind),
    wanted: &WantedTeam,
) -> TeamRef {
    let (site, kind) = of;
    let team = team::add(&system.env, actor, of, wanted).await.unwrap();
    TeamRef {
        site,
        kind,
        id: team.id,
    }
}

async fn people(system: &TestSystem, muster: &TestEnterprise) -> [User; 2] {
    [
        system.active_user(muster, "Anna Weber").await,
        system.active_user(muster, "Ben Klein").await,
    ]
}

#[tokio::test]
async fn g1_g2_a_team_is_added_changed_and_deleted_as_it_was_seen() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let [anna, ben] = people(&system, &muster).await;
    for kind in KINDS {
        let of = (muster.site.id(), kind);
        let members = [ben.id, anna.id];
        let team = add(&system, &muster.admin, of, &wanted("Empfang", &members)).await;
        let seen = team::get(&system.env, &muster.admin, team).await.unwrap();
        assert_eq!(seen.team.members, members);
        assert_eq!(
            (seen.members[0].name.as_str(), seen.hidden),
            ("Ben Klein", 0)
        );
        let page = team::list(&system.env, &muster.admin, of, &ListTeams::default()).await;
        assert_eq!(page.unwrap().items[0].members, 2);
        let twin = team::add(&system.env, &muster.admin, of, &wanted("EMPFANG", &[])).await;
        assert_eq!(problems(twin), [(Field::Name, Problem::Taken)]);
        let smaller = wanted("Küche", &[anna.id]);
        let changed = team::modify(&system.env, &muster.admin, team, &smaller, Some(1)).await;
        assert_eq!(changed.unwrap().version, 2);
        let late = team::modify(&system.env, &muster.admin, team, &smaller, Some(1)).await;
        assert!(matches!(late, Err(Error::Changed)), "{late:?}");
        let late = team::delete(&system.env, &muster.admin, team, Some(1)).await;
        assert!(matches!(late, Err(Error::Changed)), "{late:?}");
        team::delete(&system.env, &muster.admin, team, Some(2))
            .await
            .unwrap();
        let gone = team::get(&system.env, &muster.admin, team).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    }
}

#[tokio::test]
async fn g1_g2_who_is_in_another_group_is_named_with_it_and_can_be_moved() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let [anna, ben] = people(&system, &muster).await;
    for kind in KINDS {
        let of = (muster.site.id(), kind);
        let first = add(&system, &muster.admin, of, &wanted("Empfang", &[anna.id])).await;
        let mut second = wanted("Küche", &[ben.id, anna.id]);
        let refused = team::add(&system.env, &muster.admin, of, &second).await;
        let problem = Problem::InAnotherGroup {
            name: "Anna Weber".to_owned(),
            group: Some("Empfang".to_owned()),
        };
        assert_eq!(problems(refused), [(Field::Members, problem)]);
        second.moves_members = true;
        let second = add(&system, &muster.admin, of, &second).await;
        let left = team::get(&system.env, &muster.admin, first).await.unwrap();
        assert_eq!((left.team.members, left.team.version), (vec![], 2));
        let groups = groups::of_user(&system.env, &muster.admin, anna.id).await;
        let of_kind = groups
            .unwrap()
            .into_iter()
            .filter(|group| group.id == second.id.0);
        assert_eq!(of_kind.count(), 1);
    }
}

#[tokio::test]
async fn r4_a_site_administrator_neither_learns_nor_loses_members_of_other_sites() {
    let system = TestSystem::new().await;
    let (muster, beispiel) = (
        system.enterprise("Muster GmbH").await,
        system.enterprise("Beispiel AG").await,
    );
    let [anna, ben] = people(&system, &muster).await;
    let london = system.site(muster.id(), "London").await;
    system.import_numbers(london.id(), "+44207946000", 10).await;
    let draft = system.draft(london.id(), "Olivia Bennett").await;
    let added = system.add(&muster.admin, london.id(), draft).await;
    let olivia = added.unwrap().user;
    let foreigner = system.active_user(&beispiel, "Eva Groß").await;
    let site_admin = system.site_admin(&muster, &muster.site).await;
    let of = (muster.site.id(), TeamKind::Park);
    for nobody in [olivia.id, foreigner.id, UserId(anna.id.0)] {
        let added = team::add(&system.env, &site_admin, of, &wanted("A", &[nobody])).await;
        if nobody == anna.id {
            let team = added.unwrap();
            let team = TeamRef {
                site: of.0,
                kind: of.1,
                id: team.id,
            };
            team::delete(&system.env, &site_admin, team, None)
                .await
                .unwrap();
        } else {
            assert_eq!(problems(added), [(Field::Members, Problem::Unknown)]);
        }
    }
    let members = [anna.id, olivia.id, ben.id];
    let team = add(&system, &muster.admin, of, &wanted("Empfang", &members)).await;
    let seen = team::get(&system.env, &site_admin, team).await.unwrap();
    assert_eq!((seen.team.members, seen.hidden), (vec![anna.id, ben.id], 1));
    let turned = wanted("Empfang", &[ben.id, anna.id]);
    team::modify(&system.env, &site_admin, team, &turned, None)
        .await
        .unwrap();
    let all = team::get(&system.env, &muster.admin, team).await.unwrap();
    assert_eq!(all.team.members, [ben.id, olivia.id, anna.id]);
    assert_eq!(
        all.members
            .iter()
            .map(|one| one.is_active)
            .collect::<Vec<_>>(),
        [true, false, true],
        "Olivia's seat waits for her activation"
    );
    let wanted = journal::Wanted {
        site: Some(muster.site.id()),
        ..journal::Wanted::default()
    };
    let entries = journal::list(&system.env, &site_admin, wanted)
        .await
        .unwrap();
    assert!(
        entries
            .iter()
            .all(|entry| !format!("{entry:?}").contains("Olivia"))
    );
    let elsewhere = (london.id(), TeamKind::Park);
    let moved = WantedTeam {
        moves_members: true,
        ..self::wanted("B", &[anna.id])
    };
    let london_admin = system.site_admin(&muster, &london).await;
    let refused = team::add(&system.env, &london_admin, elsewhere, &moved).await;
    assert_eq!(problems(refused), [(Field::Members, Problem::Unknown)]);
}

#[tokio::test]
async fn g2_the_alternate_is_a_hunt_group_of_the_enterprise() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let of = (muster.site.id(), TeamKind::Park);
    let mut team = wanted("Empfang", &[]);
    team.draft.park = ParkDraft {
        recall_to: "alternate".to_owned(),
        alternate: muster.id().to_string(),
        recall_after_s: "30".to_owned(),
        ..ParkDraft::default()
    };
    let refused = team::add(&system.env, &muster.admin, of, &team).await;
    assert_eq!(problems(refused), [(Field::Alternate, Problem::Unknown)]);
    team.draft.park.recall_to = "parker".to_owned();
    team.draft.park.alternate = String::new();
    let added = team::add(&system.env, &muster.admin, of, &team)
        .await
        .unwrap();
    let TeamSettings::Park(settings) = added.settings else {
        panic!("a park group");
    };
    assert_eq!(settings.recall_after_s, 30);
}

#[tokio::test]
async fn d3_d4_a_deleted_user_leaves_the_groups_that_the_question_has_named() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let [anna, ben] = people(&system, &muster).await;
    let mut teams = Vec::new();
    for kind in KINDS {
        let of = (muster.site.id(), kind);
        teams.push(
            add(
                &system,
                &muster.admin,
                of,
                &wanted("Empfang", &[anna.id, ben.id]),
            )
            .await,
        );
    }
    let preview = user::deletion_preview(&system.env, &muster.admin, anna.id).await;
    let preview = preview.unwrap();
    assert_eq!(preview.groups.len(), 2);
    let told: Vec<_> = preview.tell.iter().map(|one| one.user).collect();
    assert_eq!(told, [ben.id], "once");
    user::delete(&system.env, &muster.admin, anna.id, None)
        .await
        .unwrap();
    for team in teams {
        let team = team::get(&system.env, &muster.admin, team).await.unwrap();
        assert_eq!((team.team.members, team.team.version), (vec![ben.id], 2));
    }
}
