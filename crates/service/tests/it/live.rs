//! What happens is told as it happens.

use std::sync::Arc;

use service::{department, live};
use testkit::TestSystem;

#[tokio::test]
async fn a_listener_hears_of_each_change_once_and_in_order() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let mut listener = system.env.live.subscribe();
    let env = Arc::clone(&system.env);
    let from = env.store.journal_end().await.unwrap();
    let add = async |n: usize| {
        let name = format!("Department {n}");
        department::add(&system.env, &muster.admin, muster.site.id(), &name, None)
            .await
            .unwrap();
    };
    // Some before it begins to follow, some afterwards: none is missed.
    add(0).await;
    let following = tokio::spawn(async move { live::follow(&env, from).await });
    for n in 1..10 {
        add(n).await;
    }
    let written = 10;
    let mut heard = Vec::new();
    let last = format!("Department {}", written - 1);
    while heard.last() != Some(&last) {
        let name = listener.recv().await.unwrap().entry.entity.name.clone();
        // On PostgreSQL the end of the journal is before the oldest open transaction, of other databases too: what was
        // written a moment earlier may be told once more.
        if name.starts_with("Department ") {
            heard.push(name);
        }
    }
    let expected: Vec<_> = (0..written).map(|n| format!("Department {n}")).collect();
    assert_eq!(heard, expected);
    following.abort();
}
