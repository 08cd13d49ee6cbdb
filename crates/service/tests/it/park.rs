//! G2: where a phone may park and retrieve calls, as the engine asks.

use std::time::Duration;

use model::{
    AudioKind, AudioOwner, ParkRecall, ParkSettings, Team, TeamId, TeamSettings, Timestamp, User,
    UserId, VirtualUserId,
};
use service::{audio, user};
use sip::{
    attend::{Language, Sound, Standard, Then},
    directory::Route,
    park::{Park, RecallTo, Retrieve},
};
use store::StoredTeam;
use testkit::{TestEnterprise, TestSystem, tone_wav};

/// Anna and Ben, who are in a park group in this order, and Carl, who is in none.
struct Scene {
    system: TestSystem,
    muster: TestEnterprise,
    anna: User,
    ben: User,
    carl: User,
}

impl Scene {
    async fn new() -> Self {
        Self::with(ParkSettings::default()).await
    }

    async fn with(settings: ParkSettings) -> Self {
        let system = TestSystem::new().await;
        let muster = system.enterprise("Muster GmbH").await;
        let anna = system.active_user(&muster, "Anna Weber").await;
        let ben = system.active_user(&muster, "Ben Klein").await;
        let carl = system.active_user(&muster, "Carl Groß").await;
        let team = Team {
            id: TeamId(anna.id.0),
            enterprise: anna.enterprise,
            site: anna.site,
            department: None,
            name: "Empfang".parse().unwrap(),
            settings: TeamSettings::Park(settings),
            members: vec![ben.id, anna.id],
            version: 1,
            created_at: Timestamp(0),
        };
        let mut tx = system.env.store.write().await.unwrap();
        let stored = tx.team().insert(&team).await.unwrap();
        assert_eq!(stored, StoredTeam::Done);
        tx.commit().await.unwrap();
        Self {
            system,
            muster,
            anna,
            ben,
            carl,
        }
    }

    async fn dials(&self, user: &User, dialled: &str) -> Route {
        self.system.route(user, dialled).await.route
    }

    async fn parks(&self, user: &User, dialled: &str) -> Park {
        match self.dials(user, dialled).await {
            Route::Park(park) => *park,
            other => panic!("{other:?}"),
        }
    }
}

fn code(route: &Route) -> Option<u16> {
    match route {
        Route::Refuse(refusal) => Some(refusal.code),
        _ => None,
    }
}

fn number(user: UserId) -> u128 {
    user.0.as_u128()
}

#[tokio::test]
async fn g2_places_come_in_the_groups_order_and_say_where() {
    let scene = Scene::new().await;
    let park = scene.parks(&scene.anna, "*68").await;
    let members: Vec<u128> = park.places.iter().map(|place| place.member).collect();
    assert_eq!(members, [number(scene.ben.id), number(scene.anna.id)]);
    let first = &park.places[0];
    assert_eq!(first.shown.number, scene.ben.extension.as_str());
    assert_eq!(first.shown.name, "Ben Klein");
    let digits = scene.ben.extension.to_string();
    assert_eq!(
        first.announcement.first,
        [
            Sound::Standard(Standard::ParkedOn, Language::German),
            Sound::Digits(digits, Language::German)
        ]
    );
    assert!(park.shown_for >= Duration::from_secs(10));
}

#[tokio::test]
async fn g2_a_named_member_is_the_only_place() {
    let scene = Scene::new().await;
    let dialled = format!("*68{}", scene.anna.extension);
    let park = scene.parks(&scene.ben, &dialled).await;
    assert_eq!(park.places.len(), 1);
    assert_eq!(park.places[0].member, number(scene.anna.id));
}

#[tokio::test]
async fn g2_calls_are_retrieved_from_oneself_or_from_a_colleague() {
    let scene = Scene::new().await;
    let own = Retrieve {
        member: number(scene.anna.id),
    };
    assert_eq!(
        scene.dials(&scene.anna, "*88").await,
        Route::Retrieve(own.clone())
    );
    let dialled = format!("*88{}", scene.anna.extension);
    assert_eq!(
        scene.dials(&scene.ben, &dialled).await,
        Route::Retrieve(own)
    );
}

#[tokio::test]
async fn g2_only_the_own_group_is_parked_with() {
    let scene = Scene::new().await;
    for dialled in ["*68", "*88"] {
        assert_eq!(code(&scene.dials(&scene.carl, dialled).await), Some(403));
    }
    for code_of in ["*68", "*88"] {
        let dialled = format!("{code_of}{}", scene.carl.extension);
        let refused = scene.dials(&scene.anna, &dialled).await;
        assert_eq!(code(&refused), Some(404));
    }
}

#[tokio::test]
async fn g2_d3_a_deleted_member_is_no_place_any_more() {
    let scene = Scene::new().await;
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    user::delete(env, admin, scene.ben.id, None).await.unwrap();
    let park = scene.parks(&scene.anna, "*68").await;
    assert_eq!(park.places.len(), 1);
}

#[tokio::test]
async fn g2_a_call_returns_to_the_parker_a_few_times_and_is_then_released() {
    let scene = Scene::new().await;
    let park = scene.parks(&scene.anna, "*68").await;
    assert_eq!(park.recalls.len(), 3);
    for recall in &park.recalls {
        assert_eq!(recall.after, Duration::from_secs(45));
        assert!(recall.ring.is_some());
        let RecallTo::Phones { phones, .. } = &recall.to else {
            panic!("{recall:?}")
        };
        assert_eq!(phones[0].login, scene.anna.number.digits());
    }
}

#[tokio::test]
async fn g2_without_its_alternate_a_group_recalls_the_parker_only() {
    let scene = Scene::with(ParkSettings {
        recall_after_s: 30,
        recall_to: ParkRecall::Alternate,
        alternate: None::<VirtualUserId>,
        ..ParkSettings::default()
    })
    .await;
    let park = scene.parks(&scene.anna, "*68").await;
    let is_phones = |to: &RecallTo| matches!(to, RecallTo::Phones { .. });
    assert!(park.recalls.iter().all(|recall| is_phones(&recall.to)));
    assert_eq!(park.recalls[0].after, Duration::from_secs(30));
}

#[tokio::test]
async fn g2_who_is_parked_hears_the_music_of_the_parkers_site() {
    let scene = Scene::new().await;
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    let ours = Then::Music { file: None };
    assert_eq!(scene.parks(&scene.anna, "*68").await.music.then, ours);
    let site = AudioOwner::Site(scene.muster.site.id());
    let mut upload = audio::begin(env, admin, site).await.unwrap();
    upload.push(&tone_wav(440.0, 100)).unwrap();
    let music = (site, AudioKind::Music);
    let file = audio::put(env, admin, music, "a.wav", upload).await;
    let file = Some(file.unwrap().id.0.as_u128());
    let uploaded = Then::Music { file };
    assert_eq!(scene.parks(&scene.anna, "*68").await.music.then, uploaded);
}
