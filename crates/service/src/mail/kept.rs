//! Reading the letters that are kept where there is no mail server: the operator's.

use model::{Action, Target};
use uuid::Uuid;

use super::{KeptLetter, ReadLetter};
use crate::{Actor, Env, Error, Result};

/// The letters that were kept, the newest first; `None` where letters are sent away.
///
/// # Errors
/// `Forbidden` for all but the operator.
pub async fn list(env: &Env, actor: &Actor) -> Result<Option<Vec<KeptLetter>>> {
    actor.authorise(Action::ReadMail, Target::Installation)?;
    Ok(env.post.list().await?)
}

/// One of them.
///
/// # Errors
/// `Forbidden` for all but the operator, `NotFound`.
pub async fn get(env: &Env, actor: &Actor, id: Uuid) -> Result<ReadLetter> {
    actor.authorise(Action::ReadMail, Target::Installation)?;
    env.post.get(id).await?.ok_or(Error::NotFound)
}
