//! New login details for many users at once: done for whom it can be, skipped with a reason, fetched once (L2–L4).

use model::{
    Field, JournalAction, Limit, PhonePassword, Problem, Renewal, RenewalId, RenewalOutcome,
    RenewalState, User, UserId,
};
use service::{
    Actor, Error, jobs, journal, login_details,
    renewal::{self, BeginRenewal, Fetched, Whom},
    secret::{PhoneDigests, REALM, sha256},
    session, user,
};
use store::Tenant;
use testkit::{PASSWORD, SOURCE, TestEnterprise, TestSystem};

use super::problems;

fn all_of(users: &[UserId]) -> BeginRenewal {
    BeginRenewal {
        id: None,
        whom: Whom::Users(users.to_vec()),
        password: None,
    }
}

async fn begin(system: &TestSystem, actor: &Actor, request: &BeginRenewal) -> RenewalId {
    let begun = renewal::begin(&system.env, actor, request).await;
    begun.unwrap().id
}

async fn outcomes(system: &TestSystem, actor: &Actor, id: RenewalId) -> Vec<RenewalOutcome> {
    let rows = renewal::rows(&system.env, actor, id, None, Limit::new(200)).await;
    rows.unwrap().into_iter().map(|row| row.outcome).collect()
}

async fn fetch(system: &TestSystem, actor: &Actor, id: RenewalId) -> Fetched {
    renewal::fetch(&system.env, actor, id).await.unwrap()
}

/// What the file says of a user.
fn password(fetched: &Fetched, user: UserId) -> Option<PhonePassword> {
    let row = fetched.rows.iter().find(|row| row.user == Some(user));
    fetched.password(row?).unwrap()
}

/// Whether the call engine lets a phone in with this password.
async fn opens(system: &TestSystem, user: &User, password: &PhonePassword) -> bool {
    let mut tx = system.env.store.read().await.unwrap();
    let stored = tx.phone_login().get(Tenant::Installation, user.id).await;
    let stored = stored.unwrap().unwrap();
    let digests = PhoneDigests::open(&testkit::sealing_key(), user.id, &stored).unwrap();
    let text = format!("{}:{REALM}:{}", user.number.digits(), password.reveal());
    digests.sha256 == sha256(text.as_bytes())
}

/// Everybody is active and has a desk phone.
async fn people(system: &TestSystem, muster: &TestEnterprise, count: usize) -> Vec<User> {
    let mut users = Vec::new();
    for n in 0..count {
        let name = format!("Anna Weber{n}");
        users.push(system.active_user(muster, &name).await);
    }
    users
}

fn ids(users: &[User]) -> Vec<UserId> {
    users.iter().map(|user| user.id).collect()
}

#[tokio::test]
async fn l2_each_gets_a_password_of_their_own_and_the_old_one_stops_working() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let users = people(&system, &muster, 3).await;
    let old = login_details::renew(&system.env, &muster.admin, users[0].id, None).await;
    let old = old.unwrap().1.password;
    let id = begin(&system, &muster.admin, &all_of(&ids(&users))).await;
    system.run_jobs().await;
    let done = renewal::get(&system.env, &muster.admin, id).await.unwrap();
    assert_eq!((done.total, done.done, done.failed), (3, 3, 0));
    assert_eq!(done.state, RenewalState::Done);
    let fetched = fetch(&system, &muster.admin, id).await;
    let mut seen = Vec::new();
    for user in &users {
        let password = password(&fetched, user.id).unwrap();
        assert!(opens(&system, user, &password).await);
        assert!(!seen.contains(&password.reveal().to_owned()));
        seen.push(password.reveal().to_owned());
    }
    assert!(!opens(&system, &users[0], &old).await);
    let now = user::get(&system.env, &muster.admin, users[1].id).await;
    assert_eq!(now.unwrap().version, users[1].version + 1);
}

