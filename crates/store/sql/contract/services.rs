//! Call services, profiles and the phone book: read back as written, changed only as seen, and gone with the user.

use model::{
    BarringProfile, CallServices, DoNotDisturb, ForwardAlways, ForwardKind, ForwardNoAnswer,
    ForwardTarget, Limit, Period, Profile, Rings,
};
use store::Tenant;

use super::{
    Company, Person, World,
    isolation::two,
    world::{NOW, session},
};

fn everything(target: ForwardTarget) -> CallServices {
    let number = ForwardTarget::Number("+4915123456789".parse().unwrap());
    CallServices {
        always: Some(ForwardAlways {
            target: number,
            period: Period {
                from: Some(NOW),
                until: Some(NOW.plus_seconds(60)),
            },
        }),
        busy: Some(target.clone()),
        no_answer: Some(ForwardNoAnswer {
            target: target.clone(),
            rings: Rings::parse("7").unwrap(),
        }),
        unreachable: Some(target),
        do_not_disturb: Some(DoNotDisturb { until: Some(NOW) }),
        withholds_number: true,
        barring: BarringProfile::Silver,
        version: 0,
    }
}

async fn services(world: &World, tenant: Tenant, person: &Person) -> CallServices {
    let mut tx = world.read().await;
    tx.call_services().get(tenant, person.id).await.unwrap()
}

async fn set(world: &World, company: &Company, person: &Person, services: &CallServices) -> bool {
    let mut tx = world.write().await;
    let done = tx
        .call_services()
        .update(company.tenant(), person.id, services)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    done
}

#[tokio::test]
async fn s6_call_services_read_back_as_they_were_written_and_change_only_as_they_were_seen() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
    );
    let tenant = muster.tenant();
    assert_eq!(
        services(&world, tenant, &anna).await,
        CallServices::default()
    );
    let mut wanted = everything(ForwardTarget::User(ben.id));
    assert!(set(&world, &muster, &anna, &wanted).await);
    assert!(
        !set(&world, &muster, &anna, &wanted).await,
        "seen before the change"
    );
    wanted.version = 1;
    assert_eq!(services(&world, tenant, &anna).await, wanted);
    let nothing = CallServices {
        version: 1,
        ..CallServices::default()
    };
    assert!(set(&world, &muster, &anna, &nothing).await);
    let nothing = CallServices {
        version: 2,
        ..nothing
    };
    assert_eq!(services(&world, tenant, &anna).await, nothing);
}

#[tokio::test]
async fn r4_call_services_and_profiles_are_read_and_set_by_their_own_only() {
    let (world, [(muster, anna), (beispiel, ben)]) = two().await;
    let wanted = everything(ForwardTarget::User(ben.id));
    assert!(set(&world, &muster, &anna, &wanted).await);
    let mut seen = wanted.clone();
    seen.version = 1;
    assert!(!set(&world, &beispiel, &anna, &seen).await);
    let none = services(&world, beispiel.tenant(), &anna).await;
    assert_eq!(none, CallServices::default());
    assert_eq!(services(&world, muster.tenant(), &anna).await, seen);
    let mut tx = world.write().await;
    let profile = Profile {
        is_unlisted: true,
        ..Profile::default()
    };
    for (company, done) in [(&beispiel, false), (&muster, true)] {
        let updated = tx.profile().update(company.tenant(), anna.id, &profile);
        assert_eq!(updated.await.unwrap(), done);
        let found = tx.profile().get(company.tenant(), anna.id).await.unwrap();
        assert_eq!(found.is_unlisted, done);
    }
}

