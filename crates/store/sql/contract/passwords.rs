//! Wrong passwords, earlier passwords, rules for passwords, and what was forgotten.

use model::{ForgottenId, Grant, Language, PasswordRules};
use store::{Account, Forgotten, LinkPurpose, Lost, Tx};

use super::{
    World,
    world::{NOW, new_account, session},
};

async fn admin(tx: &mut dyn Tx) -> Account {
    let found = tx.account().get_by_login(Some("muster"), "admin").await;
    found.unwrap().unwrap()
}

#[tokio::test]
async fn a2_the_last_wrong_password_that_is_allowed_locks_and_a_new_password_unlocks() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let mut tx = world.write().await;
    for (wrong, at, locked_at) in [
        (1, NOW, None),
        (2, NOW.plus_seconds(1), None),
        (3, NOW.plus_seconds(2), Some(NOW.plus_seconds(2))),
        (4, NOW.plus_seconds(3), Some(NOW.plus_seconds(2))),
    ] {
        let count = tx
            .account()
            .update_wrong_password(muster.admin, at, 3)
            .await;
        assert_eq!(count.unwrap(), wrong);
        assert_eq!(admin(tx.as_mut()).await.locked_at, locked_at, "{wrong}");
    }
    tx.account().update_stranger().await.unwrap();
    tx.account()
        .update_password(muster.admin, Some("hash"), NOW.plus_seconds(9))
        .await
        .unwrap();
    let account = tx.account().get(muster.admin).await.unwrap().unwrap();
    assert_eq!(
        (account.locked_at, account.password_set_at),
        (None, Some(NOW.plus_seconds(9)))
    );
    for _ in 0..200 {
        tx.account()
            .update_wrong_password(muster.admin, NOW, 0)
            .await
            .unwrap();
    }
    assert_eq!(admin(tx.as_mut()).await.locked_at, None, "0 is never");
}

#[tokio::test]
async fn a2_a_right_password_forgets_the_wrong_ones_before_it() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let mut tx = world.write().await;
    for _ in 0..3 {
        tx.account()
            .update_wrong_password(muster.admin, NOW, 5)
            .await
            .unwrap();
    }
    tx.account()
        .update_right_password(muster.admin)
        .await
        .unwrap();
    let count = tx.account().update_wrong_password(muster.admin, NOW, 5);
    assert_eq!(count.await.unwrap(), 1);
}

#[tokio::test]
async fn a1_accounts_are_found_by_their_mail_without_regard_to_case() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let grant = Grant::EnterpriseAdmin(muster.id());
    let mut tx = world.write().await;
    for (username, email) in [
        ("second", "Anna@Muster.Example"),
        ("third", "ben@muster.example"),
    ] {
        let mut new = new_account(model::AccountId(world.id()), &grant, username);
        new.email = email;
        assert!(tx.account().insert(&new).await.unwrap());
    }
    let found = tx.account().list_by_email("anna@muster.example").await;
    let names: Vec<_> = found.unwrap().into_iter().map(|a| a.username).collect();
    assert_eq!(names, ["second"]);
    assert_eq!(tx.account().list_by_email("").await.unwrap(), []);
}

#[tokio::test]
async fn a5_earlier_passwords_come_newest_first_and_ten_are_kept() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let mut tx = world.write().await;
    for n in 1..=12 {
        tx.password_history()
            .insert(muster.admin, &format!("hash {n}"))
            .await
            .unwrap();
    }
    let last = tx.password_history().list(muster.admin, 3).await.unwrap();
    assert_eq!(last, ["hash 12", "hash 11", "hash 10"]);
    let all = tx.password_history().list(muster.admin, 100).await.unwrap();
    assert_eq!((all.len(), all[9].as_str()), (10, "hash 3"));
}

#[tokio::test]
async fn a5_rules_belong_to_their_enterprise() {
    let world = World::new().await;
    let (muster, other) = (world.company("muster").await, world.company("other").await);
    let mut tx = world.write().await;
    assert_eq!(tx.password_rules().get(muster.id()).await.unwrap(), None);
    let mut rules = PasswordRules {
        min_length: 12,
        expires_after_days: Some(90),
        ..PasswordRules::default()
    };
    tx.password_rules().put(muster.id(), &rules).await.unwrap();
    assert_eq!(
        tx.password_rules().get(muster.id()).await.unwrap(),
        Some(rules)
    );
    rules.expires_after_days = None;
    tx.password_rules().put(muster.id(), &rules).await.unwrap();
    assert_eq!(
        tx.password_rules().get(muster.id()).await.unwrap(),
        Some(rules)
    );
    assert_eq!(tx.password_rules().get(other.id()).await.unwrap(), None);
}

#[tokio::test]
async fn a_link_replaces_the_earlier_one_of_its_purpose_only() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let ends = NOW.plus_seconds(60);
    let mut tx = world.write().await;
    for (n, purpose) in [
        (1, LinkPurpose::Registration),
        (2, LinkPurpose::Reset),
        (3, LinkPurpose::Reset),
        (4, LinkPurpose::HandedOver),
    ] {
        tx.password_link()
            .put(muster.admin, purpose, &[n; 32], ends)
            .await
            .unwrap();
    }
    let mut good = Vec::new();
    for n in 1..=4 {
        good.push(
            tx.password_link()
                .get(&[n; 32], NOW)
                .await
                .unwrap()
                .is_some(),
        );
    }
    assert_eq!(good, [true, false, true, true]);
    tx.password_link().delete_expired(ends).await.unwrap();
    assert_eq!(tx.password_link().get(&[1; 32], NOW).await.unwrap(), None);
}

#[tokio::test]
async fn sessions_are_told_newest_first_and_all_but_one_can_be_ended() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let other = world.account(&Grant::Operator, "operator").await;
    let ends = NOW.plus_seconds(60);
    let mut tx = world.write().await;
    for (n, account, later) in [(1, muster.admin, 0), (2, muster.admin, 5), (3, other, 9)] {
        let mut new = session([n; 32], account, ends);
        new.created_at = NOW.plus_seconds(later);
        tx.session().insert(&new).await.unwrap();
    }
    let list = tx.session().list(muster.admin, NOW).await.unwrap();
    let tokens: Vec<_> = list.iter().map(|session| session.token[0]).collect();
    assert_eq!(tokens, [2, 1]);
    assert_eq!(list[1], session([1; 32], muster.admin, ends));
    assert_eq!(tx.session().list(muster.admin, ends).await.unwrap(), []);
    tx.session()
        .delete_others(muster.admin, &[1; 32])
        .await
        .unwrap();
    let mut lasting = Vec::new();
    for n in 1..=3 {
        lasting.push(tx.session().get(&[n; 32], NOW).await.unwrap().is_some());
    }
    assert_eq!(lasting, [true, false, true]);
}

#[tokio::test]
async fn what_was_forgotten_is_kept_until_it_is_answered() {
    let world = World::new().await;
    let mut tx = world.write().await;
    let forgotten = Forgotten {
        id: ForgottenId(world.id()),
        lost: Lost::Username,
        typed: "anna@muster.example".to_owned(),
        language: Language::German,
        requested_at: NOW,
    };
    tx.forgotten().insert(&forgotten).await.unwrap();
    let found = tx.forgotten().get(forgotten.id).await.unwrap();
    assert_eq!(found, Some(forgotten.clone()));
    tx.forgotten().delete(forgotten.id).await.unwrap();
    assert_eq!(tx.forgotten().get(forgotten.id).await.unwrap(), None);
}