#[tokio::test]
async fn l2_one_chosen_password_for_all() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let users = people(&system, &muster, 2).await;
    let request = |password: &str| BeginRenewal {
        password: Some(password.to_owned()),
        ..all_of(&ids(&users))
    };
    for (chosen, wrong) in [
        ("kurz1", Problem::TooShort { min: 8 }),
        ("=Kanne4711", Problem::LooksLikeFormula),
        ("47114711", Problem::LooksLikeNumber),
    ] {
        let refused = renewal::begin(&system.env, &muster.admin, &request(chosen)).await;
        assert_eq!(problems(refused), [(Field::Password, wrong)]);
    }
    let id = begin(&system, &muster.admin, &request("Kanne4711")).await;
    assert!(!system.database.holds(b"Kanne4711").await, "sealed");
    system.run_jobs().await;
    let chosen: PhonePassword = "Kanne4711".parse().unwrap();
    for user in &users {
        assert!(opens(&system, user, &chosen).await);
    }
    let fetched = fetch(&system, &muster.admin, id).await;
    assert_eq!(password(&fetched, users[0].id), Some(chosen));
    assert!(!system.database.holds(b"Kanne4711").await, "nor anywhere");
}

#[tokio::test]
async fn l4_who_cannot_take_part_is_skipped_with_a_reason() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let beispiel = system.enterprise("Beispiel AG").await;
    let users = people(&system, &muster, 2).await;
    let pending = system.add_user(&muster, "Paul Pending").await.user;
    let mut draft = system.draft(muster.site.id(), "Olga Ohne").await;
    draft.desk_phone_type.clear();
    let added = system.add(&muster.admin, muster.site.id(), draft).await;
    let without = system.activate(added.unwrap().user.id).await;
    let foreign = system.active_user(&beispiel, "Eva Groß").await;
    let request = all_of(&[
        users[0].id,
        foreign.id,
        pending.id,
        without.id,
        users[1].id,
        users[0].id,
    ]);
    let preview = renewal::preview(&system.env, &muster.admin, &request.whom).await;
    let preview = preview.unwrap();
    assert_eq!(preview.part, 2);
    let why: Vec<_> = preview
        .skipped
        .iter()
        .map(|who| (who.name.as_str(), who.why))
        .collect();
    let expected = [
        ("", RenewalOutcome::NotFound),
        ("Paul Pending", RenewalOutcome::NotActive),
        ("Olga Ohne", RenewalOutcome::NoDeskPhone),
    ];
    assert_eq!(why, expected);

    let id = begin(&system, &muster.admin, &request).await;
    user::delete(&system.env, &muster.admin, users[1].id, None)
        .await
        .unwrap();
    system.run_jobs().await;
    let expected = [
        RenewalOutcome::NotFound,
        RenewalOutcome::NotActive,
        RenewalOutcome::NoDeskPhone,
        RenewalOutcome::Deleted,
        RenewalOutcome::Done,
    ];
    assert_eq!(outcomes(&system, &muster.admin, id).await, expected);
    let done = renewal::get(&system.env, &muster.admin, id).await.unwrap();
    assert_eq!((done.total, done.done, done.failed), (5, 1, 4));
    let theirs = user::get(&system.env, &beispiel.admin, foreign.id).await;
    assert_eq!(theirs.unwrap().version, foreign.version, "untouched");
}

