//! Queries about call centres.

use async_trait::async_trait;
use model::{
    ForwardTarget, HuntMember, Membership, SiteId, Timestamp, UserId, VirtualUser, VirtualUserId,
    call_centre::{AgentState, CallCentre, CallCentreSettings, CodeUse, Schedule},
};
use store::{
    AgentSeat, CallCentreStore, Result, SupervisorSeat, Tenant,
    row::{
        AgentRow, CallCentreRow, CentreForwardRow, HolidayRow, HuntMemberRow, MembershipRow,
        OpeningRow, SupervisorRow,
    },
};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed, virtual_user::virtual_users};

#[async_trait]
impl CallCentreStore for Tx {
    async fn put(&mut self, id: VirtualUserId, settings: &CallCentreSettings) -> Result<()> {
        let default_code = match &settings.codes.usage {
            CodeUse::Optional | CodeUse::Forced => None,
            CodeUse::Default(code) => Some(code.as_str()),
        };
        sqlx::query!(
            r#"insert into call_centre (virtual_user_id, policy, queue_length, bounce_after_rings,
                   unavailable_after_bounces, wrap_up_s, guard_s, overflow_after_s, overflow, stranded, out_of_hours,
                   code_use, default_code, service_level_s, personal_calls_are_busy, tells_position, comfort_every_s,
                   follows_hours)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
               on conflict (virtual_user_id) do update
               set policy = excluded.policy, queue_length = excluded.queue_length,
                   bounce_after_rings = excluded.bounce_after_rings,
                   unavailable_after_bounces = excluded.unavailable_after_bounces, wrap_up_s = excluded.wrap_up_s,
                   guard_s = excluded.guard_s, overflow_after_s = excluded.overflow_after_s,
                   overflow = excluded.overflow, stranded = excluded.stranded, out_of_hours = excluded.out_of_hours,
                   code_use = excluded.code_use, default_code = excluded.default_code,
                   service_level_s = excluded.service_level_s,
                   personal_calls_are_busy = excluded.personal_calls_are_busy,
                   tells_position = excluded.tells_position, comfort_every_s = excluded.comfort_every_s,
                   follows_hours = excluded.follows_hours"#,
            id.0,
            settings.policy.id(),
            i64::from(settings.queue_length),
            i64::from(settings.bounce_after_rings),
            settings.unavailable_after_bounces.map(i64::from),
            settings.wrap_up_s.map(i64::from),
            settings.guard_s.map(i64::from),
            settings.overflow.after_s.map(i64::from),
            settings.overflow.to.id(),
            settings.stranded.id(),
            settings.out_of_hours.id(),
            settings.codes.usage.id(),
            default_code,
            i64::from(settings.service_level_s),
            settings.personal_calls_are_busy,
            settings.tells_position,
            settings.comfort_every_s.map(i64::from),
            settings.follows_hours,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        self.put_centre_forwards(id, settings).await?;
        self.put_codes(id, settings).await
    }

