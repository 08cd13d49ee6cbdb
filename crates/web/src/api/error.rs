//! Refusals as RFC 9457 problem details.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{AudioFault, JournalEntry, Language, Problem};
use serde::Serialize;
use service::Error;
use utoipa::ToSchema;

use super::journal::JournalEntryOut;
use crate::{problem, words::Words};

/// The title of status 412.
const CHANGED: &str = "It has changed since you looked at it";

/// Why a request was not carried out (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProblemDetails {
    /// What kind of problem, as a reference.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The same in words.
    title: &'static str,
    /// HTTP status.
    status: u16,
    /// This occurrence in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// Every field that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldDetails>,
    /// What others have done meanwhile, the newest first (with status 412).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    meanwhile: Vec<JournalEntryOut>,
}

/// What is wrong with a field.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FieldDetails {
    /// JSON pointer into the body (RFC 6901).
    pointer: String,
    /// Stable name of the problem.
    code: &'static str,
    /// The problem in words.
    detail: String,
    /// For a taken extension: one that is free.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<String>,
}

/// A refusal.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// By a use case.
    Service(Error),
    /// By the reading of the request.
    Request(StatusCode, &'static str, String),
    /// A value in the body that has the wrong type.
    Type { pointer: String, detail: String },
    /// By others, who have done this since the caller looked.
    Meanwhile(Vec<JournalEntry>),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self::Service(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match self {
            Self::Service(error) => told(&error),
            Self::Request(status, title, detail) => {
                details(status, title, Some(detail), Vec::new())
            }
            Self::Meanwhile(entries) => answer(ProblemDetails {
                meanwhile: entries.into_iter().map(Into::into).collect(),
                ..ProblemDetails::new(StatusCode::PRECONDITION_FAILED, CHANGED)
            }),
            Self::Type { pointer, detail } => {
                let field = FieldDetails {
                    pointer,
                    code: "wrong-type",
                    detail,
                    suggestion: None,
                };
                details(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "A value has the wrong type",
                    None,
                    vec![field],
                )
            }
        }
    }
}

/// A refusal of a use case.
pub(crate) fn told(error: &Error) -> Response {
    let plain = |status, title| details(status, title, None, Vec::new());
    match error {
        Error::NotFound => plain(StatusCode::NOT_FOUND, "Not found"),
        Error::Forbidden => plain(StatusCode::FORBIDDEN, "Your role does not allow this"),
        Error::Unauthenticated | Error::CodeWanted(_) => unauthenticated(),
        Error::PasswordExpired => plain(StatusCode::FORBIDDEN, "The password has expired"),
        Error::TooManyAttempts { retry_after_s } => {
            let mut response = plain(StatusCode::TOO_MANY_REQUESTS, "Too many attempts");
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_s));
            response
        }
        Error::Invalid(problems) if problems.is_conflict() => details(
            StatusCode::CONFLICT,
            "Something stands in the way",
            None,
            fields(problems),
        ),
        Error::Invalid(problems) if is_too_large(problems) => details(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The file is too large",
            None,
            fields(problems),
        ),
        Error::Invalid(problems) => details(
            StatusCode::UNPROCESSABLE_ENTITY,
            "A rule is broken",
            None,
            fields(problems),
        ),
        Error::NotActive => plain(StatusCode::CONFLICT, "The user is not active yet"),
        Error::AlreadyActive => plain(StatusCode::CONFLICT, "The user is active already"),
        Error::NotFailed => plain(StatusCode::CONFLICT, "The activation has not failed"),
        Error::OrderFinished => plain(StatusCode::CONFLICT, "The order is finished"),
        Error::NoDeskPhone => plain(StatusCode::CONFLICT, "The user has no desk phone"),
        Error::Changed => plain(StatusCode::PRECONDITION_FAILED, CHANGED),
        Error::NotFinished => plain(StatusCode::CONFLICT, "The job is not over yet"),
        Error::IdempotencyMismatch => plain(
            StatusCode::UNPROCESSABLE_ENTITY,
            "The Idempotency-Key was used for another request",
        ),
        Error::Gone => plain(StatusCode::GONE, "What this request made has been deleted"),
        Error::Store(_) | Error::Post(_) | Error::Internal(_) | Error::Carrier(_) => {
            tracing::error!(error = error as &dyn std::error::Error, "a request failed");
            plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Klinke itself failed; nothing was changed",
            )
        }
    }
}

fn is_too_large(problems: &model::Problems) -> bool {
    let mut problems = problems.0.iter();
    problems.any(|found| found.problem == AudioFault::TooLarge.problem())
}

fn unauthenticated() -> Response {
    let mut response = details(
        StatusCode::UNAUTHORIZED,
        "A token is needed: Authorization: Bearer klk_…",
        None,
        Vec::new(),
    );
    response.headers_mut().insert(
        header::WWW_AUTHENTICATE,
        HeaderValue::from_static("Bearer realm=\"klinke\""),
    );
    response
}

/// The API speaks English; the portal says the same in the reader's language.
fn fields(problems: &model::Problems) -> Vec<FieldDetails> {
    let words = Words::of(Language::English);
    let told = problem::Errors::told(words, problems).0;
    let field = |(problem, told): (&model::FieldProblem, problem::FieldError)| FieldDetails {
        pointer: format!("/{}", problem.field.id()),
        code: problem.problem.code(),
        detail: told.message,
        suggestion: suggestion(&problem.problem),
    };
    problems.0.iter().zip(told).map(field).collect()
}

fn suggestion(problem: &Problem) -> Option<String> {
    match problem {
        Problem::ExtensionTaken { suggestion, .. } => suggestion.as_ref().map(ToString::to_string),
        _ => None,
    }
}

impl ProblemDetails {
    fn new(status: StatusCode, title: &'static str) -> Self {
        Self {
            kind: "about:blank",
            title,
            status: status.as_u16(),
            detail: None,
            errors: Vec::new(),
            meanwhile: Vec::new(),
        }
    }
}

fn details(
    status: StatusCode,
    title: &'static str,
    detail: Option<String>,
    errors: Vec<FieldDetails>,
) -> Response {
    answer(ProblemDetails {
        detail,
        errors,
        ..ProblemDetails::new(status, title)
    })
}

fn answer(body: ProblemDetails) -> Response {
    let status = StatusCode::from_u16(body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(body)).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// The answer to a method that a path does not have.
pub(crate) fn method_not_allowed() -> Response {
    details(
        StatusCode::METHOD_NOT_ALLOWED,
        "This path does not have this method",
        None,
        Vec::new(),
    )
}
