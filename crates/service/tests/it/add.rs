//! Adding a user (U1–U6, U8, U9).

use model::{DeskPhoneType, Field, Package, Problem, Product, Service};
use service::{department, user};
use testkit::TestSystem;

use crate::{free_numbers, problems, used};

#[tokio::test]
async fn u1_a_site_administrator_adds_at_the_own_site_an_enterprise_administrator_at_any() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let london = system.site(muster.id(), "London").await;
    let site_admin = system.site_admin(&muster, &muster.site).await;
    let cases = [
        (&site_admin, &muster.site),
        (&muster.admin, &muster.site),
        (&muster.admin, &london),
    ];
    for (n, (actor, site)) in cases.into_iter().enumerate() {
        let draft = system.draft(site.id(), &format!("Anna Weber{n}")).await;
        assert_eq!(
            system.add(actor, site.id(), draft).await.unwrap().user.site,
            site.id()
        );
    }
}

#[tokio::test]
async fn u2_everything_that_was_typed_is_kept() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let sales = department::add(
        &system.env,
        &muster.admin,
        muster.site.id(),
        "Vertrieb",
        None,
    )
    .await
    .unwrap();
    let mut draft = system.draft(muster.site.id(), "Zoë von-der-Heide").await;
    draft.number = "0211 5551007".into();
    draft.extension = "200".into();
    draft.package = "mobile".into();
    draft.services = vec!["voicemail".into(), "call-recording".into()];
    draft.department = sales.id.to_string();
    draft.desk_phone_type = "snom-d785".into();
    draft.mobile_number = "0171 2345678".into();
    draft.contract_number = "V-17".into();
    draft.language = "en".into();
    let added = system
        .add(&muster.admin, muster.site.id(), draft)
        .await
        .unwrap()
        .user;
    let zoe = user::get(&system.env, &muster.admin, added.id)
        .await
        .unwrap();
    assert_eq!(zoe, added);
    assert_eq!(
        (zoe.first_name.as_str(), zoe.last_name.as_str()),
        ("Zoë", "von-der-Heide")
    );
    assert_eq!(
        (zoe.number.as_str(), zoe.extension.as_str()),
        ("+492115551007", "200")
    );
    assert_eq!(
        (zoe.package, zoe.services),
        (
            Package::Mobile,
            vec![Service::Voicemail, Service::CallRecording]
        )
    );
    assert_eq!(
        (zoe.department, zoe.desk_phone_type),
        (Some(sales.id), Some(DeskPhoneType::SnomD785))
    );
    let mobile = zoe.mobile.unwrap();
    assert_eq!(
        (mobile.number.as_str(), mobile.contract.as_str()),
        ("+491712345678", "V-17")
    );
    assert_eq!(zoe.language, model::Language::English);
}

#[tokio::test]
async fn u3_a_username_is_unique_in_the_enterprise_whatever_its_case() {
    let system = TestSystem::new().await;
    let (muster, beispiel) = (
        system.enterprise("Muster GmbH").await,
        system.enterprise("Beispiel AG").await,
    );
    system.add_user(&muster, "Anna Weber").await;
    let mut again = system.draft(muster.site.id(), "Anna Weber").await;
    again.username = "ANNA.Weber".into();
    let refused = system.add(&muster.admin, muster.site.id(), again).await;
    assert_eq!(problems(refused), [(Field::Username, Problem::Taken)]);
    system.add_user(&beispiel, "Anna Weber").await;
}

#[tokio::test]
async fn u4_a_taken_extension_is_refused_with_who_has_it_and_a_free_one() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let london = system.site(muster.id(), "London").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    assert_eq!(
        anna.extension.as_str(),
        "1000",
        "the last four digits of the number"
    );
    let of_london = system.site_admin(&muster, &london).await;
    for (actor, by) in [
        (&muster.admin, Some("Anna Weber".to_owned())),
        (&of_london, None),
    ] {
        let mut draft = system.draft(london.id(), "Olivia Bennett").await;
        draft.extension = "1000".into();
        let refused = system.add(actor, london.id(), draft).await;
        let suggestion = Some("1001".parse().unwrap());
        assert_eq!(
            problems(refused),
            [(Field::Extension, Problem::ExtensionTaken { by, suggestion })]
        );
    }
}

