//! Registrations come back after a restart, and call records are seen by those whose calls they were.

use model::{CallParty, CallRecordId, Limit, Telephony};
use store::{CallScope, Registration, Tenant};
use uuid::Uuid;

use super::{
    Company, World,
    isolation::two,
    world::{NOW, call, phone_login, registration},
};

async fn listed(world: &World) -> Vec<Registration> {
    let mut tx = world.read().await;
    tx.registration().list(NOW, ("", "")).await.unwrap()
}

async fn put(world: &World, registrations: &[Registration]) {
    let mut tx = world.write().await;
    tx.registration().put_all(registrations).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_registration_reads_back_as_it_was_written_and_is_replaced_by_a_newer_one() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    let (anna, ben) = (muster.number(0), beispiel.number(0));
    let mut desk = registration(anna.digits(), "sip:desk@198.51.100.7");
    let soft = Registration {
        instance: None,
        ..registration(anna.digits(), "sip:soft@198.51.100.7")
    };
    let bens = registration(ben.digits(), "sip:ben@198.51.100.8");
    put(&world, &[soft.clone(), desk.clone(), bens.clone()]).await;
    desk.cseq = 8;
    desk.user_agent = "Yealink \"T46\" ü".to_owned();
    put(&world, std::slice::from_ref(&desk)).await;
    assert_eq!(listed(&world).await, [desk, soft.clone(), bens.clone()]);
    let mut tx = world.read().await;
    let rest = tx.registration().list(NOW, (&soft.login, &soft.contact));
    assert_eq!(rest.await.unwrap(), [bens]);
}

#[tokio::test]
async fn a_registration_ends_with_its_contact_its_time_or_its_login_details() {
    let (world, [(muster, anna), _]) = two().await;
    let login = muster.number(0).digits().to_owned();
    let desk = registration(&login, "sip:desk@198.51.100.7");
    let brief = Registration {
        expires_at: NOW.0,
        ..registration(&login, "sip:brief@198.51.100.7")
    };
    let stranger = registration("49211000", "sip:x@198.51.100.9");
    put(&world, &[desk.clone(), brief, stranger]).await;
    assert_eq!(listed(&world).await, std::slice::from_ref(&desk));
    let mut tx = world.write().await;
    tx.registration().delete_expired(NOW).await.unwrap();
    let renewed = store::PhoneLogin {
        issued_at: NOW.plus_seconds(1),
        ..phone_login(&login)
    };
    let tenant = Tenant::Installation;
    tx.phone_login()
        .put(tenant, anna.id, &renewed)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(listed(&world).await, [], "of older login details (L1)");
    let newer = Registration {
        generation: renewed.issued_at.0,
        ..desk
    };
    put(&world, std::slice::from_ref(&newer)).await;
    assert_eq!(listed(&world).await, std::slice::from_ref(&newer));
    let mut tx = world.write().await;
    let gone = [(newer.login, newer.contact)];
    tx.registration().delete_all(&gone).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(listed(&world).await, []);
}

async fn calls(world: &World, scope: CallScope, before: Option<u128>) -> Vec<u128> {
    let before = before.map(|id| CallRecordId(Uuid::from_u128(id)));
    let mut tx = world.read().await;
    let calls = tx.call_record().list(scope, before, Limit::new(2)).await;
    let ids = calls.unwrap().into_iter().map(|call| call.id.0.as_u128());
    ids.collect()
}

/// Calls 1 inside of the company, 2 to the other one, 3 from outside, 4 of the other one.
async fn four_calls() -> (World, [(Company, super::Person); 2]) {
    let (world, companies) = two().await;
    let [(muster, anna), (beispiel, ben)] = &companies;
    let (anna, ben) = (muster.party(anna, "Anna"), beispiel.party(ben, "Ben"));
    let outside = CallParty {
        number: "+44201".to_owned(),
        ..CallParty::default()
    };
    let mut tx = world.write().await;
    for (id, caller, called) in [
        (1, &anna, &anna),
        (2, &anna, &ben),
        (3, &outside, &anna),
        (4, &ben, &outside),
    ] {
        let record = call(Uuid::from_u128(id), caller.clone(), called.clone());
        tx.call_record().insert(&record).await.unwrap();
    }
    tx.commit().await.unwrap();
    (world, companies)
}

#[tokio::test]
async fn r4_calls_are_listed_inside_their_scope_only_once_each_and_page_by_page() {
    let (world, [(muster, anna), (beispiel, ben)]) = four_calls().await;
    for scope in [
        CallScope::Enterprise(muster.id()),
        CallScope::Site(muster.site.id),
        CallScope::User(anna.id),
    ] {
        assert_eq!(calls(&world, scope, None).await, [3, 2], "{scope:?}");
        assert_eq!(calls(&world, scope, Some(2)).await, [1], "{scope:?}");
    }
    for scope in [
        CallScope::Enterprise(beispiel.id()),
        CallScope::Site(beispiel.site.id),
        CallScope::User(ben.id),
    ] {
        assert_eq!(calls(&world, scope, None).await, [4, 2], "{scope:?}");
    }
    let mut tx = world.write().await;
    let third = CallRecordId(Uuid::from_u128(3));
    tx.call_record().delete_older(third).await.unwrap();
    tx.commit().await.unwrap();
    let left = calls(&world, CallScope::Enterprise(muster.id()), None).await;
    assert_eq!(left, [3]);
}

#[tokio::test]
async fn a_call_keeps_the_name_of_who_is_gone_even_when_it_ends_afterwards() {
    let (world, [(muster, anna), _]) = two().await;
    let party = muster.party(&anna, "Anna Weber");
    let mut tx = world.write().await;
    let before = call(Uuid::from_u128(1), party.clone(), CallParty::default());
    tx.call_record().insert(&before).await.unwrap();
    let tenant = Tenant::Installation;
    assert!(tx.user().delete(tenant, anna.id, 1).await.unwrap());
    let after = call(Uuid::from_u128(2), party, CallParty::default());
    tx.call_record().insert(&after).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = world.read().await;
    let scope = CallScope::Enterprise(muster.id());
    let kept = tx.call_record().list(scope, None, Limit::default()).await;
    let kept: Vec<_> = kept.unwrap().into_iter().map(|call| call.caller).collect();
    for caller in &kept {
        assert_eq!((caller.name.as_str(), caller.user), ("Anna Weber", None));
    }
    assert_eq!(kept.len(), 2);
}

#[tokio::test]
async fn the_call_engines_rules_are_kept_for_enterprise_and_site() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    let strict = Telephony {
        refuses_md5: true,
        max_calls: 7,
    };
    let mut tx = world.write().await;
    tx.enterprise()
        .update_telephony(muster.id(), strict)
        .await
        .unwrap();
    let (site, own, foreign) = (muster.site.id, muster.number(5), beispiel.number(5));
    assert!(
        tx.site()
            .update_main_number(site, Some(&own))
            .await
            .unwrap()
    );
    assert!(
        !tx.site()
            .update_main_number(site, Some(&foreign))
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    let mut tx = world.read().await;
    let place = tx.site().get(muster.tenant(), site).await.unwrap().unwrap();
    assert_eq!(place.enterprise.telephony, strict);
    assert_eq!(place.site.main_number, Some(own));
    let other = tx.enterprise().get(beispiel.tenant(), beispiel.id()).await;
    assert_eq!(other.unwrap().unwrap().telephony, Telephony::default());
    drop(tx);
    let mut tx = world.write().await;
    assert!(tx.site().update_main_number(site, None).await.unwrap());
}
