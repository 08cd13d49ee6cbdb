//! Login details of desk phones: shown once, stored only as sealed digests (U7, L1).

use model::{LoginDetails, UserId};
use service::{
    Error, login_details,
    secret::{PhoneDigests, REALM, sha256},
    user,
};
use store::Tenant;
use testkit::TestSystem;

/// What the call engine will check a password with.
async fn digests(system: &TestSystem, id: UserId) -> PhoneDigests {
    let mut tx = system.env.store.read().await.unwrap();
    let stored = tx
        .phone_login()
        .get(Tenant::Installation, id)
        .await
        .unwrap()
        .unwrap();
    PhoneDigests::open(&testkit::sealing_key(), id, &stored).unwrap()
}

fn fit(details: &LoginDetails, digests: &PhoneDigests) -> bool {
    let text = format!(
        "{}:{REALM}:{}",
        details.login.as_str(),
        details.password.reveal()
    );
    sha256(text.as_bytes()) == digests.sha256
}

#[tokio::test]
async fn u7_login_details_are_shown_and_open_the_phone() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let added = system.add_user(&muster, "Anna Weber").await;
    let details = added.login_details.unwrap();
    assert_eq!(details.login.as_str(), added.user.number.digits());
    assert_eq!(
        (details.server.as_str(), details.transport),
        ("sip.klinke.example:5060", "udp")
    );
    assert!(fit(&details, &digests(&system, added.user.id).await));
    let name = user::login_name(&system.env, &muster.admin, added.user.id)
        .await
        .unwrap();
    assert_eq!(name.as_deref(), Some(added.user.number.digits()));
}

#[tokio::test]
async fn u7_the_password_is_never_stored_readably() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let added = system.add_user(&muster, "Anna Weber").await;
    system.activate(added.user.id).await;
    let first = added.login_details.unwrap();
    let (_, second) = login_details::renew(&system.env, &muster.admin, added.user.id, None)
        .await
        .unwrap();
    let digests = digests(&system, added.user.id).await;
    for details in [&first, &second] {
        assert!(
            system
                .database
                .holds(details.login.as_str().as_bytes())
                .await,
            "the search finds what is there"
        );
        assert!(
            !system
                .database
                .holds(details.password.reveal().as_bytes())
                .await
        );
    }
    assert!(
        !system.database.holds(&digests.md5).await,
        "nor HA1, which is as good as the password"
    );
    assert!(!system.database.holds(&digests.sha256).await);
}

#[tokio::test]
async fn l1_new_login_details_replace_the_old_ones() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let added = system.add_user(&muster, "Anna Weber").await;
    let anna = system.activate(added.user.id).await;
    let (renewed, new) =
        login_details::renew(&system.env, &muster.admin, anna.id, Some(anna.version))
            .await
            .unwrap();
    let digests = digests(&system, anna.id).await;
    assert!(fit(&new, &digests));
    assert!(
        !fit(&added.login_details.unwrap(), &digests),
        "the old ones have stopped working"
    );
    assert_eq!(renewed.version, anna.version + 1);
    assert_eq!(
        user::get(&system.env, &muster.admin, anna.id)
            .await
            .unwrap(),
        renewed
    );
}

#[tokio::test]
async fn l1_not_without_desk_phone() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let mut draft = system.draft(muster.site.id(), "Anna Weber").await;
    draft.desk_phone_type.clear();
    let anna = system
        .add(&muster.admin, muster.site.id(), draft)
        .await
        .unwrap()
        .user;
    let anna = system.activate(anna.id).await;
    let refused = login_details::renew(&system.env, &muster.admin, anna.id, None).await;
    assert!(matches!(refused, Err(Error::NoDeskPhone)), "{refused:?}");
    assert!(!login_details::can_renew(&anna));
}

#[tokio::test]
async fn l1_not_when_the_user_has_changed_meanwhile() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let before = digests(&system, anna.id).await;
    let refused =
        login_details::renew(&system.env, &muster.admin, anna.id, Some(anna.version - 1)).await;
    assert!(matches!(refused, Err(Error::Changed)), "{refused:?}");
    assert_eq!(digests(&system, anna.id).await, before);
}
