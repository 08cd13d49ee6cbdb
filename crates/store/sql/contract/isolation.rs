//! No query crosses enterprises: asked on behalf of one, nothing of another is found or changed (R4).
//!
//! Each test also asks on behalf of the right one, so that it fails for a query that never finds anything.

use model::{Holder, JobId, Product, State, UserId};
use store::Tenant;

use super::{
    Company, Person, World,
    world::{NOW, new_user, phone_login},
};

/// Two enterprises with a person each.
pub(super) async fn two() -> (World, [(Company, Person); 2]) {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let beispiel = world.company("beispiel").await;
    let (anna, ben) = (
        world.person(&muster, 0).await,
        world.person(&beispiel, 0).await,
    );
    (world, [(muster, anna), (beispiel, ben)])
}

/// On whose behalf the first enterprise's things are asked for, and whether they are found.
fn askers(own: &Company, other: &Company) -> [(Tenant, bool); 3] {
    [
        (own.tenant(), true),
        (other.tenant(), false),
        (Tenant::Installation, true),
    ]
}

#[tokio::test]
async fn r4_enterprises_sites_and_departments_are_found_by_their_own_only() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    let mut tx = world.read().await;
    for (tenant, found) in askers(&muster, &beispiel) {
        assert_eq!(
            tx.enterprise()
                .get(tenant, muster.id())
                .await
                .unwrap()
                .is_some(),
            found,
            "{tenant:?}"
        );
        assert_eq!(
            tx.site()
                .get(tenant, muster.site.id)
                .await
                .unwrap()
                .is_some(),
            found,
            "{tenant:?}"
        );
    }
    for (site, found) in [(muster.site.id, true), (beispiel.site.id, false)] {
        assert_eq!(
            tx.department()
                .get(site, muster.department)
                .await
                .unwrap()
                .is_some(),
            found
        );
        let listed = tx.department().list(site).await.unwrap();
        assert_eq!(listed.iter().any(|d| d.id == muster.department), found);
        assert_eq!(listed.len(), 1);
    }
}

#[tokio::test]
async fn r4_a_number_is_given_out_at_its_own_site_only() {
    let (world, [(muster, anna), (beispiel, ben)]) = two().await;
    let number = muster.number(7);
    let mut tx = world.write().await;
    assert!(
        tx.number()
            .is_available(muster.site.id, &number)
            .await
            .unwrap()
    );
    assert!(
        !tx.number()
            .is_available(beispiel.site.id, &number)
            .await
            .unwrap()
    );
    assert!(
        !tx.number()
            .set_reserved(beispiel.site.id, &number, true)
            .await
            .unwrap()
    );
    assert!(
        !tx.number()
            .assign(beispiel.site.id, &number, Holder::User(ben.id))
            .await
            .unwrap()
    );
    assert!(
        tx.number()
            .set_reserved(muster.site.id, &number, true)
            .await
            .unwrap()
    );
    assert!(
        !tx.number()
            .assign(muster.site.id, &number, Holder::User(anna.id))
            .await
            .unwrap(),
        "it is reserved"
    );
    let again = tx
        .number()
        .insert_range(beispiel.id(), beispiel.site.id, &muster.range)
        .await
        .unwrap();
    assert_eq!(again, 0, "a number stays where it is");
    assert_eq!(tx.number().count(muster.site.id).await.unwrap(), (100, 98));
    assert_eq!(
        tx.number().count(beispiel.site.id).await.unwrap(),
        (100, 99)
    );
}

#[tokio::test]
async fn r4_licences_are_counted_for_each_enterprise() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    let premium = Product::Package(model::Package::Premium);
    let mut tx = world.write().await;
    assert!(
        tx.licence()
            .set_total(beispiel.id(), premium, 3)
            .await
            .unwrap()
    );
    for company in [&muster, &muster, &beispiel, &beispiel] {
        assert!(tx.licence().take(company.id(), premium).await.unwrap());
    }
    tx.licence().give_back(muster.id(), premium).await.unwrap();
    let mut counts = Vec::new();
    for company in [&muster, &beispiel] {
        let licences = tx.licence().list(company.id()).await.unwrap();
        assert_eq!(licences.len(), Product::all().count());
        let licence = licences.iter().find(|l| l.product == premium).unwrap();
        counts.push((licence.total, licence.used));
    }
    assert_eq!(counts, [(50, 1), (3, 2)]);
}

#[tokio::test]
async fn r4_a_user_is_found_and_changed_by_its_own_only() {
    let (world, [(muster, anna), (beispiel, _)]) = two().await;
    for (tenant, found) in askers(&muster, &beispiel) {
        let mut tx = world.write().await;
        assert_eq!(
            tx.user().get(tenant, anna.id).await.unwrap().is_some(),
            found,
            "get as {tenant:?}"
        );
        let active = State::Activated { at: NOW };
        let changed = tx
            .user()
            .update_state(tenant, anna.id, &active, 1)
            .await
            .unwrap();
        assert_eq!(changed, found, "update_state as {tenant:?}");
        let version = if found { 2 } else { 1 };
        assert_eq!(
            tx.user().touch(tenant, anna.id, version).await.unwrap(),
            found,
            "touch as {tenant:?}"
        );
        let version = if found { 3 } else { 1 };
        assert_eq!(
            tx.user().delete(tenant, anna.id, version).await.unwrap(),
            found,
            "delete as {tenant:?}"
        );
    }
}

