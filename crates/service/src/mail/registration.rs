//! The registration email (U10).
//!
//! The link's secret is nowhere but in the letter: each attempt makes a new one in place of the earlier.

use model::{AccountId, Grant, JobId};
use store::{Account, Job, JobKind, LinkPurpose, Tenant, Tx};

use super::{Content, Letter, OneTimeLink, send};
use crate::{
    Env, Result,
    account::{Home, home},
    password,
};

/// Has the email sent once the transaction is committed.
pub(crate) async fn enqueue(env: &Env, tx: &mut dyn Tx, account: AccountId) -> Result<()> {
    let job = JobKind::RegistrationMail(account);
    Ok(tx.job().insert(JobId(env.id()), job, env.now()).await?)
}

/// Makes the link, sends it, and is done.
pub(crate) async fn run(env: &Env, job: &Job, account: AccountId) -> Result<()> {
    let mut tx = env.write().await?;
    let letter = match tx.account().get(account).await? {
        Some(account) => letter(env, tx.as_mut(), &account).await?,
        None => None,
    };
    if let Some(letter) = letter {
        tx.commit().await?;
        send(env, job, &letter).await?;
        tx = env.write().await?;
    }
    tx.job().delete(job.id).await?;
    Ok(tx.commit().await?)
}

async fn letter(env: &Env, tx: &mut dyn Tx, account: &Account) -> Result<Option<Letter>> {
    if account.email.is_empty() {
        return Ok(None);
    }
    let Some(Home {
        login_name,
        country,
    }) = home(tx, account).await?
    else {
        return Ok(None);
    };
    let name = name(tx, account).await?;
    let purpose = LinkPurpose::Registration;
    let token = password::new_link(env, tx, account.id, purpose).await?;
    Ok(Some(Letter {
        id: env.id(),
        at: env.now(),
        to: account.email.clone(),
        language: account.language,
        country,
        content: Content::Registration {
            name,
            login_name,
            link: OneTimeLink::new(&env.settings.public_url, &token),
            good_until: env.now().plus_seconds(password::GOOD_FOR_S),
        },
    }))
}

/// How the letter addresses somebody: a user by the full name, others by the username.
async fn name(tx: &mut dyn Tx, account: &Account) -> Result<String> {
    let user = match account.grant {
        Grant::User(_, user) => tx.user().get(Tenant::Installation, user).await?,
        Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) => None,
    };
    Ok(user.map_or_else(|| account.username.clone(), |user| user.full_name()))
}
