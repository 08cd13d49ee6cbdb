//! Lists of users: searched, filtered, sorted, in pages.

use model::{Direction, Field, Limit, Problem, UserSort};
use service::{
    Actor, Error,
    user::{self, Filter, ListUsers},
};
use testkit::{TestEnterprise, TestSystem};

use crate::problems;

const NAMES: [&str; 6] = [
    "Anna Weber",
    "Jonas Müller",
    "Lukas Groß",
    "Mehmet Yılmaz",
    "Zoë Ångström",
    "Élise Weber",
];

async fn people() -> (TestSystem, TestEnterprise) {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    for name in NAMES {
        system.add_user(&muster, name).await;
    }
    (system, muster)
}

async fn last_names(system: &TestSystem, actor: &Actor, asked: ListUsers) -> Vec<String> {
    let listed = user::list(&system.env, actor, asked).await.unwrap();
    listed
        .page
        .items
        .iter()
        .map(model::User::full_name)
        .collect()
}

fn search(text: &str) -> ListUsers {
    let filter = Filter {
        search: Some(text.to_owned()),
        ..Filter::default()
    };
    ListUsers {
        filter,
        count: true,
        ..ListUsers::default()
    }
}

#[tokio::test]
async fn names_are_sorted_as_they_are_read() {
    let (system, muster) = people().await;
    let expected = [
        "Zoë Ångström",
        "Lukas Groß",
        "Jonas Müller",
        "Anna Weber",
        "Élise Weber",
        "Mehmet Yılmaz",
    ];
    assert_eq!(
        last_names(&system, &muster.admin, ListUsers::default()).await,
        expected
    );
    let descending = ListUsers {
        direction: Direction::Descending,
        ..ListUsers::default()
    };
    let reversed: Vec<_> = expected.into_iter().rev().collect();
    assert_eq!(
        last_names(&system, &muster.admin, descending).await,
        reversed
    );
    let by_number = ListUsers {
        sort: UserSort::Number,
        ..ListUsers::default()
    };
    assert_eq!(
        last_names(&system, &muster.admin, by_number).await,
        NAMES,
        "in the order in which they were added"
    );
    let by_extension = ListUsers {
        sort: UserSort::Extension,
        ..ListUsers::default()
    };
    assert_eq!(
        last_names(&system, &muster.admin, by_extension).await,
        NAMES
    );
}

#[tokio::test]
async fn a_search_finds_names_without_their_accents_and_numbers_as_people_type_them() {
    let (system, muster) = people().await;
    let cases: [(&str, &[&str]); 15] = [
        ("muller", &["Jonas Müller"]),
        ("MÜLLER", &["Jonas Müller"]),
        ("groß", &["Lukas Groß"]),
        ("gross", &["Lukas Groß"]),
        ("angstrom", &["Zoë Ångström"]),
        ("weber", &["Anna Weber", "Élise Weber"]),
        ("anna.weber", &["Anna Weber"]),
        ("anna.weber@muster", &["Anna Weber"]),
        ("0211 5551001", &["Jonas Müller"]),
        ("02115551001", &["Jonas Müller"]),
        ("+49 211 555-1001", &["Jonas Müller"]),
        ("0049 211 5551001", &["Jonas Müller"]),
        ("1001", &["Jonas Müller"]),
        ("niemand", &[]),
        ("we\0ber", &["Anna Weber", "Élise Weber"]),
    ];
    for (text, expected) in cases {
        let listed = user::list(&system.env, &muster.admin, search(text))
            .await
            .unwrap();
        let names: Vec<_> = listed
            .page
            .items
            .iter()
            .map(model::User::full_name)
            .collect();
        assert_eq!(names, expected, "{text}");
        assert_eq!(
            listed.count,
            Some(i64::try_from(expected.len()).unwrap()),
            "{text}"
        );
    }
    for empty in ["", "   "] {
        assert_eq!(
            last_names(&system, &muster.admin, search(empty))
                .await
                .len(),
            NAMES.len()
        );
    }
}

#[tokio::test]
async fn a_state_is_asked_for_by_its_name() {
    let (system, muster) = people().await;
    let everybody = user::list(&system.env, &muster.admin, ListUsers::default())
        .await
        .unwrap()
        .page
        .items;
    system.activate(everybody[0].id).await;
    system.fail(everybody[1].id, "no route").await;
    let of_state = |state: &str| {
        let filter = Filter {
            state: Some(state.to_owned()),
            ..Filter::default()
        };
        ListUsers {
            filter,
            count: true,
            ..ListUsers::default()
        }
    };
    for (state, expected) in [("activated", 1), ("failed", 1), ("pending", 4), ("", 6)] {
        let listed = user::list(&system.env, &muster.admin, of_state(state))
            .await
            .unwrap();
        assert_eq!(
            (listed.page.items.len(), listed.count),
            (expected, Some(expected as i64)),
            "{state}"
        );
    }
    let unknown = user::list(&system.env, &muster.admin, of_state("asleep")).await;
    assert_eq!(problems(unknown), [(Field::State, Problem::Unknown)]);
}

#[tokio::test]
async fn pages_go_there_and_back() {
    let (system, muster) = people().await;
    let limit = Limit::new(4);
    let ask = async |cursor| {
        let asked = ListUsers {
            cursor,
            limit,
            ..ListUsers::default()
        };
        user::list(&system.env, &muster.admin, asked)
            .await
            .unwrap()
            .page
    };
    let first = ask(None).await;
    let second = ask(first.next.clone()).await;
    assert_eq!((first.items.len(), second.items.len()), (4, 2));
    assert_eq!(
        (first.previous.is_none(), second.next.is_none()),
        (true, true)
    );
    assert_eq!(ask(second.previous).await.items, first.items);
}

#[tokio::test]
async fn r4_a_list_holds_what_the_actor_administers() {
    let (system, muster) = people().await;
    let beispiel = system.enterprise("Beispiel AG").await;
    let london = system.site(muster.id(), "London").await;
    let draft = system.draft(london.id(), "Olivia Bennett").await;
    system.add(&muster.admin, london.id(), draft).await.unwrap();
    system.add_user(&beispiel, "Ben Klein").await;
    let of_london = system.site_admin(&muster, &london).await;
    let sites = [muster.site.id(), london.id()];
    let of_both = system
        .log_in(&system.add_administrator(&muster, "beide", &sites).await)
        .await;
    let cases = [
        (&system.operator, 8),
        (&muster.admin, 7),
        (&of_both, 7),
        (&of_london, 1),
        (&beispiel.admin, 1),
    ];
    for (actor, expected) in cases {
        assert_eq!(
            last_names(&system, actor, ListUsers::default()).await.len(),
            expected,
            "{:?}",
            actor.grant()
        );
    }
    let of = |enterprise| {
        let filter = Filter {
            enterprise: Some(enterprise),
            ..Filter::default()
        };
        ListUsers {
            filter,
            ..ListUsers::default()
        }
    };
    assert_eq!(
        last_names(&system, &system.operator, of(beispiel.id())).await,
        ["Ben Klein"]
    );
    assert_eq!(
        last_names(&system, &of_london, of(muster.id())).await,
        ["Olivia Bennett"]
    );
    for actor in [&muster.admin, &of_london] {
        let foreign = user::list(&system.env, actor, of(beispiel.id())).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    }
}
