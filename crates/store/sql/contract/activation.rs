//! How far activations have come, the operator's queue, and orders and reports that count once.

use model::{ActivationRequest, Cursor, FailureReason, JobId, Limit, NextStep, OrderId, State};
use store::{JobKind, QueueFilter, SentOrder, Tenant, Tx};

use super::{World, isolation::two, world::NOW};

fn request(by: &str) -> ActivationRequest {
    ActivationRequest {
        at: NOW,
        by: by.to_owned(),
        message: Some("Bitte\nprüfen".parse().unwrap()),
    }
}

async fn next(tx: &mut dyn Tx, user: model::UserId) -> NextStep {
    let progress = tx.activation().get(Tenant::Installation, user).await;
    progress.unwrap().unwrap().next_step(NOW)
}

#[tokio::test]
async fn s3_what_is_waited_for_goes_from_the_job_over_the_order_to_the_operator() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let mut tx = world.write().await;
    assert_eq!(
        next(tx.as_mut(), anna.id).await,
        NextStep::Attempt { at: NOW }
    );
    let order = OrderId(anna.job.0);
    for at in [NOW, NOW.plus_seconds(5)] {
        tx.activation()
            .insert_order(order, anna.id, at)
            .await
            .unwrap();
    }
    tx.job().delete_activation(anna.id).await.unwrap();
    let since = NOW.plus_seconds(1);
    for at in [since, NOW.plus_seconds(9)] {
        tx.activation().update_accepted(order, at).await.unwrap();
    }
    assert_eq!(
        next(tx.as_mut(), anna.id).await,
        NextStep::Carrier { since }
    );
    let reminder = JobId(world.id());
    let reminder_at = NOW.plus_seconds(3600);
    tx.job()
        .insert(reminder, JobKind::ActivationReminder(anna.id), reminder_at)
        .await
        .unwrap();
    let progress = tx.activation().get(muster.tenant(), anna.id).await;
    let progress = progress.unwrap().unwrap();
    assert_eq!(progress.reminder_at, Some(reminder_at));
    assert_eq!(
        progress.order.unwrap().ordered_at,
        NOW,
        "sent again, it is the same order"
    );
    tx.activation().settle(anna.id, NOW).await.unwrap();
    for at in [since, NOW.plus_seconds(9)] {
        tx.activation().put_waiting(anna.id, at).await.unwrap();
    }
    assert_eq!(
        next(tx.as_mut(), anna.id).await,
        NextStep::Operator { since }
    );
    tx.activation().update_reminded(anna.id, NOW).await.unwrap();
    let progress = tx.activation().get(muster.tenant(), anna.id).await;
    assert_eq!(progress.unwrap().unwrap().reminded_at, Some(NOW));
}

#[tokio::test]
async fn an_order_is_open_until_somebody_decides_and_known_until_the_user_goes() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let order = OrderId(world.id());
    let mut tx = world.write().await;
    assert_eq!(tx.activation().get_order(order).await.unwrap(), None);
    tx.activation()
        .insert_order(order, anna.id, NOW)
        .await
        .unwrap();
    let sent = |is_open| {
        let user = anna.id;
        Some(SentOrder { user, is_open })
    };
    assert_eq!(tx.activation().get_order(order).await.unwrap(), sent(true));
    tx.activation().settle(anna.id, NOW).await.unwrap();
    assert_eq!(tx.activation().get_order(order).await.unwrap(), sent(false));
    let version = 1;
    assert!(
        tx.user()
            .delete(Tenant::Installation, anna.id, version)
            .await
            .unwrap()
    );
    assert_eq!(tx.activation().get_order(order).await.unwrap(), None);
}

