//! The report of a group: its figures, and those of each member.

use model::{Membership, call_centre::Figures, group_call::MemberFigures};
use store::{Member, Period};
use uuid::Uuid;

use super::seen::seen;
use crate::{Actor, Env, Result};

/// What a group and its members have done in a period.
#[derive(Clone, Debug)]
pub struct GroupReport {
    /// Of which group.
    pub group: Membership,
    /// Seconds within which calls are to be answered; nought where nothing is set.
    pub service_level_s: u16,
    /// The figures of all calls.
    pub figures: Figures,
    /// Whoever was rung or took a call, by name.
    pub members: Vec<(Member, MemberFigures)>,
}

/// The report on the calls that came in a period.
///
/// # Errors
/// As for the history.
pub async fn report(env: &Env, actor: &Actor, group: Uuid, period: Period) -> Result<GroupReport> {
    let mut tx = env.read().await?;
    let seen = seen(actor, tx.as_mut(), group).await?;
    let tenant = actor.tenant();
    let figures = tx
        .group_call()
        .figures(tenant, group, period, seen.service_level_s);
    let figures = figures.await?;
    let members = tx.group_call().list_members(tenant, group, period).await?;
    let told = |(member, figures)| (seen.told(actor, member), figures);
    Ok(GroupReport {
        members: members.into_iter().map(told).collect(),
        group: seen.group,
        service_level_s: seen.service_level_s,
        figures,
    })
}
