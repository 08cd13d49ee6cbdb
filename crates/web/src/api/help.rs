//! How the help pages are received (H2).

use axum::{Json, extract::State};
use model::HelpCount;
use serde::Serialize;
use service::help;
use utoipa::ToSchema;

use super::{actor::Caller, error::ApiError};
use crate::server::Portal;

/// How often a help page was found useful in a language, and how often not.
#[derive(Serialize, ToSchema)]
pub(super) struct HelpCountOut {
    /// The page, as in its address.
    task: &'static str,
    /// `de` or `en`.
    language: &'static str,
    /// Answers "yes".
    useful: i64,
    /// Answers "no".
    not_useful: i64,
}

impl From<HelpCount> for HelpCountOut {
    fn from(count: HelpCount) -> Self {
        Self {
            task: count.task.id(),
            language: count.language.code(),
            useful: count.useful,
            not_useful: count.not_useful,
        }
    }
}

/// Lists each help page in each language with its answers.
#[utoipa::path(
    get, path = "/api/v1/help-counts", tag = "help",
    responses((status = 200, body = Vec<HelpCountOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn counts(
    State(portal): State<Portal>,
    Caller(actor): Caller,
) -> Result<Json<Vec<HelpCountOut>>, ApiError> {
    let counts = help::counts(&portal.env, &actor).await?;
    Ok(Json(counts.into_iter().map(Into::into).collect()))
}
