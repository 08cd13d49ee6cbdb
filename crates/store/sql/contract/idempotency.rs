//! Requests that name themselves are carried out once.

use model::UserId;
use store::{Idempotency, Seen};

use super::{World, world::NOW};

#[tokio::test]
async fn a_request_is_noted_once_for_each_owner() {
    let world = World::new().await;
    let (owner, other) = (world.id(), world.id());
    let (anna, ben) = (UserId(world.id()), UserId(world.id()));
    let request = Idempotency {
        owner,
        key: "key",
        request_hash: &[1; 32],
    };
    let mut tx = world.write().await;
    assert_eq!(
        tx.idempotency().insert(request, anna, NOW).await.unwrap(),
        None
    );
    let again = tx.idempotency().insert(request, ben, NOW).await.unwrap();
    assert_eq!(
        again,
        Some(Seen {
            same_request: true,
            user: Some(anna)
        })
    );
    let changed = Idempotency {
        request_hash: &[2; 32],
        ..request
    };
    let seen = tx.idempotency().insert(changed, ben, NOW).await.unwrap();
    assert_eq!(
        seen,
        Some(Seen {
            same_request: false,
            user: Some(anna)
        })
    );
    let of_other = Idempotency {
        owner: other,
        ..request
    };
    assert_eq!(
        tx.idempotency().insert(of_other, ben, NOW).await.unwrap(),
        None
    );
    let changed_by_other = Idempotency {
        request_hash: &[2; 32],
        ..of_other
    };
    let seen = tx
        .idempotency()
        .insert(changed_by_other, anna, NOW)
        .await
        .unwrap();
    assert_eq!(
        seen,
        Some(Seen {
            same_request: false,
            user: Some(ben)
        })
    );
}

#[tokio::test]
async fn old_requests_are_forgotten() {
    let world = World::new().await;
    let request = |key| Idempotency {
        owner: uuid::Uuid::nil(),
        key,
        request_hash: &[1; 32],
    };
    let anna = UserId(world.id());
    let mut tx = world.write().await;
    tx.idempotency()
        .insert(request("old"), anna, NOW)
        .await
        .unwrap();
    tx.idempotency()
        .insert(request("new"), anna, NOW.plus_seconds(1))
        .await
        .unwrap();
    tx.idempotency()
        .delete_older(NOW.plus_seconds(1))
        .await
        .unwrap();
    assert_eq!(
        tx.idempotency()
            .insert(request("old"), anna, NOW)
            .await
            .unwrap(),
        None
    );
    assert!(
        tx.idempotency()
            .insert(request("new"), anna, NOW)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn a_request_that_was_not_carried_out_can_be_sent_again() {
    let world = World::new().await;
    let request = Idempotency {
        owner: world.id(),
        key: "key",
        request_hash: &[1; 32],
    };
    let mut tx = world.write().await;
    tx.idempotency()
        .insert(request, UserId(world.id()), NOW)
        .await
        .unwrap();
    drop(tx);
    let mut tx = world.write().await;
    assert_eq!(
        tx.idempotency()
            .insert(request, UserId(world.id()), NOW)
            .await
            .unwrap(),
        None
    );
}
