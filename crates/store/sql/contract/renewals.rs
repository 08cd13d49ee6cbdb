//! New login details for many users: rows have their turn once, results are there once, and all of it is inside the enterprise.

use model::{
    EnterpriseId, Limit, Renewal, RenewalId, RenewalOutcome, RenewalState, State, Timestamp, UserId,
};
use store::{NewRenewalRow, PhoneLogin, RenewedLogin, Tenant, Tx};
use uuid::Uuid;

use super::{
    Company, Person, World,
    isolation::two,
    world::{NOW, entry, phone_login},
};

fn renewal(enterprise: EnterpriseId, total: usize) -> Renewal {
    Renewal {
        id: RenewalId(Uuid::from_u128(enterprise.0.as_u128() + 7)),
        enterprise,
        owner: Uuid::nil(),
        account: None,
        actor_name: "katharina".to_owned(),
        state: RenewalState::Running,
        is_chosen: false,
        total: i64::try_from(total).unwrap(),
        done: 0,
        failed: 0,
        created_at: NOW,
        expires_at: NOW.plus_seconds(Renewal::FETCHABLE_S),
        finished_at: None,
        fetched_at: None,
    }
}

fn row(user: UserId) -> NewRenewalRow {
    NewRenewalRow {
        asked: user,
        user: Some(user),
        name: "Anna Weber".to_owned(),
        outcome: RenewalOutcome::Waiting,
    }
}

fn login(user: UserId, login: &str, issued_at: Timestamp) -> RenewedLogin {
    RenewedLogin {
        user,
        login: login.to_owned(),
        digests: vec![9, 8, 7],
        password: vec![1, 0, 255],
        issued_at,
    }
}

async fn begin(tx: &mut dyn Tx, company: &Company, users: &[UserId]) -> RenewalId {
    let renewal = renewal(company.id(), users.len());
    let rows: Vec<_> = users.iter().copied().map(row).collect();
    let chosen = Some(&[5, 6][..]);
    let is_new = tx.renewal().insert(&renewal, chosen, &rows).await.unwrap();
    assert!(is_new);
    let again = tx.renewal().insert(&renewal, None, &rows).await.unwrap();
    assert!(!again, "an id is there once");
    renewal.id
}

/// A renewal that holds a password of the user.
pub(super) async fn in_renewal(tx: &mut dyn Tx, company: &Company, user: UserId) {
    let id = begin(tx, company, &[user]).await;
    let new = login(user, company.number(0).digits(), NOW);
    tx.renewal().put_logins(id, &[new]).await.unwrap();
}

async fn activate(tx: &mut dyn Tx, person: &Person) {
    let state = State::Activated { at: NOW };
    let users = tx.user();
    let done = users.update_state(Tenant::Installation, person.id, &state, 1);
    assert!(done.await.unwrap());
}

