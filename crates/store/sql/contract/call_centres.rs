//! Call centres: what is written reads back, seats go with users, and nobody sees another enterprise's (R4, D3).

use model::{
    ForwardTarget, HuntMember, HuntPolicy, Timestamp, UserId, VirtualUser, VirtualUserKind,
    call_centre::{
        AgentState, CallCentreSettings, CodeUse, Codes, Holiday, Opening, OutOfHours, Overflow,
        OverflowTo, Schedule, Stranded, UnavailableCode, Weekday,
    },
};
use store::{Tenant, VirtualUserKept};

use super::{Company, World, group_calls::took, hunt_groups::hunt_group, world::NOW};

pub(super) async fn kept(
    world: &World,
    company: &Company,
    settings: &CallCentreSettings,
) -> VirtualUser {
    let own = VirtualUser {
        kind: VirtualUserKind::CallCentre,
        ..hunt_group(world, company, 91, "Kundendienst")
    };
    let mut tx = world.write().await;
    let kept = tx.virtual_user().insert(&own).await.unwrap();
    assert_eq!(kept, VirtualUserKept::Done);
    let holder = model::Holder::VirtualUser(own.id);
    assert!(
        tx.number()
            .assign(own.site, &own.number, holder)
            .await
            .unwrap()
    );
    tx.call_centre().put(own.id, settings).await.unwrap();
    tx.commit().await.unwrap();
    own
}

/// A call centre whose agent, supervisor and targets are this person, who has taken a call of it.
pub(super) async fn in_a_call_centre(world: &World, company: &Company, person: UserId) {
    let own = kept(world, company, &every_setting(person)).await;
    seat(world, &own, &[person], &[person]).await;
    took(world, own.id.0, person, 100).await;
}

async fn seat(world: &World, own: &VirtualUser, agents: &[UserId], supervisors: &[UserId]) {
    let seats: Vec<_> = agents
        .iter()
        .map(|user| HuntMember {
            user: *user,
            weight: 7,
        })
        .collect();
    let mut tx = world.write().await;
    tx.call_centre()
        .put_agents(own.id, &seats, NOW)
        .await
        .unwrap();
    tx.call_centre()
        .put_supervisors(own.id, supervisors)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn every_setting(user: UserId) -> CallCentreSettings {
    let codes: Vec<UnavailableCode> = ["Pause", "Büro"].map(|code| code.parse().unwrap()).to_vec();
    CallCentreSettings {
        policy: HuntPolicy::Weighted,
        queue_length: 525,
        bounce_after_rings: 20,
        unavailable_after_bounces: None,
        wrap_up_s: Some(3600),
        guard_s: Some(25),
        overflow: Overflow {
            after_s: Some(7200),
            to: OverflowTo::Transfer(ForwardTarget::User(user)),
        },
        stranded: Stranded::Transfer(ForwardTarget::Number("+49211999".parse().unwrap())),
        out_of_hours: OutOfHours::Busy,
        codes: Codes {
            usage: CodeUse::Default(codes[1].clone()),
            codes,
        },
        service_level_s: 30,
        personal_calls_are_busy: false,
        tells_position: true,
        comfort_every_s: None,
        follows_hours: true,
    }
}

#[tokio::test]
async fn g4_a_call_centre_reads_back_as_it_was_written() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
    );
    let settings = every_setting(anna.id);
    let own = kept(&world, &muster, &settings).await;
    seat(&world, &own, &[ben.id, anna.id], &[anna.id]).await;
    let tenant = Tenant::Enterprise(muster.id());
    let mut tx = world.read().await;
    let found = tx.call_centre().get(tenant, own.id).await.unwrap().unwrap();
    assert_eq!((found.virtual_user, found.settings), (own, settings));
    let agents: Vec<_> = found.agents.iter().map(|agent| agent.user).collect();
    assert_eq!(agents, [ben.id, anna.id]);
    assert_eq!(found.supervisors, [anna.id]);
}

#[tokio::test]
async fn g4_who_stays_an_agent_keeps_the_state() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
    );
    let own = kept(&world, &muster, &CallCentreSettings::default()).await;
    seat(&world, &own, &[anna.id], &[]).await;
    let pause = AgentState::Unavailable {
        code: "Pause".parse().ok(),
    };
    let mut tx = world.write().await;
    assert!(
        tx.call_centre()
            .update_agent(own.id, anna.id, &pause, Timestamp(5))
            .await
            .unwrap()
    );
    assert!(
        !tx.call_centre()
            .update_agent(own.id, ben.id, &pause, NOW)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    seat(&world, &own, &[ben.id, anna.id], &[]).await;
    let mut tx = world.read().await;
    let tenant = Tenant::Enterprise(muster.id());
    let agents = tx.call_centre().list_agents(tenant, own.id).await.unwrap();
    assert_eq!((&agents[1].state, agents[1].since), (&pause, Timestamp(5)));
    assert_eq!(agents[0].state, AgentState::SignedOut);
}

#[tokio::test]
async fn d3_seats_and_targets_go_with_their_user() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let own = kept(&world, &muster, &every_setting(anna.id)).await;
    seat(&world, &own, &[anna.id], &[anna.id]).await;
    let tenant = Tenant::Enterprise(muster.id());
    let mut tx = world.write().await;
    assert!(tx.user().delete(tenant, anna.id, 1).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = world.read().await;
    let left = tx.call_centre().get(tenant, own.id).await.unwrap().unwrap();
    assert!(left.agents.is_empty() && left.supervisors.is_empty());
    assert_eq!(left.settings.overflow.to, OverflowTo::Busy);
}

#[tokio::test]
#[expect(clippy::inconsistent_digit_grouping, reason = "years, months and days")]
async fn r4_call_centres_are_seen_by_their_own_enterprise_only() {
    let world = World::new().await;
    let (muster, beispiel) = (
        world.company("muster").await,
        world.company("beispiel").await,
    );
    let anna = world.person(&muster, 0).await;
    let own = kept(&world, &muster, &CallCentreSettings::default()).await;
    seat(&world, &own, &[anna.id], &[anna.id]).await;
    let schedule = Schedule {
        openings: vec![Opening {
            weekday: Weekday::Monday,
            from: 480,
            until: 1440,
        }],
        holidays: vec![Holiday {
            name: "Neujahr".parse().unwrap(),
            from: 2027_01_01,
            until: 2027_01_01,
        }],
    };
    let mut tx = world.write().await;
    tx.call_centre()
        .put_schedule(own.site, &schedule)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut tx = world.read().await;
    let store = tx.call_centre();
    for (company, is_own) in [(&muster, true), (&beispiel, false)] {
        let tenant = Tenant::Enterprise(company.id());
        let (id, user) = (own.id, anna.id);
        let one = usize::from(is_own);
        assert_eq!(store.get(tenant, id).await.unwrap().is_some(), is_own);
        assert_eq!(store.list_agents(tenant, id).await.unwrap().len(), one);
        assert_eq!(store.list_supervisors(tenant, id).await.unwrap().len(), one);
        assert_eq!(store.list_of_agent(tenant, user).await.unwrap().len(), one);
        let supervised = store.list_of_supervisor(tenant, user).await.unwrap();
        assert_eq!(supervised.len(), one);
        assert_eq!(store.list_of_member(tenant, user).await.unwrap().len(), one);
        let found = store.schedule(tenant, own.site).await.unwrap();
        assert_eq!(found == schedule, is_own);
    }
}
