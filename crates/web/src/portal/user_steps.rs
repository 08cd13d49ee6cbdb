//! Adding a user question by question (U1–U7): each answer is kept, also when the session is lost meanwhile.

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use model::{Limit, Problems, Question, SiteId};
use serde::Deserialize;
use service::{
    Error, number,
    user::draft::{self, Draft},
};

use super::{
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    user_add, user_fields,
};
use crate::{
    format,
    frame::Section,
    pages::user_step::UserStepPage,
    parts::{Choice, Link},
    problem::Errors,
    server::Portal,
};

/// How many free numbers are shown to pick from.
const OFFERED: usize = 24;
/// Remembers which form somebody likes.
pub(super) const COOKIE: &str = "klinke_add";
/// How long that is remembered, in seconds.
const KEPT_S: u32 = 365 * 24 * 3600;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    /// Which numbers.
    q: String,
    /// Where to go on.
    then: String,
}

/// Address of a question.
pub(super) fn question_address(site: SiteId, question: Question) -> String {
    format!("/sites/{site}/users/new/{}", question.name())
}

/// Address of the page with all answers.
pub(super) fn check_address(site: SiteId) -> String {
    format!("/sites/{site}/users/new/check")
}

/// Remembers in a cookie whether the reader likes one page or one question at a time.
pub(super) fn remembering(form: &str, response: Response) -> Response {
    let cookie = format!("{COOKIE}={form}; Path=/; Max-Age={KEPT_S}; SameSite=Lax");
    ([(header::SET_COOKIE, cookie)], response).into_response()
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, question)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (site, question) = (address::id(&site)?, address::id(&question)?);
    let draft = draft::get(&portal.env, reader.actor(), site).await?;
    let page = page(&portal, &reader, question, draft, &asked).await?;
    Ok(remembering("steps", shown(&page)))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    question: Question,
    mut draft: Draft,
    asked: &Asked,
) -> Result<UserStepPage, Error> {
    let words = reader.words();
    let site = draft.place.site.id;
    let free_extension = match question {
        Question::Extension => free_extension(portal, reader, &mut draft).await?,
        _ => None,
    };
    if draft.answers.language.is_empty() {
        words
            .language()
            .code()
            .clone_into(&mut draft.answers.language);
    }
    let list = address::site_users(site);
    Ok(UserStepPage {
        trail: vec![Link {
            label: words.user_list_title_site(draft.place.site.name.as_str()),
            href: list.clone(),
        }],
        question,
        site: draft.place.site.name.to_string(),
        choices: user_fields::choices(portal, reader, &draft.place, None).await?,
        numbers: numbers(portal, reader, question, &draft, &asked.q).await?,
        search: asked.q.clone(),
        free_extension,
        returns_to_check: asked.then == "check",
        kept_at: draft
            .kept_at
            .map(|at| format::moment(at, &reader.zone(), words.language())),
        draft: draft.answers,
        action: question_address(site, question),
        discard_action: format!("/sites/{site}/users/new/discard"),
        one_page_href: user_add::form_address(site),
        cancel_href: list,
        frame: reader.frame(portal, Section::Users).await?,
    })
}

/// Prefills the extension (U4); offers the free one beside another that was typed.
async fn free_extension(
    portal: &Portal,
    reader: &Reader,
    draft: &mut Draft,
) -> Result<Option<String>, Error> {
    let free = draft::free_extension(&portal.env, reader.actor(), draft).await?;
    let free = free.map(|extension| extension.to_string());
    if draft.answers.extension.is_empty() {
        draft.answers.extension = free.unwrap_or_default();
        return Ok(None);
    }
    Ok(free.filter(|free| *free != draft.answers.extension))
}

/// The free numbers to pick from, the one that was picked before them.
async fn numbers(
    portal: &Portal,
    reader: &Reader,
    question: Question,
    draft: &Draft,
    search: &str,
) -> Result<Vec<Choice>, Error> {
    if question != Question::Number {
        return Ok(Vec::new());
    }
    let site = &draft.place.site;
    let limit = Limit::new(OFFERED);
    let mut found = number::list_free(&portal.env, reader.actor(), site.id, search, limit).await?;
    if let Ok(picked) = draft.answers.number.parse() {
        found.retain(|number| *number != picked);
        found.insert(0, picked);
    }
    let choice = |number: &model::PhoneNumber| {
        Choice::new(number.as_str(), format::phone_number(number, site.country))
    };
    Ok(found.iter().map(choice).collect())
}

pub(super) async fn answer(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, question)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Refusal> {
    let site: SiteId = address::id(&site)?;
    let question: Question = address::id(&question)?;
    let (env, actor, answers) = (&portal.env, reader.actor(), user_fields::draft(&sent));
    if let (true, Some(previous)) = (sent.get("go") == "back", question.previous()) {
        draft::keep_unchecked(env, actor, site, question, &answers).await?;
        return Ok(see(&question_address(site, previous)));
    }
    let then = sent.get("then");
    match draft::answer(env, actor, site, question, &answers).await {
        Ok(()) => Ok(see(&next(site, question, &then))),
        Err(Error::Invalid(problems)) => {
            let mut draft = draft::get(env, actor, site).await?;
            question.answer(&answers, &mut draft.answers);
            let asked = Asked {
                then,
                ..Asked::default()
            };
            again(&portal, &reader, question, draft, (&asked, &problems)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn next(site: SiteId, question: Question, then: &str) -> String {
    match question.next() {
        Some(next) if then != "check" => question_address(site, next),
        Some(_) | None => check_address(site),
    }
}

/// The question once more, with what was typed and what is wrong.
async fn again(
    portal: &Portal,
    reader: &Reader,
    question: Question,
    draft: Draft,
    (asked, problems): (&Asked, &Problems),
) -> Result<Response, Refusal> {
    let typed = draft.answers.clone();
    let mut page = page(portal, reader, question, draft, asked).await?;
    page.draft = typed;
    page.frame.errors = Errors::told(reader.words(), problems);
    page.free_extension = user_fields::free_extension(problems);
    Ok(shown_with(status_of(problems), &page))
}

pub(super) async fn discard(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
    _sent: Form,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    draft::discard(&portal.env, reader.actor(), site).await?;
    Ok(see(&question_address(site, Question::Person)))
}
