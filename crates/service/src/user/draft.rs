//! Adding a user question by question: the answers are kept, and outlive the session.

use model::{
    AccountId, Action, Extension, Field, PhoneNumber, Problem, Problems, Product, Question, SiteId,
    Timestamp, UserDraft, Username,
};
use store::{KeptDraft, Place, Tx};

use super::{AddUser, obstacle};
use crate::{Actor, Env, Error, Result};

/// How long answers are kept after the last one, in seconds.
pub const KEPT_S: i64 = 30 * 24 * 3600;
/// More characters than any answer has.
const LONGEST: usize = 300;

/// A user who is being added.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Where.
    pub place: Place,
    /// The name of the request that will add the user.
    pub request: String,
    /// The answers so far.
    pub answers: UserDraft,
    /// When the last answer was given; `None` before the first.
    pub kept_at: Option<Timestamp>,
}

/// What the actor has answered so far at a site; nothing yet, when there is no draft.
///
/// # Errors
/// `NotFound` and `Forbidden` by role (U1); `Forbidden` for API tokens, which add users in one go.
pub async fn get(env: &Env, actor: &Actor, site: SiteId) -> Result<Draft> {
    let mut tx = env.read().await?;
    let (place, account) = authorised(tx.as_mut(), actor, site).await?;
    read(env, tx.as_mut(), place, account).await
}

/// Keeps the answers to a question, once they keep its rules.
///
/// # Errors
/// As [`get`]; `Invalid` with everything that is wrong with these answers.
pub async fn answer(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    question: Question,
    answers: &UserDraft,
) -> Result<()> {
    let mut tx = env.write().await?;
    let (place, account) = authorised(tx.as_mut(), actor, site).await?;
    let mut draft = read(env, tx.as_mut(), place, account).await?;
    question.answer(answers, &mut draft.answers);
    problems(tx.as_mut(), actor, &draft, question)
        .await?
        .check()?;
    keep(env, tx.as_mut(), account, draft).await?;
    Ok(tx.commit().await?)
}

/// Keeps the answers to a question as they stand, for somebody who goes back to an earlier one.
///
/// # Errors
/// As [`get`].
pub async fn keep_unchecked(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    question: Question,
    answers: &UserDraft,
) -> Result<()> {
    let mut tx = env.write().await?;
    let (place, account) = authorised(tx.as_mut(), actor, site).await?;
    let mut draft = read(env, tx.as_mut(), place, account).await?;
    question.answer(&shortened(answers), &mut draft.answers);
    keep(env, tx.as_mut(), account, draft).await?;
    Ok(tx.commit().await?)
}

/// Forgets the answers.
///
/// # Errors
/// As [`get`].
pub async fn discard(env: &Env, actor: &Actor, site: SiteId) -> Result<()> {
    let mut tx = env.write().await?;
    let (place, account) = authorised(tx.as_mut(), actor, site).await?;
    tx.user_draft().delete(account, place.site.id).await?;
    Ok(tx.commit().await?)
}

/// The extension that a user with these answers gets by default, or a free one near it (U4).
///
/// # Errors
/// As [`get`].
pub async fn free_extension(env: &Env, actor: &Actor, draft: &Draft) -> Result<Option<Extension>> {
    let mut tx = env.read().await?;
    let place = &draft.place;
    let Ok(number) = PhoneNumber::parse(&draft.answers.number, place.site.country) else {
        return Ok(None);
    };
    let extension = number.default_extension(place.enterprise.extension_rule.default);
    let enterprise = place.enterprise.id;
    let holder = tx.user().extension_holder(enterprise, &extension).await?;
    if holder.is_none() {
        return Ok(Some(extension));
    }
    let taken = obstacle::extension_taken(tx.as_mut(), actor, place, &extension).await?;
    match taken {
        Problem::ExtensionTaken { suggestion, .. } => Ok(suggestion),
        _ => Ok(None),
    }
}

/// Forgets the answers of a request that has added its user.
pub(super) async fn done(tx: &mut dyn Tx, actor: &Actor, request: &AddUser) -> Result<()> {
    let Some(account) = actor.account() else {
        return Ok(());
    };
    let kept = tx.user_draft().get(account, request.site).await?;
    let is_this = kept.is_some_and(|kept| Some(kept.request) == request.idempotency_key);
    if is_this {
        tx.user_draft().delete(account, request.site).await?;
    }
    Ok(())
}

async fn authorised(tx: &mut dyn Tx, actor: &Actor, site: SiteId) -> Result<(Place, AccountId)> {
    let place = actor.site(tx, site, Action::AddUser).await?;
    let account = actor.account().ok_or(Error::Forbidden)?;
    Ok((place, account))
}

