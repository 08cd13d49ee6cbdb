//! Writers that meet share a commit; what becomes of one is no concern of the others.

use std::{
    collections::BTreeSet,
    future::{Future, poll_fn},
    sync::Arc,
    task::Poll,
};

use model::{AccountId, Grant};
use tokio::task::JoinSet;

use crate::{
    contract::{
        World,
        races::each_at_once,
        world::{NOW, new_account, session},
    },
    scratch::Scratch,
};

fn name(id: AccountId) -> String {
    format!("operator.{id}")
}

async fn add(tx: &mut dyn store::Tx, id: AccountId) -> bool {
    tx.account()
        .insert(&new_account(id, &Grant::Operator, &name(id)))
        .await
        .unwrap()
}

async fn names(scratch: &Scratch) -> BTreeSet<AccountId> {
    let ids = sqlx::query_scalar::<_, uuid::Uuid>("select id from account");
    let ids = ids
        .fetch_all(&mut scratch.connect().await.unwrap())
        .await
        .unwrap();
    ids.into_iter().map(AccountId).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_writers_each_is_told_done_and_has_been_written() {
    let world = Arc::new(World::new().await);
    let done = each_at_once(&world, 100, |world, _| async move {
        let id = AccountId(world.id());
        let mut tx = world.write().await;
        assert!(add(tx.as_mut(), id).await);
        tx.commit().await.unwrap();
        let found = world
            .read()
            .await
            .account()
            .get_by_login(None, &name(id))
            .await;
        assert!(found.unwrap().is_some(), "who is told done finds it done");
        id
    });
    let done: BTreeSet<_> = done.await.into_iter().collect();
    assert_eq!(done.len(), 100);
    // As after a power cut: what lies in the files now, opened elsewhere, without a clean end.
    let found = Scratch::copy_of(&world.scratch);
    assert_eq!(names(&found).await, done);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_gives_up_or_breaks_a_constraint_harms_nobody() {
    let world = Arc::new(World::new().await);
    let taken = AccountId(world.id());
    let mut tx = world.write().await;
    assert!(add(tx.as_mut(), taken).await);
    tx.commit().await.unwrap();
    let done = each_at_once(&world, 60, move |world, n| async move {
        let id = AccountId(world.id());
        let mut tx = world.write().await;
        assert!(add(tx.as_mut(), id).await);
        // A session of nobody breaks a foreign key.
        if n % 4 < 2 {
            let nobody = AccountId(world.id());
            assert!(
                tx.session()
                    .insert(&session([1; 32], nobody, NOW))
                    .await
                    .is_err()
            );
        }
        if n % 2 == 0 {
            return None;
        }
        tx.commit().await.unwrap();
        Some(id)
    });
    let mut done: BTreeSet<_> = done.await.into_iter().flatten().collect();
    done.insert(taken);
    assert_eq!(names(&world.scratch).await, done);
}

/// Drops the work after it was polled this often: it has begun something and does not see the end of it.
async fn polled<T>(work: impl Future<Output = T>, times: usize) -> Option<T> {
    let (mut work, mut polls) = (Box::pin(work), 0);
    poll_fn(|context| {
        if polls == times {
            return Poll::Ready(None);
        }
        polls += 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

async fn write(world: Arc<World>, id: AccountId) -> store::Result<AccountId> {
    let mut tx = world.store.write().await?;
    add(tx.as_mut(), id).await;
    tx.commit().await?;
    Ok(id)
}

/// A request whose client goes away is dropped wherever it stands, also while it begins or commits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_away_at_any_moment_harms_nobody() {
    let world = Arc::new(World::new().await);
    let mut told = BTreeSet::new();
    for round in 0..400 {
        let mut staying = JoinSet::new();
        for n in 0..4 {
            let id = AccountId(world.id());
            staying.spawn(write(world.clone(), id));
            if n == 1 {
                let leaving = write(world.clone(), AccountId(world.id()));
                polled(leaving, round % 20).await.transpose().unwrap();
            }
        }
        for done in staying.join_all().await {
            told.insert(done.unwrap());
        }
    }
    assert!(
        told.is_subset(&names(&world.scratch).await),
        "what was acknowledged is there"
    );
}
