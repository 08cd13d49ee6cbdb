//! Somebody has forgotten password or username (A1). Whatever is typed, the same is written and the same is answered.

use std::net::IpAddr;

use model::{ForgottenId, JobId, Language};
use store::{Forgotten, JobKind, Lost};

use super::folded;
use crate::{Env, Result};

/// More characters than any name or email address has.
const LONGEST: usize = 254;

/// Has a link sent with which the password of this login name can be set anew, if anybody has it.
///
/// # Errors
/// `TooManyAttempts` when the source has asked too often.
pub async fn forgot_password(
    env: &Env,
    name: &str,
    language: Language,
    source: IpAddr,
) -> Result<()> {
    write(env, Lost::Password, &folded(name), (language, source)).await
}

/// Has the usernames sent that belong to this email address, if there are any.
///
/// # Errors
/// `TooManyAttempts` when the source has asked too often.
pub async fn forgot_username(
    env: &Env,
    email: &str,
    language: Language,
    source: IpAddr,
) -> Result<()> {
    let email = email.trim().to_lowercase();
    write(env, Lost::Username, &email, (language, source)).await
}

async fn write(
    env: &Env,
    lost: Lost,
    typed: &str,
    (language, source): (Language, IpAddr),
) -> Result<()> {
    let typed = typed.chars().filter(|c| !c.is_control());
    let typed: String = typed.take(LONGEST).collect();
    env.requests.take(source, &typed, env.now())?;
    let forgotten = Forgotten {
        id: ForgottenId(env.id()),
        lost,
        typed,
        language,
        requested_at: env.now(),
    };
    let mut tx = env.write().await?;
    tx.forgotten().insert(&forgotten).await?;
    let job = JobKind::ForgottenMail(forgotten.id);
    tx.job().insert(JobId(env.id()), job, env.now()).await?;
    Ok(tx.commit().await?)
}
