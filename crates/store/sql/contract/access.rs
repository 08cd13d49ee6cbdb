//! Sessions, one-time links, tokens and accounts.

use model::{AccountId, ApiTokenId, Grant, SiteId};
use store::{ApiToken, LinkPurpose};

use super::{
    World,
    world::{NOW, new_account, session},
};

#[tokio::test]
async fn a_session_is_good_until_it_expires() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (token, ends) = ([1; 32], NOW.plus_seconds(60));
    let mut tx = world.write().await;
    tx.session()
        .insert(&session([1; 32], muster.admin, ends))
        .await
        .unwrap();
    let account = tx
        .session()
        .get(&token, ends.plus_seconds(-1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(account.grant, Grant::EnterpriseAdmin(muster.id()));
    assert_eq!(tx.session().get(&token, ends).await.unwrap(), None);
    assert_eq!(tx.session().get(&[2; 32], NOW).await.unwrap(), None);
    tx.session()
        .delete_expired(ends.plus_seconds(-1))
        .await
        .unwrap();
    assert!(
        tx.session().get(&token, NOW).await.unwrap().is_some(),
        "it was not over yet"
    );
    tx.session().delete_expired(ends).await.unwrap();
    assert_eq!(
        tx.session().get(&token, NOW).await.unwrap(),
        None,
        "cleared"
    );
}

#[tokio::test]
async fn sessions_end_one_by_one_or_all_of_an_account() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let other = world.account(&Grant::Operator, "operator").await;
    let ends = NOW.plus_seconds(60);
    let mut tx = world.write().await;
    for (token, account) in [
        ([1; 32], muster.admin),
        ([2; 32], muster.admin),
        ([3; 32], muster.admin),
        ([4; 32], other),
    ] {
        tx.session()
            .insert(&session(token, account, ends))
            .await
            .unwrap();
    }
    tx.session().delete(&[1; 32]).await.unwrap();
    let mut lasting = Vec::new();
    for n in 1..=4 {
        lasting.push(tx.session().get(&[n; 32], NOW).await.unwrap().is_some());
    }
    assert_eq!(lasting, [false, true, true, true]);
    tx.session().delete_of(muster.admin).await.unwrap();
    assert_eq!(tx.session().get(&[2; 32], NOW).await.unwrap(), None);
    assert_eq!(tx.session().get(&[3; 32], NOW).await.unwrap(), None);
    assert!(
        tx.session().get(&[4; 32], NOW).await.unwrap().is_some(),
        "somebody else's"
    );
}

#[tokio::test]
async fn a_password_link_is_good_once_and_not_for_ever() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let ends = NOW.plus_seconds(60);
    let mut tx = world.write().await;
    tx.password_link()
        .put(muster.admin, LinkPurpose::Reset, &[1; 32], ends)
        .await
        .unwrap();
    assert_eq!(
        tx.password_link()
            .get(&[1; 32], NOW)
            .await
            .unwrap()
            .unwrap()
            .id,
        muster.admin
    );
    assert_eq!(tx.password_link().get(&[1; 32], ends).await.unwrap(), None);
    assert!(
        !tx.password_link().delete(&[1; 32], ends).await.unwrap(),
        "it has expired"
    );
    assert!(tx.password_link().delete(&[1; 32], NOW).await.unwrap());
    assert!(
        !tx.password_link().delete(&[1; 32], NOW).await.unwrap(),
        "it was used"
    );
    tx.password_link()
        .put(muster.admin, LinkPurpose::Reset, &[2; 32], ends)
        .await
        .unwrap();
    tx.password_link()
        .put(muster.admin, LinkPurpose::Reset, &[3; 32], ends)
        .await
        .unwrap();
    assert_eq!(
        tx.password_link().get(&[2; 32], NOW).await.unwrap(),
        None,
        "it was replaced"
    );
    assert!(
        tx.password_link()
            .get(&[3; 32], NOW)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn two_who_use_a_password_link_at_once_use_it_once() {
    let world = std::sync::Arc::new(World::new().await);
    let muster = world.company("muster").await;
    let mut tx = world.write().await;
    tx.password_link()
        .put(
            muster.admin,
            LinkPurpose::Reset,
            &[1; 32],
            NOW.plus_seconds(60),
        )
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let used = super::races::at_once(&world, 8, |world, _| async move {
        let mut tx = world.write().await;
        let used = tx.password_link().delete(&[1; 32], NOW).await.unwrap();
        tx.commit().await.unwrap();
        used
    });
    assert_eq!(used.await, 1);
}

#[tokio::test]
async fn a_token_gives_what_it_was_made_for() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (enterprise, site) = (muster.id(), muster.site.id);
    let cases: [(Grant, Option<SiteId>, _); 3] = [
        (Grant::Operator, None, None),
        (Grant::EnterpriseAdmin(enterprise), None, Some(enterprise)),
        (
            Grant::SiteAdmin(enterprise, vec![site]),
            Some(site),
            Some(enterprise),
        ),
    ];
    let mut tx = world.write().await;
    for (n, (grant, site, enterprise)) in (1..).zip(cases) {
        let token = ApiToken {
            id: ApiTokenId(world.id()),
            grant,
        };
        tx.api_token()
            .insert(&token, &[n; 32], site, enterprise, NOW)
            .await
            .unwrap();
        assert_eq!(tx.api_token().get(&[n; 32]).await.unwrap(), Some(token));
    }
    assert_eq!(tx.api_token().get(&[9; 32]).await.unwrap(), None);
}

#[tokio::test]
async fn r1_a_site_administrator_has_the_sites_that_were_given() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (london, _) = world.site(&muster.enterprise, "London").await;
    world.site(&muster.enterprise, "Paris").await;
    let grant = Grant::SiteAdmin(muster.id(), vec![muster.site.id, london.id]);
    world.account(&grant, "two.sites").await;
    let mut tx = world.read().await;
    let account = tx
        .account()
        .get_by_login(Some("muster"), "two.sites")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(account.grant, grant);
}

#[tokio::test]
async fn u3_a_username_is_taken_once_in_an_enterprise_whoever_has_it() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let grants = [
        Grant::EnterpriseAdmin(muster.id()),
        Grant::SiteAdmin(muster.id(), vec![muster.site.id]),
    ];
    for grant in grants {
        let mut tx = world.write().await;
        let again = new_account(AccountId(world.id()), &grant, "admin");
        assert!(!tx.account().insert(&again).await.unwrap(), "{grant:?}");
    }
}

#[tokio::test]
async fn a_password_is_stored_and_tells_that_the_operator_is_set_up() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let operator = world.account(&Grant::Operator, "operator").await;
    let mut tx = world.write().await;
    tx.account()
        .update_password(muster.admin, Some("hash"), NOW)
        .await
        .unwrap();
    assert!(!tx.account().operator_is_set_up().await.unwrap());
    tx.account()
        .update_password(operator, Some("other hash"), NOW)
        .await
        .unwrap();
    assert!(tx.account().operator_is_set_up().await.unwrap());
    let admin = tx
        .account()
        .get_by_login(Some("muster"), "admin")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(admin.password_hash.as_deref(), Some("hash"));
}
