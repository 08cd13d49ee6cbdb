//! Who sees which calls (R4), and what a record keeps.

use model::{CallOutcome, CallRecord, CallRecordId, Limit, User};
use service::{
    Actor, Error,
    call_record::{self, Wanted},
    user,
};
use testkit::{Call, TestEnterprise, TestSystem};

/// An enterprise with Anna and Ben in Düsseldorf and Olivia in London.
struct Scene {
    system: TestSystem,
    muster: TestEnterprise,
    london: testkit::TestSite,
    anna: User,
    ben: User,
    olivia: User,
}

impl Scene {
    async fn new() -> Self {
        let system = TestSystem::new().await;
        let muster = system.enterprise("Muster GmbH").await;
        let london = system.site(muster.id(), "London").await;
        let anna = system.active_user(&muster, "Anna Weber").await;
        let ben = system.active_user(&muster, "Ben Klein").await;
        let draft = system.draft(london.id(), "Olivia Bennett").await;
        let olivia = system.add(&muster.admin, london.id(), draft).await.unwrap();
        let olivia = system.activate(olivia.user.id).await;
        Self {
            system,
            muster,
            london,
            anna,
            ben,
            olivia,
        }
    }

    /// A call by extension; a minute later the next can begin.
    async fn call(&self, from: &User, to: &User, call: Call) {
        self.system.call(from, to.extension.as_str(), call).await;
        self.system.clock.advance(60);
    }

    async fn list(&self, actor: &Actor, wanted: Wanted) -> Vec<CallRecord> {
        call_record::list(&self.system.env, actor, wanted)
            .await
            .unwrap()
    }

    async fn refused(&self, actor: &Actor, wanted: Wanted) -> Error {
        match call_record::list(&self.system.env, actor, wanted).await {
            Err(error) => error,
            Ok(found) => panic!("it was told: {found:?}"),
        }
    }
}

fn of_user(user: &User) -> Wanted {
    Wanted {
        user: Some(user.id),
        ..Wanted::default()
    }
}

/// Who called whom, by first names.
fn names(records: &[CallRecord]) -> Vec<(&str, &str)> {
    records
        .iter()
        .map(|record| (first(&record.caller.name), first(&record.called.name)))
        .collect()
}

fn first(name: &str) -> &str {
    name.split(' ').next().unwrap()
}

#[tokio::test]
async fn r4_each_role_sees_the_calls_it_may_know_of() {
    let scene = Scene::new().await;
    let Scene {
        system,
        muster,
        london,
        anna,
        ben,
        olivia,
    } = &scene;
    scene.call(anna, ben, Call::Answered(30)).await;
    scene.call(ben, olivia, Call::Rang(480)).await;
    scene.call(olivia, anna, Call::Rang(486)).await;
    let all = [("Olivia", "Anna"), ("Ben", "Olivia"), ("Anna", "Ben")];

    let as_anna = system.as_user(muster, anna.id).await;
    for wanted in [Wanted::default(), of_user(anna)] {
        assert_eq!(names(&scene.list(&as_anna, wanted).await), [all[0], all[2]]);
    }
    assert_eq!(
        names(&scene.list(&muster.admin, Wanted::default()).await),
        all
    );
    assert_eq!(
        names(&scene.list(&muster.admin, of_user(ben)).await),
        all[1..]
    );
    let of_london = system.site_admin(muster, london).await;
    assert_eq!(
        names(&scene.list(&of_london, Wanted::default()).await),
        all[..2]
    );
    let hidden = scene.refused(&of_london, of_user(anna)).await;
    assert!(matches!(hidden, Error::NotFound), "{hidden:?}");
    let hidden = scene.refused(&as_anna, of_user(ben)).await;
    assert!(matches!(hidden, Error::NotFound), "{hidden:?}");
    for wanted in [Wanted::default(), of_user(anna)] {
        let forbidden = scene.refused(&system.operator, wanted).await;
        assert!(matches!(forbidden, Error::Forbidden), "{forbidden:?}");
    }
}

#[tokio::test]
async fn r4_another_enterprise_has_no_calls_to_see() {
    let scene = Scene::new().await;
    scene
        .call(&scene.anna, &scene.ben, Call::Answered(30))
        .await;
    let other = scene.system.enterprise("Fremd AG").await;
    assert_eq!(scene.list(&other.admin, Wanted::default()).await, []);
    let of_site = Wanted {
        site: Some(scene.muster.site.id()),
        ..Wanted::default()
    };
    for wanted in [of_user(&scene.anna), of_site] {
        let hidden = scene.refused(&other.admin, wanted).await;
        assert!(matches!(hidden, Error::NotFound), "{hidden:?}");
    }
}

