//! What many want at the same moment: exactly one wins, the counts stay right, nothing is half done (U9).

use std::{future::Future, sync::Arc};

use model::{Field, Package, Problem, Product, UserDraft};
use service::{Error, activation, jobs, login_details, user, user::AddUser};
use testkit::{TestEnterprise, TestSystem};
use tokio::{sync::Barrier, task::JoinSet};

use crate::{free_numbers, problems, used};

/// What `count` tasks answer that begin at the same moment.
pub(crate) async fn at_once<T, F>(count: usize, work: impl Fn(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let (start, mut tasks) = (Arc::new(Barrier::new(count)), JoinSet::new());
    for n in 0..count {
        let (start, working) = (start.clone(), work(n));
        tasks.spawn(async move {
            start.wait().await;
            working.await
        });
    }
    tasks.join_all().await
}

/// Twenty add somebody at once who differs in everything but what `same` makes the same; what the losers read.
async fn twenty(
    system: &TestSystem,
    muster: &TestEnterprise,
    same: impl Fn(&mut UserDraft),
) -> Vec<Vec<(Field, Problem)>> {
    let first: u64 = muster.site.first_number[1..].parse().unwrap();
    let mut drafts = Vec::new();
    for n in 0..20 {
        let mut draft = system
            .draft(muster.site.id(), &format!("Anna Weber{n}"))
            .await;
        draft.number = format!("+{}", first + n);
        draft.extension = (200 + n).to_string();
        same(&mut draft);
        drafts.push(draft);
    }
    let (env, actor, site) = (system.env.clone(), muster.admin.clone(), muster.site.id());
    let answers = at_once(20, move |n| {
        let (env, actor) = (env.clone(), actor.clone());
        let request = AddUser {
            site,
            draft: drafts[n].clone(),
            idempotency_key: None,
        };
        async move { user::add(&env, &actor, &request).await }
    });
    answers
        .await
        .into_iter()
        .filter(Result::is_err)
        .map(problems)
        .collect()
}

/// One user, one number, one licence.
async fn one_has_all(system: &TestSystem, muster: &TestEnterprise) {
    let asked = user::ListUsers {
        count: true,
        ..user::ListUsers::default()
    };
    let listed = user::list(&system.env, &muster.admin, asked).await.unwrap();
    assert_eq!((listed.page.items.len(), listed.count), (1, Some(1)));
    assert_eq!(free_numbers(system, muster).await, 19);
    assert_eq!(
        used(system, muster, Product::Package(Package::Standard)).await,
        1
    );
    let waiting = activation::queue(
        &system.env,
        &system.operator,
        &activation::Waiting::default(),
        None,
        model::Limit::default(),
    )
    .await
    .unwrap();
    assert_eq!(waiting.items.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u9_twenty_want_the_same_number_and_one_gets_it() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let number = muster.site.first_number.clone();
    let losers = twenty(&system, &muster, |draft| draft.number.clone_from(&number)).await;
    assert_eq!(
        losers,
        vec![vec![(Field::Number, Problem::NumberNotAvailable)]; 19]
    );
    one_has_all(&system, &muster).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u9_twenty_want_the_last_licence_and_one_gets_it() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let product = Product::Package(Package::Standard);
    system.set_licences(muster.id(), product, 1).await;
    let losers = twenty(&system, &muster, |_| {}).await;
    assert_eq!(
        losers,
        vec![vec![(Field::Package, Problem::NoLicenceLeft { product })]; 19]
    );
    one_has_all(&system, &muster).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u9_twenty_want_the_same_username_and_one_gets_it() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let losers = twenty(&system, &muster, |draft| draft.username = "anna".into()).await;
    assert_eq!(losers, vec![vec![(Field::Username, Problem::Taken)]; 19]);
    one_has_all(&system, &muster).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u4_twenty_want_the_same_extension_and_one_gets_it() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let losers = twenty(&system, &muster, |draft| draft.extension = "300".into()).await;
    assert_eq!(losers.len(), 19);
    for loser in losers {
        assert!(
            matches!(
                loser[..],
                [(Field::Extension, Problem::ExtensionTaken { .. })]
            ),
            "{loser:?}"
        );
    }
    one_has_all(&system, &muster).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d1_ten_delete_the_same_user_and_one_does() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    system.add_user(&muster, "Ben Klein").await;
    let (env, actor) = (system.env.clone(), muster.admin.clone());
    let answers = at_once(10, move |_| {
        let (env, actor) = (env.clone(), actor.clone());
        async move { user::delete(&env, &actor, anna.id, None).await }
    });
    let answers = answers.await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for answer in answers {
        assert!(
            matches!(answer, Ok(()) | Err(Error::NotFound | Error::Changed)),
            "{answer:?}"
        );
    }
    one_has_all(&system, &muster).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l1_ten_renew_what_they_have_seen_and_one_does() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let (env, actor) = (system.env.clone(), muster.admin.clone());
    let answers = at_once(10, move |_| {
        let (env, actor) = (env.clone(), actor.clone());
        async move { login_details::renew(&env, &actor, anna.id, Some(anna.version)).await }
    });
    let answers = answers.await;
    assert_eq!(
        answers.iter().filter(|answer| answer.is_ok()).count(),
        1,
        "{answers:?}"
    );
    for answer in answers {
        assert!(matches!(answer, Ok(_) | Err(Error::Changed)), "{answer:?}");
    }
}

/// The job wants to activate whom the operator cancels: one of them comes first, and neither breaks the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s4_cancelling_while_the_job_runs_ends_cleanly() {
    let system = Arc::new(TestSystem::automatic().await);
    let muster = system.enterprise("Muster GmbH").await;
    let before = free_numbers(&system, &muster).await;
    for _ in 0..15 {
        let anna = system.add_user(&muster, "Anna Weber").await.user;
        let racing = system.clone();
        let answers = at_once(2, move |n| {
            let system = racing.clone();
            async move {
                if n == 0 {
                    return jobs::run_due(&system.env).await.map(|_| ());
                }
                activation::cancel(&system.env, &system.operator, anna.id).await
            }
        });
        for answer in answers.await {
            assert!(
                matches!(answer, Ok(()) | Err(Error::Changed | Error::AlreadyActive)),
                "{answer:?}"
            );
        }
        if user::get(&system.env, &muster.admin, anna.id).await.is_ok() {
            user::delete(&system.env, &muster.admin, anna.id, None)
                .await
                .unwrap();
        }
        assert_eq!(free_numbers(&system, &muster).await, before);
        assert_eq!(
            used(&system, &muster, Product::Package(Package::Standard)).await,
            0
        );
    }
}
