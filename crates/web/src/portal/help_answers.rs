//! What readers say of the help pages, for the operator (H2).

use axum::{extract::State, response::Response};
use model::{HelpCount, HelpRemark, HelpTask, Language};
use service::help;

use super::{home::count, reader::Reader, refusal::Refusal, shown::shown};
use crate::{
    format,
    frame::Section,
    help::{href, text},
    language::own_name,
    pages::help_answers::{HelpAnswerRow, HelpAnswersPage, HelpCommentRow},
    server::Portal,
};

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    let language = reader.words().language();
    let counts = help::counts(&portal.env, reader.actor()).await?;
    let row = |task: &HelpTask| HelpAnswerRow {
        title: text(*task, language).title,
        href: href(*task),
        german: of(&counts, *task, Language::German),
        english: of(&counts, *task, Language::English),
    };
    let zone = reader.zone();
    let comment = |remark: HelpRemark| HelpCommentRow {
        title: text(remark.task, language).title,
        language: own_name(remark.language),
        code: remark.language.code(),
        is_useful: remark.is_useful,
        comment: remark.comment,
        at: format::moment(remark.at, &zone, language),
    };
    let comments = help::comments(&portal.env, reader.actor()).await?;
    Ok(shown(&HelpAnswersPage {
        rows: HelpTask::ALL.iter().map(row).collect(),
        comments: comments.into_iter().map(comment).collect(),
        frame: reader.frame(&portal, Section::Help).await?,
    }))
}

/// "Yes" and "no".
fn of(counts: &[HelpCount], task: HelpTask, language: Language) -> (u64, u64) {
    let found = counts
        .iter()
        .find(|count| count.task == task && count.language == language);
    found.map_or((0, 0), |found| {
        (count(found.useful), count(found.not_useful))
    })
}
