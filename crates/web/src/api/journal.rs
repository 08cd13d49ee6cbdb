//! The journal: who changed what, when (R5).

use axum::{Json, extract::State};
use model::{Change, EnterpriseId, Field, JournalEntry, Limit, Problem, SiteId, UserId};
use serde::{Deserialize, Serialize};
use service::{
    Error,
    journal::{self, Wanted},
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    actor::Caller,
    error::ApiError,
    query::Query,
    user_out::{moment, time},
};
use crate::server::Portal;

/// Which entries are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct JournalQuery {
    /// Of this enterprise.
    enterprise: Option<Uuid>,
    /// Of this site.
    site: Option<Uuid>,
    /// About this user, also one who is gone.
    user: Option<Uuid>,
    /// By whoever has this name.
    actor: Option<String>,
    /// Of this kind.
    action: Option<String>,
    /// Not before this moment: RFC 3339.
    from: Option<String>,
    /// Before this moment: RFC 3339.
    until: Option<String>,
    /// For the sheet: `de` or `en`; `en` when absent.
    pub(super) language: Option<String>,
    /// Entries before this `seq`.
    before: Option<i64>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

impl JournalQuery {
    pub(super) fn wanted(self) -> Result<Wanted, Error> {
        let action = self.action.map(|name| name.parse()).transpose();
        let action = action.map_err(|_| Error::field(Field::Action, Problem::Unknown))?;
        Ok(Wanted {
            enterprise: self.enterprise.map(EnterpriseId),
            site: self.site.map(SiteId),
            user: self.user.map(UserId),
            actor_name: self.actor,
            action,
            from: moment(Field::From, self.from.as_deref())?,
            until: moment(Field::Until, self.until.as_deref())?,
            before: self.before,
            limit: self.limit.map_or_else(Limit::default, Limit::new),
        })
    }
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
    let wanted = query.wanted()?;
    let limit = wanted.limit;
    let entries = journal::list(&portal.env, &actor, wanted).await?;
    let is_full = entries.len() == limit.get();
    let next_before = entries.last().filter(|_| is_full).map(|entry| entry.seq);
    Ok(Json(JournalOut {
        items: entries.into_iter().map(Into::into).collect(),
        next_before,
    }))
}