#[tokio::test]
async fn r4_a_phone_login_is_found_and_replaced_by_its_own_only() {
    let (world, [(muster, anna), (beispiel, _)]) = two().await;
    let before = phone_login(muster.number(0).digits());
    let renewed = store::PhoneLogin {
        sealed: vec![9],
        ..before.clone()
    };
    for (tenant, found) in askers(&muster, &beispiel) {
        let mut tx = world.write().await;
        let seen = tx.phone_login().get(tenant, anna.id).await.unwrap();
        assert_eq!(seen, found.then(|| before.clone()), "get as {tenant:?}");
        tx.phone_login()
            .put(tenant, anna.id, &renewed)
            .await
            .unwrap();
        let stored = tx
            .phone_login()
            .get(Tenant::Installation, anna.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(stored == renewed, found, "put as {tenant:?}");
    }
}

#[tokio::test]
async fn r4_extensions_are_those_of_the_own_enterprise() {
    let (world, [(muster, anna), (beispiel, ben)]) = two().await;
    let extension = world.user(anna.id).await.extension;
    let mut tx = world.write().await;
    let holder = tx
        .user()
        .extension_holder(muster.id(), &extension)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (holder.holder, holder.name.as_str()),
        (Holder::User(anna.id), "Anna Weber")
    );
    assert_eq!(
        tx.user()
            .extension_holder(beispiel.id(), &extension)
            .await
            .unwrap(),
        None
    );
    let lowest = "00000".parse().unwrap();
    assert_eq!(
        tx.user()
            .list_extensions(muster.id(), &lowest)
            .await
            .unwrap(),
        std::slice::from_ref(&extension)
    );
    let of_ben = world.user(ben.id).await.extension;
    assert_eq!(
        tx.user()
            .list_extensions(beispiel.id(), &lowest)
            .await
            .unwrap(),
        [of_ben]
    );
    let mut same = new_user(&beispiel.number(1), "Eva Klein");
    same.extension = extension;
    let eva = UserId(world.id());
    let added =
        super::world::insert_user(tx.as_mut(), beispiel.id(), beispiel.site.id, eva, &same).await;
    assert!(added, "an extension can be used in each enterprise");
}

#[tokio::test]
async fn r4_a_name_logs_in_to_its_own_enterprise_only() {
    let (world, [(muster, _), (beispiel, ben)]) = two().await;
    let operator = world.account(&model::Grant::Operator, "admin").await;
    let mut tx = world.read().await;
    for (domain, expected) in [
        (Some("muster"), muster.admin),
        (Some("beispiel"), beispiel.admin),
        (None, operator),
    ] {
        let found = tx
            .account()
            .get_by_login(domain, "admin")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.id, expected, "{domain:?}");
    }
    let bens_name = world.user(ben.id).await.username.folded();
    assert!(
        tx.account()
            .get_by_login(Some("beispiel"), &bens_name)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        tx.account()
            .get_by_login(Some("muster"), &bens_name)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        tx.account()
            .get_by_login(None, &bens_name)
            .await
            .unwrap()
            .is_none()
    );
}

/// A job's id is a secret of nobody's, but a job is no user: deleting one leaves the others.
#[tokio::test]
async fn a_job_is_deleted_alone() {
    let (world, [(_, anna), (_, ben)]) = two().await;
    let mut tx = world.write().await;
    assert!(tx.job().delete(anna.job).await.unwrap());
    assert!(!tx.job().delete(anna.job).await.unwrap());
    assert!(!tx.job().delete(JobId(world.id())).await.unwrap());
    assert!(tx.job().delete(ben.job).await.unwrap());
}

#[tokio::test]
async fn r4_a_user_is_changed_renumbered_and_renamed_by_its_own_only() {
    let (world, [(muster, anna), (beispiel, _)]) = two().await;
    let mut changed = new_user(&muster.number(1), "Anne Weber");
    changed.username = "anne".parse().unwrap();
    for (tenant, found) in askers(&muster, &beispiel) {
        let mut tx = world.write().await;
        let updated = tx
            .user()
            .update(tenant, anna.id, &changed, 1)
            .await
            .unwrap();
        assert_eq!(
            updated == store::Updated::Done,
            found,
            "update as {tenant:?}"
        );
        let account = tx.account().get_of_user(tenant, anna.id).await.unwrap();
        assert_eq!(account.is_some(), found, "get_of_user as {tenant:?}");
        let renamed = tx
            .account()
            .update_of_user(tenant, anna.id, &changed)
            .await
            .unwrap();
        assert_eq!(renamed, found, "update_of_user as {tenant:?}");
        tx.phone_login().delete(tenant, anna.id).await.unwrap();
        let left = tx
            .phone_login()
            .get(Tenant::Installation, anna.id)
            .await
            .unwrap();
        assert_eq!(left.is_none(), found, "delete as {tenant:?}");
    }
    for (site, freed) in [(beispiel.site.id, false), (muster.site.id, true)] {
        let mut tx = world.write().await;
        tx.number()
            .release(site, Holder::User(anna.id))
            .await
            .unwrap();
        let free = tx
            .number()
            .is_available(muster.site.id, &muster.number(0))
            .await
            .unwrap();
        assert_eq!(free, freed);
    }
}

#[tokio::test]
async fn a_user_takes_no_extension_and_no_username_that_somebody_has() {
    let (world, [(muster, anna), _]) = two().await;
    let ben = world.person(&muster, 1).await;
    let (bens, annas) = (
        world.user(ben.id).await,
        new_user(&muster.number(0), "Anna Weber"),
    );
    let mut tx = world.write().await;
    let mut same_name = annas.clone();
    same_name.username = bens.username.clone();
    let renamed = tx
        .account()
        .update_of_user(muster.tenant(), anna.id, &same_name)
        .await;
    assert!(!renamed.unwrap());
    let mut same_extension = annas;
    same_extension.extension = bens.extension;
    let updated = tx
        .user()
        .update(muster.tenant(), anna.id, &same_extension, 1)
        .await
        .unwrap();
    assert_eq!(updated, store::Updated::ExtensionTaken);
}
