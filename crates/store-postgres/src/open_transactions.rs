//! On PostgreSQL transactions commit in another order than they begin; a follower of the journal must not notice.

use store::{JournalPlace, Store};

use crate::contract::{World, follow::follow, world::entry};

const BEGINNING: JournalPlace = JournalPlace {
    transaction: 0,
    seq: 0,
};

#[tokio::test]
async fn an_entry_waits_for_older_transactions_that_are_still_open() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (first, second) = (world.id(), world.id());
    let mut older = world.write().await;
    let mut newer = world.write().await;
    for (tx, id) in [(&mut older, first), (&mut newer, second)] {
        tx.journal()
            .insert(&entry(muster.id(), muster.site.id, id))
            .await
            .unwrap();
    }
    newer.commit().await.unwrap();
    assert_eq!(world.store.journal_after(BEGINNING).await.unwrap(), []);
    let end = world.store.journal_end().await.unwrap();
    older.commit().await.unwrap();
    assert_eq!(follow(&world, BEGINNING, 2).await, [first, second]);
    assert_eq!(
        follow(&world, end, 2).await,
        [first, second],
        "whoever began to follow in between misses neither"
    );
}

#[tokio::test]
async fn an_older_transaction_that_gives_up_holds_nothing_back() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let kept = world.id();
    let mut older = world.write().await;
    let mut newer = world.write().await;
    for (tx, id) in [(&mut older, world.id()), (&mut newer, kept)] {
        tx.journal()
            .insert(&entry(muster.id(), muster.site.id, id))
            .await
            .unwrap();
    }
    newer.commit().await.unwrap();
    drop(older);
    assert_eq!(follow(&world, BEGINNING, 1).await, [kept]);
}

#[tokio::test]
async fn a_commit_on_another_node_is_noticed() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let other = world.scratch.open().await.unwrap();
    let mut changed = world.store.changed();
    // The notice of the company's own writing has come when a later one has.
    for _ in 0..2 {
        let mut tx = other.write().await.unwrap();
        let product = model::Product::Package(model::Package::Basic);
        assert!(tx.licence().take(muster.id(), product).await.unwrap());
        changed.mark_unchanged();
        tx.commit().await.unwrap();
        changed.changed().await.unwrap();
    }
}
