//! The history and the report of hunt, pickup and park groups: what the engine tells of a call's way is kept (G1-G4).

use model::{
    Timestamp,
    group_call::{Cause, Deed, Departure},
};
use service::{
    Error,
    group_call::{self, History, Period},
    user,
};
use sip::{
    Time,
    directory::Group,
    visit::{Bounce, Closed, Deed as Done, Leave, Visit, VisitStep},
};
use testkit::{Call, TestEnterprise, TestSystem};
use uuid::Uuid;

use crate::hunt_group::active;

const EVER: Period = Period {
    since: Timestamp(0),
    until: Timestamp(i64::MAX),
};

/// A call's way through a group; a step is a second after the one before.
fn visit(group: Uuid, begins: Time, steps: &[(&str, Done)], how: Leave) -> Visit {
    let at = |s: usize| Time::from_unix_ms(begins.unix_ms() + 1000 * s as u64);
    let steps: Vec<_> = steps.iter().zip(0..).collect();
    let answered = steps.iter().find(|((_, deed), _)| *deed == Done::Answered);
    Visit {
        group: Group(group.as_u128()),
        entered: begins,
        answered: answered.map(|((who, _), s)| ((*who).to_owned(), at(*s))),
        left: Some((at(60), how)),
        steps: steps
            .iter()
            .map(|((who, deed), s)| VisitStep {
                at: at(*s),
                who: (*who).to_owned(),
                deed: *deed,
            })
            .collect(),
    }
}

async fn history(system: &TestSystem, muster: &TestEnterprise, id: Uuid) -> History {
    let history = group_call::history(&system.env, &muster.admin, id, EVER, (None, None));
    history.await.unwrap()
}

#[tokio::test]
async fn g3_a_hunt_groups_calls_and_their_ways_are_kept_with_names() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let ben = system.active_user(&muster, "Ben Klein").await;
    let group = active(&system, &muster, "Vertrieb", &[anna.id, ben.id]).await;
    let id = group.virtual_user.id.0;
    let (to_anna, to_ben) = (anna.number.digits(), ben.number.digits());
    let taken = [
        (to_anna, Done::Offered),
        (to_anna, Done::Bounced(Bounce::NoAnswer)),
        (to_ben, Done::Offered),
        (to_ben, Done::Answered),
    ];
    let begins = system.time();
    let visits = vec![
        visit(id, begins, &taken, Leave::Talked),
        visit(id, begins, &[], Leave::Refused(Closed::GroupBusy)),
    ];
    let dialled = group.virtual_user.extension.to_string();
    let call = Call::Answered(60);
    system.call_at_groups(&anna, &dialled, call, visits).await;
    let calls = history(&system, &muster, id).await.calls;
    assert_eq!(calls.len(), 2);
    let talked = calls.iter().find(|call| call.answered.is_some()).unwrap();
    assert!(
        talked.caller.starts_with("Anna Weber ("),
        "{}",
        talked.caller
    );
    let (who, at) = talked.answered.as_ref().unwrap();
    assert_eq!((who.user, who.name.as_str()), (Some(ben.id), "Ben Klein"));
    assert_eq!(at.0 - talked.entered_at.0, 3000);
    assert_eq!((talked.offers, talked.bounces), (2, 1));
    let refused = calls.iter().find(|call| call.answered.is_none()).unwrap();
    assert_eq!(refused.departure, Departure::Refused(Cause::GroupBusy));
    let way = group_call::way(&system.env, &muster.admin, id, talked.id).await;
    let way = way.unwrap().steps;
    let told: Vec<_> = way
        .iter()
        .map(|step| (step.deed, step.member.name.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Deed::Offered, "Anna Weber"),
            (Deed::Bounced, "Anna Weber"),
            (Deed::Offered, "Ben Klein"),
            (Deed::Answered, "Ben Klein"),
        ]
    );
    let report = group_call::report(&system.env, &muster.admin, id, EVER)
        .await
        .unwrap();
    assert_eq!((report.figures.entered, report.figures.answered), (2, 1));
    let told: Vec<_> = report
        .members
        .iter()
        .map(|(who, done)| (who.name.as_str(), done.offered, done.answered, done.bounced))
        .collect();
    assert_eq!(told, [("Anna Weber", 1, 0, 1), ("Ben Klein", 1, 1, 0)]);
    assert_eq!(report.members[1].1.talked_ms, 57_000);
    user::delete(&system.env, &muster.admin, ben.id, None)
        .await
        .unwrap();
    let calls = history(&system, &muster, id).await.calls;
    let (who, _) = calls
        .iter()
        .find_map(|call| call.answered.as_ref())
        .unwrap();
    assert_eq!((who.user, who.name.as_str()), (None, "Ben Klein"));
}

#[tokio::test]
async fn r4_a_site_administrator_is_told_no_names_of_other_sites() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let group = active(&system, &muster, "Vertrieb", &[anna.id]).await;
    let (id, to_anna) = (group.virtual_user.id.0, anna.number.digits());
    let steps = [(to_anna, Done::Answered), ("7001", Done::Offered)];
    let visits = vec![visit(id, system.time(), &steps, Leave::Talked)];
    let dialled = group.virtual_user.extension.to_string();
    let call = Call::Answered(60);
    system.call_at_groups(&anna, &dialled, call, visits).await;
    let own = system.site_admin(&muster, &muster.site).await;
    let seen = group_call::history(&system.env, &own, id, EVER, (None, None)).await;
    let calls = seen.unwrap().calls;
    assert_eq!(calls[0].answered.as_ref().unwrap().0.name, "Anna Weber");
    let way = group_call::way(&system.env, &own, id, calls[0].id)
        .await
        .unwrap();
    assert_eq!(way.steps[1].member.name, "", "nobody's site is known");
    let beispiel = system.enterprise("Beispiel AG").await;
    for result in [
        group_call::history(&system.env, &beispiel.admin, id, EVER, (None, None))
            .await
            .err(),
        group_call::report(&system.env, &beispiel.admin, id, EVER)
            .await
            .err(),
        group_call::way(&system.env, &beispiel.admin, id, calls[0].id)
            .await
            .err(),
    ] {
        assert!(matches!(result, Some(Error::NotFound)), "{result:?}");
    }
}
