//! Codes, recovery codes, logins that owe one, passkeys, and what browsers were asked to sign.

use model::{Grant, PasskeyId};
use store::{Passkey, PasskeyChallenge};

use super::{World, world::NOW};

#[tokio::test]
async fn a5_an_apps_secret_waits_for_its_first_code_and_takes_each_step_once() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let admin = muster.admin;
    let mut tx = world.write().await;
    assert_eq!(tx.totp().get(admin).await.unwrap(), None);
    assert!(tx.totp().put(admin, b"first").await.unwrap());
    assert!(tx.totp().put(admin, b"second").await.unwrap());
    assert!(
        !tx.totp().take_step(admin, 5).await.unwrap(),
        "not confirmed"
    );
    assert!(tx.totp().confirm(admin, 7, NOW).await.unwrap());
    assert!(!tx.totp().confirm(admin, 8, NOW).await.unwrap());
    assert!(!tx.totp().put(admin, b"third").await.unwrap());
    let mut taken = Vec::new();
    for step in [6, 7, 8, 8, 7, 9] {
        taken.push(tx.totp().take_step(admin, step).await.unwrap());
    }
    assert_eq!(taken, [false, false, true, false, false, true]);
    let totp = tx.totp().get(admin).await.unwrap().unwrap();
    assert_eq!(
        (totp.sealed.as_slice(), totp.confirmed_at),
        (&b"second"[..], Some(NOW))
    );
    assert!(tx.totp().delete(admin).await.unwrap());
    assert!(!tx.totp().delete(admin).await.unwrap());
}

#[tokio::test]
async fn a5_a_recovery_code_is_taken_once_and_by_its_account() {
    let world = World::new().await;
    let (muster, other) = (world.company("muster").await, world.company("other").await);
    let mut tx = world.write().await;
    let codes = [[1; 32], [2; 32]];
    tx.recovery_code()
        .put_all(muster.admin, &codes)
        .await
        .unwrap();
    assert!(
        !tx.recovery_code()
            .take(other.admin, &[1; 32])
            .await
            .unwrap()
    );
    assert!(
        tx.recovery_code()
            .take(muster.admin, &[1; 32])
            .await
            .unwrap()
    );
    assert!(
        !tx.recovery_code()
            .take(muster.admin, &[1; 32])
            .await
            .unwrap()
    );
    assert_eq!(tx.recovery_code().count(muster.admin).await.unwrap(), 1);
    tx.recovery_code()
        .put_all(muster.admin, &[[3; 32]])
        .await
        .unwrap();
    assert!(
        !tx.recovery_code()
            .take(muster.admin, &[2; 32])
            .await
            .unwrap()
    );
    tx.recovery_code().delete_of(muster.admin).await.unwrap();
    assert_eq!(tx.recovery_code().count(muster.admin).await.unwrap(), 0);
}

#[tokio::test]
async fn a5_an_account_owes_one_code_at_most_and_not_for_ever() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let ends = NOW.plus_seconds(60);
    let mut tx = world.write().await;
    let mut put = async |n: u8| tx.pending_login().put(muster.admin, &[n; 32], ends).await;
    put(1).await.unwrap();
    put(2).await.unwrap();
    assert_eq!(tx.pending_login().get(&[1; 32], NOW).await.unwrap(), None);
    let owing = tx.pending_login().get(&[2; 32], NOW).await.unwrap();
    assert_eq!(owing.map(|account| account.id), Some(muster.admin));
    assert_eq!(tx.pending_login().get(&[2; 32], ends).await.unwrap(), None);
    for tries in 1..=3 {
        let counted = tx.pending_login().update_tries(&[2; 32]).await.unwrap();
        assert_eq!(counted, Some(tries));
    }
    assert_eq!(
        tx.pending_login().update_tries(&[1; 32]).await.unwrap(),
        None
    );
    assert!(tx.pending_login().delete(&[2; 32], NOW).await.unwrap());
    assert!(!tx.pending_login().delete(&[2; 32], NOW).await.unwrap());
    for clear_all in [true, false] {
        let put = tx.pending_login().put(muster.admin, &[4; 32], ends);
        put.await.unwrap();
        match clear_all {
            true => tx.pending_login().delete_of(muster.admin).await.unwrap(),
            false => tx.pending_login().delete_expired(ends).await.unwrap(),
        }
        assert_eq!(tx.pending_login().get(&[4; 32], NOW).await.unwrap(), None);
    }
}

