//! The enterprise's phone book.

use axum::{Json, extract::State};
use model::Limit;
use serde::{Deserialize, Serialize};
use service::phone_book::{self, Colleague};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{actor::Caller, cursor, error::ApiError, query::Query};
use crate::server::Portal;

/// Who is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PhoneBookQuery {
    /// With this in name, username, email, number or extension.
    q: Option<String>,
    /// Where to go on.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// A colleague.
#[derive(Serialize, ToSchema)]
pub(super) struct ColleagueOut {
    /// The user; `null` for a hunt group or call centre.
    user: Option<Uuid>,
    /// The hunt group or call centre; `null` for a user.
    virtual_user: Option<Uuid>,
    /// `hunt-group` or `call-centre`; `null` for a user.
    kind: Option<&'static str>,
    /// First and last name, or that of the group.
    name: String,
    /// Extension.
    extension: String,
    /// E.164 with `+`.
    number: String,
    /// Whether a phone is logged in; `null` without a phone, or where it is hidden.
    registered: Option<bool>,
}

impl From<Colleague> for ColleagueOut {
    fn from(colleague: Colleague) -> Self {
        Self {
            user: colleague.entry.holder.user().map(|id| id.0),
            virtual_user: colleague.entry.holder.virtual_user().map(|id| id.0),
            kind: colleague.entry.kind.map(model::VirtualUserKind::id),
            name: colleague.entry.name,
            extension: colleague.entry.extension.to_string(),
            number: colleague.entry.number.to_string(),
            registered: colleague.is_registered,
        }
    }
}

/// A page of the phone book.
#[derive(Serialize, ToSchema)]
pub(super) struct PhoneBookOut {
    /// The colleagues, by last name.
    items: Vec<ColleagueOut>,
    /// Where the next page begins; `null` on the last one.
    next_cursor: Option<String>,
}

/// Lists the colleagues who are in the phone book.
#[utoipa::path(
    get, path = "/api/v1/directory", tag = "call services", params(PhoneBookQuery),
    responses((status = 200, body = PhoneBookOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<PhoneBookQuery>,
) -> Result<Json<PhoneBookOut>, ApiError> {
    let search = query.q.unwrap_or_default();
    let from = cursor::decode(query.cursor.as_deref())?;
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let page = phone_book::list(&portal.env, &actor, &search, from, limit).await?;
    Ok(Json(PhoneBookOut {
        next_cursor: page.next.as_ref().map(cursor::encode),
        items: page.items.into_iter().map(Into::into).collect(),
    }))
}
