//! Hunt groups: added, activated, changed, with members whose seats wait (G3, S1–S7, C1, R4).

use model::{
    Field, ForwardTarget, Holder, HuntGroup, HuntGroupDraft, HuntPolicy, JournalAction, Limit,
    NumberState, Problem, State, TypedMember, TypedSettings, UserId, VirtualUserId,
};
use service::{
    Error, Result,
    activation::{Decision, Waiting},
    hunt_group, journal, number, virtual_user,
};
use testkit::{TestEnterprise, TestSystem};

use crate::problems;

/// What an administrator types: the site's last free number, and these members.
pub(crate) async fn draft(
    system: &TestSystem,
    muster: &TestEnterprise,
    name: &str,
    members: &[UserId],
) -> HuntGroupDraft {
    let site = muster.site.id();
    let free = number::list_free(&system.env, &muster.admin, site, "", Limit::new(200));
    let number = free.await.unwrap().last().unwrap().to_string();
    let member = |user: &UserId| TypedMember {
        user: user.to_string(),
        weight: String::new(),
    };
    HuntGroupDraft {
        name: name.to_owned(),
        number,
        members: members.iter().map(member).collect(),
        ..HuntGroupDraft::default()
    }
}

pub(crate) async fn add(
    system: &TestSystem,
    muster: &TestEnterprise,
    draft: &HuntGroupDraft,
) -> Result<HuntGroup> {
    hunt_group::add(&system.env, &muster.admin, muster.site.id(), draft).await
}

/// A group that is active.
pub(crate) async fn active(
    system: &TestSystem,
    muster: &TestEnterprise,
    name: &str,
    members: &[UserId],
) -> HuntGroup {
    let draft = draft(system, muster, name, members).await;
    let group = add(system, muster, &draft).await.unwrap();
    let id = group.virtual_user.id;
    decide(system, id, Decision::Activate).await;
    let view = hunt_group::get(&system.env, &muster.admin, muster.site.id(), id);
    view.await.unwrap().group
}

async fn decide(system: &TestSystem, id: VirtualUserId, decision: Decision) {
    let decided = virtual_user::decide(&system.env, &system.operator, id, &decision);
    decided.await.unwrap();
}

async fn state_of(system: &TestSystem, group: &HuntGroup) -> State {
    let (site, id) = (group.virtual_user.site, group.virtual_user.id);
    let view = hunt_group::get(&system.env, &system.operator, site, id);
    view.await.unwrap().group.virtual_user.state
}

#[tokio::test]
async fn s1_a_new_hunt_group_is_pending_with_number_and_extension_and_takes_no_licence() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    for product in model::Product::all() {
        let used = crate::used(&system, &muster, product).await;
        system.set_licences(muster.id(), product, used).await;
    }
    let draft = draft(&system, &muster, "Vertrieb", &[anna.id]).await;
    let group = add(&system, &muster, &draft).await.unwrap();
    assert_eq!(state_of(&system, &group).await, State::Pending);
    let digits = group.virtual_user.number.digits();
    assert_eq!(
        group.virtual_user.extension.as_str(),
        &digits[digits.len() - 4..]
    );
    let mut tx = system.env.store.read().await.unwrap();
    let state = tx
        .number()
        .get(&group.virtual_user.number)
        .await
        .unwrap()
        .unwrap()
        .state;
    let holder = Holder::VirtualUser(group.virtual_user.id);
    assert_eq!(state, NumberState::Assigned(holder));
    let wanted = journal::Wanted {
        action: Some(JournalAction::HuntGroupAdded),
        ..journal::Wanted::default()
    };
    let entries = journal::list(&system.env, &muster.admin, wanted)
        .await
        .unwrap();
    assert_eq!(entries[0].entry.entity.name, "Vertrieb");
}

#[tokio::test]
async fn s3_the_automatic_back_end_activates_a_group_by_itself() {
    let system = TestSystem::automatic().await;
    let muster = system.enterprise("Muster GmbH").await;
    let draft = draft(&system, &muster, "Vertrieb", &[]).await;
    let group = add(&system, &muster, &draft).await.unwrap();
    system.run_jobs().await;
    assert!(state_of(&system, &group).await.is_active());
}

