//! Call centres (G4, U8): administration, agents' states, the desk between queue and engine, wallboard and history.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use model::{
    AudioKind, AudioOwner, CallServicesDraft, Field, GroupKind, Problem, Service, SiteId,
    Timestamp, TypedMember, User, UserId, VirtualUserId,
    call_centre::{AgentState, CallCentre, CallCentreDraft, Departure, TypedCentre},
};
use service::{
    Actor, Env, Error,
    activation::Decision,
    audio,
    call_centre::{self, AddCallCentre, Desks},
    call_services,
    group_call::{self, History, Period},
    journal,
    reachability::{self, What},
    user, virtual_user,
};
use sip::{
    attend::{
        Attendant, AttendedCall, Ended, Language, Missed, Notice, OfferId, Order, Orders, Playlist,
        Sound, Standard, Then,
    },
    directory::{Party, Route, Sides},
};
use testkit::{TestEnterprise, TestSystem, tone_wav};

use crate::problems;

/// An engine that writes down what it is told.
#[derive(Default)]
pub(crate) struct Engine {
    orders: Mutex<Vec<Order>>,
    /// Logins that are in calls of their own.
    pub(crate) talking: Mutex<HashSet<String>>,
    /// Logins of which it tells.
    pub(crate) watched: Mutex<HashSet<String>>,
}

impl Orders for Engine {
    fn order(&self, order: Order) -> bool {
        self.orders.lock().unwrap().push(order);
        true
    }

    fn watch(&self, login: &str) -> bool {
        self.watched.lock().unwrap().insert(login.to_owned());
        self.talking.lock().unwrap().contains(login)
    }

    fn forget(&self, login: &str) {
        self.watched.lock().unwrap().remove(login);
    }
}

impl Engine {
    pub(crate) fn take(&self) -> Vec<Order> {
        std::mem::take(&mut self.orders.lock().unwrap())
    }
}

pub(crate) struct World {
    pub(crate) system: TestSystem,
    pub(crate) muster: TestEnterprise,
    pub(crate) agents: Vec<User>,
    centre: CallCentre,
}

fn draft(number: &str, agents: &[User], settings: TypedCentre) -> CallCentreDraft {
    let agent = |agent: &User| TypedMember {
        user: agent.id.to_string(),
        weight: String::new(),
    };
    CallCentreDraft {
        name: "Kundendienst".into(),
        number: number.into(),
        settings,
        agents: agents.iter().map(agent).collect(),
        ..CallCentreDraft::default()
    }
}

async fn free_number(system: &TestSystem, site: SiteId) -> String {
    system.draft(site, "Nobody Here").await.number
}

/// A call centre that is active, with two agents who are active.
pub(crate) async fn world(settings: TypedCentre) -> World {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let mut agents = Vec::new();
    for name in ["Anna Weber", "Ben Klein"] {
        let added = system.add_user(&muster, name).await.user;
        agents.push(system.activate(added.id).await);
    }
    let number = free_number(&system, muster.site.id()).await;
    let request = AddCallCentre {
        site: muster.site.id(),
        draft: draft(&number, &agents, settings),
    };
    let added = call_centre::add(&system.env, &muster.admin, &request).await;
    let id = added.unwrap().virtual_user.id;
    let activate = Decision::Activate;
    virtual_user::decide(&system.env, &system.operator, id, &activate)
        .await
        .unwrap();
    let centre = call_centre::get(&system.env, &muster.admin, id).await;
    World {
        centre: centre.unwrap(),
        system,
        muster,
        agents,
    }
}

impl World {
    pub(crate) fn id(&self) -> VirtualUserId {
        self.centre.virtual_user.id
    }

    pub(crate) async fn set(&self, actor: &Actor, nth: usize, state: &str) -> service::Result<()> {
        let seat = (self.id(), self.agents[nth].id);
        let done = call_centre::set_state(&self.system.env, actor, seat, state, "");
        done.await.map(|_| ())
    }