    async fn put_agents(
        &mut self,
        id: VirtualUserId,
        agents: &[HuntMember],
        at: Timestamp,
    ) -> Result<()> {
        // Who leaves stands below zero for a moment.
        sqlx::query!(
            r#"update call_centre_agent set place = -1 where virtual_user_id = $1"#,
            id.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        for (place, agent) in (1_i64..).zip(agents) {
            sqlx::query!(
                r#"insert into call_centre_agent (virtual_user_id, user_id, place, weight, state, since)
                   values ($1, $2, $3, $4, 'sign-out', $5)
                   on conflict (virtual_user_id, user_id) do update
                   set place = excluded.place, weight = excluded.weight"#,
                id.0,
                agent.user.0,
                place,
                i64::from(agent.weight),
                at.0,
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        sqlx::query!(
            r#"delete from call_centre_agent where virtual_user_id = $1 and place < 0"#,
            id.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn put_supervisors(&mut self, id: VirtualUserId, supervisors: &[UserId]) -> Result<()> {
        sqlx::query!(
            r#"delete from call_centre_supervisor where virtual_user_id = $1"#,
            id.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        for supervisor in supervisors {
            sqlx::query!(
                r#"insert into call_centre_supervisor (virtual_user_id, user_id) values ($1, $2)"#,
                id.0,
                supervisor.0,
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        Ok(())
    }

    async fn get(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<Option<CallCentre>> {
        let virtual_user = virtual_users!(
            ["where v.id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id) and v.kind = 'call-centre'"]
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        let Some(virtual_user) = virtual_user else {
            return Ok(None);
        };
        let Some(row) = self.call_centre_row(id).await? else {
            return Ok(None);
        };
        let forwards = self.centre_forwards(id).await?;
        let codes = self.codes(id).await?;
        let centre = row.together(virtual_user, forwards, &codes)?;
        Ok(Some(CallCentre {
            agents: self.agents(id).await?,
            supervisors: self.supervisors(id).await?,
            ..centre
        }))
    }

    async fn list_agents(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<Vec<AgentSeat>> {
        let rows = sqlx::query_as!(
            AgentRow,
            r#"select u.id as "user_id: Uuid", a.weight, u.enterprise_id as "enterprise_id: Uuid",
                   u.site_id as "site_id: Uuid", u.first_name, u.last_name, u.extension, u.state as user_state,
                   u.state_reason, u.activated_at, a.state, a.code, a.until, a.since
               from call_centre_agent a
               join virtual_user v on v.id = a.virtual_user_id
               join "user" u on u.id = a.user_id
               where a.virtual_user_id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
               order by a.place"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn list_supervisors(
        &mut self,
        tenant: Tenant,
        id: VirtualUserId,
    ) -> Result<Vec<SupervisorSeat>> {
        let rows = sqlx::query_as!(
            SupervisorRow,
            r#"select u.id as "user_id: Uuid", u.enterprise_id as "enterprise_id: Uuid",
                   u.site_id as "site_id: Uuid", u.first_name, u.last_name, u.extension,
                   ',' || u.services || ',' like '%,supervisor,%' as "has_service!: bool"
               from call_centre_supervisor s
               join virtual_user v on v.id = s.virtual_user_id
               join "user" u on u.id = s.user_id
               where s.virtual_user_id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
               order by u.sort_name, u.id"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn list_of_agent(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<VirtualUser>> {
        let rows = virtual_users!(
            [
                "join call_centre_agent a on a.virtual_user_id = v.id "
                "where a.user_id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id) "
                "order by v.sort_name, v.id limit 1000"
            ]
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn list_of_supervisor(
        &mut self,
        tenant: Tenant,
        user: UserId,
    ) -> Result<Vec<VirtualUser>> {
        let rows = virtual_users!(
            [
                "join call_centre_supervisor s on s.virtual_user_id = v.id "
                "where s.user_id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id) "
                "order by v.sort_name, v.id limit 1000"
            ]
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn list_of_member(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Membership>> {
        let rows = sqlx::query_as!(
            MembershipRow,
            r#"select v.id as "id: Uuid", v.enterprise_id as "enterprise_id: Uuid", v.site_id as "site_id: Uuid",
                   v.kind, v.name
               from virtual_user v
               where v.id in (
                       select a.virtual_user_id from call_centre_agent a where a.user_id = $1
                       union all
                       select s.virtual_user_id from call_centre_supervisor s where s.user_id = $1)
                   and v.enterprise_id = coalesce($2, v.enterprise_id)
               order by v.sort_name, v.id
               limit 1000"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn update_agent(
        &mut self,
        id: VirtualUserId,
        user: UserId,
        state: &AgentState,
        since: Timestamp,
    ) -> Result<bool> {
        let done = sqlx::query!(
            r#"update call_centre_agent set state = $3, code = $4, until = $5, since = $6
               where virtual_user_id = $1 and user_id = $2"#,
            id.0,
            user.0,
            state.id(),
            state
                .code()
                .map(model::call_centre::UnavailableCode::as_str),
            state.until().map(|until| until.0),
            since.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn schedule(&mut self, tenant: Tenant, site: SiteId) -> Result<Schedule> {
        let openings = sqlx::query_as!(
            OpeningRow,
            r#"select o.weekday, o.from_minute, o.until_minute
               from opening o join site s on s.id = o.site_id
               where o.site_id = $1 and s.enterprise_id = coalesce($2, s.enterprise_id)
               order by o.place"#,
            site.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let holidays = sqlx::query_as!(
            HolidayRow,
            r#"select h.name, h.from_date, h.until_date
               from holiday h join site s on s.id = h.site_id
               where h.site_id = $1 and s.enterprise_id = coalesce($2, s.enterprise_id)
               order by h.place"#,
            site.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        Ok(Schedule {
            openings: all(openings)?,
            holidays: all(holidays)?,
        })
    }

    async fn put_schedule(&mut self, site: SiteId, schedule: &Schedule) -> Result<()> {
        sqlx::query!(r#"delete from opening where site_id = $1"#, site.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        sqlx::query!(r#"delete from holiday where site_id = $1"#, site.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        for (place, opening) in (1_i64..).zip(&schedule.openings) {
            sqlx::query!(
                r#"insert into opening (site_id, place, weekday, from_minute, until_minute) values ($1, $2, $3, $4, $5)"#,
                site.0,
                place,
                opening.weekday.id(),
                i64::from(opening.from),
                i64::from(opening.until),
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        for (place, holiday) in (1_i64..).zip(&schedule.holidays) {
            sqlx::query!(
                r#"insert into holiday (site_id, place, name, from_date, until_date) values ($1, $2, $3, $4, $5)"#,
                site.0,
                place,
                holiday.name.as_str(),
                i64::from(holiday.from),
                i64::from(holiday.until),
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        Ok(())
    }
}

/// The parts of a call centre.
impl Tx {
    async fn call_centre_row(&mut self, id: VirtualUserId) -> Result<Option<CallCentreRow>> {
        sqlx::query_as!(
            CallCentreRow,
            r#"select policy, queue_length, bounce_after_rings, unavailable_after_bounces, wrap_up_s, guard_s,
                   overflow_after_s, overflow, stranded, out_of_hours, code_use, default_code, service_level_s,
                   personal_calls_are_busy as "personal_calls_are_busy: bool",
                   tells_position as "tells_position: bool", comfort_every_s,
                   follows_hours as "follows_hours: bool"
               from call_centre where virtual_user_id = $1"#,
            id.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)
    }

    async fn centre_forwards(&mut self, id: VirtualUserId) -> Result<Vec<CentreForwardRow>> {
        sqlx::query_as!(
            CentreForwardRow,
            r#"select kind, target_user_id as "target_user_id: Uuid", target_number
               from call_centre_forward where virtual_user_id = $1"#,
            id.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)
    }

    async fn codes(&mut self, id: VirtualUserId) -> Result<Vec<String>> {
        sqlx::query_scalar!(
            r#"select code from call_centre_code where virtual_user_id = $1 order by place"#,
            id.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)
    }

    async fn agents(&mut self, id: VirtualUserId) -> Result<Vec<HuntMember>> {
        let rows = sqlx::query_as!(
            HuntMemberRow,
            r#"select user_id as "user_id: Uuid", weight from call_centre_agent
               where virtual_user_id = $1 order by place"#,
            id.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn supervisors(&mut self, id: VirtualUserId) -> Result<Vec<UserId>> {
        let ids = sqlx::query_scalar!(
            r#"select user_id as "user_id: Uuid" from call_centre_supervisor
               where virtual_user_id = $1 order by user_id"#,
            id.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        Ok(ids.into_iter().map(UserId).collect())
    }

    async fn put_centre_forwards(
        &mut self,
        id: VirtualUserId,
        settings: &CallCentreSettings,
    ) -> Result<()> {
        sqlx::query!(
            r#"delete from call_centre_forward where virtual_user_id = $1"#,
            id.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        for (kind, target) in settings.targets() {
            let (user, number) = match target {
                ForwardTarget::User(user) => (Some(user.0), None),
                ForwardTarget::Number(number) => (None, Some(number.as_str())),
            };
            sqlx::query!(
                r#"insert into call_centre_forward (virtual_user_id, kind, target_user_id, target_number)
                   values ($1, $2, $3, $4)"#,
                id.0,
                kind.id(),
                user,
                number,
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        Ok(())
    }

    async fn put_codes(&mut self, id: VirtualUserId, settings: &CallCentreSettings) -> Result<()> {
        sqlx::query!(
            r#"delete from call_centre_code where virtual_user_id = $1"#,
            id.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        for (place, code) in (1_i64..).zip(&settings.codes.codes) {
            sqlx::query!(
                r#"insert into call_centre_code (virtual_user_id, place, code) values ($1, $2, $3)"#,
                id.0,
                place,
                code.as_str(),
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        Ok(())
    }
}
