//! Pending, Activated, Failed.

use model::State;
use testkit::TestSystem;

#[tokio::test]
async fn s1_a_new_user_starts_pending() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    assert_eq!(anna.state, State::Pending);
    let stored = service::user::get(&system.env, &muster.admin, anna.id)
        .await
        .unwrap();
    assert_eq!(stored, anna);
}
