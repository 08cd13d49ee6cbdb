//! What happens is told as it happens.

use std::sync::Arc;

use service::{department, live};
use testkit::TestSystem;
use tokio::sync::broadcast::error::TryRecvError;

#[tokio::test]
async fn a_listener_hears_of_each_change_once_and_in_order() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let mut listener = system.env.live.subscribe();
    let env = Arc::clone(&system.env);
    let following = tokio::spawn(async move { live::follow(&env).await });
    let add = async |n: usize| {
        let name = format!("Department {n}");
        department::add(&system.env, &muster.admin, muster.site.id(), &name, None)
            .await
            .unwrap();
    };
    // The follower says nothing when it has begun; from the first entry it tells, it must tell each.
    let mut written = 0;
    while matches!(listener.try_recv(), Err(TryRecvError::Empty)) {
        add(written).await;
        written += 1;
        tokio::task::yield_now().await;
    }
    // What it told first was consumed above: whatever comes next goes on from there.
    for _ in 0..10 {
        add(written).await;
        written += 1;
    }
    let mut heard = Vec::new();
    let last = format!("Department {}", written - 1);
    while heard.last() != Some(&last) {
        heard.push(listener.recv().await.unwrap().entry.entity.name.clone());
    }
    let expected: Vec<_> = (written - heard.len()..written)
        .map(|n| format!("Department {n}"))
        .collect();
    assert_eq!(heard, expected);
    assert!(heard.len() >= 10);
    following.abort();
}
