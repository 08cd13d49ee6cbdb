//! Jobs are claimed by one at a time, and by somebody else when the claim has ended.

use std::collections::BTreeSet;

use model::JobId;

use super::{World, races::each_at_once, world::NOW};

#[tokio::test]
async fn a_claimed_job_is_due_again_when_the_claim_ends() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let until = NOW.plus_seconds(60);
    let mut tx = world.write().await;
    assert_eq!(
        tx.job()
            .claim(NOW.plus_seconds(-1), until, 10)
            .await
            .unwrap(),
        [],
        "not due yet"
    );
    let claimed = tx.job().claim(NOW, until, 10).await.unwrap();
    assert_eq!(
        claimed
            .iter()
            .map(|j| (j.id, j.attempts))
            .collect::<Vec<_>>(),
        [(anna.job, 0)]
    );
    assert_eq!(tx.job().next_due().await.unwrap(), Some(until));
    assert_eq!(
        tx.job()
            .claim(until.plus_seconds(-1), until, 10)
            .await
            .unwrap(),
        [],
        "somebody works on it"
    );
    let again = tx
        .job()
        .claim(until, until.plus_seconds(60), 10)
        .await
        .unwrap();
    assert_eq!(
        again.iter().map(|j| (j.id, j.attempts)).collect::<Vec<_>>(),
        [(anna.job, 1)]
    );
    tx.job()
        .update_retry(anna.job, NOW.plus_seconds(5), "why")
        .await
        .unwrap();
    assert_eq!(
        tx.job().next_due().await.unwrap(),
        Some(NOW.plus_seconds(5))
    );
    assert!(tx.job().put_back(anna.job, NOW).await.unwrap());
    let further = tx.job().claim(NOW, until, 10).await.unwrap();
    assert_eq!(further[0].attempts, 0, "getting further is no failure");
    assert!(tx.job().delete(anna.job).await.unwrap());
    assert_eq!(tx.job().next_due().await.unwrap(), None);
    assert!(!tx.job().put_back(anna.job, NOW).await.unwrap());
}

#[tokio::test]
async fn the_jobs_that_wait_longest_are_claimed_first() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben, eva) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
        world.person(&muster, 2).await,
    );
    let mut tx = world.write().await;
    tx.job()
        .update_retry(anna.job, NOW.plus_seconds(-1), "")
        .await
        .unwrap();
    tx.job()
        .update_retry(ben.job, NOW.plus_seconds(-3), "")
        .await
        .unwrap();
    tx.job()
        .update_retry(eva.job, NOW.plus_seconds(-2), "")
        .await
        .unwrap();
    let mut order = Vec::new();
    for _ in 0..3 {
        order.extend(tx.job().claim(NOW, NOW.plus_seconds(60), 1).await.unwrap());
    }
    let order: Vec<JobId> = order.into_iter().map(|job| job.id).collect();
    assert_eq!(order, [ben.job, eva.job, anna.job]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_never_claim_the_same_job() {
    let world = std::sync::Arc::new(World::new().await);
    let muster = world.company("muster").await;
    for nth in 0..20 {
        world.person(&muster, nth).await;
    }
    let claims = each_at_once(&world, 8, |world, _| async move {
        let mut tx = world.write().await;
        let jobs = tx.job().claim(NOW, NOW.plus_seconds(60), 5).await.unwrap();
        // Others try meanwhile: on SQLite they wait for their turn, on PostgreSQL they pass over what is locked.
        tokio::task::yield_now().await;
        tx.commit().await.unwrap();
        jobs
    });
    let claimed: Vec<_> = claims
        .await
        .into_iter()
        .flatten()
        .map(|job| job.id)
        .collect();
    let distinct: BTreeSet<_> = claimed.iter().collect();
    assert_eq!((claimed.len(), distinct.len()), (20, 20));
}