#[tokio::test]
async fn s3_what_is_active_is_neither_failed_nor_tried_again() {
    let system = TestSystem::automatic().await;
    let muster = system.enterprise("Muster GmbH").await;
    let draft = draft(&system, &muster, "Vertrieb", &[]).await;
    let group = add(&system, &muster, &draft).await.unwrap();
    let id = group.virtual_user.id;
    system.run_jobs().await;
    decide_back(&system, id).await;
    let reason = "porting-unconfirmed".to_owned();
    let decision = Decision::Fail { reason };
    let failed = virtual_user::decide(&system.env, &system.operator, id, &decision);
    let failed = failed.await;
    assert!(matches!(failed, Err(Error::AlreadyActive)), "{failed:?}");
}

/// What is active is neither failed nor tried again.
async fn decide_back(system: &TestSystem, id: VirtualUserId) {
    let retried = virtual_user::decide(&system.env, &system.operator, id, &Decision::Retry);
    let retried = retried.await;
    assert!(matches!(retried, Err(Error::AlreadyActive)), "{retried:?}");
}

#[tokio::test]
async fn s4_the_operator_finds_a_group_in_the_queue_fails_it_tries_again_and_cancels() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let draft = draft(&system, &muster, "Vertrieb", &[]).await;
    let group = add(&system, &muster, &draft).await.unwrap();
    let id = group.virtual_user.id;
    system.run_jobs().await;
    assert_eq!(
        state_of(&system, &group).await,
        State::Pending,
        "nobody decided"
    );
    let waiting = Waiting::default();
    let queue = virtual_user::queue(&system.env, &system.operator, &waiting)
        .await
        .unwrap();
    assert_eq!(queue[0].virtual_user.id, id);
    assert_eq!(queue[0].enterprise_name, "Muster GmbH");
    let reason = "porting-unconfirmed".to_owned();
    decide(&system, id, Decision::Fail { reason }).await;
    let failed = state_of(&system, &group).await;
    assert!(matches!(failed, State::Failed { .. }), "{failed:?}");
    decide(&system, id, Decision::Retry).await;
    assert_eq!(state_of(&system, &group).await, State::Pending);
    let by_admin = virtual_user::cancel(&system.env, &muster.admin, id).await;
    assert!(matches!(by_admin, Err(Error::Forbidden)), "{by_admin:?}");
    virtual_user::cancel(&system.env, &system.operator, id)
        .await
        .unwrap();
    system.run_jobs().await;
    let again = add(&system, &muster, &draft).await.unwrap();
    assert_eq!(
        again.virtual_user.number, group.virtual_user.number,
        "free again"
    );
}

#[tokio::test]
async fn s5_until_it_is_active_a_group_keeps_name_number_and_extension_and_is_not_deleted() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let typed = draft(&system, &muster, "Vertrieb", &[]).await;
    let group = add(&system, &muster, &typed).await.unwrap();
    let (site, id) = (muster.site.id(), group.virtual_user.id);
    let (env, admin) = (&system.env, &muster.admin);
    for (name, extension) in [("Einkauf", ""), ("Vertrieb", "4711")] {
        let changed = HuntGroupDraft {
            name: name.to_owned(),
            extension: extension.to_owned(),
            ..typed.clone()
        };
        let refused = hunt_group::modify(env, admin, (site, id), &changed, None).await;
        assert!(matches!(refused, Err(Error::NotActive)), "{refused:?}");
    }
    let refused = hunt_group::delete(env, admin, (site, id), None).await;
    assert!(matches!(refused, Err(Error::NotActive)), "{refused:?}");
    let refused = hunt_group::deletion_preview(env, admin, site, id).await;
    assert!(matches!(refused, Err(Error::NotActive)), "{refused:?}");
    let member = TypedMember {
        user: anna.id.to_string(),
        weight: String::new(),
    };
    let with_member = HuntGroupDraft {
        members: vec![member],
        ..typed
    };
    let changed = hunt_group::modify(env, admin, (site, id), &with_member, None).await;
    assert_eq!(
        changed.unwrap().members[0].user,
        anna.id,
        "members at any time"
    );
}

