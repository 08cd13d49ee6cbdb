//! Changing a user: what waits for activation, what makes new login details, and that nothing is half done (S5, C1–C3).

use model::{Field, Limit, Problem, Product, User, UserPatch};
use service::{
    Error, department, journal, licence,
    user::{self, Modified},
};
use store::Tenant;
use testkit::{TestEnterprise, TestSystem};

fn number(number: &str) -> UserPatch {
    UserPatch {
        number: Some(number.to_owned()),
        ..UserPatch::default()
    }
}

async fn modify(
    system: &TestSystem,
    muster: &TestEnterprise,
    user: &User,
    patch: UserPatch,
) -> service::Result<Modified> {
    user::modify(&system.env, &muster.admin, user.id, patch, None).await
}

fn problems(error: service::Result<Modified>) -> Vec<(Field, Problem)> {
    match error {
        Err(Error::Invalid(problems)) => {
            let told = problems.0.into_iter();
            told.map(|told| (told.field, told.problem)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn s5_configuration_waits_for_activation_and_the_rest_does_not() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    let free = system.draft(muster.site.id(), "Ben Klein").await.number;
    let text = |text: &str| Some(text.to_owned());
    for configuration in [
        number(&free),
        UserPatch {
            username: text("weber"),
            ..UserPatch::default()
        },
        UserPatch {
            package: text("premium"),
            ..UserPatch::default()
        },
        UserPatch {
            services: Some(vec!["voicemail".to_owned()]),
            ..UserPatch::default()
        },
        UserPatch {
            desk_phone_type: text(""),
            ..UserPatch::default()
        },
        UserPatch {
            mobile_number: text("+491701234567"),
            contract_number: text("V-1"),
            ..UserPatch::default()
        },
    ] {
        let refused = modify(&system, &muster, &anna, configuration.clone()).await;
        assert!(
            matches!(refused, Err(Error::NotActive)),
            "{configuration:?}"
        );
    }
    let profile = UserPatch {
        last_name: text("Weber-Klein"),
        extension: text("7777"),
        ..UserPatch::default()
    };
    let modified = modify(&system, &muster, &anna, profile).await.unwrap();
    assert_eq!(modified.user.last_name.as_str(), "Weber-Klein");
    assert!(modified.login_details.is_none());
    let stored = user::get(&system.env, &muster.admin, anna.id)
        .await
        .unwrap();
    assert_eq!(stored, modified.user);
}

#[tokio::test]
async fn c2_c3_another_number_makes_new_login_details_and_the_old_number_is_free() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let free = system.draft(muster.site.id(), "Ben Klein").await.number;
    let modified = modify(&system, &muster, &anna, number(&free))
        .await
        .unwrap();
    let details = modified.login_details.expect("they are shown once");
    assert_eq!(details.login.as_str(), modified.user.number.digits());
    assert_eq!(
        modified.user.extension, anna.extension,
        "colleagues go on dialling it"
    );
    let mut tx = system.env.store.read().await.unwrap();
    let old = tx
        .phone_login()
        .get_by_login(anna.number.digits())
        .await
        .unwrap();
    assert!(old.is_none(), "the old login stopped working");
    assert!(
        tx.number()
            .is_available(anna.site, &anna.number)
            .await
            .unwrap()
    );
    drop(tx);
    let ben = system.draft(muster.site.id(), "Ben Klein").await;
    assert_eq!(
        ben.number,
        anna.number.to_string(),
        "it is the first to be offered"
    );
}

#[tokio::test]
async fn c2_without_a_desk_phone_the_login_is_gone_and_with_one_it_is_new() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let desk_phone = |kind: &str| UserPatch {
        desk_phone_type: Some(kind.to_owned()),
        ..UserPatch::default()
    };
    let without = modify(&system, &muster, &anna, desk_phone(""))
        .await
        .unwrap();
    assert!(without.login_details.is_none());
    let mut tx = system.env.store.read().await.unwrap();
    let login = tx.phone_login().get(Tenant::Installation, anna.id).await;
    assert_eq!(login.unwrap(), None);
    drop(tx);
    let with = modify(&system, &muster, &anna, desk_phone("snom-d785"))
        .await
        .unwrap();
    assert!(with.login_details.is_some());
}

#[tokio::test]
async fn c1_licences_follow_package_and_services() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let used = async |product: &str| {
        let product: Product = product.parse().unwrap();
        let licences = licence::list(&system.env, &muster.admin, muster.id())
            .await
            .unwrap();
        licences
            .iter()
            .find(|licence| licence.product == product)
            .unwrap()
            .used
    };
    let patch = UserPatch {
        package: Some("premium".to_owned()),
        services: Some(vec!["voicemail".to_owned()]),
        ..UserPatch::default()
    };
    modify(&system, &muster, &anna, patch).await.unwrap();
    assert_eq!(
        (
            used("standard").await,
            used("premium").await,
            used("voicemail").await
        ),
        (0, 1, 1)
    );
    let back = UserPatch {
        package: Some("standard".to_owned()),
        services: Some(Vec::new()),
        ..UserPatch::default()
    };
    modify(&system, &muster, &anna, back).await.unwrap();
    assert_eq!(
        (
            used("standard").await,
            used("premium").await,
            used("voicemail").await
        ),
        (1, 0, 0)
    );
}

