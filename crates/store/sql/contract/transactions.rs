//! All or nothing.

use model::{Package, Product};
use store::Tenant;

use super::{World, world::entry};

#[tokio::test]
async fn what_is_not_committed_has_not_happened() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let product = Product::Package(Package::Basic);
    let mut tx = world.write().await;
    assert!(
        tx.user()
            .delete(Tenant::Installation, anna.id, 1)
            .await
            .unwrap()
    );
    assert!(tx.licence().take(muster.id(), product).await.unwrap());
    tx.journal()
        .insert(&entry(muster.id(), muster.site.id, anna.id.0))
        .await
        .unwrap();
    drop(tx);
    let mut tx = world.write().await;
    assert!(
        tx.user()
            .get(Tenant::Installation, anna.id)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        tx.licence()
            .list(muster.id())
            .await
            .unwrap()
            .iter()
            .all(|licence| licence.used == 0)
    );
    let scope = store::JournalScope::Installation;
    let all = store::JournalFilter::default();
    assert_eq!(
        tx.journal()
            .list(scope, &all, None, model::Limit::default())
            .await
            .unwrap(),
        []
    );
}

#[tokio::test]
async fn what_is_not_committed_is_not_seen_by_others() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let mut tx = world.write().await;
    assert!(
        tx.licence()
            .take(muster.id(), Product::Package(Package::Basic))
            .await
            .unwrap()
    );
    let used = |licences: Vec<model::Licence>| licences.iter().map(|l| l.used).sum::<i64>();
    assert_eq!(
        used(
            world
                .read()
                .await
                .licence()
                .list(muster.id())
                .await
                .unwrap()
        ),
        0
    );
    tx.commit().await.unwrap();
    assert_eq!(
        used(
            world
                .read()
                .await
                .licence()
                .list(muster.id())
                .await
                .unwrap()
        ),
        1
    );
}

#[tokio::test]
async fn a_commit_survives_a_restart() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    world.store.close().await;
    let reopened = world.scratch.open().await.unwrap();
    let mut tx = store::Store::read(&reopened).await.unwrap();
    assert!(
        tx.enterprise()
            .get(Tenant::Installation, muster.id())
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn who_only_reads_cannot_write() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let written = world
        .read()
        .await
        .licence()
        .take(muster.id(), Product::Package(Package::Basic))
        .await;
    assert!(written.is_err(), "{written:?}");
}
