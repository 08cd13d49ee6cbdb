//! Refused requests as pages: the handler says why, and here it is told in the reader's language.

use std::any::Any;

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use service::{Error, session};

use super::{
    address,
    reader::{Reader, Visitor, session_token},
    shown::shown,
};
use crate::{
    api,
    frame::{Frame, Section},
    pages::error::{ErrorPage, Trouble},
    problem::Errors,
    server::Portal,
};

/// Why a page was not shown.
pub(super) struct Refusal(Error);

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// Carries the error to [`show`].
#[derive(Clone)]
struct Refused(std::sync::Arc<Error>);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response
            .extensions_mut()
            .insert(Refused(std::sync::Arc::new(self.0)));
        response
    }
}

/// Turns refusals, unknown paths and bodies that are too large into pages, and into problem details below `/api/`.
pub(crate) async fn show(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let refused = response
        .extensions()
        .get::<Refused>()
        .map(|refused| refused.0.clone());
    let is_api = asked.uri.path().starts_with("/api/");
    match (refused, response.status()) {
        (Some(error), _) if is_api => api::told(&error),
        (None, StatusCode::METHOD_NOT_ALLOWED) if is_api => api::method_not_allowed(),
        (None, _) if is_api => response,
        (Some(error), _) => match &*error {
            Error::Unauthenticated | Error::CodeWanted(_) => to_login(&asked),
            Error::PasswordExpired => Redirect::to("/account/password").into_response(),
            error => page(&portal, asked, trouble(error), Some(error)).await,
        },
        (None, StatusCode::PAYLOAD_TOO_LARGE) => {
            page(&portal, asked, Trouble::ContentTooLarge, None).await
        }
        // An address that an extractor of axum cannot read is one that does not exist.
        (None, StatusCode::METHOD_NOT_ALLOWED | StatusCode::BAD_REQUEST) => {
            page(&portal, asked, Trouble::NotFound, None).await
        }
        (None, _) => response,
    }
}

/// The answer to a path that does not exist.
pub(crate) async fn not_found() -> Response {
    Refusal(Error::NotFound).into_response()
}

/// The answer when a handler panicked; the panic itself is in the log.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the signature that the layer asks for"
)]
pub(crate) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let message = panic.downcast_ref::<String>().map(String::as_str);
    let message = message
        .or(panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a message");
    tracing::error!(message, "a handler panicked");
    Refusal(Error::Internal("a handler panicked")).into_response()
}

fn to_login(asked: &axum::http::request::Parts) -> Response {
    let path = asked.uri.path_and_query().map_or("/", |path| path.as_str());
    let back = if asked.method == axum::http::Method::GET && path != "/" {
        path
    } else {
        ""
    };
    Redirect::to(&address::query("/login", &[("return", back)])).into_response()
}

fn trouble(error: &Error) -> Trouble {
    match error {
        Error::NotFound => Trouble::NotFound,
        Error::Forbidden
        | Error::Unauthenticated
        | Error::CodeWanted(_)
        | Error::PasswordExpired => Trouble::Forbidden,
        Error::TooManyAttempts { .. } => Trouble::TooManyRequests,
        Error::Invalid(problems) if problems.is_conflict() => Trouble::Conflict,
        Error::Invalid(_) | Error::IdempotencyMismatch => Trouble::UnprocessableContent,
        Error::NotActive
        | Error::AlreadyActive
        | Error::NotFailed
        | Error::OrderFinished
        | Error::NoDeskPhone
        | Error::NotFinished => Trouble::Conflict,
        Error::Changed => Trouble::PreconditionFailed,
        Error::Gone => Trouble::Gone,
        Error::Store(_) | Error::Post(_) | Error::Internal(_) | Error::Carrier(_) => {
            tracing::error!(error = error as &dyn std::error::Error, "a page failed");
            Trouble::Internal
        }
    }
}

async fn page(
    portal: &Portal,
    asked: axum::http::request::Parts,
    trouble: Trouble,
    error: Option<&Error>,
) -> Response {
    let frame = frame(portal, asked).await;
    let words = frame.words;
    let mut page = ErrorPage::new(frame, trouble);
    page.detail = match error {
        Some(Error::Invalid(problems)) => Errors::told(words, problems)
            .0
            .into_iter()
            .next()
            .map(|told| told.message),
        _ => None,
    };
    let status =
        StatusCode::from_u16(trouble.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, shown(&page)).into_response();
    if let Some(Error::TooManyAttempts { retry_after_s }) = error {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, (*retry_after_s).into());
    }
    response
}

/// The reader's frame; a visitor's where the session cannot be read.
async fn frame(portal: &Portal, asked: axum::http::request::Parts) -> Frame {
    let session = match session_token(&asked.headers) {
        Some(token) => session::authenticate(&portal.env, token).await.ok(),
        None => None,
    };
    let visitor = Visitor::new(&asked, session.as_ref().map(|session| session.language));
    let Some(session) = session else {
        return visitor.frame(Section::Home);
    };
    let reader = Reader { visitor, session };
    match reader.frame(portal, Section::Home).await {
        Ok(frame) => frame,
        Err(_) => reader.visitor.frame(Section::Home),
    }
}
