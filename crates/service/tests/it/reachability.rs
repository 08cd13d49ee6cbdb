//! Whether somebody can be called, and why not.

use model::{
    User,
    routing::{Decision, Why},
};
use service::{
    Error,
    reachability::{self, Obstacle, Reachability},
};
use testkit::TestSystem;

async fn look(system: &TestSystem, user: &User) -> Reachability {
    reachability::get(&system.env, &system.operator, user.id, None)
        .await
        .unwrap()
}

#[tokio::test]
async fn s2_who_is_pending_or_failed_cannot_be_called() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    system.log_in_phone(&anna, "Yealink").await;
    let pending = look(&system, &anna).await;
    assert_eq!(pending.obstacles(), [Obstacle::Refused(Why::Pending)]);
    assert!(!pending.is_reachable());
    system.fail(anna.id, "no route").await;
    let failed = look(&system, &anna).await;
    assert_eq!(failed.decision, Decision::Refuse(Why::Failed));
    assert!(!failed.is_reachable());
    system.log_out_phones(&anna).await;
    let both = look(&system, &anna).await.obstacles();
    let failed = Obstacle::Refused(Why::Failed);
    assert_eq!(both, [failed, Obstacle::NoPhoneRegistered]);
}

#[tokio::test]
async fn u5_who_has_no_desk_phone_cannot_be_called() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let mut draft = system.draft(muster.site.id(), "Ben Klein").await;
    draft.desk_phone_type.clear();
    let ben = system.add(&muster.admin, muster.site.id(), draft).await;
    let ben = system.activate(ben.unwrap().user.id).await;
    let without = look(&system, &ben).await;
    assert_eq!(without.obstacles(), [Obstacle::Refused(Why::WithoutPhone)]);
}

#[tokio::test]
async fn an_activated_user_can_be_called_as_long_as_a_phone_is_logged_in() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let alone = look(&system, &anna).await;
    assert!(matches!(alone.decision, Decision::Ring { user, .. } if user == anna.id));
    assert_eq!(alone.obstacles(), [Obstacle::NoPhoneRegistered]);

    system
        .log_in_phone(&anna, "Yealink SIP-T54W 96.86.0.5")
        .await;
    system.clock.advance(60);
    system.log_in_phone(&anna, "Linphone").await;
    let there = look(&system, &anna).await;
    assert!(there.is_reachable());
    let devices: Vec<_> = there
        .devices
        .iter()
        .map(|device| (device.user_agent.as_str(), device.transport, device.since))
        .collect();
    let start = testkit::FakeClock::START;
    assert_eq!(
        devices,
        [
            ("Yealink SIP-T54W 96.86.0.5", "UDP", start),
            ("Linphone", "UDP", start.plus_seconds(60)),
        ]
    );
    system.log_out_phones(&anna).await;
    assert!(!look(&system, &anna).await.is_reachable());
}

#[tokio::test]
async fn a_number_that_leads_elsewhere_makes_nobody_reachable() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    system.log_in_phone(&anna, "Yealink").await;
    let there = look(&system, &anna).await;
    let somebody_else = Decision::Ring {
        user: model::UserId(uuid::Uuid::nil()),
        seconds: 60,
        otherwise: Box::default(),
    };
    let number = anna.number.to_string();
    for decision in [somebody_else, Decision::Trunk { number }] {
        let mut elsewhere = there.clone();
        elsewhere.decision = decision;
        assert_eq!(elsewhere.obstacles(), [Obstacle::LeadsElsewhere]);
    }
}

#[tokio::test]
async fn r4_only_who_may_look_at_a_user_is_told() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let other = system.enterprise("Fremd AG").await;
    let london = system.site(muster.id(), "London").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let ben = system.active_user(&muster, "Ben Klein").await;
    let as_anna = system.as_user(&muster, anna.id).await;
    for actor in [&muster.admin, &as_anna, &system.operator] {
        reachability::get(&system.env, actor, anna.id, None)
            .await
            .unwrap();
    }
    let strangers = [
        other.admin.clone(),
        system.site_admin(&muster, &london).await,
        system.as_user(&muster, ben.id).await,
    ];
    for actor in &strangers {
        let hidden = reachability::get(&system.env, actor, anna.id, None).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
    }
}