#[tokio::test]
async fn l2_rows_have_their_turn_once_in_order_with_what_holds_by_then() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben, eva) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
        world.person(&muster, 2).await,
    );
    let mut tx = world.write().await;
    activate(tx.as_mut(), &anna).await;
    let id = begin(tx.as_mut(), &muster, &[anna.id, ben.id, eva.id]).await;
    let gone = tx.user().delete(muster.tenant(), eva.id, 1).await.unwrap();
    assert!(gone);

    let first = tx.renewal().take(id, 2).await.unwrap().unwrap();
    assert!(!first.is_last);
    assert_eq!(first.chosen, Some(vec![5, 6]));
    let known = |nth: usize| first.turns[nth].user.clone().unwrap();
    assert_eq!((known(0).user, known(0).obstacle), (anna.id, None));
    assert_eq!(known(0).number, muster.number(0));
    assert_eq!(known(0).issued_at, Some(NOW));
    assert_eq!(known(1).obstacle, Some(RenewalOutcome::NotActive));
    let outcomes = [(0, RenewalOutcome::Done), (1, RenewalOutcome::NotActive)];
    tx.renewal().update_outcomes(id, &outcomes).await.unwrap();

    let second = tx.renewal().take(id, 2).await.unwrap().unwrap();
    assert!(second.is_last);
    assert_eq!((second.turns.len(), second.turns[0].position), (1, 2));
    assert!(second.turns[0].user.is_none(), "deleted meanwhile");
    let outcomes = [(2, RenewalOutcome::Deleted)];
    tx.renewal().update_outcomes(id, &outcomes).await.unwrap();
    let (tenant, done) = (muster.tenant(), RenewalState::Done);
    assert!(tx.renewal().finish(tenant, id, done, NOW).await.unwrap());
    assert!(tx.renewal().take(id, 2).await.unwrap().is_none(), "over");

    let head = tx.renewal().get(tenant, id).await.unwrap().unwrap();
    assert_eq!((head.done, head.failed), (1, 2));
    assert_eq!((head.state, head.finished_at), (done, Some(NOW)));
    let rows = tx.renewal();
    let all = rows
        .list_rows(tenant, id, None, Limit::new(10))
        .await
        .unwrap();
    let found: Vec<_> = all.iter().map(|row| (row.asked, row.outcome)).collect();
    let expected = [
        (ben.id, RenewalOutcome::NotActive),
        (eva.id, RenewalOutcome::Deleted),
        (anna.id, RenewalOutcome::Done),
    ];
    assert_eq!(found, expected, "those that were skipped come first");
    assert_eq!((all[1].user, all[1].name.as_str()), (None, "Anna Weber"));
    let after = Some(all[1].place);
    let rest = rows.list_rows(tenant, id, after, Limit::new(10)).await;
    assert_eq!(rest.unwrap(), all[2..]);
}

#[tokio::test]
async fn l3_passwords_are_fetched_once_and_only_those_in_force() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
    );
    let mut tx = world.write().await;
    let id = begin(tx.as_mut(), &muster, &[anna.id, ben.id]).await;
    let later = NOW.plus_seconds(1);
    let logins = [
        login(anna.id, muster.number(0).digits(), later),
        login(ben.id, muster.number(1).digits(), later),
    ];
    tx.renewal().put_logins(id, &logins).await.unwrap();
    let outcomes = [(0, RenewalOutcome::Done), (1, RenewalOutcome::Done)];
    tx.renewal().update_outcomes(id, &outcomes).await.unwrap();
    let tenant = muster.tenant();
    let stored = tx.phone_login().get(tenant, anna.id).await.unwrap();
    let expected = PhoneLogin {
        login: muster.number(0).digits().to_owned(),
        sealed: vec![9, 8, 7],
        issued_at: later,
    };
    assert_eq!(stored, Some(expected));
    let early = tx.renewal().fetch(tenant, id, later).await.unwrap();
    assert!(early.is_none(), "not while it runs");
    let done = RenewalState::Done;
    assert!(tx.renewal().finish(tenant, id, done, later).await.unwrap());
    // Ben gets newer ones by himself.
    let newer = PhoneLogin {
        issued_at: NOW.plus_seconds(2),
        ..phone_login(muster.number(1).digits())
    };
    tx.phone_login().put(tenant, ben.id, &newer).await.unwrap();

    let rows = tx
        .renewal()
        .fetch(tenant, id, later)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(rows[0].outcome, RenewalOutcome::Done);
    assert_eq!(rows[0].password, Some(vec![1, 0, 255]));
    assert_eq!(rows[0].login.as_deref(), Some(muster.number(0).digits()));
    assert_eq!(rows[0].number, Some(muster.number(0)));
    assert_eq!(rows[1].outcome, RenewalOutcome::Replaced);
    assert_eq!((&rows[1].password, &rows[1].login), (&None, &None));
    let again = tx.renewal().fetch(tenant, id, later).await.unwrap();
    assert!(again.is_none(), "once");
    tx.commit().await.unwrap();
    assert_eq!(world.user(anna.id).await.version, 2);
}