fn passkey(world: &World, account: model::AccountId, credential: u8) -> Passkey {
    Passkey {
        id: PasskeyId(world.id()),
        account,
        credential_id: vec![credential; 16],
        name: "Laptop".parse().unwrap(),
        credential: r#"{"counter":0}"#.to_owned(),
        created_at: NOW,
        last_used_at: None,
    }
}

#[tokio::test]
async fn a5_a_passkey_belongs_to_one_account_and_is_used_by_one_at_a_time() {
    let world = World::new().await;
    let (muster, other) = (world.company("muster").await, world.company("other").await);
    let (first, second) = (
        passkey(&world, muster.admin, 1),
        passkey(&world, muster.admin, 2),
    );
    let mut tx = world.write().await;
    assert!(tx.passkey().insert(&first).await.unwrap());
    assert!(tx.passkey().insert(&second).await.unwrap());
    let stolen = passkey(&world, other.admin, 1);
    assert!(!tx.passkey().insert(&stolen).await.unwrap());
    let list = tx.passkey().list(muster.admin).await.unwrap();
    assert_eq!(list, [first.clone(), second.clone()]);
    assert_eq!(tx.passkey().list(other.admin).await.unwrap(), []);
    assert_eq!(tx.passkey().get(other.admin, first.id).await.unwrap(), None);
    let found = tx.passkey().get_by_credential(&[1; 16]).await.unwrap();
    assert_eq!(found, Some(first.clone()));
    let used = r#"{"counter":1}"#;
    assert!(tx.passkey().update_used(&first, used, NOW).await.unwrap());
    assert!(!tx.passkey().update_used(&first, used, NOW).await.unwrap());
    let after = tx
        .passkey()
        .get(muster.admin, first.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (after.credential.as_str(), after.last_used_at),
        (used, Some(NOW))
    );
    assert!(!tx.passkey().delete(other.admin, first.id).await.unwrap());
    assert!(tx.passkey().delete(muster.admin, first.id).await.unwrap());
    tx.passkey().delete_of(muster.admin).await.unwrap();
    assert_eq!(tx.passkey().list(muster.admin).await.unwrap(), []);
}

#[tokio::test]
async fn a5_a_challenge_is_answered_once_in_time_and_by_whoever_was_asked() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let operator = world.account(&Grant::Operator, "operator").await;
    let ends = NOW.plus_seconds(60);
    let challenge = |account| PasskeyChallenge {
        account,
        state: "{}".to_owned(),
        expires_at: ends,
    };
    let mut tx = world.write().await;
    for (n, account, kept) in [
        (1, None, true),
        (2, Some(muster.admin), true),
        (3, None, false),
    ] {
        let insert = tx.passkey_challenge();
        let insert = insert.insert(&[n; 32], &challenge(account), 2).await;
        assert_eq!(insert.unwrap(), kept, "{n}");
    }
    for (n, account, at, found) in [
        (1, Some(muster.admin), NOW, false),
        (2, None, NOW, false),
        (2, Some(operator), NOW, false),
        (1, None, ends, false),
        (1, None, NOW, true),
        (1, None, NOW, false),
        (2, Some(muster.admin), NOW, true),
    ] {
        let taken = tx.passkey_challenge().take(&[n; 32], account, at).await;
        let expected = found.then(|| challenge(account));
        assert_eq!(taken.unwrap(), expected, "{n} {account:?}");
    }
    let late = tx.passkey_challenge();
    assert!(late.insert(&[4; 32], &challenge(None), 2).await.unwrap());
    tx.passkey_challenge().delete_expired(ends).await.unwrap();
    let gone = tx.passkey_challenge().take(&[4; 32], None, NOW).await;
    assert_eq!(gone.unwrap(), None);
}
