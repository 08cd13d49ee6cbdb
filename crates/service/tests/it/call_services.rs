//! Call services and profiles: who sets them, what they mean for the next call, and what deleting somebody does to them.

use model::{
    CallServicesDraft, Field, ForwardKind, JournalAction, Limit, Problem, ProfileDraft, User,
    UserId,
};
use service::{Actor, Error, call_services, journal, phone_book, profile, reachability, user};
use sip::directory::{Decision, Route, Shown};
use testkit::{TestEnterprise, TestSystem};

use crate::problems;

/// Anna and Ben of one enterprise.
struct Scene {
    system: TestSystem,
    muster: TestEnterprise,
    anna: User,
    ben: User,
}

impl Scene {
    async fn new() -> Self {
        let system = TestSystem::new().await;
        let muster = system.enterprise("Muster GmbH").await;
        let anna = system.active_user(&muster, "Anna Weber").await;
        let ben = system.active_user(&muster, "Ben Klein").await;
        Self {
            system,
            muster,
            anna,
            ben,
        }
    }

    async fn as_anna(&self) -> Actor {
        self.system.as_user(&self.muster, self.anna.id).await
    }

    async fn set(&self, user: &User, draft: &CallServicesDraft) {
        let admin = &self.muster.admin;
        call_services::set(&self.system.env, admin, user.id, draft, None)
            .await
            .unwrap();
    }

    /// Somebody outside calls Anna.
    async fn asked_from_outside(&self) -> Decision {
        self.system
            .route_from_outside("+4930111", self.anna.number.as_str())
            .await
    }

    async fn newest(&self) -> model::NewJournalEntry {
        let wanted = journal::Wanted {
            limit: Limit::new(1),
            ..journal::Wanted::default()
        };
        let found = journal::list(&self.system.env, &self.muster.admin, wanted).await;
        found.unwrap().remove(0).entry
    }
}

fn always(target: &str) -> CallServicesDraft {
    CallServicesDraft {
        forward_always: target.to_owned(),
        ..CallServicesDraft::default()
    }
}

/// The first phone that rings, and for how many seconds.
fn rings(route: &Route) -> Option<(String, u64)> {
    match route {
        Route::Offer {
            phones, ring_for, ..
        } => Some((phones[0].login.clone(), ring_for.as_secs())),
        Route::As { route, .. } | Route::Past { route, .. } => rings(route),
        Route::Hunt(_)
        | Route::PickUp { .. }
        | Route::Attend(_)
        | Route::Park(_)
        | Route::Retrieve(_)
        | Route::Trunk { .. }
        | Route::Refuse(_) => None,
    }
}

fn login(user: &User) -> String {
    user.number.digits().to_owned()
}

fn refusal(route: &Route) -> Option<(u16, &str)> {
    match route {
        Route::Refuse(refusal) => Some((refusal.code, refusal.why.as_str())),
        Route::Past { route, .. } => self::refusal(route),
        Route::As { .. }
        | Route::Offer { .. }
        | Route::Hunt(_)
        | Route::PickUp { .. }
        | Route::Attend(_)
        | Route::Park(_)
        | Route::Retrieve(_)
        | Route::Trunk { .. } => None,
    }
}

fn shown(route: &Route) -> Option<&Shown> {
    match route {
        Route::As { shown, .. } => Some(shown),
        Route::Past { route, .. } => self::shown(route),
        Route::Refuse(_)
        | Route::Offer { .. }
        | Route::Hunt(_)
        | Route::PickUp { .. }
        | Route::Attend(_)
        | Route::Park(_)
        | Route::Retrieve(_)
        | Route::Trunk { .. } => None,
    }
}

