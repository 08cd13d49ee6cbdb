//! Departments, extension rules, administrators, single numbers, use and the filtered journal (R1, R2, R5).

use model::{AccountId, DepartmentId, Field, JournalAction, Problem, Problems, Product, UserPatch};
use service::{
    Error, administrator,
    administrator_change::{self, ModifyAdministrator},
    department::{self, DepartmentPatch},
    enterprise_change::{self, EnterprisePatch},
    journal::{self, Wanted},
    number_state, site, usage,
    user::{self, Filter, ListUsers},
};
use testkit::{TestEnterprise, TestSystem};

#[track_caller]
fn refused<T: std::fmt::Debug>(done: Result<T, Error>, field: Field, problem: Problem) {
    match done {
        Err(Error::Invalid(problems)) => assert_eq!(problems, Problems::one(field, problem)),
        other => panic!("{other:?}"),
    }
}

async fn add(
    system: &TestSystem,
    muster: &TestEnterprise,
    name: &str,
    parent: Option<DepartmentId>,
) -> DepartmentId {
    let added = department::add(&system.env, &muster.admin, muster.site.id(), name, parent);
    added.await.unwrap().id
}

#[tokio::test]
async fn r2_a_department_moves_with_what_is_below_it_but_never_into_itself() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let site = muster.site.id();
    let sales = add(&system, &muster, "Vertrieb", None).await;
    let inner = add(&system, &muster, "Innendienst", Some(sales)).await;
    let buying = add(&system, &muster, "Einkauf", None).await;
    let below = |parent| DepartmentPatch {
        name: None,
        parent: Some(Some(parent)),
    };
    let env = &system.env;
    let into_itself = department::modify(env, &muster.admin, site, sales, &below(inner)).await;
    refused(into_itself, Field::Parent, Problem::InsideItself);
    department::modify(env, &muster.admin, site, sales, &below(buying))
        .await
        .unwrap();
    let (_, tree) = department::may_manage(env, &muster.admin, site)
        .await
        .unwrap();
    assert_eq!(tree.path_name(inner), "Einkauf › Vertrieb › Innendienst");
}

#[tokio::test]
async fn r2_the_users_of_a_deleted_department_become_the_ones_of_its_parent() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let (env, site) = (&system.env, muster.site.id());
    let sales = add(&system, &muster, "Vertrieb", None).await;
    let inner = add(&system, &muster, "Innendienst", Some(sales)).await;
    let anna = system.active_user(&muster, "Anna Weber").await.id;
    let patch = UserPatch {
        department: Some(inner.to_string()),
        ..UserPatch::default()
    };
    user::modify(env, &muster.admin, anna, patch, None)
        .await
        .unwrap();
    let of_sales = || ListUsers {
        filter: Filter {
            department: Some(sales),
            ..Filter::default()
        },
        ..ListUsers::default()
    };
    let found = user::list(env, &muster.admin, of_sales()).await.unwrap();
    assert_eq!(found.page.items.len(), 1);
    department::delete(env, &muster.admin, site, inner)
        .await
        .unwrap();
    let user = user::get(env, &muster.admin, anna).await.unwrap();
    assert_eq!(user.department, Some(sales));
    department::delete(env, &muster.admin, site, sales)
        .await
        .unwrap();
    let user = user::get(env, &muster.admin, anna).await.unwrap();
    assert_eq!(user.department, None);
    let gone = user::list(env, &muster.admin, of_sales()).await;
    assert!(matches!(gone, Err(Error::NotFound)));
}

#[tokio::test]
async fn r4_departments_of_others_are_not_found_when_users_are_filtered() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let stranger = system.enterprise("Beispiel AG").await;
    let sales = add(&system, &muster, "Vertrieb", None).await;
    let asked = ListUsers {
        filter: Filter {
            department: Some(sales),
            ..Filter::default()
        },
        ..ListUsers::default()
    };
    let foreign = user::list(&system.env, &stranger.admin, asked).await;
    assert!(matches!(foreign, Err(Error::NotFound)));
}

#[tokio::test]
async fn lengths_that_extensions_break_are_refused_with_how_many() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    system.add_user(&muster, "Anna Weber").await;
    system.add_user(&muster, "Ben Klein").await;
    let patch = |min: &str, default: &str| EnterprisePatch {
        extension_min: Some(min.to_owned()),
        extension_default: Some(default.to_owned()),
        ..EnterprisePatch::default()
    };
    let (env, id) = (&system.env, muster.id());
    let broken = enterprise_change::modify(env, &muster.admin, id, &patch("5", "5")).await;
    let in_use = Problem::ExtensionsInUse { count: 2 };
    refused(broken, Field::ExtensionMin, in_use);
    let changed = enterprise_change::modify(env, &muster.admin, id, &patch("4", "4")).await;
    assert_eq!(changed.unwrap().extension_rule.min, 4);
}

#[tokio::test]
async fn the_country_of_a_site_stays_once_it_has_numbers() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let to_britain = site::SitePatch {
        name: None,
        country: Some("GB".to_owned()),
    };
    let done = site::modify(&system.env, &muster.admin, muster.site.id(), &to_britain).await;
    refused(done, Field::Country, Problem::InUse);
    let env = &system.env;
    let bare = site::add(env, &muster.admin, muster.id(), "Leer", "DE")
        .await
        .unwrap();
    let done = site::modify(env, &muster.admin, bare.id, &to_britain).await;
    assert_eq!(done.unwrap().country, model::Country::UnitedKingdom);
}