async fn read(env: &Env, tx: &mut dyn Tx, place: Place, account: AccountId) -> Result<Draft> {
    let kept = tx.user_draft().get(account, place.site.id).await?;
    Ok(match kept {
        Some(kept) => Draft {
            place,
            request: kept.request,
            answers: kept.answers,
            kept_at: Some(kept.updated_at),
        },
        None => Draft {
            place,
            request: env.form_token(),
            answers: UserDraft::default(),
            kept_at: None,
        },
    })
}

async fn keep(env: &Env, tx: &mut dyn Tx, account: AccountId, draft: Draft) -> Result<()> {
    let kept = KeptDraft {
        request: draft.request,
        answers: draft.answers,
        updated_at: env.now(),
    };
    let site = draft.place.site.id;
    Ok(tx.user_draft().put(account, site, &kept).await?)
}

/// What is wrong with the answers to one question, whatever the others are.
async fn problems(
    tx: &mut dyn Tx,
    actor: &Actor,
    draft: &Draft,
    question: Question,
) -> Result<Problems> {
    let (place, answers) = (&draft.place, &draft.answers);
    let rule = place.enterprise.extension_rule;
    let checked = answers.check(place.site.country, rule).err();
    let mut problems = question.problems(checked.unwrap_or_default());
    if !problems.0.is_empty() {
        return Ok(problems);
    }
    match question {
        Question::Person => person(tx, place, answers, &mut problems).await?,
        Question::Package => licences(tx, place, answers, &mut problems).await?,
        Question::Number => {
            if let Ok(number) = PhoneNumber::parse(&answers.number, place.site.country) {
                obstacle::number(tx, place, &number, &mut problems).await?;
            }
        }
        Question::Extension => extension(tx, actor, draft, &mut problems).await?,
        Question::DeskPhone | Question::Mobile => {}
    }
    Ok(problems)
}

async fn person(
    tx: &mut dyn Tx,
    place: &Place,
    answers: &UserDraft,
    problems: &mut Problems,
) -> Result<()> {
    if let Ok(username) = answers.username.parse::<Username>() {
        obstacle::username(tx, place, &username, problems).await?;
    }
    if let Ok(department) = answers.department.parse() {
        let found = tx.department().get(place.site.id, department).await?;
        if found.is_none() {
            problems.add(Field::Department, Problem::Unknown);
        }
    }
    Ok(())
}

async fn licences(
    tx: &mut dyn Tx,
    place: &Place,
    answers: &UserDraft,
    problems: &mut Problems,
) -> Result<()> {
    let held = tx.licence().list(place.enterprise.id).await?;
    let package = answers.package.parse().map(Product::Package);
    let services = answers.services.iter();
    let services = services.filter_map(|service| service.parse().map(Product::Service).ok());
    for product in package.into_iter().chain(services) {
        let licence = held.iter().find(|licence| licence.product == product);
        if licence.is_none_or(|licence| licence.left() <= 0) {
            problems.add(product.field(), Problem::NoLicenceLeft { product });
        }
    }
    Ok(())
}

async fn extension(
    tx: &mut dyn Tx,
    actor: &Actor,
    draft: &Draft,
    problems: &mut Problems,
) -> Result<()> {
    let (place, answers) = (&draft.place, &draft.answers);
    let number = PhoneNumber::parse(&answers.number, place.site.country);
    let default = place.enterprise.extension_rule.default;
    let extension = match (answers.extension.trim(), number) {
        ("", Ok(number)) => number.default_extension(default),
        ("", Err(_)) => return Ok(()),
        (typed, _) => match typed.parse() {
            Ok(extension) => extension,
            Err(_) => return Ok(()),
        },
    };
    let holder = tx
        .user()
        .extension_holder(place.enterprise.id, &extension)
        .await?;
    if holder.is_some() {
        let taken = obstacle::extension_taken(tx, actor, place, &extension).await?;
        problems.add(Field::Extension, taken);
    }
    Ok(())
}

/// The answers without what no answer is long enough for.
fn shortened(answers: &UserDraft) -> UserDraft {
    let short = |text: &String| text.chars().take(LONGEST).collect::<String>();
    UserDraft {
        number: short(&answers.number),
        extension: short(&answers.extension),
        package: short(&answers.package),
        services: answers.services.iter().take(LONGEST).map(short).collect(),
        first_name: short(&answers.first_name),
        last_name: short(&answers.last_name),
        username: short(&answers.username),
        email: short(&answers.email),
        language: short(&answers.language),
        department: short(&answers.department),
        desk_phone_type: short(&answers.desk_phone_type),
        mobile_number: short(&answers.mobile_number),
        contract_number: short(&answers.contract_number),
    }
}
