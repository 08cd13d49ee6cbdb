//! Call services of a user.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use model::{CallServicesDraft, Field, UserId};
use serde::{Deserialize, Serialize};
use service::{Error, call_services};
use utoipa::ToSchema;

use super::{
    actor::Caller,
    body::Body,
    error::ApiError,
    id::Id,
    user_out::{moment, time},
    version::{IfMatch, etag},
};
use crate::server::Portal;

/// Call services of a user; what is read can be sent back.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallServicesBody {
    /// Where every call goes: a colleague's extension, or a number; `null` for nowhere else. A user of the installation is
    /// kept by identity, whatever is sent.
    #[serde(default)]
    forward_always: Option<String>,
    /// From when on: RFC 3339.
    #[serde(default)]
    forward_always_from: Option<String>,
    /// Before when: RFC 3339.
    #[serde(default)]
    forward_always_until: Option<String>,
    /// Where calls go while the user is busy, declines or does not want to be disturbed.
    #[serde(default)]
    forward_busy: Option<String>,
    /// Where calls go that nobody answers.
    #[serde(default)]
    forward_no_answer: Option<String>,
    /// After how many rings, 2 to 20; one lasts 6 s. 4 when left out.
    #[serde(default)]
    no_answer_rings: Option<i64>,
    /// Where calls go while no phone is logged in.
    #[serde(default)]
    forward_unreachable: Option<String>,
    /// Nothing rings; callers hear that the user is busy.
    #[serde(default)]
    do_not_disturb: bool,
    /// Until when: RFC 3339.
    #[serde(default)]
    do_not_disturb_until: Option<String>,
    /// Strangers do not see the number.
    #[serde(default)]
    withholds_number: bool,
    /// `basic`, `bronze`, `silver`, `gold` or `platinum`; left as it is when left out. Users cannot change their own.
    #[serde(default)]
    barring: Option<String>,
}

impl From<CallServicesDraft> for CallServicesBody {
    fn from(draft: CallServicesDraft) -> Self {
        let target = |typed: String| Some(typed).filter(|typed| !typed.is_empty());
        Self {
            forward_always: target(draft.forward_always),
            forward_always_from: draft.forward_always_from.map(time),
            forward_always_until: draft.forward_always_until.map(time),
            forward_busy: target(draft.forward_busy),
            forward_no_answer: target(draft.forward_no_answer),
            no_answer_rings: draft.no_answer_rings.parse().ok(),
            forward_unreachable: target(draft.forward_unreachable),
            do_not_disturb: draft.do_not_disturb,
            do_not_disturb_until: draft.do_not_disturb_until.map(time),
            withholds_number: draft.withholds_number,
            barring: draft.barring,
        }
    }
}

impl CallServicesBody {
    fn draft(self) -> Result<CallServicesDraft, Error> {
        let rings = self.no_answer_rings.map(|rings| rings.to_string());
        Ok(CallServicesDraft {
            forward_always_from: moment(
                Field::ForwardAlwaysFrom,
                self.forward_always_from.as_deref(),
            )?,
            forward_always_until: moment(
                Field::ForwardAlwaysUntil,
                self.forward_always_until.as_deref(),
            )?,
            do_not_disturb_until: moment(
                Field::DoNotDisturbUntil,
                self.do_not_disturb_until.as_deref(),
            )?,
            forward_always: self.forward_always.unwrap_or_default(),
            forward_busy: self.forward_busy.unwrap_or_default(),
            forward_no_answer: self.forward_no_answer.unwrap_or_default(),
            no_answer_rings: rings.unwrap_or_default(),
            forward_unreachable: self.forward_unreachable.unwrap_or_default(),
            do_not_disturb: self.do_not_disturb,
            withholds_number: self.withholds_number,
            barring: self.barring,
        })
    }
}

fn told(found: &call_services::UserServices) -> Response {
    let tag = etag(found.services.version);
    let body = CallServicesBody::from(found.draft());
    ([(header::ETAG, tag)], Json(body)).into_response()
}

/// Looks at a user's call services.
#[utoipa::path(
    get, path = "/api/v1/users/{id}/call-services", tag = "call services", params(("id" = Uuid, Path)),
    responses((status = 200, body = CallServicesBody), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
) -> Result<Response, ApiError> {
    Ok(told(&call_services::get(&portal.env, &actor, id).await?))
}

/// Sets a user's call services, in any state (S6). The next call obeys them.
#[utoipa::path(
    put, path = "/api/v1/users/{id}/call-services", tag = "call services",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header)), request_body = CallServicesBody,
    responses((status = 200, body = CallServicesBody), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn set(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
    IfMatch(version): IfMatch,
    Body(new): Body<CallServicesBody>,
) -> Result<Response, ApiError> {
    let draft = new.draft()?;
    let done = call_services::set(&portal.env, &actor, id, &draft, version).await?;
    Ok(told(&done))
}