    async fn states(&self) -> Vec<&'static str> {
        let (env, admin) = (&self.system.env, &self.muster.admin);
        let details = call_centre::details(env, admin, self.id()).await;
        let agents = details.unwrap().agents.into_iter();
        agents.map(|agent| agent.state.id()).collect()
    }

    pub(crate) fn desks(&self) -> (Desks, Arc<Engine>) {
        let engine = Arc::new(Engine::default());
        let directory = self.system.directory();
        let env = self.system.env.clone();
        (Desks::new(env, directory, engine.clone()), engine)
    }

    pub(crate) fn entered(&self, call: AttendedCall) -> Notice {
        Notice::Entered {
            call,
            attendant: Attendant(self.id().0.as_u128()),
            sides: Box::new(Sides::default()),
            presented: Party {
                number: "+492119876543".into(),
                name: String::new(),
            },
        }
    }
}

#[tokio::test]
async fn g4_a_call_centre_is_added_pending_and_tells_everything_that_is_wrong() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let site = muster.site.id();
    let number = free_number(&system, site).await;
    let wrong = AddCallCentre {
        site,
        draft: CallCentreDraft {
            name: String::new(),
            ..draft("", &[], TypedCentre::default())
        },
    };
    let found = problems(call_centre::add(&system.env, &muster.admin, &wrong).await);
    assert_eq!(found[0], (Field::Name, Problem::Required));
    let stranger = UserId(uuid::Uuid::from_u128(7)).to_string();
    let mut request = AddCallCentre {
        site,
        draft: draft(&number, &[], TypedCentre::default()),
    };
    request.draft.supervisors = vec![stranger];
    let found = problems(call_centre::add(&system.env, &muster.admin, &request).await);
    assert_eq!(found, [(Field::Supervisors, Problem::Unknown)]);
    request.draft.supervisors.clear();
    let added = call_centre::add(&system.env, &muster.admin, &request).await;
    let added = added.unwrap().virtual_user;
    assert!(!added.state.is_active());
    request.draft.name = "kundendienst".into();
    request.draft.number = free_number(&system, site).await;
    let found = problems(call_centre::add(&system.env, &muster.admin, &request).await);
    assert_eq!(found, [(Field::Name, Problem::Taken)]);
    let s5 = call_centre::delete(&system.env, &muster.admin, added.id, None).await;
    assert!(matches!(s5, Err(Error::NotActive)), "{s5:?}");
}

#[tokio::test]
async fn d2_d3_and_d4_deleting_frees_the_number_and_the_seats_go_with_their_users() {
    let world = world(TypedCentre::default()).await;
    let (env, admin) = (&world.system.env, &world.muster.admin);
    let anna = world.agents[0].id;
    let asked = user::deletion_preview(env, admin, anna).await.unwrap();
    let groups: Vec<_> = asked.groups.iter().map(|g| (g.kind, &*g.name)).collect();
    assert_eq!(groups, [(GroupKind::CallCentre, "Kundendienst")]);
    assert_eq!(asked.tell.len(), 1, "{:?}", asked.tell);
    assert_eq!(asked.tell[0].name, "Ben Klein");
    user::delete(env, admin, anna, None).await.unwrap();
    let left = call_centre::get(env, admin, world.id()).await.unwrap();
    assert_eq!(left.agents.len(), 1);
    let (preview, tell) = call_centre::deletion_preview(env, admin, world.id())
        .await
        .unwrap();
    assert_eq!(tell[0].name, "Ben Klein");
    call_centre::delete(env, admin, world.id(), None)
        .await
        .unwrap();
    let site = world.muster.site.id();
    let free = service::number::list_free(env, admin, site, "", model::Limit::new(200))
        .await
        .unwrap();
    assert!(free.contains(&preview.virtual_user.number));
    let gone = call_centre::get(env, admin, world.id()).await;
    assert!(matches!(gone, Err(Error::NotFound)));
}

