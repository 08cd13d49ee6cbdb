//! Stopping what is not done yet.

use model::{RenewalId, RenewalState};

use super::own;
use crate::{Actor, Env, Result};

/// Stops the work: who has new login details keeps them, and they can be fetched; the others keep their old ones. Nothing
/// happens when it is over.
///
/// # Errors
/// `NotFound` for whoever has not begun it and is no administrator of the enterprise, `Forbidden` for the operator.
pub async fn cancel(env: &Env, actor: &Actor, id: RenewalId) -> Result<()> {
    let mut tx = env.write().await?;
    let renewal = own(actor, tx.as_mut(), id).await?;
    tx.renewal()
        .finish(
            actor.tenant(),
            renewal.id,
            RenewalState::Cancelled,
            env.now(),
        )
        .await?;
    Ok(tx.commit().await?)
}