#[tokio::test]
async fn s7_a_pending_members_seat_waits_and_is_live_by_itself_on_activation() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let ben = system.add_user(&muster, "Ben Klein").await.user;
    let group = active(&system, &muster, "Vertrieb", &[anna.id, ben.id]).await;
    let (site, id) = (muster.site.id(), group.virtual_user.id);
    let seats = async || {
        let view = hunt_group::get(&system.env, &muster.admin, site, id)
            .await
            .unwrap();
        let seats = view.seats.iter();
        (
            seats
                .map(hunt_group::SeatView::is_live_from_activation)
                .collect::<Vec<_>>(),
            view.waiting(),
        )
    };
    assert_eq!(seats().await, (vec![false, true], 1));
    let version = group.virtual_user.version;
    system.activate(ben.id).await;
    assert_eq!(seats().await, (vec![false, false], 0));
    let view = hunt_group::get(&system.env, &muster.admin, site, id)
        .await
        .unwrap();
    assert_eq!(
        view.group.virtual_user.version, version,
        "nothing was stored"
    );
}

#[tokio::test]
async fn g3_everything_that_is_taken_or_unknown_is_said_at_once() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let other = system.enterprise("Beispiel AG").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let foreigner = system.active_user(&other, "Eva Fremd").await;
    active(&system, &muster, "Vertrieb", &[]).await;
    let wrong = HuntGroupDraft {
        name: "VERTRIEB".to_owned(),
        number: anna.number.to_string(),
        extension: anna.extension.to_string(),
        department: "0190a000-0000-7000-8000-000000000000".to_owned(),
        settings: TypedSettings {
            busy_target: "999999".to_owned(),
            ..TypedSettings::default()
        },
        members: vec![TypedMember {
            user: foreigner.id.to_string(),
            weight: String::new(),
        }],
    };
    let found = problems(add(&system, &muster, &wrong).await);
    let fields: Vec<_> = found.iter().map(|(field, _)| *field).collect();
    let expected = [
        Field::Name,
        Field::Number,
        Field::Extension,
        Field::Department,
        Field::BusyTarget,
        Field::Members,
    ];
    assert_eq!(fields, expected, "{found:?}");
    let Problem::ExtensionTaken { by, suggestion } = &found[2].1 else {
        panic!("{found:?}");
    };
    assert_eq!(by.as_deref(), Some("Anna Weber"));
    assert!(suggestion.is_some());
}

#[tokio::test]
async fn u4_a_user_is_told_which_group_has_the_extension() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let group = active(&system, &muster, "Vertrieb", &[]).await;
    let mut anna = system.draft(muster.site.id(), "Anna Weber").await;
    anna.extension = group.virtual_user.extension.to_string();
    let found = problems(
        system
            .add(&muster.admin, muster.site.id(), anna.clone())
            .await,
    );
    assert!(
        matches!(&found[..], [(Field::Extension, Problem::ExtensionTaken { by: Some(by), .. })] if by == "Vertrieb"),
        "{found:?}"
    );
    anna.extension = "4711".to_owned();
    anna.number = group.virtual_user.number.to_string();
    let found = problems(system.add(&muster.admin, muster.site.id(), anna).await);
    assert_eq!(found, [(Field::Number, Problem::NumberNotAvailable)]);
}

