//! Rows of the calls of groups.

use model::{
    SiteId, Timestamp, UserId,
    call_centre::Figures,
    group_call::{Departure, MemberFigures},
};
use uuid::Uuid;

use super::parse;
use crate::{Error, Member, PastCall, PastStep, Result};

const WHAT: &str = "group call";

fn count(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::Corrupt { what: WHAT })
}

fn member(user: Option<Uuid>, site: Option<Uuid>, name: String) -> Member {
    Member {
        user: user.map(UserId),
        site: site.map(SiteId),
        name,
    }
}

row! {
    /// A call that has left.
    PastCallRow {
        id: Uuid,
        caller: String,
        entered_at: i64,
        user_id: Option<Uuid>,
        site_id: Option<Uuid>,
        answered_by_name: Option<String>,
        answered_at: Option<i64>,
        left_at: i64,
        departure: String,
        cause: Option<String>,
        offers: i64,
        bounces: i64,
    }
}

impl TryFrom<PastCallRow> for PastCall {
    type Error = Error;
    fn try_from(row: PastCallRow) -> Result<Self> {
        let departure = Departure::read(&row.departure, row.cause.as_deref());
        let name = row.answered_by_name;
        let who = name.map(|name| member(row.user_id, row.site_id, name));
        Ok(Self {
            id: row.id,
            caller: row.caller,
            entered_at: Timestamp(row.entered_at),
            answered: who.zip(row.answered_at.map(Timestamp)),
            left_at: Timestamp(row.left_at),
            departure: departure.map_err(|_| Error::Corrupt { what: WHAT })?,
            offers: row.offers,
            bounces: row.bounces,
        })
    }
}

row! {
    /// A step of a call.
    PastStepRow {
        at: i64,
        kind: String,
        user_id: Option<Uuid>,
        site_id: Option<Uuid>,
        name: String,
        why: Option<String>,
    }
}

impl TryFrom<PastStepRow> for PastStep {
    type Error = Error;
    fn try_from(row: PastStepRow) -> Result<Self> {
        let why = row.why.map(|why| parse(&why, WHAT)).transpose()?;
        Ok(Self {
            at: Timestamp(row.at),
            deed: parse(&row.kind, WHAT)?,
            member: member(row.user_id, row.site_id, row.name),
            why,
        })
    }
}

row! {
    /// The figures of a period.
    FiguresRow {
        entered: i64,
        answered: i64,
        abandoned: i64,
        bounces: i64,
        waited_ms: i64,
        longest_ms: i64,
        talked_ms: i64,
        in_time: i64,
    }
}

impl TryFrom<FiguresRow> for Figures {
    type Error = Error;
    fn try_from(row: FiguresRow) -> Result<Self> {
        Ok(Self {
            entered: count(row.entered)?,
            answered: count(row.answered)?,
            abandoned: count(row.abandoned)?,
            turned_away: count(row.entered - row.answered - row.abandoned)?,
            bounces: count(row.bounces)?,
            waited_ms: row.waited_ms,
            longest_ms: row.longest_ms,
            talked_ms: row.talked_ms,
            in_time: count(row.in_time)?,
        })
    }
}

/// What a member has done, counted.
///
/// # Errors
/// `Corrupt` for what no table can count.
pub fn member_figures(
    offered: i64,
    answered: i64,
    bounced: i64,
    talked_ms: i64,
) -> Result<MemberFigures> {
    Ok(MemberFigures {
        offered: count(offered)?,
        answered: count(answered)?,
        bounced: count(bounced)?,
        talked_ms,
    })
}

row! {
    /// What a member has done.
    MemberFiguresRow {
        user_id: Option<Uuid>,
        name: String,
        site_id: Option<Uuid>,
        offered: i64,
        answered: i64,
        bounced: i64,
        talked_ms: i64,
    }
}

impl TryFrom<MemberFiguresRow> for (Member, MemberFigures) {
    type Error = Error;
    fn try_from(row: MemberFiguresRow) -> Result<Self> {
        let figures = member_figures(row.offered, row.answered, row.bounced, row.talked_ms)?;
        Ok((member(row.user_id, row.site_id, row.name), figures))
    }
}