#[tokio::test]
async fn d3_whose_forwards_name_a_user_is_known_and_they_end_with_the_user() {
    let (world, [(muster, anna), (beispiel, ben)]) = two().await;
    let carol = world.person(&muster, 1).await;
    let target = ForwardTarget::User(anna.id);
    assert!(set(&world, &muster, &carol, &everything(target.clone())).await);
    assert!(set(&world, &beispiel, &ben, &everything(target)).await);
    let mut tx = world.write().await;
    for (tenant, expected) in [
        (muster.tenant(), vec![carol.id; 3]),
        (beispiel.tenant(), vec![ben.id; 3]),
    ] {
        let found = tx
            .call_services()
            .list_forwards_to(tenant, anna.id)
            .await
            .unwrap();
        let users: Vec<_> = found.iter().map(|forward| forward.user).collect();
        assert_eq!(users, expected);
        let kinds: Vec<_> = found.iter().map(|forward| forward.kind).collect();
        let expected = [
            ForwardKind::Busy,
            ForwardKind::NoAnswer,
            ForwardKind::Unreachable,
        ];
        assert_eq!(kinds, expected);
    }
    tx.call_services().touch_forwards_to(anna.id).await.unwrap();
    assert!(
        tx.user()
            .delete(Tenant::Installation, anna.id, 1)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    let left = services(&world, muster.tenant(), &carol).await;
    assert_eq!(left.targets().count(), 1, "the number outside is left");
    assert_eq!(left.version, 2);
}

#[tokio::test]
async fn r4_the_phone_book_holds_the_listed_colleagues_in_order() {
    let (world, [(muster, anna), (_, _)]) = two().await;
    let names = ["Zoe Adler", "Carl Berg", "Ute Zorn"];
    let mut people = Vec::new();
    for (nth, name) in names.into_iter().enumerate() {
        let number = muster.number(nth + 1);
        people.push(world.person_at(&muster, &muster.site, &number, name).await);
    }
    let mut tx = world.write().await;
    let unlisted = Profile {
        is_unlisted: true,
        ..Profile::default()
    };
    let shy = Profile {
        hides_phone_state: true,
        ..Profile::default()
    };
    for (person, profile) in [(&people[1], unlisted), (&anna, shy)] {
        let done = tx.profile().update(muster.tenant(), person.id, &profile);
        assert!(done.await.unwrap());
    }
    let limit = Limit::new(2);
    let book = tx.profile();
    let first = book
        .list_phone_book(muster.id(), None, None, limit)
        .await
        .unwrap();
    let names = |page: &model::Page<store::PhoneBookEntry>| -> Vec<_> {
        page.items.iter().map(|entry| entry.name.clone()).collect()
    };
    assert_eq!(names(&first), ["Zoe Adler", "Anna Weber"]);
    assert!(first.items[1].hides_phone_state && !first.items[0].hides_phone_state);
    let next = first.next.as_ref();
    let second = book
        .list_phone_book(muster.id(), None, next, limit)
        .await
        .unwrap();
    assert_eq!(names(&second), ["Ute Zorn"]);
    let back = second.previous.as_ref();
    let again = book
        .list_phone_book(muster.id(), None, back, limit)
        .await
        .unwrap();
    assert_eq!(names(&again), names(&first));
    let found = book
        .list_phone_book(muster.id(), Some("zorn"), None, limit)
        .await
        .unwrap();
    assert_eq!(names(&found), ["Ute Zorn"]);
}

#[tokio::test]
async fn r3_a_session_remembers_whose_view_was_taken() {
    let (world, [(muster, anna), _]) = two().await;
    let token = [9; 32];
    let mut tx = world.write().await;
    tx.session()
        .insert(&session(token, muster.admin, NOW.plus_seconds(60)))
        .await
        .unwrap();
    assert_eq!(tx.session().get_view(&token).await.unwrap(), None);
    tx.session()
        .update_view(&token, Some(anna.id))
        .await
        .unwrap();
    let session = tx.session();
    assert_eq!(session.get_view(&token).await.unwrap(), Some(anna.id));
    assert_eq!(session.get_view(&[8; 32]).await.unwrap(), None);
    session.update_view(&token, None).await.unwrap();
    assert_eq!(session.get_view(&token).await.unwrap(), None);
}