#[tokio::test]
async fn g4_agents_set_their_own_state_and_nobody_elses() {
    let world = world(TypedCentre::default()).await;
    let anna = world
        .system
        .as_user(&world.muster, world.agents[0].id)
        .await;
    world.set(&anna, 0, "available").await.unwrap();
    let colleague = world.set(&anna, 1, "available").await;
    assert!(matches!(colleague, Err(Error::Forbidden)), "{colleague:?}");
    world
        .set(&world.muster.admin, 1, "unavailable")
        .await
        .unwrap();
    let unknown = world.set(&anna, 0, "asleep").await;
    assert_eq!(problems(unknown), [(Field::AgentState, Problem::Unknown)]);
    let own = call_centre::desks(&world.system.env, &anna, Timestamp(0)).await;
    let own = own.unwrap().centres;
    assert_eq!(own[0].seat.state, AgentState::Available);
}

async fn history(env: &Env, actor: &Actor, id: VirtualUserId) -> service::Result<History> {
    let ever = Period::since(Timestamp(0));
    group_call::history(env, actor, id.0, ever, (None, None)).await
}

#[tokio::test]
async fn r4_strangers_do_not_know_of_a_call_centre() {
    let world = world(TypedCentre::default()).await;
    let (env, id) = (&world.system.env, world.id());
    let other = world.system.enterprise("Beispiel AG").await;
    let clara = world.system.add_user(&world.muster, "Clara Sommer").await;
    let clara = world.system.as_user(&world.muster, clara.user.id).await;
    for stranger in [&other.admin, &clara] {
        let wall = call_centre::wall(env, stranger, id, Timestamp(0)).await;
        assert!(matches!(wall, Err(Error::NotFound)), "{wall:?}");
        let set = world.set(stranger, 0, "available").await;
        assert!(matches!(set, Err(Error::NotFound)), "{set:?}");
        let history = history(env, stranger, id).await;
        assert!(matches!(history, Err(Error::NotFound)), "{history:?}");
    }
}

#[tokio::test]
async fn u8_a_supervisor_is_assigned_without_the_service_and_watches_only_with_it() {
    let world = world(TypedCentre::default()).await;
    let (env, id) = (&world.system.env, world.id());
    let mut people = Vec::new();
    for (name, services) in [
        ("Clara Sommer", vec![]),
        ("David Braun", vec![Service::Supervisor.id().to_owned()]),
    ] {
        let mut draft = world.system.draft(world.muster.site.id(), name).await;
        draft.services = services;
        let added = world
            .system
            .add(&world.muster.admin, world.muster.site.id(), draft)
            .await;
        people.push(added.unwrap().user.id);
    }
    let (centre, mut draft) = call_centre::edit(env, &world.muster.admin, id)
        .await
        .unwrap();
    draft.supervisors = people.iter().map(ToString::to_string).collect();
    let version = Some(centre.virtual_user.version);
    call_centre::modify(env, &world.muster.admin, id, &draft, version)
        .await
        .unwrap();
    let clara = world.system.as_user(&world.muster, people[0]).await;
    let david = world.system.as_user(&world.muster, people[1]).await;
    let refused = call_centre::wall(env, &clara, id, Timestamp(0)).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    let wall = call_centre::wall(env, &david, id, Timestamp(0))
        .await
        .unwrap();
    assert_eq!(wall.agents.len(), 2);
    world.set(&david, 0, "available").await.unwrap();
    assert!(matches!(
        world.set(&clara, 0, "sign-out").await,
        Err(Error::Forbidden)
    ));
    let supervised = call_centre::supervised(env, &david).await.unwrap();
    assert_eq!(supervised.len(), 1);
    assert!(
        call_centre::supervised(env, &clara)
            .await
            .unwrap()
            .is_empty()
    );
}