#[tokio::test]
async fn s6_a_pending_users_call_services_and_profile_can_be_set() {
    let scene = Scene::new().await;
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    let carl = scene.system.add_user(&scene.muster, "Carl Neu").await.user;
    let draft = always(scene.ben.extension.as_str());
    let set = call_services::set(env, admin, carl.id, &draft, Some(0)).await;
    let set = set.unwrap();
    assert_eq!(set.services.version, 1);
    let named = set.target(ForwardKind::Always).unwrap();
    assert_eq!(named.name.as_deref(), Some("Ben Klein"));
    let draft = ProfileDraft {
        time_zone: "Europe/London".to_owned(),
        ..ProfileDraft::default()
    };
    let set = profile::set(env, admin, carl.id, &draft, Some(0)).await;
    assert_eq!(set.unwrap().version, 1);
    let stale = profile::set(env, admin, carl.id, &ProfileDraft::default(), Some(0)).await;
    assert!(matches!(stale, Err(Error::Changed)));
}

#[tokio::test]
async fn the_next_call_obeys_what_was_set_and_goes_back_when_it_is_taken_away() {
    let scene = Scene::new().await;
    let (anna, ben) = (login(&scene.anna), login(&scene.ben));
    assert_eq!(
        rings(&scene.asked_from_outside().await.route),
        Some((anna.clone(), 60))
    );
    scene
        .set(&scene.anna, &always(scene.ben.extension.as_str()))
        .await;
    assert_eq!(
        rings(&scene.asked_from_outside().await.route),
        Some((ben.clone(), 60))
    );
    let no_answer = CallServicesDraft {
        forward_no_answer: scene.ben.number.to_string(),
        no_answer_rings: "3".to_owned(),
        ..CallServicesDraft::default()
    };
    scene.set(&scene.anna, &no_answer).await;
    let decision = scene.asked_from_outside().await;
    assert_eq!(rings(&decision.route), Some((anna, 18)));
    let Route::As { route, .. } = decision.route else {
        panic!("a chain says who calls");
    };
    let Route::Offer { otherwise, .. } = *route else {
        panic!("nobody rings");
    };
    assert_eq!(rings(&otherwise.no_answer.unwrap()), Some((ben, 60)));
    let undisturbed = CallServicesDraft {
        do_not_disturb: true,
        ..CallServicesDraft::default()
    };
    scene.set(&scene.anna, &undisturbed).await;
    let decision = scene.asked_from_outside().await;
    assert_eq!(refusal(&decision.route), Some((486, "do-not-disturb")));
    // Whom the caller has dialled is called, whoever answers.
    let called = decision.sides.called.subscriber.unwrap();
    assert_eq!(called.user, Some(scene.anna.id.0.as_u128()));
}

#[tokio::test]
async fn c3_a_forward_follows_a_colleague_to_another_number() {
    let scene = Scene::new().await;
    scene
        .set(&scene.anna, &always(scene.ben.number.as_str()))
        .await;
    let patch = model::UserPatch {
        number: Some(
            scene
                .system
                .draft(scene.muster.site.id(), "X Y")
                .await
                .number,
        ),
        ..model::UserPatch::default()
    };
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    let moved = user::modify(env, admin, scene.ben.id, patch, None).await;
    let moved = moved.unwrap().user;
    assert_ne!(moved.number, scene.ben.number);
    let rung = rings(&scene.asked_from_outside().await.route);
    assert_eq!(rung, Some((login(&moved), 60)));
}