#[tokio::test]
async fn l2_interrupted_between_batches_it_goes_on_and_makes_no_password_twice() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let users = people(&system, &muster, 3).await;
    // More rows than a batch has: most are nobody's.
    let nobody = |n: u128| UserId(uuid::Uuid::from_u128(n));
    let mut asked = vec![users[0].id];
    asked.extend((1..=700).map(nobody));
    asked.extend([users[1].id, users[2].id]);
    let id = begin(&system, &muster.admin, &all_of(&asked)).await;
    jobs::run_once(&system.env).await.unwrap();
    let half = renewal::get(&system.env, &muster.admin, id).await.unwrap();
    assert_eq!((half.done, half.state), (1, RenewalState::Running));
    let early = renewal::fetch(&system.env, &muster.admin, id).await;
    assert!(matches!(early.map(|_| ()), Err(Error::NotFinished)));
    // Whoever ran it is gone with its claim; somebody else takes over.
    system.clock.advance(61);
    system.run_jobs().await;
    let done = renewal::get(&system.env, &muster.admin, id).await.unwrap();
    assert_eq!((done.done, done.failed), (3, 700));
    let wanted = journal::Wanted::default();
    let entries = journal::list(&system.env, &muster.admin, wanted)
        .await
        .unwrap();
    let renewed = entries
        .iter()
        .filter(|entry| entry.entry.action == JournalAction::LoginDetailsRenewed);
    assert_eq!(renewed.count(), 3, "once each");
    let fetched = fetch(&system, &muster.admin, id).await;
    for user in &users {
        let password = password(&fetched, user.id).unwrap();
        assert!(opens(&system, user, &password).await);
    }
}

#[tokio::test]
async fn l2_where_two_renewals_meet_the_later_password_counts_and_the_earlier_file_says_so() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let users = people(&system, &muster, 2).await;
    // All in the same millisecond: the clock stands still.
    let first = begin(&system, &muster.admin, &all_of(&ids(&users))).await;
    jobs::run_once(&system.env).await.unwrap();
    let second = begin(&system, &muster.admin, &all_of(&[users[0].id])).await;
    system.run_jobs().await;
    let (first, second) = (
        fetch(&system, &muster.admin, first).await,
        fetch(&system, &muster.admin, second).await,
    );
    assert_eq!(first.rows[0].outcome, RenewalOutcome::Replaced);
    assert_eq!(password(&first, users[0].id), None);
    let later = password(&second, users[0].id).unwrap();
    assert!(opens(&system, &users[0], &later).await);
    let untouched = password(&first, users[1].id).unwrap();
    assert!(opens(&system, &users[1], &untouched).await);
}

#[tokio::test]
async fn l3_the_result_is_there_once_for_a_day_and_goes_with_the_user() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let users = people(&system, &muster, 2).await;
    let id = begin(&system, &muster.admin, &all_of(&ids(&users))).await;
    system.run_jobs().await;
    user::delete(&system.env, &muster.admin, users[1].id, None)
        .await
        .unwrap();
    let fetched = fetch(&system, &muster.admin, id).await;
    assert_eq!(fetched.rows[1].outcome, RenewalOutcome::Deleted);
    assert!(fetched.password(&fetched.rows[1]).unwrap().is_none());
    let again = renewal::fetch(&system.env, &muster.admin, id).await;
    assert!(matches!(again.map(|_| ()), Err(Error::Gone)));
    let entries = journal::list(&system.env, &muster.admin, journal::Wanted::default()).await;
    let newest = &entries.unwrap()[0].entry;
    assert_eq!(newest.action, JournalAction::LoginDetailsFetched);

    let id = begin(&system, &muster.admin, &all_of(&[users[0].id])).await;
    system.run_jobs().await;
    system.clock.advance(Renewal::FETCHABLE_S);
    let late = renewal::fetch(&system.env, &muster.admin, id).await;
    assert!(matches!(late.map(|_| ()), Err(Error::Gone)));
    jobs::tidy(&system.env).await.unwrap();
    assert!(renewal::get(&system.env, &muster.admin, id).await.is_ok());
    system.clock.advance(Renewal::KEPT_S);
    jobs::tidy(&system.env).await.unwrap();
    let gone = renewal::get(&system.env, &muster.admin, id).await;
    assert!(matches!(gone, Err(Error::NotFound)));
}

