//! Deleting a user leaves nothing that names the user (D2, D3).

use std::collections::BTreeSet;

use model::{
    CallAnswer, CallParty, CallServices, ForwardTarget, HuntGroupSettings, HuntMember, Notice,
    NoticeId, OrderId, Profile, State,
};
use store::{Idempotency, LinkPurpose, StoredTeam, Tenant, Tx};

use super::{
    Company, Person, World,
    call_centres::in_a_call_centre,
    hunt_groups::{hunt_group, keep},
    renewals::in_renewal,
    teams::team,
    world::{NOW, call, entry, registration, session},
};

/// What may name somebody who is gone: it names without pointing.
const REMEMBERS: [&str; 3] = [
    "idempotency.user_id",
    "journal.entity_id",
    "renewal_row.asked_id",
];

/// A user who is named wherever a user can be.
async fn somebody(world: &World) -> (Company, Person) {
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let mut tx = world.write().await;
    tx.session()
        .insert(&session([1; 32], anna.account, NOW.plus_seconds(60)))
        .await
        .unwrap();
    tx.password_link()
        .put(
            anna.account,
            LinkPurpose::Registration,
            &[2; 32],
            NOW.plus_seconds(60),
        )
        .await
        .unwrap();
    tx.password_history()
        .insert(anna.account, "hash")
        .await
        .unwrap();
    tx.journal()
        .insert(&entry(muster.id(), muster.site.id, anna.id.0))
        .await
        .unwrap();
    let request = Idempotency {
        owner: muster.admin.0,
        key: "add anna",
        request_hash: &[3; 32],
    };
    assert_eq!(
        tx.idempotency()
            .insert(request, anna.id, NOW)
            .await
            .unwrap(),
        None
    );
    let phone = registration(muster.number(0).digits(), "sip:anna@192.0.2.7");
    tx.registration().put_all(&[phone]).await.unwrap();
    let order = OrderId(world.id());
    tx.activation()
        .insert_order(order, anna.id, NOW)
        .await
        .unwrap();
    tx.activation().put_waiting(anna.id, NOW).await.unwrap();
    let party = muster.party(&anna, "Anna Weber");
    let record = call(world.id(), party.clone(), party);
    tx.call_record().insert(&record).await.unwrap();
    let kinds = [model::TeamKind::Pickup, model::TeamKind::Park];
    for kind in kinds {
        let group = team(world, &muster, kind, "Empfang", &[anna.id]);
        assert_eq!(tx.team().insert(&group).await.unwrap(), StoredTeam::Done);
    }
    let notice = Notice {
        id: NoticeId(world.id()),
        recipient: anna.id,
        leaver: "Ben".to_owned(),
        changes: Vec::new(),
        message: None,
        created_at: NOW,
    };
    tx.notice().insert(&notice).await.unwrap();
    tx.commit().await.unwrap();
    everywhere(world, &muster, &anna).await;
    in_a_call_centre(world, &muster, anna.id).await;
    (muster, anna)
}

