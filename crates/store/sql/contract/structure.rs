//! Departments, administrators, numbers and what is used: each changed on behalf of its own enterprise and site only.

use model::{
    Cursor, Department, DepartmentId, Grant, Language, Limit, NewJournalEntry, Package, Product,
    Timestamp,
};
use store::{Account, JournalFilter, JournalScope, NumberFilter, UserFilter, UserScope};

use super::{
    isolation::two,
    world::{Company, NOW, World, entry, session},
};

async fn below(world: &World, company: &Company, parent: DepartmentId, name: &str) -> Department {
    let department = Department {
        id: DepartmentId(world.id()),
        site: company.site.id,
        parent: Some(parent),
        name: name.parse().unwrap(),
    };
    let mut tx = world.write().await;
    tx.department().insert(&department).await.unwrap();
    tx.commit().await.unwrap();
    department
}

/// Puts the person into a department.
async fn join(world: &World, company: &Company, person: model::UserId, department: DepartmentId) {
    let user = world.user(person).await;
    let mut new = super::world::new_user(&user.number, "Anna Weber");
    new.department = Some(department);
    new.extension = user.extension.clone();
    let mut tx = world.write().await;
    let updated = tx
        .user()
        .update(company.tenant(), person, &new, user.version);
    assert_eq!(updated.await.unwrap(), store::Updated::Done);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn r2_a_deleted_department_leaves_its_people_and_parts_to_the_one_above() {
    let (world, [(muster, anna), (beispiel, _)]) = two().await;
    let inner = below(&world, &muster, muster.department, "Innendienst").await;
    let deepest = below(&world, &muster, inner.id, "Angebote").await;
    join(&world, &muster, anna.id, inner.id).await;
    let version = world.user(anna.id).await.version;
    let mut tx = world.write().await;
    let foreign = Department {
        site: beispiel.site.id,
        ..inner.clone()
    };
    assert!(!tx.department().delete(&foreign).await.unwrap());
    assert!(!tx.department().update(&foreign).await.unwrap());
    assert!(tx.department().delete(&inner).await.unwrap());
    let found = tx
        .department()
        .get(muster.site.id, deepest.id)
        .await
        .unwrap();
    assert_eq!(found.unwrap().parent, Some(muster.department));
    tx.commit().await.unwrap();
    let user = world.user(anna.id).await;
    assert_eq!(user.department, Some(muster.department));
    assert_eq!(user.version, version + 1);
}

#[tokio::test]
async fn r2_r4_departments_are_found_and_counted_inside_their_enterprise() {
    let (world, [(muster, anna), (beispiel, _)]) = two().await;
    join(&world, &muster, anna.id, muster.department).await;
    let mut tx = world.read().await;
    let of = |company: &Company| company.tenant();
    let found = tx.department().get_of(of(&muster), muster.department).await;
    assert!(found.unwrap().is_some());
    let found = tx
        .department()
        .get_of(of(&beispiel), muster.department)
        .await;
    assert!(found.unwrap().is_none());
    let users = tx.department().count_users(muster.site.id).await.unwrap();
    assert_eq!(users, [(muster.department, 1)]);
    let users = tx.department().count_users(beispiel.site.id).await.unwrap();
    assert_eq!(users, [(beispiel.department, 0)]);
}

#[tokio::test]
async fn r2_users_are_filtered_by_department_with_those_below() {
    let (world, [(muster, anna), _]) = two().await;
    let inner = below(&world, &muster, muster.department, "Innendienst").await;
    let other = below(&world, &muster, muster.department, "Außendienst").await;
    join(&world, &muster, anna.id, inner.id).await;
    let mut tx = world.read().await;
    for (department, expected) in [(muster.department, 1), (inner.id, 1), (other.id, 0)] {
        let filter = UserFilter {
            department: Some(department),
            ..UserFilter::default()
        };
        let list = store::UserList {
            scope: UserScope::Site(muster.site.id),
            filter: filter.clone(),
            sort: model::UserSort::Name,
            direction: model::Direction::Ascending,
            cursor: None,
            limit: Limit::default(),
        };
        let users = tx.user().list(&list).await.unwrap().items;
        assert_eq!(users.len(), expected);
        let count = tx.user().count(list.scope, &filter).await.unwrap();
        assert_eq!(usize::try_from(count).unwrap(), expected);
    }
}

#[tokio::test]
async fn r1_r4_an_administrator_is_changed_and_removed_inside_the_enterprise_only() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    let mut tx = world.write().await;
    let foreign = beispiel.tenant();
    let found = tx.account().get_administrator(foreign, muster.admin).await;
    assert_eq!(found.unwrap(), None);
    let found = tx
        .account()
        .get_administrator(muster.tenant(), muster.admin)
        .await;
    let account = Account {
        grant: Grant::SiteAdmin(muster.id(), vec![muster.site.id]),
        email: "neu@muster.example".to_owned(),
        language: Language::English,
        ..found.unwrap().unwrap()
    };
    assert!(
        !tx.account()
            .update_administrator(foreign, &account)
            .await
            .unwrap()
    );
    assert!(
        tx.account()
            .update_administrator(muster.tenant(), &account)
            .await
            .unwrap()
    );
    let found = tx
        .account()
        .get_administrator(muster.tenant(), muster.admin)
        .await;
    assert_eq!(found.unwrap(), Some(account));
    let token = [7; 32];
    let later = NOW.plus_seconds(60);
    tx.session()
        .insert(&session(token, muster.admin, later))
        .await
        .unwrap();
    assert!(
        !tx.account()
            .delete_administrator(foreign, muster.admin)
            .await
            .unwrap()
    );
    assert!(
        tx.account()
            .delete_administrator(muster.tenant(), muster.admin)
            .await
            .unwrap()
    );
    assert!(tx.session().get(&token, NOW).await.unwrap().is_none());
}