#[tokio::test]
async fn a_user_has_one_open_order() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let mut tx = world.write().await;
    let (first, second) = (OrderId(world.id()), OrderId(world.id()));
    tx.activation()
        .insert_order(first, anna.id, NOW)
        .await
        .unwrap();
    assert!(
        tx.activation()
            .insert_order(second, anna.id, NOW)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_report_is_new_once_and_then_answered_as_before() {
    let world = World::new().await;
    let mut tx = world.write().await;
    assert_eq!(
        tx.activation().insert_report("msg_1", NOW).await.unwrap(),
        None
    );
    tx.activation()
        .update_report("msg_1", "done")
        .await
        .unwrap();
    let again = tx.activation().insert_report("msg_1", NOW).await.unwrap();
    assert_eq!(again.as_deref(), Some("done"));
    assert_eq!(
        tx.activation().insert_report("msg_2", NOW).await.unwrap(),
        None
    );
    tx.activation().delete_reports_older(NOW).await.unwrap();
    assert!(
        tx.activation()
            .insert_report("msg_1", NOW)
            .await
            .unwrap()
            .is_some()
    );
    tx.activation()
        .delete_reports_older(NOW.plus_seconds(1))
        .await
        .unwrap();
    assert_eq!(
        tx.activation().insert_report("msg_1", NOW).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn r4_the_progress_of_a_foreign_user_is_neither_read_nor_asked_about() {
    let (world, [(muster, anna), (beispiel, _)]) = two().await;
    let mut tx = world.write().await;
    let foreign = tx.activation().get(beispiel.tenant(), anna.id).await;
    assert_eq!(foreign.unwrap(), None);
    let asked = request("admin");
    for (tenant, expected) in [(beispiel.tenant(), false), (muster.tenant(), true)] {
        let done = tx.activation().put_request(tenant, anna.id, &asked).await;
        assert_eq!(done.unwrap(), expected);
    }
    let progress = tx.activation().get(muster.tenant(), anna.id).await;
    assert_eq!(progress.unwrap().unwrap().request, Some(asked));
}

/// Twelve people of two companies, the third, sixth… Failed, two of these asked about.
async fn queue() -> (
    World,
    Vec<model::UserId>,
    [model::UserId; 2],
    model::EnterpriseId,
) {
    let world = World::new().await;
    let (muster, beispiel) = (
        world.company("muster").await,
        world.company("beispiel").await,
    );
    let mut ids = Vec::new();
    for nth in 0..12 {
        let company = if nth % 2 == 0 { &muster } else { &beispiel };
        ids.push(world.person(company, nth).await.id);
    }
    let mut tx = world.write().await;
    for id in ids.iter().skip(2).step_by(3) {
        let reason = FailureReason::PortingUnconfirmed;
        let failed = State::Failed { reason };
        assert!(
            tx.user()
                .update_state(Tenant::Installation, *id, &failed, 1)
                .await
                .unwrap()
        );
    }
    let asked = [ids[5], ids[8]];
    for id in asked {
        let asked = request("admin");
        assert!(
            tx.activation()
                .put_request(Tenant::Installation, id, &asked)
                .await
                .unwrap()
        );
    }
    tx.commit().await.unwrap();
    (world, ids, asked, muster.id())
}

async fn page(
    tx: &mut dyn Tx,
    filter: &QueueFilter,
    cursor: Option<&Cursor>,
) -> (Vec<model::UserId>, Option<Cursor>, Option<Cursor>) {
    let page = tx
        .activation()
        .list(filter, cursor, Limit::new(3))
        .await
        .unwrap();
    let ids = page.items.iter().map(|item| item.user.id).collect();
    (ids, page.next, page.previous)
}

#[tokio::test]
async fn s4_who_was_asked_about_comes_first_and_pages_go_forth_and_back() {
    let (world, ids, asked, _) = queue().await;
    let rest = ids.iter().copied().filter(|id| !asked.contains(id));
    let expected: Vec<_> = asked.into_iter().chain(rest).collect();
    let mut tx = world.read().await;
    let all = QueueFilter::default();
    let (mut pages, mut cursor, mut last) = (Vec::new(), None, None);
    loop {
        let (ids, next, previous) = page(tx.as_mut(), &all, cursor.as_ref()).await;
        pages.push(ids);
        match next {
            Some(next) => cursor = Some(next),
            None => {
                last.clone_from(&previous);
                break;
            }
        }
    }
    assert_eq!(pages.concat(), expected);
    let mut back = Vec::new();
    while let Some(cursor) = last {
        let (ids, _, previous) = page(tx.as_mut(), &all, Some(&cursor)).await;
        back.insert(0, ids);
        last = previous;
    }
    assert_eq!(back, pages[..pages.len() - 1]);
}

#[tokio::test]
async fn the_queue_is_filtered_by_enterprise_state_and_age() {
    let (world, ids, asked, muster) = queue().await;
    let mut tx = world.read().await;
    let mut found = async |filter: QueueFilter| {
        let page = tx
            .activation()
            .list(&filter, None, Limit::new(50))
            .await
            .unwrap();
        let mut ids: Vec<_> = page.items.iter().map(|item| item.user.id).collect();
        ids.sort();
        ids
    };
    let all = QueueFilter::default;
    let of_muster = QueueFilter {
        enterprise: Some(muster),
        ..all()
    };
    let expected: Vec<_> = ids.iter().copied().step_by(2).collect();
    assert_eq!(found(of_muster).await, expected);
    let failed = QueueFilter {
        state: Some("failed".to_owned()),
        ..all()
    };
    let expected: Vec<_> = ids.iter().copied().skip(2).step_by(3).collect();
    assert!(expected.contains(&asked[0]));
    assert_eq!(found(failed).await, expected);
    for (before, count) in [(NOW, 0), (NOW.plus_seconds(1), 12)] {
        let old = QueueFilter {
            before: Some(before),
            ..all()
        };
        assert_eq!(found(old).await.len(), count);
    }
}

#[tokio::test]
async fn the_oldest_pending_user_is_known() {
    let world = World::new().await;
    assert_eq!(
        world
            .read()
            .await
            .activation()
            .oldest_pending()
            .await
            .unwrap(),
        None
    );
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let oldest = world.read().await.activation().oldest_pending().await;
    assert_eq!(oldest.unwrap(), Some(NOW));
    let mut tx = world.write().await;
    let reason = FailureReason::ContractMissing;
    let failed = State::Failed { reason };
    assert!(
        tx.user()
            .update_state(Tenant::Installation, anna.id, &failed, 1)
            .await
            .unwrap()
    );
    assert_eq!(tx.activation().oldest_pending().await.unwrap(), None);
}