fn at_site(muster: &TestEnterprise) -> ModifyAdministrator {
    ModifyAdministrator {
        role: "site-admin".to_owned(),
        sites: vec![muster.site.id()],
        email: "neu@muster.example".to_owned(),
        language: "en".to_owned(),
    }
}

async fn account(system: &TestSystem, muster: &TestEnterprise, name: &str) -> AccountId {
    system.add_administrator(muster, name, &[]).await;
    let all = administrator::list(&system.env, &system.operator, muster.id()).await;
    let all = all.unwrap();
    all.iter().find(|of| of.username == name).unwrap().id
}

#[tokio::test]
async fn r1_the_last_enterprise_administrator_is_neither_removed_nor_made_less() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let (env, of) = (&system.env, muster.id());
    let first = account(&system, &muster, "erste").await;
    let last = || Problem::LastAdministrator;
    let done = administrator_change::remove(env, &system.operator, of, first).await;
    refused(done, Field::Role, last());
    let less = at_site(&muster);
    let done = administrator_change::modify(env, &system.operator, of, first, &less).await;
    refused(done, Field::Role, last());
    let second = account(&system, &muster, "zweite").await;
    let done = administrator_change::modify(env, &system.operator, of, second, &less).await;
    assert_eq!(done.unwrap().grant.role(), model::Role::SiteAdmin);
    administrator_change::remove(env, &system.operator, of, second)
        .await
        .unwrap();
    let all = administrator::list(env, &system.operator, of)
        .await
        .unwrap();
    assert_eq!(all.len(), 1);
}

#[tokio::test]
async fn a_number_is_kept_back_released_and_removed_only_while_nobody_has_it() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let taken = system.add_user(&muster, "Anna Weber").await.user.number;
    let (env, operator, site) = (&system.env, &system.operator, muster.site.id());
    let reserve = |number: &str, is_reserved| {
        let number = number.to_owned();
        async move { number_state::set_reserved(env, operator, site, &number, is_reserved).await }
    };
    let assigned = || Problem::NumberAssigned;
    refused(
        reserve(taken.as_str(), true).await,
        Field::Number,
        assigned(),
    );
    let done = number_state::remove(env, operator, site, taken.as_str()).await;
    refused(done, Field::Number, assigned());
    let free = system.draft(site, "Ben Klein").await.number;
    reserve(&free, true).await.unwrap();
    let done = number_state::remove(env, operator, site, &free).await;
    refused(done, Field::Number, Problem::NumberReserved);
    reserve(&free, false).await.unwrap();
    site::set_main_number(env, operator, site, &free)
        .await
        .unwrap();
    let done = number_state::remove(env, operator, site, &free).await;
    refused(done, Field::Number, Problem::NumberIsMain);
    site::set_main_number(env, operator, site, "")
        .await
        .unwrap();
    number_state::remove(env, operator, site, &free)
        .await
        .unwrap();
    let gone = number_state::remove(env, operator, site, &free).await;
    assert!(matches!(gone, Err(Error::NotFound)));
}

#[tokio::test]
async fn r5_use_is_told_for_each_site_and_a_site_administrator_sees_the_own() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let london = system.site(muster.id(), "London").await;
    system.add_user(&muster, "Anna Weber").await;
    let standard = Product::Package(model::Package::Standard);
    let all = usage::of_enterprise(&system.env, &muster.admin, muster.id()).await;
    let used: Vec<_> = all
        .unwrap()
        .iter()
        .map(|of| of.usage.of(standard))
        .collect();
    assert_eq!(used.iter().sum::<i64>(), 1);
    assert_eq!(used.len(), 2);
    let at_london = system.site_admin(&muster, &london).await;
    let own = usage::of_enterprise(&system.env, &at_london, muster.id())
        .await
        .unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].site.id, own[0].usage.users()), (london.id(), 0));
}

#[tokio::test]
async fn r5_the_journal_is_narrowed_by_who_what_and_when_and_remembers_who_is_gone() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await.id;
    let env = &system.env;
    user::delete(env, &muster.admin, anna, None).await.unwrap();
    let about = |user| Wanted {
        user: Some(user),
        ..Wanted::default()
    };
    let admin = &muster.admin;
    let actions = |wanted| async move {
        let entries = journal::list(env, admin, wanted).await;
        entries.map(|all| all.iter().map(|e| e.entry.action).collect::<Vec<_>>())
    };
    let (added, activated, deleted) = (
        JournalAction::UserAdded,
        JournalAction::UserActivated,
        JournalAction::UserDeleted,
    );
    assert_eq!(
        actions(about(anna)).await.unwrap(),
        [deleted, activated, added]
    );
    let by = Wanted {
        actor_name: Some(" API Operator ".to_owned()),
        ..about(anna)
    };
    assert_eq!(actions(by).await.unwrap(), [activated]);
    let what = Wanted {
        action: Some(deleted),
        ..about(anna)
    };
    assert_eq!(actions(what.clone()).await.unwrap(), [deleted]);
    let before = Wanted {
        until: Some(env.now()),
        ..what
    };
    assert_eq!(actions(before).await.unwrap(), []);
    let nobody = model::UserId("018f0000-0000-7000-8000-000000000000".parse().unwrap());
    assert!(matches!(actions(about(nobody)).await, Err(Error::NotFound)));
    let stranger = system.enterprise("Beispiel AG").await;
    let foreign = journal::list(env, &stranger.admin, about(anna)).await;
    assert!(matches!(foreign, Err(Error::NotFound)));
}