#[tokio::test]
async fn d3_d4_deleting_a_user_ends_forwards_to_the_user_and_says_so_before() {
    let scene = Scene::new().await;
    scene
        .set(&scene.anna, &always(scene.ben.extension.as_str()))
        .await;
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    let preview = user::deletion_preview(env, admin, scene.ben.id).await;
    let preview = preview.unwrap();
    let forwards: Vec<_> = preview.forwards.iter().map(|f| (f.user, f.kind)).collect();
    assert_eq!(forwards, [(scene.anna.id, ForwardKind::Always)]);
    let told: Vec<_> = preview.tell.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(told, ["Anna Weber"]);
    user::delete(env, admin, scene.ben.id, None).await.unwrap();
    let left = call_services::get(env, admin, scene.anna.id).await.unwrap();
    assert_eq!(left.services.targets().count(), 0);
    assert_eq!(
        left.services.version, 2,
        "who had seen it has not seen this"
    );
    let rung = rings(&scene.asked_from_outside().await.route);
    assert_eq!(rung, Some((login(&scene.anna), 60)));
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field() {
    let scene = Scene::new().await;
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    let draft = CallServicesDraft {
        forward_always: scene.anna.extension.to_string(),
        forward_busy: "99".to_owned(),
        forward_no_answer: "112".to_owned(),
        no_answer_rings: "21".to_owned(),
        forward_unreachable: "0900 1234567".to_owned(),
        barring: Some("gold".to_owned()),
        ..CallServicesDraft::default()
    };
    let wrong = problems(call_services::set(env, admin, scene.anna.id, &draft, None).await);
    let class = model::NumberClass::PremiumRate;
    let expected = [
        (Field::ForwardAlways, Problem::ForwardToSelf),
        (Field::ForwardBusy, Problem::UnknownExtension),
        (Field::ForwardNoAnswer, Problem::EmergencyNumber),
        (
            Field::NoAnswerRings,
            Problem::OutOfRange { min: 2, max: 20 },
        ),
        (Field::ForwardUnreachable, Problem::Barred { class }),
    ];
    assert_eq!(wrong, expected);
}

#[tokio::test]
async fn r1_users_set_their_own_services_but_not_what_they_may_dial() {
    let scene = Scene::new().await;
    let (env, as_anna) = (&scene.system.env, scene.as_anna().await);
    let mut draft = always("0211 9999999");
    let id = scene.anna.id;
    call_services::set(env, &as_anna, id, &draft, None)
        .await
        .unwrap();
    draft.barring = Some("gold".to_owned());
    let same = call_services::set(env, &as_anna, id, &draft, None).await;
    assert!(same.is_ok(), "what it is already can be sent back");
    draft.barring = Some("platinum".to_owned());
    let refused = call_services::set(env, &as_anna, id, &draft, None).await;
    assert!(matches!(refused, Err(Error::Forbidden)));
    let entry = scene.newest().await;
    assert_eq!(entry.action, JournalAction::CallServicesSet);
    assert_eq!(entry.changes[0].field, "forward_always");
    assert_eq!(entry.changes[0].after.as_deref(), Some("+492119999999"));
}

#[tokio::test]
async fn what_a_barring_profile_does_not_permit_is_refused_with_403_and_emergency_calls_go_out() {
    let scene = Scene::new().await;
    let draft = CallServicesDraft {
        barring: Some("basic".to_owned()),
        ..CallServicesDraft::default()
    };
    scene.set(&scene.anna, &draft).await;
    let dial = |text: &'static str| scene.system.route(&scene.anna, text);
    let barred = dial("0151 23456789").await.route;
    assert_eq!(refusal(&barred), Some((403, "barred")));
    for out in ["112", "0800 1234567"] {
        assert!(
            matches!(dial(out).await.route, Route::Trunk { .. }),
            "{out}"
        );
    }
    let colleague = scene.system.route(&scene.anna, scene.ben.number.as_str());
    assert!(rings(&colleague.await.route).is_some());
}

#[tokio::test]
async fn who_withholds_the_number_is_nobody_to_strangers_and_somebody_to_colleagues_and_in_need() {
    let scene = Scene::new().await;
    let draft = CallServicesDraft {
        withholds_number: true,
        ..CallServicesDraft::default()
    };
    scene.set(&scene.anna, &draft).await;
    let outward = scene.system.route(&scene.anna, "0211 9999999").await.route;
    let outward = shown(&outward).unwrap();
    assert!(outward.is_withheld);
    assert_eq!(outward.party.number, scene.anna.number.as_str());
    for (dialled, number) in [
        (scene.ben.extension.as_str(), scene.anna.extension.as_str()),
        ("112", scene.anna.number.as_str()),
    ] {
        let decision = scene.system.route(&scene.anna, dialled).await;
        assert_eq!(decision.presented.number, number);
        assert_eq!(shown(&decision.route), None, "{dialled}");
    }
}

#[tokio::test]
async fn a_colleagues_call_that_is_forwarded_outside_shows_the_number_and_not_the_extension() {
    let scene = Scene::new().await;
    scene.set(&scene.ben, &always("0211 9999999")).await;
    let decision = scene
        .system
        .route(&scene.anna, scene.ben.extension.as_str())
        .await;
    let shown = shown(&decision.route).unwrap();
    assert_eq!(shown.party.number, scene.anna.number.as_str());
}

#[tokio::test]
async fn the_phone_book_leaves_out_who_wants_that_and_hides_the_phones_of_who_wants_that() {
    let scene = Scene::new().await;
    let (env, as_anna) = (&scene.system.env, scene.as_anna().await);
    scene.system.log_in_phone(&scene.ben, "Yealink").await;
    let book = async || {
        let found = phone_book::list(env, &as_anna, "", None, Limit::default()).await;
        let lines = found.unwrap().items.into_iter();
        let line = |colleague: phone_book::Colleague| {
            (
                colleague.entry.holder.user().unwrap(),
                colleague.is_registered,
            )
        };
        lines.map(line).collect::<Vec<(UserId, Option<bool>)>>()
    };
    let (anna, ben) = (scene.anna.id, scene.ben.id);
    assert_eq!(book().await, [(ben, Some(true)), (anna, Some(false))]);
    let mut draft = ProfileDraft {
        hides_phone_state: true,
        ..ProfileDraft::default()
    };
    let admin = &scene.muster.admin;
    profile::set(env, admin, ben, &draft, None).await.unwrap();
    assert_eq!(book().await[0], (ben, None));
    draft.is_unlisted = true;
    profile::set(env, admin, ben, &draft, None).await.unwrap();
    assert_eq!(book().await, [(anna, Some(false))]);
}

#[tokio::test]
async fn reachability_tells_the_whole_way_and_a_user_not_where_a_colleague_forwards() {
    let scene = Scene::new().await;
    scene
        .set(&scene.anna, &always(scene.ben.extension.as_str()))
        .await;
    let busy = CallServicesDraft {
        forward_busy: "0211 9999999".to_owned(),
        ..CallServicesDraft::default()
    };
    scene.set(&scene.ben, &busy).await;
    scene.system.log_in_phone(&scene.ben, "Yealink").await;
    let (env, id) = (&scene.system.env, scene.anna.id);
    let look = |actor: Actor| async move {
        let found = reachability::get(env, &actor, id, None).await.unwrap();
        assert!(found.is_reachable());
        found.steps()
    };
    let steps = look(scene.muster.admin.clone()).await;
    let kinds: Vec<_> = steps
        .iter()
        .map(|step| (step.depth, step.when.name(), step.what.name()))
        .collect();
    let expected = [
        (0, "at-once", "forward"),
        (1, "at-once", "ring"),
        (2, "busy", "trunk"),
    ];
    assert_eq!(kinds, expected);
    let number = Some("+492119999999".to_owned());
    assert_eq!(steps[2].what, reachability::What::GoesOut { number });
    let steps = look(scene.as_anna().await).await;
    let hidden = reachability::What::GoesOut { number: None };
    assert_eq!(steps[2].what, hidden);
}

#[tokio::test]
async fn a_forward_with_a_time_holds_in_its_time_only() {
    let scene = Scene::new().await;
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    let now = env.now();
    let draft = CallServicesDraft {
        forward_always_from: Some(now.plus_seconds(3600)),
        forward_always_until: Some(now.plus_seconds(7200)),
        ..always(scene.ben.extension.as_str())
    };
    scene.set(&scene.anna, &draft).await;
    for (later, first) in [(0, "ring"), (3600, "forward"), (7200, "ring")] {
        let at = Some(now.plus_seconds(later));
        let found = reachability::get(env, admin, scene.anna.id, at).await;
        assert_eq!(found.unwrap().steps()[0].what.name(), first, "{later}");
    }
    scene.system.clock.advance(3600);
    let rung = rings(&scene.asked_from_outside().await.route);
    assert_eq!(rung, Some((login(&scene.ben), 60)));
}
