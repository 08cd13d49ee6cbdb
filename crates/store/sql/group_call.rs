//! Queries about the calls of groups.

use async_trait::async_trait;
use model::{
    Membership, Timestamp, UserId,
    call_centre::{Figures, NoAnswer},
    group_call::{Cause, MemberFigures},
};
use store::{
    GroupCallStore, Member, PastCall, PastStep, Period, Result, Tenant,
    row::{self, FiguresRow, MemberFiguresRow, MembershipRow, PastCallRow, PastStepRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed};

#[async_trait]
impl GroupCallStore for Tx {
    async fn group(&mut self, tenant: Tenant, id: Uuid) -> Result<Option<Membership>> {
        let row = sqlx::query_as!(
            MembershipRow,
            r#"select v.kind as "kind!", v.id as "id!: Uuid", v.enterprise_id as "enterprise_id!: Uuid",
                   v.site_id as "site_id!: Uuid", v.name as "name!"
               from virtual_user v where v.id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
               union all
               select t.kind, t.id, t.enterprise_id, t.site_id, t.name
               from team t where t.id = $1 and t.enterprise_id = coalesce($2, t.enterprise_id)"#,
            id,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn insert(&mut self, group: Uuid, call: &PastCall, steps: &[PastStep]) -> Result<bool> {
        let is = sqlx::query!(
            r#"select (select id from virtual_user where id = $1) as "virtual_user: Uuid",
                   (select id from team where id = $1) as "team: Uuid""#,
            group,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        if is.virtual_user.is_none() && is.team.is_none() {
            return Ok(false);
        }
        let answered = call.answered.as_ref();
        // Whoever was deleted meanwhile is named and not referred to.
        sqlx::query!(
            r#"insert into group_call (id, virtual_user_id, team_id, caller, entered_at, answered_by_user_id,
                   answered_by_name, answered_at, left_at, departure, cause, offers, bounces)
               values ($1, $2, $3, $4, $5, (select id from "user" where id = $6), $7, $8, $9, $10, $11, $12, $13)"#,
            call.id,
            is.virtual_user,
            is.team,
            call.caller,
            call.entered_at.0,
            answered.and_then(|(member, _)| member.user).map(|user| user.0),
            answered.map(|(member, _)| member.name.as_str()),
            answered.map(|(_, at)| at.0),
            call.left_at.0,
            call.departure.id(),
            call.departure.cause().map(Cause::id),
            call.offers,
            call.bounces,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        for (place, step) in (1_i64..).zip(steps) {
            self.insert_step(call.id, place, step).await?;
        }
        Ok(true)
    }

    async fn list(
        &mut self,
        tenant: Tenant,
        group: Uuid,
        period: Period,
        before: (Timestamp, Uuid),
        limit: i64,
    ) -> Result<Vec<PastCall>> {
        let rows = sqlx::query_as!(
            PastCallRow,
            r#"select c.id as "id: Uuid", c.caller, c.entered_at, c.answered_by_user_id as "user_id: Uuid",
                   u.site_id as "site_id?: Uuid", c.answered_by_name, c.answered_at, c.left_at, c.departure, c.cause,
                   c.offers, c.bounces
               from group_call c left join "user" u on u.id = c.answered_by_user_id
               where coalesce(c.virtual_user_id, c.team_id) = (
                       select v.id from virtual_user v
                       where v.id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
                       union all
                       select t.id from team t
                       where t.id = $1 and t.enterprise_id = coalesce($2, t.enterprise_id))
                   and c.entered_at >= $3 and c.entered_at < $4 and (c.entered_at, c.id) < ($5, $6)
               order by c.entered_at desc, c.id desc
               limit $7"#,
            group,
            tenant.enterprise().map(|e| e.0),
            period.since.0,
            period.until.0,
            before.0.0,
            before.1,
            limit,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn list_steps(
        &mut self,
        tenant: Tenant,
        group: Uuid,
        call: Uuid,
    ) -> Result<Vec<PastStep>> {
        let rows = sqlx::query_as!(
            PastStepRow,
            r#"select s.at, s.kind, s.user_id as "user_id: Uuid", u.site_id as "site_id?: Uuid", s.name, s.why
               from group_call_step s
               join group_call c on c.id = s.call_id
               left join "user" u on u.id = s.user_id
               where s.call_id = $3 and coalesce(c.virtual_user_id, c.team_id) = (
                       select v.id from virtual_user v
                       where v.id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
                       union all
                       select t.id from team t
                       where t.id = $1 and t.enterprise_id = coalesce($2, t.enterprise_id))
               order by s.place"#,
            group,
            tenant.enterprise().map(|e| e.0),
            call,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn figures(
        &mut self,
        tenant: Tenant,
        group: Uuid,
        period: Period,
        service_level_s: u16,
    ) -> Result<Figures> {
        // One part of the index by time.
        sqlx::query_as!(
            FiguresRow,
            r#"select count(*) as "entered!: i64",
                   count(case when departure = 'talked' then 1 end) as "answered!: i64",
                   count(case when departure = 'abandoned' then 1 end) as "abandoned!: i64",
                   cast(coalesce(sum(bounces), 0) as bigint) as "bounces!: i64",
                   cast(coalesce(sum(case when departure in ('talked', 'abandoned')
                       then coalesce(answered_at, left_at) - entered_at end), 0) as bigint) as "waited_ms!: i64",
                   cast(coalesce(max(case when departure in ('talked', 'abandoned')
                       then coalesce(answered_at, left_at) - entered_at end), 0) as bigint) as "longest_ms!: i64",
                   cast(coalesce(sum(case when departure = 'talked' then left_at - answered_at end), 0) as bigint)
                       as "talked_ms!: i64",
                   count(case when departure = 'talked' and answered_at - entered_at <= $5 then 1 end)
                       as "in_time!: i64"
               from group_call
               where coalesce(virtual_user_id, team_id) = (
                       select v.id from virtual_user v
                       where v.id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
                       union all
                       select t.id from team t
                       where t.id = $1 and t.enterprise_id = coalesce($2, t.enterprise_id))
                   and entered_at >= $3 and entered_at < $4"#,
            group,
            tenant.enterprise().map(|e| e.0),
            period.since.0,
            period.until.0,
            i64::from(service_level_s) * 1000,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?
        .try_into()
    }

    async fn list_members(
        &mut self,
        tenant: Tenant,
        group: Uuid,
        period: Period,
    ) -> Result<Vec<(Member, MemberFigures)>> {
        let rows = sqlx::query_as!(
            MemberFiguresRow,
            r#"select s.user_id as "user_id: Uuid", min(s.name) as "name!", u.site_id as "site_id?: Uuid",
                   count(case when s.kind = 'offered' then 1 end) as "offered!: i64",
                   count(case when s.kind = 'answered' then 1 end) as "answered!: i64",
                   count(case when s.kind = 'bounced' then 1 end) as "bounced!: i64",
                   cast(coalesce(sum(case when s.kind = 'answered' and s.at = c.answered_at
                       then c.left_at - c.answered_at end), 0) as bigint) as "talked_ms!: i64"
               from group_call c
               join group_call_step s on s.call_id = c.id
               left join "user" u on u.id = s.user_id
               where coalesce(c.virtual_user_id, c.team_id) = (
                       select v.id from virtual_user v
                       where v.id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
                       union all
                       select t.id from team t
                       where t.id = $1 and t.enterprise_id = coalesce($2, t.enterprise_id))
                   and c.entered_at >= $3 and c.entered_at < $4
               group by s.user_id, u.site_id, case when s.user_id is null then s.name end
               order by 2
               limit 1000"#,
            group,
            tenant.enterprise().map(|e| e.0),
            period.since.0,
            period.until.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn member_figures(
        &mut self,
        tenant: Tenant,
        group: Uuid,
        user: UserId,
        since: Timestamp,
    ) -> Result<MemberFigures> {
        let row = sqlx::query!(
            r#"select count(case when s.kind = 'offered' then 1 end) as "offered!: i64",
                   count(case when s.kind = 'answered' then 1 end) as "answered!: i64",
                   count(case when s.kind = 'bounced' then 1 end) as "bounced!: i64",
                   cast(coalesce(sum(case when s.kind = 'answered' and s.at = c.answered_at
                       then c.left_at - c.answered_at end), 0) as bigint) as "talked_ms!: i64"
               from group_call_step s
               join group_call c on c.id = s.call_id
               where s.user_id = $3 and s.at >= $4 and coalesce(c.virtual_user_id, c.team_id) = (
                       select v.id from virtual_user v
                       where v.id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
                       union all
                       select t.id from team t
                       where t.id = $1 and t.enterprise_id = coalesce($2, t.enterprise_id))"#,
            group,
            tenant.enterprise().map(|e| e.0),
            user.0,
            since.0,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        row::member_figures(row.offered, row.answered, row.bounced, row.talked_ms)
    }
}

impl Tx {
    async fn insert_step(&mut self, call: Uuid, place: i64, step: &PastStep) -> Result<()> {
        sqlx::query!(
            r#"insert into group_call_step (call_id, place, at, kind, user_id, name, why)
               values ($1, $2, $3, $4, (select id from "user" where id = $5), $6, $7)"#,
            call,
            place,
            step.at.0,
            step.deed.id(),
            step.member.user.map(|user| user.0),
            step.member.name,
            step.why.map(NoAnswer::id),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}
