//! What two want at the same moment, one gets (U9). On SQLite they queue for the turn to write, on PostgreSQL they race.

use std::{future::Future, sync::Arc};

use model::{EnterpriseId, Extension, Holder, Package, Product, UserId};
use tokio::{sync::Barrier, task::JoinSet};

use super::{
    World,
    world::{insert_user, new_user},
};

/// What `count` tasks answer that begin at the same moment.
pub(crate) async fn each_at_once<T, F>(
    world: &Arc<World>,
    count: usize,
    work: impl Fn(Arc<World>, usize) -> F,
) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let (start, mut tasks) = (Arc::new(Barrier::new(count)), JoinSet::new());
    for n in 0..count {
        let (start, working) = (start.clone(), work(world.clone(), n));
        tasks.spawn(async move {
            start.wait().await;
            working.await
        });
    }
    tasks.join_all().await
}

/// How many of `count` tasks succeed that begin at the same moment.
pub(crate) async fn at_once<F>(
    world: &Arc<World>,
    count: usize,
    work: impl Fn(Arc<World>, usize) -> F,
) -> usize
where
    F: Future<Output = bool> + Send + 'static,
{
    each_at_once(world, count, work)
        .await
        .into_iter()
        .filter(|done| *done)
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u9_of_those_who_want_a_number_one_gets_it() {
    let world = Arc::new(World::new().await);
    let muster = world.company("muster").await;
    let mut people = Vec::new();
    for nth in 0..10 {
        let user = UserId(world.id());
        let mut tx = world.write().await;
        let new = new_user(&muster.number(nth), "Anna Weber");
        assert!(insert_user(tx.as_mut(), muster.id(), muster.site.id, user, &new).await);
        tx.commit().await.unwrap();
        people.push(user);
    }
    let (site, number) = (muster.site.id, muster.number(50));
    let wanted = number.clone();
    let got = at_once(&world, 10, move |world, n| {
        let (user, number) = (people[n], wanted.clone());
        async move {
            let mut tx = world.write().await;
            let got = tx
                .number()
                .assign(site, &number, Holder::User(user))
                .await
                .unwrap();
            tx.commit().await.unwrap();
            got
        }
    });
    assert_eq!(got.await, 1);
    assert_eq!(
        world.read().await.number().count(site).await.unwrap(),
        (100, 99)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u9_no_more_licences_are_taken_than_there_are() {
    let world = Arc::new(World::new().await);
    let enterprise = world.company("muster").await.id();
    let product = Product::Package(Package::Premium);
    let mut tx = world.write().await;
    assert!(
        tx.licence()
            .set_total(enterprise, product, 7)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    let got = at_once(&world, 20, move |world, n| async move {
        let mut tx = world.write().await;
        let got = tx.licence().take(enterprise, product).await.unwrap();
        // Every third one changes its mind: what it took is there for others.
        if n % 3 == 0 {
            drop(tx);
            return false;
        }
        tx.commit().await.unwrap();
        got
    });
    let got = got.await;
    assert_eq!(
        used(&world, enterprise, product).await,
        i64::try_from(got).unwrap()
    );
    assert!(got <= 7);
    let rest = at_once(&world, 20, move |world, _| async move {
        let mut tx = world.write().await;
        let got = tx.licence().take(enterprise, product).await.unwrap();
        tx.commit().await.unwrap();
        got
    });
    assert_eq!(got + rest.await, 7);
    let mut tx = world.write().await;
    assert!(
        !tx.licence()
            .set_total(enterprise, product, 6)
            .await
            .unwrap(),
        "seven are in use"
    );
    assert!(
        tx.licence()
            .set_total(enterprise, product, 8)
            .await
            .unwrap()
    );
}

async fn used(world: &World, enterprise: EnterpriseId, product: Product) -> i64 {
    let licences = world.read().await.licence().list(enterprise).await.unwrap();
    licences.iter().find(|l| l.product == product).unwrap().used
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u4_of_those_who_want_an_extension_one_gets_it() {
    let world = Arc::new(World::new().await);
    let muster = world.company("muster").await;
    let (enterprise, site) = (muster.id(), muster.site.id);
    let extension: Extension = "4711".parse().unwrap();
    let wanted = extension.clone();
    let got = at_once(&world, 10, move |world, n| {
        let mut new = new_user(&muster.number(n), "Anna Weber");
        new.extension = wanted.clone();
        async move {
            let mut tx = world.write().await;
            let user = UserId(world.id());
            let got = insert_user(tx.as_mut(), enterprise, site, user, &new).await;
            tx.commit().await.unwrap();
            got
        }
    });
    assert_eq!(got.await, 1);
    assert!(
        world
            .read()
            .await
            .user()
            .extension_holder(enterprise, &extension)
            .await
            .unwrap()
            .is_some()
    );
}
