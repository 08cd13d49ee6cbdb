//! The letter that tells somebody of a colleague who leaves (D4).

use model::{JobId, Notice, NoticeId, NoticeText};
use store::{Job, JobKind, Tenant, Tx};

use super::{Content, Letter, send};
use crate::{Env, Result, account::home};

/// Has the letter sent once the transaction is committed.
pub(crate) async fn enqueue(env: &Env, tx: &mut dyn Tx, notice: &Notice) -> Result<()> {
    tx.notice().insert(notice).await?;
    let job = JobKind::NoticeMail(notice.id);
    Ok(tx.job().insert(JobId(env.id()), job, env.now()).await?)
}

/// Sends the letter, and is done. A notice goes with whom it is for; nobody is written to then.
pub(crate) async fn run(env: &Env, job: &Job, id: NoticeId) -> Result<()> {
    let mut tx = env.read().await?;
    let letter = match tx.notice().get(id).await? {
        Some(notice) => letter(env, tx.as_mut(), notice).await?,
        None => None,
    };
    drop(tx);
    if let Some(letter) = letter {
        send(env, job, &letter).await?;
    }
    let mut tx = env.write().await?;
    tx.notice().delete(id).await?;
    tx.job().delete(job.id).await?;
    Ok(tx.commit().await?)
}

async fn letter(env: &Env, tx: &mut dyn Tx, notice: Notice) -> Result<Option<Letter>> {
    let tenant = Tenant::Installation;
    let Some(user) = tx.user().get(tenant, notice.recipient).await? else {
        return Ok(None);
    };
    let account = tx.account().get_of_user(tenant, user.id).await?;
    let Some(account) = account.filter(|account| !account.email.is_empty()) else {
        return Ok(None);
    };
    let Some(home) = home(tx, &account).await? else {
        return Ok(None);
    };
    let message = notice.message.as_ref().map(NoticeText::as_str);
    Ok(Some(Letter {
        // The notice's, so that a letter that is sent again after a kill is the same one.
        id: notice.id.0,
        at: notice.created_at,
        to: account.email,
        language: account.language,
        country: home.country,
        content: Content::Notice {
            name: user.full_name(),
            leaver: notice.leaver,
            changes: notice.changes,
            message: message.map(str::to_owned),
            login: format!("{}/login", env.settings.public_url),
        },
    }))
}
