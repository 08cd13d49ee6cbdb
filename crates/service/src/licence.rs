//! Licences of an enterprise: set, list (U9).

use model::{Action, Change, EnterpriseId, Field, JournalAction, Licence, Problem, Product};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// The most licences of one product.
const MOST: i64 = 1_000_000;

/// Sets how many licences of a product the enterprise holds.
///
/// # Errors
/// `Forbidden` for all but the operator, `Invalid` for fewer than are in use.
pub async fn set(
    env: &Env,
    actor: &Actor,
    enterprise: EnterpriseId,
    product: Product,
    total: i64,
) -> Result<()> {
    let mut tx = env.write().await?;
    let enterprise = actor
        .enterprise(tx.as_mut(), enterprise, Action::SetLicences)
        .await?;
    if !(0..=MOST).contains(&total) {
        return Err(Error::field(
            Field::Total,
            Problem::OutOfRange { min: 0, max: MOST },
        ));
    }
    let licences = tx.licence().list(enterprise.id).await?;
    let before = licences
        .into_iter()
        .find(|licence| licence.product == product);
    if !tx
        .licence()
        .set_total(enterprise.id, product, total)
        .await?
    {
        let used = before.map_or(0, |licence| licence.used);
        return Err(Error::field(Field::Total, Problem::BelowUse { used }));
    }
    let change = Change::from_to(
        product.id(),
        before.map_or(0, |licence| licence.total),
        total,
    );
    let subject = Subject::enterprise(enterprise.id, &enterprise.name);
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::LicenceSet,
        subject,
        vec![change],
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Every product with what the enterprise holds and uses of it, in the order of the catalogue.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn list(env: &Env, actor: &Actor, enterprise: EnterpriseId) -> Result<Vec<Licence>> {
    let mut tx = env.read().await?;
    let enterprise = actor
        .enterprise(tx.as_mut(), enterprise, Action::ViewEnterprise)
        .await?;
    let held = tx.licence().list(enterprise.id).await?;
    let of = |product| held.iter().find(|l| l.product == product).copied();
    Ok(Product::all()
        .map(|product| {
            of(product).unwrap_or(Licence {
                product,
                total: 0,
                used: 0,
            })
        })
        .collect())
}