#[tokio::test]
async fn l3_what_nobody_fetches_goes() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let mut tx = world.write().await;
    in_renewal(tx.as_mut(), &muster, anna.id).await;
    let head = renewal(muster.id(), 1);
    let (tenant, id, end) = (muster.tenant(), head.id, head.expires_at);
    let (at, done) = (end.plus_seconds(-1), RenewalState::Done);
    tx.renewal().delete_passwords(at).await.unwrap();
    tx.renewal()
        .update_outcomes(id, &[(0, done_row())])
        .await
        .unwrap();
    let taken = tx.renewal().take(id, 1).await.unwrap().unwrap();
    assert!(taken.chosen.is_some(), "not yet");
    tx.renewal().delete_passwords(end).await.unwrap();
    let taken = tx.renewal().take(id, 1).await.unwrap().unwrap();
    assert_eq!(taken.chosen, None);
    assert!(tx.renewal().finish(tenant, id, done, at).await.unwrap());
    assert!(tx.renewal().fetch(tenant, id, end).await.unwrap().is_none());
    let rows = tx.renewal().fetch(tenant, id, at).await.unwrap().unwrap();
    assert_eq!(rows[0].password, None);
    tx.renewal().delete_older(end).await.unwrap();
    assert!(tx.renewal().get(tenant, id).await.unwrap().is_some());
    tx.renewal()
        .delete_older(end.plus_seconds(1))
        .await
        .unwrap();
    assert!(tx.renewal().get(tenant, id).await.unwrap().is_none());
}

fn done_row() -> RenewalOutcome {
    RenewalOutcome::Done
}

#[tokio::test]
async fn r4_renewals_stay_inside_their_enterprise() {
    let (world, [(muster, anna), (beispiel, ben)]) = two().await;
    let mut tx = world.write().await;
    let id = begin(tx.as_mut(), &muster, &[anna.id]).await;
    let both = [anna.id, ben.id, UserId(Uuid::nil())];
    for (company, person) in [(&muster, &anna), (&beispiel, &ben)] {
        let found = tx.renewal().list_candidates(company.id(), &both).await;
        let found: Vec<_> = found.unwrap().iter().map(|c| c.user).collect();
        assert_eq!(found, [person.id]);
    }
    let numbers = tx.renewal().list_numbers(&both).await.unwrap();
    assert_eq!(numbers.len(), 2, "of everybody who is there: {numbers:?}");
    let (foreign, own) = (beispiel.tenant(), muster.tenant());
    let done = RenewalState::Done;
    assert!(tx.renewal().get(foreign, id).await.unwrap().is_none());
    let rows = tx.renewal().list_rows(foreign, id, None, Limit::new(1));
    assert_eq!(rows.await.unwrap(), []);
    assert!(!tx.renewal().finish(foreign, id, done, NOW).await.unwrap());
    assert!(tx.renewal().finish(own, id, done, NOW).await.unwrap());
    assert!(
        tx.renewal()
            .fetch(foreign, id, NOW)
            .await
            .unwrap()
            .is_none()
    );
    assert!(tx.renewal().fetch(own, id, NOW).await.unwrap().is_some());
}

#[tokio::test]
async fn r5_many_entries_are_written_as_one_is() {
    let (world, [(muster, anna), (_, ben)]) = two().await;
    let mut tx = world.write().await;
    let one = entry(muster.id(), muster.site.id, anna.id.0);
    let two = entry(muster.id(), muster.site.id, ben.id.0);
    tx.journal().insert(&one).await.unwrap();
    let many = [one.clone(), two.clone()];
    tx.journal().insert_all(&many).await.unwrap();
    let scope = store::JournalScope::Enterprise(muster.id());
    let filter = store::JournalFilter {
        actor: Some(model::fold(&one.actor_name)),
        ..store::JournalFilter::default()
    };
    let found = tx
        .journal()
        .list(scope, &filter, None, Limit::new(10))
        .await
        .unwrap();
    let found: Vec<_> = found.into_iter().map(|entry| entry.entry).collect();
    assert_eq!(found, [two, one.clone(), one]);
}
