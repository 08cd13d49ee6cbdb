//! Deleting a user (D1–D4).

use model::{Limit, Package, Product, Service};
use service::{Error, number, session, user};
use store::JobKind;
use testkit::{PASSWORD, SOURCE, TestSystem};

use crate::{free_numbers, problems, used};

#[tokio::test]
async fn d1_administrators_delete_users_do_not() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let (anna, ben) = (
        system.active_user(&muster, "Anna Weber").await,
        system.active_user(&muster, "Ben Klein").await,
    );
    let as_ben = system.as_user(&muster, ben.id).await;
    let on_oneself = user::delete(&system.env, &as_ben, ben.id, None).await;
    assert!(
        matches!(on_oneself, Err(Error::Forbidden)),
        "{on_oneself:?}"
    );
    let on_anna = user::delete(&system.env, &as_ben, anna.id, None).await;
    assert!(matches!(on_anna, Err(Error::NotFound)), "{on_anna:?}");
    let site_admin = system.site_admin(&muster, &muster.site).await;
    user::delete(&system.env, &site_admin, anna.id, None)
        .await
        .unwrap();
    user::delete(&system.env, &muster.admin, ben.id, None)
        .await
        .unwrap();
}

#[tokio::test]
async fn d2_number_licences_username_and_extension_are_free_at_once() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let mut draft = system.draft(muster.site.id(), "Anna Weber").await;
    draft.services = vec!["voicemail".into()];
    for product in [
        Product::Package(Package::Standard),
        Product::Service(Service::Voicemail),
    ] {
        system.set_licences(muster.id(), product, 1).await;
    }
    let anna = system
        .add(&muster.admin, muster.site.id(), draft.clone())
        .await
        .unwrap()
        .user;
    system.activate(anna.id).await;
    assert!(
        !problems(
            system
                .add(&muster.admin, muster.site.id(), draft.clone())
                .await
        )
        .is_empty()
    );
    user::delete(&system.env, &muster.admin, anna.id, None)
        .await
        .unwrap();
    assert_eq!(
        used(&system, &muster, Product::Service(Service::Voicemail)).await,
        0
    );
    let again = system
        .add(&muster.admin, muster.site.id(), draft)
        .await
        .unwrap()
        .user;
    assert_eq!(
        (&again.number, &again.extension, &again.username),
        (&anna.number, &anna.extension, &anna.username)
    );
    assert_ne!(again.id, anna.id, "somebody else, with the same number");
}

#[tokio::test]
async fn d3_nothing_names_the_user_afterwards() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    system.as_user(&muster, anna.id).await;
    let id = "0190a000-0000-7000-8000-000000000000";
    let (job, order) = (id.parse().unwrap(), id.parse().unwrap());
    let mut tx = system.env.store.write().await.unwrap();
    let (kind, now) = (JobKind::ActivationReminder(anna.id), system.env.now());
    tx.job().insert(job, kind, now).await.unwrap();
    tx.activation()
        .insert_order(order, anna.id, now)
        .await
        .unwrap();
    tx.activation().put_waiting(anna.id, now).await.unwrap();
    tx.commit().await.unwrap();
    let named = system.database.places_of(anna.id.0).await;
    for place in [
        "account.user_id",
        "activation.user_id",
        "activation_order.user_id",
        "job.user_id",
        "number.user_id",
        "phone_login.user_id",
        "user.id",
    ] {
        assert!(
            named.iter().any(|named| named == place),
            "{place} is missing in {named:?}"
        );
    }
    user::delete(&system.env, &muster.admin, anna.id, None)
        .await
        .unwrap();
    assert_eq!(
        system.database.places_of(anna.id.0).await,
        ["journal.entity_id"],
        "but the journal"
    );
    assert_eq!(
        used(&system, &muster, Product::Package(Package::Standard)).await,
        0
    );
}

#[tokio::test]
async fn d3_a_deleted_user_is_logged_out_and_cannot_log_in() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let name = system.let_log_in(&muster, anna.id).await;
    let token = session::login(&system.env, &name, PASSWORD, SOURCE)
        .await
        .unwrap();
    user::delete(&system.env, &muster.admin, anna.id, None)
        .await
        .unwrap();
    let session = session::authenticate(&system.env, &token).await;
    assert!(
        matches!(session, Err(Error::Unauthenticated)),
        "{session:?}"
    );
    let login = session::login(&system.env, &name, PASSWORD, SOURCE).await;
    assert!(matches!(login, Err(Error::Unauthenticated)), "{login:?}");
}

#[tokio::test]
async fn d4_the_preview_says_exactly_what_goes() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let preview = user::deletion_preview(&system.env, &muster.admin, anna.id)
        .await
        .unwrap();
    assert_eq!(preview.user, anna);
    assert_eq!(preview.login.as_deref(), Some(anna.number.digits()));
    assert_eq!(
        (preview.groups, preview.tell),
        (vec![], vec![]),
        "there are no groups yet"
    );
    let again = user::deletion_preview(&system.env, &muster.admin, anna.id)
        .await
        .unwrap();
    assert_eq!(again.user, anna, "looking changes nothing");
    user::delete(
        &system.env,
        &muster.admin,
        anna.id,
        Some(preview.user.version),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn d4_who_has_changed_since_the_preview_is_not_deleted() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    service::login_details::renew(&system.env, &muster.admin, anna.id, None)
        .await
        .unwrap();
    let refused = user::delete(&system.env, &muster.admin, anna.id, Some(anna.version)).await;
    assert!(matches!(refused, Err(Error::Changed)), "{refused:?}");
    assert!(user::get(&system.env, &muster.admin, anna.id).await.is_ok());
}

#[tokio::test]
async fn d2_the_number_is_the_first_to_be_offered_again() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let free = free_numbers(&system, &muster).await;
    user::delete(&system.env, &muster.admin, anna.id, None)
        .await
        .unwrap();
    assert_eq!(free_numbers(&system, &muster).await, free + 1);
    let offered = number::list(
        &system.env,
        &muster.admin,
        muster.site.id(),
        true,
        None,
        Limit::new(1),
    )
    .await;
    assert_eq!(offered.unwrap().items[0].number, anna.number);
}