#[tokio::test]
async fn c1_an_active_group_changes_and_the_journal_says_from_what_to_what() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let ben = system.active_user(&muster, "Ben Klein").await;
    let group = active(&system, &muster, "Vertrieb", &[anna.id]).await;
    let (site, id) = (muster.site.id(), group.virtual_user.id);
    let (env, admin) = (&system.env, &muster.admin);
    let view = hunt_group::get(env, admin, site, id).await.unwrap();
    let mut typed = view.draft();
    let same = hunt_group::modify(env, admin, (site, id), &typed, None)
        .await
        .unwrap();
    assert_eq!(
        same.virtual_user.version, group.virtual_user.version,
        "nothing differs"
    );
    let other = draft(&system, &muster, "Vertrieb", &[ben.id, anna.id]).await;
    typed.number = other.number;
    typed.members = other.members;
    typed.settings.policy = "weighted".to_owned();
    typed.settings.busy_target = anna.extension.to_string();
    let version = Some(group.virtual_user.version);
    let changed = hunt_group::modify(env, admin, (site, id), &typed, version)
        .await
        .unwrap();
    assert_eq!(changed.settings.policy, HuntPolicy::Weighted);
    assert_eq!(changed.settings.busy, Some(ForwardTarget::User(anna.id)));
    let late = hunt_group::modify(env, admin, (site, id), &typed, version).await;
    assert!(matches!(late, Err(Error::Changed)), "{late:?}");
    let read = hunt_group::get(env, admin, site, id).await.unwrap().group;
    assert_eq!(read, changed, "what is answered is what is kept");
    let mut tx = env.store.read().await.unwrap();
    assert!(
        tx.number()
            .is_available(site, &group.virtual_user.number)
            .await
            .unwrap()
    );
    let wanted = journal::Wanted {
        action: Some(JournalAction::HuntGroupModified),
        ..journal::Wanted::default()
    };
    let entries = journal::list(env, admin, wanted).await.unwrap();
    let changes: Vec<_> = entries[0].entry.changes.iter().collect();
    let of = |field: &str| {
        let change = changes.iter().find(|change| change.field == field).unwrap();
        (change.before.as_deref(), change.after.as_deref())
    };
    assert_eq!(of("policy"), (Some("regular"), Some("weighted")));
    assert_eq!(
        of("members"),
        (Some("Anna Weber"), Some("Ben Klein, Anna Weber"))
    );
    assert_eq!(of("busy_target").0, None);
}

#[tokio::test]
async fn r4_a_site_administrator_adds_only_whom_they_know_and_keeps_the_others() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let london = system.site(muster.id(), "London").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let draft_olivia = system.draft(london.id(), "Olivia Bennett").await;
    let olivia = system
        .add(&muster.admin, london.id(), draft_olivia)
        .await
        .unwrap()
        .user;
    let group = active(&system, &muster, "Vertrieb", &[olivia.id]).await;
    let (site, id) = (muster.site.id(), group.virtual_user.id);
    let at_site = system.site_admin(&muster, &muster.site).await;
    let view = hunt_group::get(&system.env, &at_site, site, id)
        .await
        .unwrap();
    assert!(!view.seats[0].is_named, "of another site");
    let mut typed = view.draft();
    typed.members.push(TypedMember {
        user: anna.id.to_string(),
        weight: String::new(),
    });
    let changed = hunt_group::modify(&system.env, &at_site, (site, id), &typed, None).await;
    assert_eq!(changed.unwrap().members.len(), 2, "who is there stays");
    typed.members.remove(0);
    hunt_group::modify(&system.env, &at_site, (site, id), &typed, None)
        .await
        .unwrap();
    typed.members = view.draft().members;
    let refused = hunt_group::modify(&system.env, &at_site, (site, id), &typed, None).await;
    assert_eq!(problems(refused), [(Field::Members, Problem::Unknown)]);
    let found = hunt_group::candidates(&system.env, &at_site, site, "olivia")
        .await
        .unwrap();
    assert!(found.is_empty(), "nor are they found");
    let found = hunt_group::candidates(&system.env, &muster.admin, site, "olivia")
        .await
        .unwrap();
    assert_eq!(found[0].id, olivia.id);
    let other_site = hunt_group::get(&system.env, &muster.admin, london.id(), id).await;
    assert!(matches!(other_site, Err(Error::NotFound)), "{other_site:?}");
}