#[tokio::test]
async fn r4_who_administers_several_sites_names_one() {
    let scene = Scene::new().await;
    let (anna, olivia) = (&scene.anna, &scene.olivia);
    scene.call(anna, olivia, Call::Answered(30)).await;
    scene.call(anna, &scene.ben, Call::Answered(30)).await;
    let sites = [scene.muster.site.id(), scene.london.id()];
    let both = scene
        .system
        .add_administrator(&scene.muster, "beide", &sites)
        .await;
    let both = scene.system.log_in(&both).await;
    let unnamed = scene.refused(&both, Wanted::default()).await;
    assert!(matches!(unnamed, Error::Forbidden), "{unnamed:?}");
    for (site, expected) in sites.into_iter().zip([2, 1]) {
        let wanted = Wanted {
            site: Some(site),
            ..Wanted::default()
        };
        assert_eq!(scene.list(&both, wanted).await.len(), expected);
    }
}

#[tokio::test]
async fn a_record_keeps_the_names_of_whom_is_deleted() {
    let scene = Scene::new().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    scene.call(anna, ben, Call::Answered(30)).await;
    user::delete(&scene.system.env, &scene.muster.admin, ben.id, None)
        .await
        .unwrap();
    let kept = scene.list(&scene.muster.admin, Wanted::default()).await;
    assert_eq!(names(&kept), [("Anna", "Ben")]);
    assert_eq!(
        (kept[0].caller.user, kept[0].called.user),
        (Some(anna.id), None)
    );
    let gone = scene.refused(&scene.muster.admin, of_user(ben)).await;
    assert!(matches!(gone, Error::NotFound), "{gone:?}");
}

#[tokio::test]
async fn a_record_says_when_how_long_and_how_it_ended() {
    let scene = Scene::new().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let start = scene.system.env.now();
    for call in [
        Call::Answered(35),
        Call::Rang(486),
        Call::Rang(480),
        Call::Rang(487),
        Call::Failed(480),
        Call::Failed(503),
    ] {
        scene.call(anna, ben, call).await;
    }
    let mut records = scene.list(&scene.muster.admin, of_user(anna)).await;
    records.reverse();
    let outcomes: Vec<_> = records.iter().map(|record| record.outcome).collect();
    use CallOutcome::{Answered, Busy, Cancelled, NoAnswer, Refused, Unreachable};
    assert_eq!(
        outcomes,
        [Answered, Busy, NoAnswer, Cancelled, Unreachable, Refused]
    );
    let talk = &records[0];
    assert_eq!(talk.started_at, start);
    assert_eq!(talk.answered_at, Some(start.plus_seconds(5)));
    assert_eq!(
        (talk.ended_at, talk.talked_s()),
        (start.plus_seconds(40), 35)
    );
    assert_eq!(talk.caller.number, anna.extension.as_str());
}

#[tokio::test]
async fn calls_are_read_page_by_page() {
    let scene = Scene::new().await;
    for _ in 0..5 {
        scene.call(&scene.anna, &scene.ben, Call::Answered(1)).await;
    }
    let page = async |before: Option<CallRecordId>| {
        let wanted = Wanted {
            before,
            limit: Limit::new(3),
            ..Wanted::default()
        };
        scene.list(&scene.muster.admin, wanted).await
    };
    let first = page(None).await;
    let second = page(Some(first[2].id)).await;
    assert_eq!((first.len(), second.len()), (3, 2));
    assert!(second.iter().all(|record| record.id < first[2].id));
}

#[tokio::test]
async fn r4_of_another_enterprise_a_record_tells_what_the_phone_showed() {
    let scene = Scene::new().await;
    let (system, anna) = (&scene.system, &scene.anna);
    let other = system.enterprise("Fremd AG").await;
    let eva = system.active_user(&other, "Eva Groß").await;
    let number = eva.number.to_string();
    system.call(anna, &number, Call::Answered(30)).await;

    let [outgoing] = &scene.list(&scene.muster.admin, Wanted::default()).await[..] else {
        panic!("one call");
    };
    assert_eq!(outgoing.caller.user, Some(anna.id));
    let called = &outgoing.called;
    assert_eq!((called.name.as_str(), &called.number), ("", &number));
    assert_eq!(
        (called.user, called.site, called.enterprise),
        (None, None, None)
    );

    let [incoming] = &scene.list(&other.admin, Wanted::default()).await[..] else {
        panic!("one call");
    };
    let caller = &incoming.caller;
    assert_eq!((caller.name.as_str(), caller.user), ("Anna Weber", None));
    assert_eq!(caller.number, anna.number.to_string());
    assert_eq!(incoming.called.name, "Eva Groß");
}

#[tokio::test]
async fn r4_a_record_names_the_id_of_nobody_the_reader_may_not_look_at() {
    let scene = Scene::new().await;
    scene
        .call(&scene.anna, &scene.olivia, Call::Answered(30))
        .await;
    let as_anna = scene.system.as_user(&scene.muster, scene.anna.id).await;
    let of_london = scene.system.site_admin(&scene.muster, &scene.london).await;
    let ids = async |actor| {
        let record = scene.list(actor, Wanted::default()).await.remove(0);
        (record.caller.user, record.called.user)
    };
    let (anna, olivia) = (Some(scene.anna.id), Some(scene.olivia.id));
    assert_eq!(ids(&as_anna).await, (anna, None));
    assert_eq!(ids(&of_london).await, (None, olivia));
    assert_eq!(ids(&scene.muster.admin).await, (anna, olivia));
}
