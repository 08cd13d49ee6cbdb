//! Pages by keyset meet everybody once, forwards and backwards, in every order and scope.

use std::collections::BTreeSet;

use model::{Cursor, Direction, Grant, Limit, Page, State, Timestamp, User, UserId, UserSort};
use store::{QueueFilter, Tenant, Tx, UserFilter, UserList, UserScope};

use super::{Company, World, world::NOW};

/// Names of which several are the same, so that the id has to decide.
const NAMES: [&str; 5] = [
    "Anna Weber",
    "Anna Weber",
    "Äne Öztürk",
    "Ben Groß",
    "Zoë Ålund",
];

/// 34 users at two sites of one enterprise, 6 of another one.
async fn many() -> (World, Company, [UserScope; 5]) {
    let world = World::new().await;
    let (muster, beispiel) = (
        world.company("muster").await,
        world.company("beispiel").await,
    );
    let (london, range) = world.site(&muster.enterprise, "London").await;
    for (n, number) in range.numbers().take(13).enumerate() {
        world
            .person_at(&muster, &london, &number, NAMES[n % 5])
            .await;
    }
    for n in 0..21 {
        world
            .person_at(
                &muster,
                &muster.site,
                &muster.number(99 - n * 3),
                NAMES[n % 5],
            )
            .await;
    }
    for n in 0..6 {
        world.person(&beispiel, n).await;
    }
    let both = world
        .account(
            &Grant::SiteAdmin(muster.id(), vec![muster.site.id, london.id]),
            "both",
        )
        .await;
    let scopes = [
        UserScope::Installation,
        UserScope::Enterprise(muster.id()),
        UserScope::Site(london.id),
        UserScope::SitesOf(muster.id(), both),
        UserScope::SitesOf(beispiel.id(), both),
    ];
    (world, muster, scopes)
}

async fn page(tx: &mut dyn Tx, list: &UserList, cursor: Option<Cursor>) -> Page<User> {
    tx.user()
        .list(&UserList {
            cursor,
            ..list.clone()
        })
        .await
        .unwrap()
}

/// All pages forwards, then all of them backwards from the last.
async fn there_and_back(tx: &mut dyn Tx, list: &UserList) -> (Vec<User>, Vec<User>) {
    let mut current = page(tx, list, None).await;
    assert_eq!(
        current.previous, None,
        "nothing stands before the first page"
    );
    let mut there = current.items.clone();
    while let Some(next) = current.next {
        current = page(tx, list, Some(next)).await;
        assert!(!current.items.is_empty(), "no page leads to an empty one");
        there.extend(current.items.clone());
    }
    let mut back = current.items.clone();
    while let Some(previous) = current.previous {
        current = page(tx, list, Some(previous)).await;
        back.splice(0..0, current.items.clone());
    }
    (there, back)
}

fn key(user: &User, sort: UserSort) -> (String, UserId) {
    let key = match sort {
        UserSort::Name => model::fold(&format!("{} {}", user.last_name, user.first_name)),
        UserSort::Number => user.number.to_string(),
        UserSort::Extension => user.extension.to_string(),
    };
    (key, user.id)
}