/// Services and a profile, a colleague's forward, a call that was taken, a view.
async fn everywhere(world: &World, muster: &Company, anna: &Person) {
    let ben = world.person(muster, 1).await;
    let mut tx = world.write().await;
    let forwards = |target: &Person| CallServices {
        busy: Some(ForwardTarget::User(target.id)),
        ..CallServices::default()
    };
    for (of, target) in [(anna, &ben), (&ben, anna)] {
        let services = forwards(target);
        assert!(
            tx.call_services()
                .update(muster.tenant(), of.id, &services)
                .await
                .unwrap()
        );
    }
    let profile = Profile::default();
    assert!(
        tx.profile()
            .update(muster.tenant(), anna.id, &profile)
            .await
            .unwrap()
    );
    let mut taken = call(world.id(), CallParty::default(), muster.party(&ben, "Ben"));
    taken.answered_by = Some(CallAnswer {
        user: Some(anna.id),
        name: "Anna Weber".to_owned(),
    });
    tx.call_record().insert(&taken).await.unwrap();
    in_a_group(tx.as_mut(), world, muster, anna).await;
    tx.session()
        .insert(&session([7; 32], muster.admin, NOW.plus_seconds(60)))
        .await
        .unwrap();
    tx.session()
        .update_view(&[7; 32], Some(anna.id))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// A seat in a hunt group, and a forward of it.
async fn in_a_group(tx: &mut dyn Tx, world: &World, muster: &Company, anna: &Person) {
    let group = hunt_group(world, muster, 90, "Vertrieb");
    keep(tx, &group).await;
    let settings = HuntGroupSettings {
        busy: Some(ForwardTarget::User(anna.id)),
        ..HuntGroupSettings::default()
    };
    tx.hunt_group().put(group.id, &settings).await.unwrap();
    let seat = HuntMember {
        user: anna.id,
        weight: 0,
    };
    tx.hunt_group()
        .put_members(group.id, &[seat])
        .await
        .unwrap();
}

async fn delete(world: &World, person: &Person, version: i64) {
    let mut tx = world.write().await;
    assert!(
        tx.user()
            .delete(Tenant::Installation, person.id, version)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn d3_every_reference_to_a_user_goes_or_is_emptied_with_the_user() {
    let world = World::new().await;
    let references = world.scratch.references_to("user").await;
    assert!(references.len() >= 4, "{references:?}");
    for (table, column, on_delete) in references {
        assert!(
            ["cascade", "set null"].contains(&on_delete.as_str()),
            "{table}.{column}: {on_delete}"
        );
    }
}

#[tokio::test]
async fn d3_nothing_names_a_deleted_user() {
    let world = World::new().await;
    let (muster, anna) = somebody(&world).await;
    let mut tx = world.write().await;
    in_renewal(tx.as_mut(), &muster, anna.id).await;
    tx.commit().await.unwrap();
    let named: BTreeSet<_> = world
        .scratch
        .places_of(anna.id.0)
        .await
        .unwrap()
        .into_iter()
        .collect();
    for (table, column, _) in world.scratch.references_to("user").await {
        assert!(
            named.contains(&format!("{table}.{column}")),
            "this test knows no {table}.{column}"
        );
    }
    let before = world.scratch.places_of(anna.account.0).await.unwrap();
    assert_eq!(
        before,
        [
            "account.id",
            "password_history.account_id",
            "password_link.account_id",
            "session.account_id"
        ]
    );
    delete(&world, &anna, 2).await;
    assert_eq!(world.scratch.places_of(anna.id.0).await.unwrap(), REMEMBERS);
    assert_eq!(
        world.scratch.places_of(anna.account.0).await.unwrap(),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn d2_the_number_of_a_deleted_user_is_free_at_once() {
    let world = World::new().await;
    let (muster, anna) = somebody(&world).await;
    let number = muster.number(0);
    let mut tx = world.write().await;
    assert!(
        !tx.number()
            .is_available(muster.site.id, &number)
            .await
            .unwrap()
    );
    assert!(
        tx.user()
            .delete(Tenant::Installation, anna.id, 1)
            .await
            .unwrap()
    );
    assert!(
        tx.number()
            .is_available(muster.site.id, &number)
            .await
            .unwrap(),
        "in the same transaction"
    );
    tx.commit().await.unwrap();
    let ben = world.person(&muster, 0).await;
    assert_eq!(world.user(ben.id).await.number, number);
}

#[tokio::test]
async fn a_user_is_changed_and_deleted_only_as_it_was_seen() {
    let world = World::new().await;
    let (_, anna) = somebody(&world).await;
    let mut tx = world.write().await;
    let active = State::Activated { at: NOW };
    assert!(
        !tx.user()
            .update_state(Tenant::Installation, anna.id, &active, 2)
            .await
            .unwrap()
    );
    assert!(
        tx.user()
            .update_state(Tenant::Installation, anna.id, &active, 1)
            .await
            .unwrap()
    );
    assert!(
        !tx.user()
            .delete(Tenant::Installation, anna.id, 1)
            .await
            .unwrap()
    );
    assert!(
        !tx.user()
            .touch(Tenant::Installation, anna.id, 1)
            .await
            .unwrap()
    );
    let user = tx
        .user()
        .get(Tenant::Installation, anna.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((user.state, user.version), (active, 2));
    assert!(
        tx.user()
            .delete(Tenant::Installation, anna.id, 2)
            .await
            .unwrap()
    );
}