pub(crate) fn offer(orders: &[Order]) -> Option<(OfferId, String)> {
    orders.iter().find_map(|order| match order {
        Order::Offer { offer, phones, .. } => Some((*offer, phones[0].login.clone())),
        Order::Play { .. } | Order::Withdraw { .. } | Order::Send { .. } | Order::Hangup { .. } => {
            None
        }
    })
}

#[tokio::test]
async fn g4_a_call_hears_music_bounces_at_one_agent_is_answered_by_the_other_and_stands_in_the_history()
 {
    let settings = TypedCentre {
        policy: "regular".into(),
        bounce_after_rings: "2".into(),
        wrap_up_s: "30".into(),
        ..TypedCentre::default()
    };
    let world = world(settings).await;
    let (env, admin, id) = (&world.system.env, &world.muster.admin, world.id());
    for nth in [0, 1] {
        world.set(admin, nth, "available").await.unwrap();
    }
    let (mut desks, engine) = world.desks();
    let call = AttendedCall::numbered(1);
    desks.notice(world.entered(call)).await;
    let orders = engine.take();
    assert!(matches!(orders[0], Order::Play { .. }), "{orders:?}");
    let (first, login) = offer(&orders).unwrap();
    assert_eq!(login, world.agents[0].number.digits());
    let wall = call_centre::wall(env, admin, id, Timestamp(0))
        .await
        .unwrap();
    assert_eq!(wall.waiting[0].rung, [world.agents[0].id]);
    world.system.clock.advance(12);
    desks.timers().await;
    let orders = engine.take();
    assert!(orders.contains(&Order::Withdraw { call, offer: first }));
    let (second, login) = offer(&orders).unwrap();
    assert_eq!(login, world.agents[1].number.digits());
    let login = Some(login);
    let connected = Notice::Connected {
        call,
        offer: second,
        login,
    };
    desks.notice(connected).await;
    world.system.clock.advance(60);
    let why = Ended::Caller;
    desks.notice(Notice::Ended { call, why }).await;
    let calls = history(env, admin, id).await.unwrap().calls;
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].departure, Departure::Talked);
    assert_eq!((calls[0].offers, calls[0].bounces), (2, 1));
    assert_eq!(calls[0].answered.as_ref().unwrap().0.name, "Ben Klein");
    let way = group_call::way(env, admin, id.0, calls[0].id)
        .await
        .unwrap();
    let kinds: Vec<_> = way.steps.iter().map(|step| step.deed.id()).collect();
    assert_eq!(kinds, ["offered", "bounced", "offered", "answered"]);
    let wall = call_centre::wall(env, admin, id, Timestamp(0))
        .await
        .unwrap();
    assert_eq!((wall.figures.answered, wall.figures.bounces), (1, 1));
    assert!(matches!(wall.agents[1].0.state, AgentState::WrapUp { .. }));
}

#[tokio::test]
async fn g4_agents_states_survive_a_restart_and_what_is_set_meanwhile_counts() {
    let world = world(TypedCentre::default()).await;
    let admin = &world.muster.admin;
    world.set(admin, 0, "available").await.unwrap();
    let (mut desks, engine) = world.desks();
    let call = AttendedCall::numbered(1);
    desks.notice(world.entered(call)).await;
    let (ringing, _) = offer(&engine.take()).unwrap();
    world.system.clock.advance(1);
    world.set(admin, 0, "sign-in").await.unwrap();
    desks.look_again(Some(world.id())).await;
    let withdrawn = Order::Withdraw {
        call,
        offer: ringing,
    };
    assert!(engine.take().contains(&withdrawn));
    // Another process begins with what is stored.
    let (mut desks, engine) = world.desks();
    desks.notice(world.entered(AttendedCall::numbered(2))).await;
    assert_eq!(offer(&engine.take()), None);
}