#[tokio::test]
async fn u5_without_desk_phone_there_are_no_login_details() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let mut draft = system.draft(muster.site.id(), "Anna Weber").await;
    draft.desk_phone_type.clear();
    let added = system
        .add(&muster.admin, muster.site.id(), draft)
        .await
        .unwrap();
    assert_eq!(added.login_details, None);
    assert_eq!(
        user::login_name(&system.env, &muster.admin, added.user.id)
            .await
            .unwrap(),
        None
    );
}

#[tokio::test]
async fn u6_a_mobile_number_without_contract_number_is_refused() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let mut draft = system.draft(muster.site.id(), "Anna Weber").await;
    draft.mobile_number = "0171 2345678".into();
    let refused = system.add(&muster.admin, muster.site.id(), draft).await;
    assert_eq!(
        problems(refused),
        [(Field::ContractNumber, Problem::ContractNumberMissing)]
    );
}

#[tokio::test]
async fn u8_the_supervisor_service_is_counted_and_nobody_needs_it() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let supervisor = Product::Service(Service::Supervisor);
    system.set_licences(muster.id(), supervisor, 1).await;
    system.add_user(&muster, "Anna Weber").await;
    assert_eq!(
        used(&system, &muster, supervisor).await,
        0,
        "nobody gets it unasked"
    );
    let mut draft = system.draft(muster.site.id(), "Ben Klein").await;
    draft.services = vec!["supervisor".into()];
    system
        .add(&muster.admin, muster.site.id(), draft)
        .await
        .unwrap();
    assert_eq!(used(&system, &muster, supervisor).await, 1);
    let mut draft = system.draft(muster.site.id(), "Eva Groß").await;
    draft.services = vec!["supervisor".into()];
    let refused = system.add(&muster.admin, muster.site.id(), draft).await;
    assert_eq!(
        problems(refused),
        [(
            Field::Services,
            Problem::NoLicenceLeft {
                product: supervisor
            }
        )]
    );
}

#[tokio::test]
async fn u9_everything_in_the_way_is_said_at_once_and_nothing_is_half_done() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let anna = system.add_user(&muster, "Anna Weber").await.user;
    let premium = Product::Package(Package::Premium);
    system.set_licences(muster.id(), premium, 0).await;
    let before = (
        free_numbers(&system, &muster).await,
        used(&system, &muster, Product::Service(Service::Voicemail)).await,
    );
    let mut draft = system.draft(muster.site.id(), "Anna Weber").await;
    draft.number = anna.number.to_string();
    draft.package = "premium".into();
    draft.services = vec!["voicemail".into()];
    let refused = problems(system.add(&muster.admin, muster.site.id(), draft).await);
    let fields: Vec<_> = refused.iter().map(|(field, _)| *field).collect();
    assert_eq!(
        fields,
        [
            Field::Package,
            Field::Extension,
            Field::Username,
            Field::Number
        ]
    );
    assert_eq!(refused[0].1, Problem::NoLicenceLeft { product: premium });
    assert_eq!(refused[3].1, Problem::NumberNotAvailable);
    let after = (
        free_numbers(&system, &muster).await,
        used(&system, &muster, Product::Service(Service::Voicemail)).await,
    );
    assert_eq!(after, before, "the voicemail licence was given back");
}

#[tokio::test]
async fn u9_a_number_of_another_site_or_a_reserved_one_is_refused() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let london = system.site(muster.id(), "London").await;
    let reserved = system.draft(muster.site.id(), "Anna Weber").await.number;
    let mut tx = system.env.store.write().await.unwrap();
    assert!(
        tx.number()
            .set_reserved(muster.site.id(), &reserved.parse().unwrap(), true)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    for number in [reserved, london.first_number, "+4921100000".into()] {
        let mut draft = system.draft(muster.site.id(), "Anna Weber").await;
        draft.number.clone_from(&number);
        let refused = system.add(&muster.admin, muster.site.id(), draft).await;
        assert_eq!(
            problems(refused),
            [(Field::Number, Problem::NumberNotAvailable)],
            "{number}"
        );
    }
}
