//! What the call engine keeps to: calls at once, MD5, and the number that emergency services see.

use model::{Change, Field, JournalAction, JournalEntry, Limit, Problem, Telephony};
use service::{
    Error,
    enterprise::{self, SetTelephony},
    journal, site,
};
use testkit::TestSystem;

use crate::problems;

fn typed(refuses_md5: bool, max_calls: &str) -> SetTelephony {
    SetTelephony {
        refuses_md5,
        max_calls: max_calls.to_owned(),
    }
}

async fn newest(system: &TestSystem) -> JournalEntry {
    let wanted = journal::Wanted {
        limit: Limit::new(1),
        ..journal::Wanted::default()
    };
    let entries = journal::list(&system.env, &system.operator, wanted).await;
    entries.unwrap().remove(0)
}

fn change(field: &str, before: Option<&str>, after: Option<&str>) -> Change {
    Change {
        field: field.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    }
}

#[tokio::test]
async fn r5_the_operator_sets_how_many_calls_there_are_at_once_and_whether_md5_is_refused() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let changed = enterprise::set_telephony(
        &system.env,
        &system.operator,
        muster.id(),
        &typed(true, " 20 "),
    )
    .await
    .unwrap();
    let expected = Telephony {
        refuses_md5: true,
        max_calls: 20,
    };
    assert_eq!(changed.telephony, expected);
    let stored = enterprise::get(&system.env, &muster.admin, muster.id()).await;
    assert_eq!(stored.unwrap(), changed);
    let entry = newest(&system).await.entry;
    assert_eq!(entry.action, JournalAction::EnterpriseChanged);
    assert_eq!(
        entry.changes,
        [
            change("refuses_md5", Some("false"), Some("true")),
            change("max_calls", Some("500"), Some("20")),
        ]
    );
}

#[tokio::test]
async fn the_number_of_calls_at_once_has_bounds() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let before = newest(&system).await;
    for max_calls in ["", "0", "10001", "-1", "1.5", "many", "\u{0}"] {
        let request = typed(true, max_calls);
        let refused =
            enterprise::set_telephony(&system.env, &system.operator, muster.id(), &request).await;
        let problem = Problem::OutOfRange {
            min: 1,
            max: 10_000,
        };
        assert_eq!(problems(refused), [(Field::MaxCalls, problem)]);
    }
    let kept = enterprise::get(&system.env, &system.operator, muster.id()).await;
    assert_eq!(kept.unwrap().telephony, Telephony::default());
    assert_eq!(newest(&system).await, before);
}

#[tokio::test]
async fn r5_the_main_number_of_a_site_is_one_of_its_own_or_none() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let id = muster.site.id();
    let first = muster.site.first_number.as_str();
    let set = async |number| site::set_main_number(&system.env, &muster.admin, id, number).await;
    let main_number = async || {
        let place = site::get(&system.env, &muster.admin, id).await.unwrap();
        place.site.main_number.map(|number| number.to_string())
    };

    let place = set("0211 5551000").await.unwrap();
    assert_eq!(place.site.main_number.unwrap().to_string(), first);
    assert_eq!(main_number().await.as_deref(), Some(first));
    let entry = newest(&system).await.entry;
    assert_eq!(entry.action, JournalAction::SiteChanged);
    assert_eq!(entry.changes, [change("main_number", None, Some(first))]);

    let london = system.site(muster.id(), "London").await;
    for (number, problem) in [
        (london.first_number.as_str(), Problem::NotOfSite),
        ("+4930999", Problem::NotOfSite),
        ("main", Problem::InvalidNumber),
        ("112", Problem::InvalidNumber),
    ] {
        let refused = set(number).await;
        assert_eq!(
            problems(refused),
            [(Field::MainNumber, problem)],
            "{number}"
        );
    }
    assert_eq!(main_number().await.as_deref(), Some(first));

    set(" ").await.unwrap();
    assert_eq!(main_number().await, None);
}

#[tokio::test]
async fn r4_who_may_know_a_site_may_not_all_set_its_main_number() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let other = system.enterprise("Fremd AG").await;
    let of_site = system.site_admin(&muster, &muster.site).await;
    let first = muster.site.first_number.as_str();
    let set = async |actor| {
        site::set_main_number(&system.env, actor, muster.site.id(), first)
            .await
            .map(|_| ())
    };
    set(&system.operator).await.unwrap();
    set(&muster.admin).await.unwrap();
    let forbidden = set(&of_site).await;
    assert!(matches!(forbidden, Err(Error::Forbidden)), "{forbidden:?}");
    let hidden = set(&other.admin).await;
    assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
}