#[tokio::test]
async fn r4_users_are_not_removed_as_administrators() {
    let (world, [(muster, anna), _]) = two().await;
    let mut tx = world.write().await;
    let tenant = muster.tenant();
    assert!(
        tx.account()
            .get_administrator(tenant, anna.account)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        !tx.account()
            .delete_administrator(tenant, anna.account)
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn numbers_are_listed_with_who_has_them_forth_and_back() {
    let (world, [(muster, anna), (beispiel, _)]) = two().await;
    let taken = world.user(anna.id).await.number;
    let mut tx = world.write().await;
    let kept = muster.number(7);
    assert!(
        tx.number()
            .set_reserved(muster.site.id, &kept, true)
            .await
            .unwrap()
    );
    let site = muster.site.id;
    for (state, count) in [("assigned", 1), ("reserved", 1), ("free", 98)] {
        let filter = NumberFilter {
            state: Some(state.to_owned()),
            search: None,
        };
        let page = tx
            .number()
            .list_held(site, &filter, None, Limit::new(200))
            .await
            .unwrap();
        assert_eq!(page.items.len(), count, "{state}");
        assert!(
            page.items
                .iter()
                .all(|held| held.number.state.name() == state)
        );
    }
    let filter = NumberFilter {
        state: None,
        search: Some("weber".to_owned()),
    };
    let page = tx
        .number()
        .list_held(site, &filter, None, Limit::default())
        .await
        .unwrap();
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items[0].number.number, taken);
    assert_eq!(page.items[0].holder.as_deref(), Some("Anna Weber"));
    let foreign = tx
        .number()
        .list_held(beispiel.site.id, &filter, None, Limit::default());
    assert!(
        foreign
            .await
            .unwrap()
            .items
            .iter()
            .all(|held| held.number.number != taken)
    );
    let (all, limit) = (NumberFilter::default(), Limit::new(30));
    let first = tx
        .number()
        .list_held(site, &all, None, limit)
        .await
        .unwrap();
    let second = tx
        .number()
        .list_held(site, &all, first.next.as_ref(), limit)
        .await
        .unwrap();
    let back: Cursor = second.previous.clone().unwrap();
    let again = tx
        .number()
        .list_held(site, &all, Some(&back), limit)
        .await
        .unwrap();
    assert_eq!(again.items, first.items);
}

#[tokio::test]
async fn a_number_is_removed_only_while_it_is_free_and_of_the_site() {
    let (world, [(muster, anna), (beispiel, _)]) = two().await;
    let taken = world.user(anna.id).await.number;
    let mut tx = world.write().await;
    let (free, kept) = (muster.number(8), muster.number(9));
    tx.number()
        .set_reserved(muster.site.id, &kept, true)
        .await
        .unwrap();
    assert!(!tx.number().delete(muster.site.id, &taken).await.unwrap());
    assert!(!tx.number().delete(muster.site.id, &kept).await.unwrap());
    assert!(!tx.number().delete(beispiel.site.id, &free).await.unwrap());
    assert!(tx.number().delete(muster.site.id, &free).await.unwrap());
    assert!(tx.number().get(&free).await.unwrap().is_none());
}

#[tokio::test]
async fn r5_use_is_counted_inside_the_enterprise_and_the_site() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    let mut tx = world.read().await;
    for site in [None, Some(muster.site.id)] {
        let groups = tx.licence().list_use(muster.id(), site).await.unwrap();
        let all = model::LicenceUse::new(groups);
        assert_eq!((all.users(), all.in_state("pending")), (1, 1));
        assert_eq!(all.of(Product::Package(Package::Standard)), 1);
        assert_eq!(all.of_site(beispiel.site.id).users(), 0);
    }
    let foreign = tx
        .licence()
        .list_use(beispiel.id(), Some(muster.site.id))
        .await;
    assert_eq!(foreign.unwrap(), []);
}