#[tokio::test]
async fn s7_a_pending_agent_is_not_rung_and_an_unreachable_one_is_tried_later() {
    let world = world(TypedCentre::default()).await;
    let (env, admin) = (&world.system.env, &world.muster.admin);
    let pending = world
        .system
        .add_user(&world.muster, "Eva Pending")
        .await
        .user;
    let (_, mut draft) = call_centre::edit(env, admin, world.id()).await.unwrap();
    draft.agents = vec![TypedMember {
        user: pending.id.to_string(),
        weight: String::new(),
    }];
    call_centre::modify(env, admin, world.id(), &draft, None)
        .await
        .unwrap();
    let seat = (world.id(), pending.id);
    call_centre::set_state(env, admin, seat, "available", "")
        .await
        .unwrap();
    let (mut desks, engine) = world.desks();
    let call = AttendedCall::numbered(1);
    desks.notice(world.entered(call)).await;
    assert_eq!(offer(&engine.take()), None);
    world.system.activate(pending.id).await;
    desks.look_again(None).await;
    let (ringing, _) = offer(&engine.take()).unwrap();
    let failed = Notice::OfferFailed {
        call,
        offer: ringing,
        why: Missed::Unreachable,
    };
    desks.notice(failed).await;
    assert_eq!(offer(&engine.take()), None);
    world.system.clock.advance(10);
    desks.timers().await;
    assert!(offer(&engine.take()).is_some());
}

#[tokio::test]
async fn g4_a_call_centre_is_reached_by_extension_by_number_from_outside_and_by_forward() {
    let world = world(TypedCentre::default()).await;
    let own = &world.centre.virtual_user;
    let [anna, ben] = &world.agents[..] else {
        panic!("two agents");
    };
    let attended = Route::Attend(Attendant(own.id.0.as_u128()));
    for dialled in [own.extension.to_string(), own.number.to_string()] {
        let decision = world.system.route(anna, &dialled).await;
        assert_eq!(decision.route, attended, "{dialled}");
        assert_eq!(decision.sides.called.party.name, "Kundendienst");
    }
    let outside = "+4930123456";
    let decision = world
        .system
        .route_from_outside(outside, own.number.digits());
    assert_eq!(decision.await.route, attended);
    // Ben forwards every call there.
    let draft = CallServicesDraft {
        forward_always: own.extension.to_string(),
        ..CallServicesDraft::default()
    };
    let (env, admin) = (&world.system.env, &world.muster.admin);
    let set = call_services::set(env, admin, ben.id, &draft, None);
    set.await.unwrap();
    let decision = world.system.route(anna, &ben.extension.to_string()).await;
    let Route::As { route, shown } = decision.route else {
        panic!("{:?}", decision.route);
    };
    assert_eq!(
        (*route, shown.party.name.as_str()),
        (attended, "Anna Weber")
    );
    let reachable = reachability::get(env, admin, ben.id, None).await.unwrap();
    assert!(reachable.is_reachable());
    let steps = reachable.steps();
    let who = "Kundendienst".to_owned();
    assert_eq!(steps[1].what, What::Queues { who });
}

