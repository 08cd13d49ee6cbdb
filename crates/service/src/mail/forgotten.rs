//! Answers whoever has forgotten password or username (A1). Only here it is looked up whether anybody has that name, so
//! that nobody learns it from the page or from how long the page took.

use model::{Country, ForgottenId};
use store::{Account, Forgotten, Job, LinkPurpose, Lost, Tx};

use super::{Content, Letter, OneTimeLink, send};
use crate::{
    Env, Result,
    account::{by_login_name, home},
    password,
};

/// After so long, in seconds, nobody waits for an answer any more.
const WAITED_FOR_S: i64 = 24 * 3600;

/// Writes the answer, sends it, and is done; there is none for names that nobody has.
pub(crate) async fn run(env: &Env, job: &Job, id: ForgottenId) -> Result<()> {
    let mut tx = env.write().await?;
    let letter = match tx.forgotten().get(id).await? {
        Some(late) if late.requested_at.plus_seconds(WAITED_FOR_S) <= env.now() => None,
        Some(forgotten) => answer(env, tx.as_mut(), &forgotten).await?,
        None => None,
    };
    if let Some(letter) = letter {
        tx.commit().await?;
        send(env, job, &letter).await?;
        tx = env.write().await?;
    }
    tx.forgotten().delete(id).await?;
    tx.job().delete(job.id).await?;
    Ok(tx.commit().await?)
}

async fn answer(env: &Env, tx: &mut dyn Tx, forgotten: &Forgotten) -> Result<Option<Letter>> {
    match forgotten.lost {
        Lost::Password => reset(env, tx, forgotten).await,
        Lost::Username => reminder(env, tx, forgotten).await,
    }
}

fn letter(
    env: &Env,
    forgotten: &Forgotten,
    to: &Account,
    country: Country,
    content: Content,
) -> Letter {
    Letter {
        id: env.id(),
        at: env.now(),
        to: to.email.clone(),
        language: forgotten.language,
        country,
        content,
    }
}

async fn reset(env: &Env, tx: &mut dyn Tx, forgotten: &Forgotten) -> Result<Option<Letter>> {
    let account = by_login_name(tx, &forgotten.typed).await?;
    let Some(account) = account.filter(|account| !account.email.is_empty()) else {
        return Ok(None);
    };
    let Some(home) = home(tx, &account).await? else {
        return Ok(None);
    };
    let token = password::new_link(env, tx, account.id, LinkPurpose::Reset).await?;
    let content = Content::PasswordReset {
        login_name: home.login_name,
        link: OneTimeLink::new(&env.settings.public_url, &token),
        good_until: env.now().plus_seconds(password::RESET_GOOD_FOR_S),
    };
    Ok(Some(letter(
        env,
        forgotten,
        &account,
        home.country,
        content,
    )))
}

async fn reminder(env: &Env, tx: &mut dyn Tx, forgotten: &Forgotten) -> Result<Option<Letter>> {
    let email = forgotten.typed.to_lowercase();
    let accounts = tx.account().list_by_email(&email).await?;
    let Some(first) = accounts.first() else {
        return Ok(None);
    };
    let (mut login_names, mut country) = (Vec::new(), None);
    for account in &accounts {
        if let Some(home) = home(tx, account).await? {
            login_names.push(home.login_name);
            country.get_or_insert(home.country);
        }
    }
    let content = Content::UsernameReminder {
        login_names,
        login: format!("{}/login", env.settings.public_url),
    };
    let country = country.unwrap_or(Country::UnitedKingdom);
    Ok(Some(letter(env, forgotten, first, country, content)))
}
