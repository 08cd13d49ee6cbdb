//! Calls of groups: what is written reads back for groups of each kind, names outlive users, figures count, and nobody sees
//! another enterprise's (G1-G4, D3, R4).

use model::{
    GroupKind, TeamKind, Timestamp, UserId,
    call_centre::{CallCentreSettings, NoAnswer},
    group_call::{Cause, Deed, Departure, MemberFigures},
};
use store::{Member, PastCall, PastStep, Period, Tenant};
use uuid::Uuid;

use super::{Company, World, call_centres::kept, teams::team};

const EVER: Period = Period {
    since: Timestamp(0),
    until: Timestamp(i64::MAX),
};

fn at(s: i64) -> Timestamp {
    Timestamp(s * 1000)
}

fn member(user: UserId, name: &str) -> Member {
    Member {
        user: Some(user),
        site: None,
        name: name.to_owned(),
    }
}

fn step(s: i64, deed: Deed, member: Member) -> PastStep {
    PastStep {
        at: at(s),
        deed,
        member,
        why: (deed == Deed::Bounced).then_some(NoAnswer::Busy),
    }
}

/// A call that came at this second, waited for twenty and talked for sixty.
fn answered(world: &World, user: UserId, entered_s: i64) -> PastCall {
    PastCall {
        id: world.id(),
        caller: "+49211".to_owned(),
        entered_at: at(entered_s),
        answered: Some((member(user, "Anna Weber"), at(entered_s + 20))),
        left_at: at(entered_s + 80),
        departure: Departure::Talked,
        offers: 1,
        bounces: 0,
    }
}

/// A call of the group that this user took.
pub(super) async fn took(world: &World, group: Uuid, user: UserId, entered_s: i64) -> PastCall {
    let call = answered(world, user, entered_s);
    let steps = [
        step(entered_s, Deed::Offered, member(user, "Anna Weber")),
        step(entered_s + 20, Deed::Answered, member(user, "Anna Weber")),
    ];
    let mut tx = world.write().await;
    let is_kept = tx.group_call().insert(group, &call, &steps).await.unwrap();
    assert!(is_kept);
    tx.commit().await.unwrap();
    call
}

/// One group of each kind, with its name.
async fn groups(world: &World, company: &Company) -> Vec<(Uuid, GroupKind, &'static str)> {
    let centre = kept(world, company, &CallCentreSettings::default()).await;
    let mut found = vec![(centre.id.0, GroupKind::CallCentre, "Kundendienst")];
    for (kind, of, name) in [
        (TeamKind::Pickup, GroupKind::PickupGroup, "Empfang"),
        (TeamKind::Park, GroupKind::ParkGroup, "Halle"),
    ] {
        let team = team(world, company, kind, name, &[]);
        let mut tx = world.write().await;
        tx.team().insert(&team).await.unwrap();
        tx.commit().await.unwrap();
        found.push((team.id.0, of, name));
    }
    found
}

#[tokio::test]
async fn g1_g2_g4_a_groups_calls_read_back_with_their_way() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let tenant = Tenant::Enterprise(muster.id());
    for (id, kind, name) in groups(&world, &muster).await {
        let first = took(&world, id, anna.id, 100).await;
        let refused = PastCall {
            id: world.id(),
            answered: None,
            entered_at: at(200),
            departure: Departure::Refused(Cause::AllBusy),
            bounces: 1,
            ..first.clone()
        };
        let seat = member(anna.id, "Anna Weber");
        let number = Member {
            name: "7001".to_owned(),
            ..Member::default()
        };
        let steps = [
            step(200, Deed::Parked, seat.clone()),
            step(201, Deed::Bounced, seat),
            step(202, Deed::Offered, number),
        ];
        let mut tx = world.write().await;
        tx.group_call().insert(id, &refused, &steps).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.read().await;
        let group = tx.group_call().group(tenant, id).await.unwrap().unwrap();
        assert_eq!((group.kind, group.name.as_str()), (kind, name));
        let newest = (Timestamp(i64::MAX), Uuid::max());
        let all = tx
            .group_call()
            .list(tenant, id, EVER, newest, 9)
            .await
            .unwrap();
        let ids = |calls: &[PastCall]| calls.iter().map(|call| call.id).collect::<Vec<_>>();
        assert_eq!(ids(&all), [refused.id, first.id]);
        assert_eq!(all[0], refused);
        let (who, taken_at) = all[1].answered.clone().unwrap();
        assert_eq!((who.user, who.site), (Some(anna.id), Some(muster.site.id)));
        assert_eq!(taken_at, at(120));
        let before = (at(200), refused.id);
        let older = tx
            .group_call()
            .list(tenant, id, EVER, before, 9)
            .await
            .unwrap();
        assert_eq!(ids(&older), [first.id]);
        let (since, until) = (at(150), at(200));
        let none = Period { since, until };
        let none = tx
            .group_call()
            .list(tenant, id, none, newest, 9)
            .await
            .unwrap();
        assert!(none.is_empty());
        let way = tx
            .group_call()
            .list_steps(tenant, id, refused.id)
            .await
            .unwrap();
        let told: Vec<_> = way.iter().map(|step| (step.deed, step.why)).collect();
        let bounced = (Deed::Bounced, Some(NoAnswer::Busy));
        assert_eq!(told, [(Deed::Parked, None), bounced, (Deed::Offered, None)]);
        assert_eq!(
            (way[2].member.user, way[2].member.name.as_str()),
            (None, "7001")
        );
    }
}