#[tokio::test]
async fn l2_what_is_not_done_can_be_stopped() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let users = people(&system, &muster, 1).await;
    let id = begin(&system, &muster.admin, &all_of(&ids(&users))).await;
    renewal::cancel(&system.env, &muster.admin, id)
        .await
        .unwrap();
    system.run_jobs().await;
    assert_eq!(
        outcomes(&system, &muster.admin, id).await,
        [RenewalOutcome::Cancelled]
    );
    let now = user::get(&system.env, &muster.admin, users[0].id).await;
    assert_eq!(now.unwrap().version, users[0].version);
    let nothing = renewal::fetch(&system.env, &muster.admin, id).await;
    assert!(matches!(nothing.map(|_| ()), Err(Error::Gone)));
}

#[tokio::test]
async fn l2_nobody_and_too_many_are_refused_in_words() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let begin = async |whom| {
        let request = BeginRenewal {
            whom,
            ..all_of(&[])
        };
        problems(renewal::begin(&system.env, &muster.admin, &request).await)
    };
    let search = user::Filter {
        search: Some("zzz".to_owned()),
        ..user::Filter::default()
    };
    assert_eq!(
        begin(Whom::Matching(search)).await,
        [(Field::Filter, Problem::NobodyMatches)]
    );
    assert_eq!(
        begin(Whom::Users(Vec::new())).await,
        [(Field::UserIds, Problem::NobodyMatches)]
    );
    let many = (0..10_001).map(|n| UserId(uuid::Uuid::from_u128(n)));
    assert_eq!(
        begin(Whom::Users(many.collect())).await,
        [(Field::UserIds, Problem::TooManyUsers { max: 10_000 })]
    );
}

#[tokio::test]
async fn r4_site_administrators_reach_their_own_sites_and_their_own_work_only() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let london = system.site(muster.id(), "London").await;
    let users = people(&system, &muster, 1).await;
    let in_london = system.site_admin(&muster, &london).await;
    let here = system.site_admin(&muster, &muster.site).await;
    let id = begin(&system, &in_london, &all_of(&ids(&users))).await;
    system.run_jobs().await;
    assert_eq!(
        outcomes(&system, &in_london, id).await,
        [RenewalOutcome::NotFound]
    );
    let id = begin(&system, &here, &all_of(&ids(&users))).await;
    system.run_jobs().await;
    for stranger in [
        &in_london,
        &system
            .enterprise_admin(&system.enterprise("Fremd AG").await)
            .await,
    ] {
        let looked = renewal::get(&system.env, stranger, id).await;
        assert!(matches!(looked, Err(Error::NotFound)));
        let fetched = renewal::fetch(&system.env, stranger, id).await;
        assert!(matches!(fetched.map(|_| ()), Err(Error::NotFound)));
        let stopped = renewal::cancel(&system.env, stranger, id).await;
        assert!(matches!(stopped, Err(Error::NotFound)));
    }
    assert_eq!(fetch(&system, &here, id).await.rows.len(), 1);
}

#[tokio::test]
async fn l3_the_own_password_typed_again_and_wrong_ones_count() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let name = system.add_administrator(&muster, "katharina", &[]).await;
    let katharina = system.log_in(&name).await;
    let confirm =
        async |password| session::confirm(&system.env, &katharina, password, SOURCE).await;
    confirm(PASSWORD).await.unwrap();
    for _ in 0..5 {
        let wrong = problems(confirm("falsch").await);
        assert_eq!(wrong, [(Field::Password, Problem::WrongPassword)]);
    }
    let waits = confirm(PASSWORD).await;
    assert!(matches!(waits, Err(Error::TooManyAttempts { .. })));
    let login = session::login(&system.env, &name, PASSWORD, SOURCE).await;
    assert!(
        matches!(login, Err(Error::TooManyAttempts { .. })),
        "the same count"
    );
    let token = session::confirm(&system.env, &muster.admin, PASSWORD, SOURCE).await;
    assert!(
        matches!(token, Err(Error::Forbidden)),
        "a token has no password"
    );
}
