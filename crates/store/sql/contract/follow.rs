//! The journal is followed without a gap and without a repetition, however many write.

use std::sync::Arc;

use store::JournalPlace;
use uuid::Uuid;

use super::{World, races::each_at_once, world::entry};

/// Every entry behind the place, waiting until `count` have come; others on the same server may hold them back.
pub(crate) async fn follow(world: &World, mut place: JournalPlace, count: usize) -> Vec<Uuid> {
    let (mut changed, mut seen) = (world.store.changed(), Vec::new());
    while seen.len() < count {
        changed.mark_unchanged();
        let entries = world.store.journal_after(place).await.unwrap();
        if entries.is_empty() {
            changed.changed().await.unwrap();
        }
        for (next, entry) in entries {
            place = next;
            seen.push(entry.entry.entity.id);
        }
    }
    seen
}

#[tokio::test]
async fn entries_come_behind_the_end_and_in_their_order() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let mut tx = world.write().await;
    tx.journal()
        .insert(&entry(muster.id(), muster.site.id, world.id()))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let before = JournalPlace {
        transaction: 0,
        seq: 0,
    };
    assert_eq!(follow(&world, before, 1).await.len(), 1);
    let end = world.store.journal_end().await.unwrap();
    assert_eq!(world.store.journal_after(end).await.unwrap(), []);
    let mut written = Vec::new();
    for _ in 0..3 {
        let mut tx = world.write().await;
        for _ in 0..2 {
            let id = world.id();
            tx.journal()
                .insert(&entry(muster.id(), muster.site.id, id))
                .await
                .unwrap();
            written.push(id);
        }
        tx.commit().await.unwrap();
    }
    assert_eq!(follow(&world, end, 6).await, written);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follower_misses_and_repeats_nothing_while_many_write() {
    const WRITERS: usize = 8;
    const EACH: usize = 25;
    let world = Arc::new(World::new().await);
    let muster = world.company("muster").await;
    let (enterprise, site) = (muster.id(), muster.site.id);
    let end = world.store.journal_end().await.unwrap();
    let follower = tokio::spawn({
        let world = world.clone();
        async move { follow(&world, end, WRITERS * EACH).await }
    });
    let written = each_at_once(&world, WRITERS, move |world, n| async move {
        let mut written = Vec::new();
        for turn in 0..EACH {
            let (mut tx, id) = (world.write().await, world.id());
            tx.journal()
                .insert(&entry(enterprise, site, id))
                .await
                .unwrap();
            for _ in 0..(n + turn) % 4 {
                tokio::task::yield_now().await;
            }
            // Some that were begun are given up.
            let kept = (n * turn) % 7 != 6;
            tx.journal()
                .insert(&entry(enterprise, site, Uuid::nil()))
                .await
                .ok();
            if kept {
                tx.commit().await.unwrap();
                written.extend([id, Uuid::nil()]);
            }
        }
        written
    });
    let mut written: Vec<_> = written.await.into_iter().flatten().collect();
    // Let the follower reach its count whatever was given up.
    while written.len() < WRITERS * EACH {
        let (mut tx, id) = (world.write().await, world.id());
        tx.journal()
            .insert(&entry(enterprise, site, id))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        written.push(id);
    }
    let seen = follower.await.unwrap();
    let end_of_all = follow(&world, end, written.len()).await;
    written.sort();
    let mut all = end_of_all.clone();
    all.sort();
    assert_eq!(all, written, "each once, none left out");
    assert_eq!(
        seen,
        end_of_all[..seen.len()],
        "following while they write gives the same as reading afterwards"
    );
}
