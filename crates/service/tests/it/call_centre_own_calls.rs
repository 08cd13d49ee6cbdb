//! Calls of an agent's own (G4): busy if set so, called all the same if not; the wallboard shows them either way.

use model::{
    Timestamp, UserPatch,
    call_centre::{AgentDeed, TypedCentre},
};
use service::{
    call_centre::{self, Desks},
    user,
};
use sip::attend::{AttendedCall, Notice, Order};

use crate::call_centre::{Engine, World, follow, offer, world};

/// Offers in the order of the list; calls of the agents' own count as busy, or not.
fn settings(is_busy: bool) -> TypedCentre {
    TypedCentre {
        policy: "regular".into(),
        personal_calls_are_busy: is_busy,
        ..TypedCentre::default()
    }
}

async fn both_available(world: &World) {
    for nth in [0, 1] {
        let admin = &world.muster.admin;
        world.set(admin, nth, "available").await.unwrap();
    }
}

fn login(world: &World, nth: usize) -> String {
    world.agents[nth].number.digits().to_owned()
}

/// The engine tells that an agent's own calls have begun, or are over.
async fn talks(world: &World, (desks, engine): (&mut Desks, &Engine), nth: usize, is_so: bool) {
    let login = login(world, nth);
    {
        let mut talking = engine.talking.lock().unwrap();
        if is_so {
            talking.insert(login.clone());
        } else {
            talking.remove(&login);
        }
    }
    desks.notice(Notice::OwnCalls { login }).await;
}

async fn calls(world: &World, desks: &mut Desks, number: u64) -> AttendedCall {
    let call = AttendedCall::numbered(number);
    desks.notice(world.entered(call)).await;
    call
}

async fn deed(world: &World, nth: usize) -> AgentDeed {
    let (env, admin) = (&world.system.env, &world.muster.admin);
    let wall = call_centre::wall(env, admin, world.id(), Timestamp(0)).await;
    wall.unwrap().agents[nth].1
}

#[tokio::test]
async fn g4_an_agent_on_the_phone_is_passed_over_and_gets_who_waits_after_hanging_up() {
    let world = world(settings(true)).await;
    both_available(&world).await;
    let (mut desks, engine) = world.desks();
    // Before anybody has called: the desk asks when it opens.
    engine.talking.lock().unwrap().insert(login(&world, 0));
    calls(&world, &mut desks, 1).await;
    assert_eq!(offer(&engine.take()).unwrap().1, login(&world, 1));
    assert_eq!(deed(&world, 0).await, AgentDeed::OnOtherCall);
    calls(&world, &mut desks, 2).await;
    assert_eq!(offer(&engine.take()), None, "nobody is free");
    talks(&world, (&mut desks, &engine), 0, false).await;
    assert_eq!(offer(&engine.take()).unwrap().1, login(&world, 0));
}

#[tokio::test]
async fn g4_whose_phone_rings_and_who_begins_a_call_of_the_own_is_rung_no_more() {
    let world = world(settings(true)).await;
    both_available(&world).await;
    let (mut desks, engine) = world.desks();
    let call = calls(&world, &mut desks, 1).await;
    let (ringing, _) = offer(&engine.take()).unwrap();
    talks(&world, (&mut desks, &engine), 0, true).await;
    let orders = engine.take();
    let withdrawn = Order::Withdraw {
        call,
        offer: ringing,
    };
    assert!(orders.contains(&withdrawn), "{orders:?}");
    assert_eq!(offer(&orders).unwrap().1, login(&world, 1));
}

#[tokio::test]
async fn g4_without_the_setting_calls_wait_at_agents_who_are_on_the_phone() {
    let world = world(settings(false)).await;
    both_available(&world).await;
    let (mut desks, engine) = world.desks();
    engine.talking.lock().unwrap().insert(login(&world, 0));
    calls(&world, &mut desks, 1).await;
    assert_eq!(offer(&engine.take()).unwrap().1, login(&world, 0));
    assert_eq!(deed(&world, 0).await, AgentDeed::Rung);
}

#[tokio::test]
async fn g4_the_setting_counts_for_calls_that_are_up_when_it_is_made() {
    let world = world(settings(false)).await;
    both_available(&world).await;
    let (env, admin) = (&world.system.env, &world.muster.admin);
    let (mut desks, engine) = world.desks();
    engine.talking.lock().unwrap().insert(login(&world, 0));
    calls(&world, &mut desks, 1).await;
    assert_eq!(offer(&engine.take()).unwrap().1, login(&world, 0));
    let (centre, mut draft) = call_centre::edit(env, admin, world.id()).await.unwrap();
    draft.settings.personal_calls_are_busy = true;
    let version = Some(centre.virtual_user.version);
    let modified = call_centre::modify(env, admin, world.id(), &draft, version);
    modified.await.unwrap();
    follow(&mut desks, &world).await;
    assert_eq!(offer(&engine.take()).unwrap().1, login(&world, 1));
}

#[tokio::test]
async fn c3_an_agent_with_another_number_is_watched_there_and_nobody_is_where_the_old_one_was() {
    let world = world(settings(true)).await;
    both_available(&world).await;
    let (env, admin) = (&world.system.env, &world.muster.admin);
    let (mut desks, engine) = world.desks();
    calls(&world, &mut desks, 1).await;
    engine.take();
    let (anna, old) = (world.agents[0].id, login(&world, 0));
    let free = world.system.draft(world.muster.site.id(), "Nobody Here");
    let patch = UserPatch {
        number: Some(free.await.number),
        ..UserPatch::default()
    };
    user::modify(env, admin, anna, patch, None).await.unwrap();
    follow(&mut desks, &world).await;
    let new = user::get(env, admin, anna).await.unwrap().number;
    assert!(engine.watched.lock().unwrap().contains(new.digits()));
    desks.notice(Notice::OwnCalls { login: old.clone() }).await;
    assert!(!engine.watched.lock().unwrap().contains(&old));
}