#[tokio::test]
async fn extensions_that_would_break_a_rule_are_counted_inside_the_enterprise() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    world.person(&muster, 5).await;
    let mut tx = world.read().await;
    for (company, min, max, count) in [
        (&muster, 2, 6, 0),
        (&muster, 2, 4, 2),
        (&muster, 6, 6, 2),
        (&beispiel, 2, 4, 1),
    ] {
        let outside = tx.user().count_extensions_outside(company.id(), min, max);
        assert_eq!(outside.await.unwrap(), count);
    }
}

#[tokio::test]
async fn r4_a_site_is_renamed_inside_its_enterprise_and_keeps_a_name_of_its_own() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    world.site(&muster.enterprise, "London").await;
    let named = |name: &str| model::Site {
        name: name.parse().unwrap(),
        ..muster.site.clone()
    };
    let mut tx = world.write().await;
    assert!(
        !tx.site()
            .update(beispiel.tenant(), &named("Köln"))
            .await
            .unwrap()
    );
    assert!(
        tx.site()
            .update(muster.tenant(), &named("Köln"))
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    let mut tx = world.write().await;
    assert!(
        !tx.site()
            .update(muster.tenant(), &named("London"))
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn r5_the_journal_is_filtered_by_who_what_and_when_at_once() {
    let (world, [(muster, anna), _]) = two().await;
    let mut tx = world.write().await;
    let scope = JournalScope::Enterprise(muster.id());
    let moments = [0, 60, 120].map(|s| NOW.plus_seconds(s));
    for (at, actor) in moments.iter().zip(["Jörg", "anna", "JÖRG"]) {
        let entry = NewJournalEntry {
            at: *at,
            actor_name: actor.to_owned(),
            ..entry(muster.id(), muster.site.id, anna.id.0)
        };
        tx.journal().insert(&entry).await.unwrap();
    }
    let by = |actor: Option<&str>, from: Option<Timestamp>, until| JournalFilter {
        actor: actor.map(str::to_owned),
        from,
        until,
        entity: Some(anna.id.0),
        action: Some(model::JournalAction::UserAdded),
    };
    let [_, second, third] = moments;
    let cases = [
        (by(None, None, None), vec![120, 60, 0]),
        (by(Some("jorg"), None, None), vec![120, 0]),
        (by(None, Some(second), None), vec![120, 60]),
        (by(None, None, Some(third)), vec![60, 0]),
        (by(None, Some(second), Some(third)), vec![60]),
        (by(Some("jorg"), Some(second), None), vec![120]),
        (by(Some("eva"), None, None), vec![]),
    ];
    for (filter, expected) in cases {
        let mut found = Vec::new();
        let mut before = None;
        loop {
            let page = tx
                .journal()
                .list(scope, &filter, before, Limit::new(1))
                .await
                .unwrap();
            let Some(entry) = page.first() else { break };
            before = Some(entry.seq);
            found.push((entry.entry.at.0 - NOW.0) / 1000);
        }
        assert_eq!(found, expected, "{filter:?}");
    }
}