#[tokio::test]
async fn pages_meet_everybody_once_in_order() {
    let (world, _, scopes) = many().await;
    let mut tx = world.read().await;
    for (scope, expected) in scopes.into_iter().zip([40, 34, 13, 34, 0]) {
        for sort in UserSort::ALL {
            for direction in [Direction::Ascending, Direction::Descending] {
                for limit in [1, 7, 13, 34, 200] {
                    let (filter, limit) = (UserFilter::default(), Limit::new(limit));
                    let list = UserList {
                        scope,
                        filter,
                        sort,
                        direction,
                        cursor: None,
                        limit,
                    };
                    let (there, back) = there_and_back(tx.as_mut(), &list).await;
                    let mut keys: Vec<_> = there.iter().map(|user| key(user, sort)).collect();
                    if direction == Direction::Descending {
                        keys.reverse();
                    }
                    let context = format!("{scope:?} {sort:?} {direction:?} {limit:?}");
                    assert_eq!(keys.len(), expected, "{context}");
                    assert!(
                        keys.windows(2).all(|pair| pair[0] < pair[1]),
                        "{context}: {keys:?}"
                    );
                    assert_eq!(there, back, "{context}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_filter_holds_on_every_page() {
    let (world, muster, scopes) = many().await;
    let everybody = everybody(&world).await;
    let mut tx = world.write().await;
    for user in everybody.iter().step_by(3) {
        let state = State::Activated { at: NOW };
        assert!(
            tx.user()
                .update_state(Tenant::Installation, user.id, &state, 1)
                .await
                .unwrap()
        );
    }
    tx.commit().await.unwrap();
    let filter = UserFilter {
        department: None,
        state: Some("activated".to_owned()),
        search: Some("weber".to_owned()),
    };
    let of_muster =
        |user: &&User| user.enterprise == muster.id() && user.last_name.as_str() == "Weber";
    let expected: BTreeSet<_> = everybody
        .iter()
        .step_by(3)
        .filter(of_muster)
        .map(|user| user.id)
        .collect();
    assert!(expected.len() > 2);
    let mut tx = world.read().await;
    for sort in UserSort::ALL {
        let (scope, limit) = (scopes[1], Limit::new(2));
        let direction = Direction::Ascending;
        let list = UserList {
            scope,
            filter: filter.clone(),
            sort,
            direction,
            cursor: None,
            limit,
        };
        let (there, _) = there_and_back(tx.as_mut(), &list).await;
        assert_eq!(there.len(), expected.len());
        assert_eq!(
            there.iter().map(|user| user.id).collect::<BTreeSet<_>>(),
            expected
        );
    }
    let counted = tx.user().count(scopes[1], &filter).await.unwrap();
    assert_eq!(counted, i64::try_from(expected.len()).unwrap());
}

async fn everybody(world: &World) -> Vec<User> {
    let list = UserList {
        scope: UserScope::Installation,
        filter: UserFilter::default(),
        sort: UserSort::Number,
        direction: Direction::Ascending,
        cursor: None,
        limit: Limit::new(200),
    };
    page(world.read().await.as_mut(), &list, None).await.items
}

#[tokio::test]
async fn a_search_takes_its_signs_as_they_are() {
    let (world, _, scopes) = many().await;
    let mut tx = world.read().await;
    for (search, expected) in [
        ("%", 0),
        ("_", 0),
        ("!", 0),
        ("oztu", 7),
        ("gross", 6),
        ("weber", 21),
        ("'", 0),
    ] {
        let filter = UserFilter {
            department: None,
            state: None,
            search: Some(search.to_owned()),
        };
        assert_eq!(
            tx.user().count(scopes[0], &filter).await.unwrap(),
            expected,
            "{search}"
        );
    }
}

#[tokio::test]
async fn numbers_come_in_pages() {
    let (world, muster, _) = many().await;
    let mut tx = world.read().await;
    for (available_only, expected) in [(false, 100), (true, 79)] {
        let (mut cursor, mut numbers, limit) = (None, Vec::new(), Limit::new(9));
        loop {
            let page = tx
                .number()
                .list(muster.site.id, available_only, cursor.as_ref(), limit)
                .await
                .unwrap();
            numbers.extend(page.items.into_iter().map(|number| number.number));
            match page.next {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        assert_eq!(numbers.len(), expected);
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
    }
}

#[tokio::test]
async fn the_operators_queue_holds_whoever_is_not_active_the_oldest_first() {
    let (world, _, _) = many().await;
    let everybody = everybody(&world).await;
    let mut tx = world.write().await;
    for user in &everybody[..15] {
        let state = State::Activated { at: Timestamp(1) };
        assert!(
            tx.user()
                .update_state(Tenant::Installation, user.id, &state, 1)
                .await
                .unwrap()
        );
    }
    tx.commit().await.unwrap();
    let mut expected: Vec<_> = everybody[15..].iter().map(|user| user.id).collect();
    expected.sort();
    let mut tx = world.read().await;
    let (mut cursor, mut waiting) = (None, Vec::new());
    loop {
        let page = tx
            .activation()
            .list(&QueueFilter::default(), cursor.as_ref(), Limit::new(4))
            .await
            .unwrap();
        waiting.extend(page.items.into_iter().map(|waiting| waiting.user.id));
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(waiting, expected);
}
