//! The journal: who changed what, without secrets (R5, U7).

use model::{JournalAction, JournalEntry, Limit};
use service::{activation, journal, login_details, user};
use testkit::TestSystem;

async fn all(system: &TestSystem) -> Vec<JournalEntry> {
    let wanted = journal::Wanted {
        limit: Limit::new(200),
        ..journal::Wanted::default()
    };
    journal::list(&system.env, &system.operator, wanted)
        .await
        .unwrap()
}

#[tokio::test]
async fn r5_each_change_to_a_user_leaves_an_entry() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let before = all(&system).await.len();
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    system.fail(anna.id, "no route").await;
    system.decide(anna.id, activation::Decision::Retry).await;
    system.activate(anna.id).await;
    login_details::renew(&system.env, &muster.admin, anna.id, None)
        .await
        .unwrap();
    user::delete(&system.env, &muster.admin, anna.id, None)
        .await
        .unwrap();
    let ben = system.add_user(&muster, "Ben Klein").await.user;
    activation::cancel(&system.env, &system.operator, ben.id)
        .await
        .unwrap();
    let entries = all(&system).await;
    let about: Vec<_> = entries[..entries.len() - before]
        .iter()
        .rev()
        .map(|e| &e.entry)
        .collect();
    let actions: Vec<_> = about
        .iter()
        .map(|e| (e.action, e.entity.name.as_str(), e.actor_name.as_str()))
        .collect();
    let (admin, operator) = ("API enterprise-admin", "API operator");
    assert_eq!(
        actions,
        [
            (JournalAction::UserAdded, "Anna Weber", admin),
            (JournalAction::UserActivationFailed, "Anna Weber", operator),
            (JournalAction::UserActivationRetried, "Anna Weber", operator),
            (JournalAction::UserActivated, "Anna Weber", operator),
            (JournalAction::LoginDetailsRenewed, "Anna Weber", admin),
            (JournalAction::UserDeleted, "Anna Weber", admin),
            (JournalAction::UserAdded, "Ben Klein", admin),
            (JournalAction::UserCancelled, "Ben Klein", operator),
        ]
    );
    assert!(
        about
            .iter()
            .all(|e| e.enterprise == Some(muster.id()) && e.site == Some(muster.site.id()))
    );
    assert!(about.iter().all(|e| e.at == system.env.now()));
}

#[tokio::test]
async fn r5_an_entry_says_from_what_to_what() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    system.fail(anna.id, "no route").await;
    let entries = all(&system).await;
    let changes: Vec<_> = entries[0]
        .entry
        .changes
        .iter()
        .map(|c| (c.field.as_str(), c.before.as_deref(), c.after.as_deref()))
        .collect();
    assert_eq!(changes[0], ("state", Some("pending"), Some("failed")));
    assert_eq!(changes[1].0, "state_reason");
    let added: Vec<_> = entries[1]
        .entry
        .changes
        .iter()
        .map(|c| (c.field.as_str(), c.after.as_deref().unwrap()))
        .collect();
    assert_eq!(
        added,
        [
            ("username", "anna.weber"),
            ("number", "+492115551000"),
            ("extension", "1000"),
            ("package", "standard"),
            ("desk_phone_type", "yealink-t54w"),
        ]
    );
}

#[tokio::test]
async fn u7_no_entry_holds_a_secret() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let added = system.add_user(&muster, "Anna Weber").await;
    system.activate(added.user.id).await;
    let (_, renewed) = login_details::renew(&system.env, &muster.admin, added.user.id, None)
        .await
        .unwrap();
    let text = format!("{:?}", all(&system).await);
    assert!(text.contains("anna.weber"));
    for details in [added.login_details.unwrap(), renewed] {
        assert!(!text.contains(details.password.reveal()));
    }
}

#[tokio::test]
async fn what_was_refused_leaves_no_entry() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    let before = all(&system).await;
    let mut draft = system.draft(muster.site.id(), "Ben Klein").await;
    draft.username = anna.username.to_string();
    assert!(
        system
            .add(&muster.admin, muster.site.id(), draft)
            .await
            .is_err()
    );
    assert!(
        user::delete(&system.env, &muster.admin, anna.id, None)
            .await
            .is_err()
    );
    assert_eq!(all(&system).await, before);
}

#[tokio::test]
async fn r5_the_journal_is_read_page_by_page() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    for name in ["Anna Weber", "Ben Klein", "Eva Groß"] {
        system.add_user(&muster, name).await;
    }
    let everything = all(&system).await;
    let (mut before, mut read) = (None, Vec::new());
    loop {
        let wanted = journal::Wanted {
            before,
            limit: Limit::new(3),
            ..journal::Wanted::default()
        };
        let page = journal::list(&system.env, &system.operator, wanted)
            .await
            .unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        read.extend(page);
    }
    assert_eq!(read, everything);
}