#[tokio::test]
async fn everything_in_the_way_is_said_at_once_and_nothing_is_half_done() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let ben = system.active_user(&muster, "Ben Klein").await;
    let (tenant, package) = (muster.id(), Product::Package(model::Package::Premium));
    let none = licence::set(&system.env, &system.operator, tenant, &[(package, 0)]).await;
    assert!(none.is_ok());
    let patch = UserPatch {
        number: Some(ben.number.to_string()),
        extension: Some(ben.extension.to_string()),
        username: Some(ben.username.to_string()),
        package: Some("premium".to_owned()),
        ..UserPatch::default()
    };
    let told = problems(modify(&system, &muster, &anna, patch).await);
    let fields: Vec<_> = told.iter().map(|(field, _)| *field).collect();
    assert_eq!(
        fields,
        [
            Field::Extension,
            Field::Username,
            Field::Package,
            Field::Number
        ]
    );
    let stored = user::get(&system.env, &muster.admin, anna.id)
        .await
        .unwrap();
    assert_eq!(stored, anna);
}

#[tokio::test]
async fn r5_the_journal_says_from_what_to_what_and_no_change_leaves_no_entry() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let sales = department::add(
        &system.env,
        &muster.admin,
        muster.site.id(),
        "Vertrieb",
        None,
    );
    let sales = sales.await.unwrap();
    let patch = UserPatch {
        first_name: Some("Anne".to_owned()),
        department: Some(sales.id.to_string()),
        ..UserPatch::default()
    };
    let modified = modify(&system, &muster, &anna, patch.clone())
        .await
        .unwrap();
    let again = modify(&system, &muster, &modified.user, patch)
        .await
        .unwrap();
    assert_eq!(again.user.version, modified.user.version);
    let wanted = journal::Wanted {
        user: Some(anna.id),
        limit: Limit::new(1),
        ..journal::Wanted::default()
    };
    let entries = journal::list(&system.env, &muster.admin, wanted)
        .await
        .unwrap();
    let changes: Vec<_> = entries[0]
        .entry
        .changes
        .iter()
        .map(|change| {
            (
                change.field.as_str(),
                change.before.as_deref(),
                change.after.as_deref(),
            )
        })
        .collect();
    let sales = sales.id.to_string();
    assert_eq!(
        changes,
        [
            ("first_name", Some("Anna"), Some("Anne")),
            ("department", None, Some(sales.as_str())),
        ]
    );
}

#[tokio::test]
async fn c1_who_has_changed_meanwhile_is_not_overwritten() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.active_user(&muster, "Anna Weber").await;
    let patch = |name: &str| UserPatch {
        first_name: Some(name.to_owned()),
        ..UserPatch::default()
    };
    let seen = Some(anna.version);
    user::modify(&system.env, &muster.admin, anna.id, patch("Anne"), seen)
        .await
        .unwrap();
    let late = user::modify(&system.env, &muster.admin, anna.id, patch("Anke"), seen).await;
    assert!(matches!(late, Err(Error::Changed)), "{late:?}");
}
