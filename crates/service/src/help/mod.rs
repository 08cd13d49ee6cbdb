//! "Did you find this useful?" on the help pages: anybody answers, the operator sees the counts (H2).

mod flood;

use std::net::IpAddr;

use model::{Action, Field, HelpComment, HelpCount, HelpRemark, HelpTask, Language, Target};
use store::HelpAnswer;

use crate::{Actor, Env, Error, Result};

pub(crate) use flood::Flood;

/// Comments kept of each page.
const KEPT: i64 = 50;
/// Comments that the operator is shown.
const SHOWN: i64 = 100;

/// What somebody answers who has read a page.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The page.
    pub task: HelpTask,
    /// The language it was read in.
    pub language: Language,
    /// Yes or no.
    pub is_useful: bool,
    /// What was added, as it was typed.
    pub comment: String,
}

/// Counts an answer. There is no actor, because nobody needs to be logged in; of the source nothing is stored.
///
/// # Errors
/// `TooManyAttempts` when too many answers came lately; `Invalid` for a comment that is too long.
pub async fn answer(env: &Env, source: IpAddr, answer: &Answer) -> Result<()> {
    let comment = HelpComment::parse(&answer.comment);
    let comment = comment.map_err(|problem| Error::field(Field::Comment, problem))?;
    env.help_answers.take(source, env.now())?;
    let given = HelpAnswer {
        task: answer.task,
        language: answer.language,
        is_useful: answer.is_useful,
    };
    let mut tx = env.write().await?;
    tx.help().insert_answer(given).await?;
    if let Some(comment) = comment {
        tx.help()
            .insert_comment(env.id(), given, &comment, env.now(), KEPT)
            .await?;
    }
    Ok(tx.commit().await?)
}

/// The counts of every page in every language.
///
/// # Errors
/// `Forbidden` for all but the operator.
pub async fn counts(env: &Env, actor: &Actor) -> Result<Vec<HelpCount>> {
    actor.authorise(Action::ViewHelpAnswers, Target::Installation)?;
    let counted = env.read().await?.help().list_counts().await?;
    let of = |task, language| {
        let found = counted
            .iter()
            .find(|count| count.task == task && count.language == language);
        found.copied().unwrap_or(HelpCount {
            task,
            language,
            useful: 0,
            not_useful: 0,
        })
    };
    let pages = HelpTask::ALL.iter();
    Ok(pages
        .flat_map(|task| Language::ALL.map(|language| of(*task, language)))
        .collect())
}

/// The newest comments.
///
/// # Errors
/// As [`counts`].
pub async fn comments(env: &Env, actor: &Actor) -> Result<Vec<HelpRemark>> {
    actor.authorise(Action::ViewHelpAnswers, Target::Installation)?;
    Ok(env.read().await?.help().list_comments(SHOWN).await?)
}