#[tokio::test]
async fn g4_agents_say_by_phone_what_they_are_doing() {
    let world = world(TypedCentre::default()).await;
    let anna = &world.agents[0];
    let (mut desks, engine) = world.desks();
    for (nth, state) in [
        (0, "sign-in"),
        (1, "available"),
        (2, "unavailable"),
        (3, "sign-out"),
    ] {
        let decision = world.system.route(anna, &format!("*5{nth}")).await;
        let Route::Attend(attendant) = decision.route else {
            panic!("{:?}", decision.route);
        };
        let call = AttendedCall::numbered(nth);
        let entered = Notice::Entered {
            call,
            attendant,
            sides: Box::new(decision.sides),
            presented: decision.presented,
        };
        desks.notice(entered).await;
        assert!(matches!(engine.take()[..], [Order::Play { .. }]));
        desks.notice(Notice::Played { call }).await;
        let code = 480;
        assert_eq!(engine.take(), [Order::Hangup { call, code }]);
        // Nobody is available while the own phone is in use by this very call.
        assert_ne!(world.states().await[0], "available");
        let why = Ended::Ordered;
        desks.notice(Notice::Ended { call, why }).await;
        assert_eq!(world.states().await, [state, "sign-out"]);
    }
    // Who is an agent nowhere is refused.
    let carl = world.system.add_user(&world.muster, "Carl Kurz").await.user;
    let decision = world.system.route(&carl, "*51").await;
    let Route::Attend(attendant) = decision.route else {
        panic!("{:?}", decision.route);
    };
    let call = AttendedCall::numbered(9);
    let entered = Notice::Entered {
        call,
        attendant,
        sides: Box::new(decision.sides),
        presented: decision.presented,
    };
    desks.notice(entered).await;
    let code = 403;
    assert_eq!(engine.take(), [Order::Hangup { call, code }]);
}

/// What the desk orders to be played first to a new caller.
async fn played(desks: &mut Desks, engine: &Engine, world: &World, number: u64) -> Playlist {
    desks
        .notice(world.entered(AttendedCall::numbered(number)))
        .await;
    let mut orders = engine.take().into_iter();
    let played = orders.find_map(|order| match order {
        Order::Play { playlist, .. } => Some(playlist),
        Order::Offer { .. }
        | Order::Withdraw { .. }
        | Order::Send { .. }
        | Order::Hangup { .. } => None,
    });
    played.unwrap()
}

#[tokio::test]
async fn g4_callers_hear_the_call_centres_sounds_before_the_sites_and_these_before_ours() {
    let world = world(TypedCentre::default()).await;
    let (env, admin) = (&world.system.env, &world.muster.admin);
    let of_site = AudioOwner::Site(world.muster.site.id());
    let own = AudioOwner::CallCentre(world.id());
    let put = async |owner: AudioOwner, kind: AudioKind| {
        let mut upload = audio::begin(env, admin, owner).await.unwrap();
        upload.push(&tone_wav(440.0, 100)).unwrap();
        let file = audio::put(env, admin, (owner, kind), "a.wav", upload).await;
        file.unwrap().id.0.as_u128()
    };
    let (mut desks, engine) = world.desks();
    let ours = played(&mut desks, &engine, &world, 1).await;
    let welcome = Sound::Standard(Standard::Welcome, Language::German);
    assert_eq!(ours.first, [welcome]);
    assert_eq!(ours.then, Then::Music { file: None });
    let music_of_site = put(of_site, AudioKind::Music).await;
    let welcome_of_site = put(of_site, AudioKind::Welcome).await;
    follow(&mut desks, &world).await;
    let heard = played(&mut desks, &engine, &world, 2).await;
    assert_eq!(heard.first, [Sound::File(welcome_of_site)]);
    let file = Some(music_of_site);
    assert_eq!(heard.then, Then::Music { file });
    let own_music = put(own, AudioKind::Music).await;
    follow(&mut desks, &world).await;
    let heard = played(&mut desks, &engine, &world, 3).await;
    assert_eq!(heard.first, [Sound::File(welcome_of_site)]);
    let file = Some(own_music);
    assert_eq!(heard.then, Then::Music { file });
    audio::remove(env, admin, own, AudioKind::Music)
        .await
        .unwrap();
    follow(&mut desks, &world).await;
    let heard = played(&mut desks, &engine, &world, 4).await;
    let file = Some(music_of_site);
    assert_eq!(heard.then, Then::Music { file });
}

/// Tells the desks what has been done last.
pub(crate) async fn follow(desks: &mut Desks, world: &World) {
    let wanted = journal::Wanted::default();
    let entries = journal::list(&world.system.env, &world.muster.admin, wanted).await;
    desks.journal(&entries.unwrap()[0]).await;
}
