//! Templates as answers.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

/// A page as HTML.
pub(super) fn shown(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page as HTML with a status of its own.
pub(super) fn shown_with(status: StatusCode, page: &impl Template) -> Response {
    let mut response = shown(page);
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// The status for a form that is shown again with what is wrong.
pub(super) fn status_of(problems: &model::Problems) -> StatusCode {
    if problems.is_conflict() {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}
