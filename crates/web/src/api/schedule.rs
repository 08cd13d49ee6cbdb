//! When a site is open: weekly hours and holidays (G4).

use axum::{Json, extract::State};
use model::{
    Field, Problem, SiteId,
    call_centre::{Schedule, ScheduleDraft, Weekday},
};
use serde::{Deserialize, Serialize};
use service::{Error, schedule};
use utoipa::ToSchema;

use super::{actor::Caller, body::Body, error::ApiError, id::Id};
use crate::server::Portal;

/// When a site is open.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScheduleBody {
    /// When it is open, such as `["monday 08:00-12:00 13:00-17:00"]`; without any, always.
    #[serde(default)]
    openings: Vec<String>,
    /// When it is closed all the same, such as `["2026-12-24 2026-12-26 Christmas"]`.
    #[serde(default)]
    holidays: Vec<String>,
}

impl ScheduleBody {
    fn draft(&self) -> Result<ScheduleDraft, Error> {
        let mut draft = ScheduleDraft::default();
        for line in &self.openings {
            let (day, times) = line.split_once(' ').unwrap_or((line, ""));
            let place = Weekday::ALL.iter().position(|known| known.id() == day);
            let unknown = || Error::field(Field::Openings, Problem::Unknown);
            let typed = &mut draft.openings[place.ok_or_else(unknown)?];
            typed.push(' ');
            typed.push_str(times);
        }
        draft.holidays = self.holidays.join("\n");
        Ok(draft)
    }
}

impl From<&Schedule> for ScheduleBody {
    fn from(schedule: &Schedule) -> Self {
        let draft = ScheduleDraft::of(schedule);
        Self {
            openings: draft.days(),
            holidays: draft.holidays.lines().map(str::to_owned).collect(),
        }
    }
}

/// Says when a site is open.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/schedule", tag = "call centres", params(("site" = uuid::Uuid, Path)),
    responses((status = 200, body = ScheduleBody), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
) -> Result<Json<ScheduleBody>, ApiError> {
    let (_, now) = schedule::get(&portal.env, &actor, site).await?;
    Ok(Json((&now).into()))
}

/// Sets when a site is open.
#[utoipa::path(
    put, path = "/api/v1/sites/{site}/schedule", tag = "call centres", params(("site" = uuid::Uuid, Path)),
    request_body = ScheduleBody,
    responses((status = 200, body = ScheduleBody), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn set(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Body(new): Body<ScheduleBody>,
) -> Result<Json<ScheduleBody>, ApiError> {
    let set = schedule::set(&portal.env, &actor, site, &new.draft()?).await?;
    Ok(Json((&set).into()))
}
