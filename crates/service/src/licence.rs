//! Licences of an enterprise: set, list (U9).

use model::{
    Action, Change, Enterprise, EnterpriseId, Field, JournalAction, Licence, Problem, Product,
};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// The most licences of one product.
pub const MOST: i64 = 1_000_000;

/// Why the counts were not set.
#[derive(Debug, thiserror::Error)]
pub enum NotSet {
    /// The count of this product breaks a rule.
    #[error("the count of {} breaks a rule", .0.id())]
    Invalid(Product, Problem),
    /// Something else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<store::Error> for NotSet {
    fn from(error: store::Error) -> Self {
        Self::Other(error.into())
    }
}

impl From<NotSet> for Error {
    fn from(not_set: NotSet) -> Self {
        match not_set {
            NotSet::Invalid(_, problem) => Self::field(Field::Total, problem),
            NotSet::Other(error) => error,
        }
    }
}

/// The enterprise, for an actor who may set how many licences it holds.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_set(env: &Env, actor: &Actor, id: EnterpriseId) -> Result<Enterprise> {
    let mut tx = env.read().await?;
    actor.enterprise(tx.as_mut(), id, Action::SetLicences).await
}

/// Sets how many licences of these products the enterprise holds, all or none.
///
/// # Errors
/// `Forbidden` for all but the operator, `Invalid` for fewer than are in use.
pub async fn set(
    env: &Env,
    actor: &Actor,
    enterprise: EnterpriseId,
    totals: &[(Product, i64)],
) -> std::result::Result<(), NotSet> {
    let mut tx = env.write().await?;
    let enterprise = actor
        .enterprise(tx.as_mut(), enterprise, Action::SetLicences)
        .await?;
    let licences = tx.licence().list(enterprise.id).await?;
    let mut changes = Vec::new();
    // In the order in which adding a user takes them, so that two do not wait for each other.
    let mut totals = totals.to_vec();
    totals.sort_by_key(|(product, _)| *product);
    for (product, total) in totals {
        let held = licences.iter().find(|licence| licence.product == product);
        let before = held.map_or(0, |licence| licence.total);
        if !(0..=MOST).contains(&total) {
            return Err(NotSet::Invalid(
                product,
                Problem::OutOfRange { min: 0, max: MOST },
            ));
        }
        if !tx
            .licence()
            .set_total(enterprise.id, product, total)
            .await?
        {
            let used = held.map_or(0, |licence| licence.used);
            return Err(NotSet::Invalid(product, Problem::BelowUse { used }));
        }
        if before != total {
            changes.push(Change::from_to(product.id(), before, total));
        }
    }
    if !changes.is_empty() {
        let subject = Subject::enterprise(enterprise.id, &enterprise.name);
        journal::write(
            env,
            tx.as_mut(),
            actor,
            JournalAction::LicenceSet,
            subject,
            changes,
        )
        .await?;
    }
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
