//! Looking at how far the work is.

use model::{Limit, Renewal, RenewalId};
use store::{PlaceInRows, RenewalRow};

use super::own;
use crate::{Actor, Env, Result};

/// How far it is.
///
/// # Errors
/// `NotFound` for whoever has not begun it and is no administrator of the enterprise, `Forbidden` for the operator.
pub async fn get(env: &Env, actor: &Actor, id: RenewalId) -> Result<Renewal> {
    own(actor, env.read().await?.as_mut(), id).await
}

/// What became of each, those that were skipped first, behind a place.
///
/// # Errors
/// As [`get`].
pub async fn rows(
    env: &Env,
    actor: &Actor,
    id: RenewalId,
    after: Option<PlaceInRows>,
    limit: Limit,
) -> Result<Vec<RenewalRow>> {
    let mut tx = env.read().await?;
    let renewal = own(actor, tx.as_mut(), id).await?;
    Ok(tx
        .renewal()
        .list_rows(actor.tenant(), renewal.id, after, limit)
        .await?)
}
