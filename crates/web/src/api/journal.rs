//! The journal: who changed what, when (R5).

use axum::{Json, extract::State};
use model::{Change, JournalEntry, Limit, SiteId, UserId};
use serde::{Deserialize, Serialize};
use service::journal::{self, Wanted};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{actor::Caller, error::ApiError, query::Query, user_out::time};
use crate::server::Portal;

/// Which entries are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct JournalQuery {
    /// Of this site.
    site: Option<Uuid>,
    /// About this user.
    user: Option<Uuid>,
    /// Entries before this `seq`.
    before: Option<i64>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// One field, before and after.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangeOut {
    /// Name of the field.
    field: String,
    /// What it was.
    before: Option<String>,
    /// What it is now.
    after: Option<String>,
}

impl From<Change> for ChangeOut {
    fn from(change: Change) -> Self {
        Self {
            field: change.field,
            before: change.before,
            after: change.after,
        }
    }
}

/// An entry.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct JournalEntryOut {
    /// Its place; rises, with gaps.
    seq: i64,
    /// RFC 3339, UTC.
    at: String,
    /// Who acted.
    actor: String,
    /// In whose name.
    on_behalf_of: Option<String>,
    /// What happened.
    action: &'static str,
    /// To what: its id,
    entity: Uuid,
    /// and its name at that time.
    entity_name: String,
    /// From what to what.
    changes: Vec<ChangeOut>,
}

impl From<JournalEntry> for JournalEntryOut {
    fn from(JournalEntry { seq, entry }: JournalEntry) -> Self {
        Self {
            seq,
            at: time(entry.at),
            actor: entry.actor_name,
            on_behalf_of: entry.on_behalf_of,
            action: entry.action.id(),
            entity: entry.entity.id,
            entity_name: entry.entity.name,
            changes: entry.changes.into_iter().map(Into::into).collect(),
        }
    }
}

/// A page of the journal.
#[derive(Serialize, ToSchema)]
pub(super) struct JournalOut {
    /// The entries, the newest first.
    items: Vec<JournalEntryOut>,
    /// What to give as `before` for the next page; `null` on the last one.
    next_before: Option<i64>,
}

/// Reads the journal, the newest entry first.
#[utoipa::path(
    get, path = "/api/v1/journal", tag = "journal", params(JournalQuery),
    responses((status = 200, body = JournalOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<JournalQuery>,
) -> Result<Json<JournalOut>, ApiError> {
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let (site, user) = (query.site.map(SiteId), query.user.map(UserId));
    let entries = journal::list(
        &portal.env,
        &actor,
        Wanted {
            site,
            user,
            before: query.before,
            limit,
        },
    )
    .await?;
    let is_full = entries.len() == limit.get();
    let next_before = entries.last().filter(|_| is_full).map(|entry| entry.seq);
    Ok(Json(JournalOut {
        items: entries.into_iter().map(Into::into).collect(),
        next_before,
    }))
}