#[tokio::test]
async fn g4_figures_of_a_period_are_counted_for_the_group_and_each_member() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
    );
    let id = groups(&world, &muster).await[0].0;
    for s in [100, 300, 900] {
        took(&world, id, anna.id, s).await;
    }
    took(&world, id, ben.id, 400).await;
    let tenant = Tenant::Enterprise(muster.id());
    let (since, until) = (at(200), at(900));
    let period = Period { since, until };
    let mut tx = world.read().await;
    let figures = tx
        .group_call()
        .figures(tenant, id, period, 20)
        .await
        .unwrap();
    assert_eq!(
        (figures.entered, figures.answered, figures.in_time),
        (2, 2, 2)
    );
    assert_eq!((figures.waited_ms, figures.talked_ms), (40_000, 120_000));
    let members = tx
        .group_call()
        .list_members(tenant, id, period)
        .await
        .unwrap();
    let one = MemberFigures {
        offered: 1,
        answered: 1,
        bounced: 0,
        talked_ms: 60_000,
    };
    assert_eq!(members.len(), 2);
    assert!(
        members.iter().all(|(_, figures)| *figures == one),
        "{members:?}"
    );
    let own = tx.group_call().member_figures(tenant, id, anna.id, at(200));
    let own = own.await.unwrap();
    assert_eq!((own.answered, own.talked_ms), (2, 120_000));
}

#[tokio::test]
async fn d3_names_outlive_their_users_and_calls_go_with_their_group() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let tenant = Tenant::Enterprise(muster.id());
    let all = groups(&world, &muster).await;
    for (id, _, _) in &all {
        took(&world, *id, anna.id, 100).await;
    }
    let mut tx = world.write().await;
    assert!(tx.user().delete(tenant, anna.id, 1).await.unwrap());
    tx.commit().await.unwrap();
    let newest = (Timestamp(i64::MAX), Uuid::max());
    for (id, _, _) in &all {
        let mut tx = world.read().await;
        let calls = tx
            .group_call()
            .list(tenant, *id, EVER, newest, 9)
            .await
            .unwrap();
        let (who, _) = calls[0].answered.clone().unwrap();
        assert_eq!((who.user, who.name.as_str()), (None, "Anna Weber"));
        let members = tx
            .group_call()
            .list_members(tenant, *id, EVER)
            .await
            .unwrap();
        assert_eq!(members[0].0.name, "Anna Weber");
    }
    let (pickup, gone) = (all[1].0, world.id());
    let mut tx = world.write().await;
    let team = model::TeamId(pickup);
    assert!(tx.team().delete(muster.site.id, team, 1).await.unwrap());
    let call = answered(&world, anna.id, 700);
    for group in [pickup, gone] {
        assert!(!tx.group_call().insert(group, &call, &[]).await.unwrap());
    }
    tx.commit().await.unwrap();
    let mut tx = world.read().await;
    let calls = tx
        .group_call()
        .list(tenant, pickup, EVER, newest, 9)
        .await
        .unwrap();
    assert_eq!(calls, []);
}

#[tokio::test]
async fn r4_a_groups_calls_are_seen_by_its_own_enterprise_only() {
    let world = World::new().await;
    let (muster, beispiel) = (
        world.company("muster").await,
        world.company("beispiel").await,
    );
    let anna = world.person(&muster, 0).await;
    for (id, _, _) in groups(&world, &muster).await {
        let call = took(&world, id, anna.id, 100).await;
        let mut tx = world.read().await;
        let store = tx.group_call();
        for (company, is_own) in [(&muster, true), (&beispiel, false)] {
            let tenant = Tenant::Enterprise(company.id());
            let one = usize::from(is_own);
            let newest = (Timestamp(i64::MAX), Uuid::max());
            assert_eq!(store.group(tenant, id).await.unwrap().is_some(), is_own);
            let calls = store.list(tenant, id, EVER, newest, 9).await.unwrap();
            assert_eq!(calls.len(), one);
            let steps = store.list_steps(tenant, id, call.id).await.unwrap();
            assert_eq!(steps.len(), 2 * one);
            let figures = store.figures(tenant, id, EVER, 20).await.unwrap();
            assert_eq!(figures.entered, u32::from(is_own));
            let members = store.list_members(tenant, id, EVER).await.unwrap();
            assert_eq!(members.len(), one);
            let own = store
                .member_figures(tenant, id, anna.id, at(0))
                .await
                .unwrap();
            assert_eq!(own.answered, u32::from(is_own));
        }
    }
}
