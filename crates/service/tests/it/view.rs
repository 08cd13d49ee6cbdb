//! R3: an administrator in the view of a user.

use model::{CallServicesDraft, Grant, JournalAction, Limit};
use service::{Error, call_services, journal, login_details, session, user, view};
use testkit::{PASSWORD, SOURCE, TestSystem};

#[tokio::test]
async fn r3_who_really_acts_is_recorded_and_the_view_ends_with_the_button_or_the_user() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let name = system.add_administrator(&muster, "kathi", &[]).await;
    let env = &system.env;
    let token = session::login(env, &name, PASSWORD, SOURCE).await.unwrap();
    let actor = async || session::authenticate(env, &token).await.unwrap().actor;

    view::take(env, &actor().await, &token, anna.id)
        .await
        .unwrap();
    let acting = actor().await;
    assert_eq!(*acting.grant(), Grant::User(muster.id(), anna.id));
    assert_eq!(acting.on_behalf_of(), Some("Anna Weber"));
    let draft = CallServicesDraft {
        do_not_disturb: true,
        ..CallServicesDraft::default()
    };
    call_services::set(env, &acting, anna.id, &draft, None)
        .await
        .unwrap();
    let wanted = journal::Wanted {
        limit: Limit::new(1),
        ..journal::Wanted::default()
    };
    let newest = journal::list(env, &muster.admin, wanted).await.unwrap();
    let entry = &newest[0].entry;
    assert_eq!(entry.action, JournalAction::CallServicesSet);
    assert_eq!(entry.actor_name, "kathi");
    assert_eq!(entry.on_behalf_of.as_deref(), Some("Anna Weber"));

    // As Anna nothing can be done that she may not do, and no second view taken.
    let renewed = login_details::renew(env, &acting, anna.id, None).await;
    assert!(matches!(renewed, Err(Error::Forbidden)));
    let twice = view::take(env, &acting, &token, anna.id).await;
    assert!(matches!(twice, Err(Error::Forbidden)));

    assert_eq!(view::leave(env, &token).await.unwrap(), Some(anna.id));
    assert_eq!(actor().await.on_behalf_of(), None);
    view::take(env, &actor().await, &token, anna.id)
        .await
        .unwrap();
    user::delete(env, &muster.admin, anna.id, None)
        .await
        .unwrap();
    assert_eq!(
        *actor().await.grant(),
        Grant::EnterpriseAdmin(muster.id()),
        "who is gone has no view"
    );
    assert_eq!(view::leave(env, &token).await.unwrap(), None);
}

#[tokio::test]
async fn r3_a_site_administrator_takes_the_view_of_the_own_sites_users_only() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let london = system.site(muster.id(), "London").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let env = &system.env;
    let site_admin = system.site_admin(&muster, &london).await;
    let hidden = view::take(env, &site_admin, "token", anna.id).await;
    assert!(matches!(hidden, Err(Error::NotFound)));
    let forbidden = view::take(env, &system.operator, "token", anna.id).await;
    assert!(matches!(forbidden, Err(Error::Forbidden)));
}
