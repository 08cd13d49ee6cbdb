//! Queries about hunt groups.

use async_trait::async_trait;
use model::{
    Fellow, ForwardTarget, HuntGroup, HuntGroupSettings, HuntMember, Membership, UserId,
    VirtualUserId,
};
use store::{
    ForwardOf, HuntGroupStore, Result, Seat, Tenant,
    row::{FellowRow, ForwardOfRow, HuntGroupRow, HuntMemberRow, MembershipRow, SeatRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed};

#[async_trait]
impl HuntGroupStore for Tx {
    async fn put(&mut self, id: VirtualUserId, settings: &HuntGroupSettings) -> Result<()> {
        sqlx::query!(
            r#"insert into hunt_group (virtual_user_id, policy, skip_after_rings, is_busy, shows_name, allows_call_waiting)
               values ($1, $2, $3, $4, $5, $6)
               on conflict (virtual_user_id) do update
               set policy = excluded.policy, skip_after_rings = excluded.skip_after_rings, is_busy = excluded.is_busy,
                   shows_name = excluded.shows_name, allows_call_waiting = excluded.allows_call_waiting"#,
            id.0,
            settings.policy.id(),
            settings.skip_after_rings.map(i64::from),
            settings.is_busy,
            settings.shows_name,
            settings.allows_call_waiting,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        self.put_hunt_forwards(id, settings).await
    }

    async fn put_members(&mut self, id: VirtualUserId, members: &[HuntMember]) -> Result<()> {
        sqlx::query!(
            r#"delete from hunt_group_member where virtual_user_id = $1"#,
            id.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        for (place, member) in (1_i64..).zip(members) {
            sqlx::query!(
                r#"insert into hunt_group_member (virtual_user_id, user_id, place, weight) values ($1, $2, $3, $4)"#,
                id.0,
                member.user.0,
                place,
                i64::from(member.weight),
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        Ok(())
    }

    async fn get(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<Option<HuntGroup>> {
        // One question for each call that is routed: the group with up to three forwards; the members are the second.
        let rows = sqlx::query_as!(
            HuntGroupRow,
            r#"select v.id as "id: Uuid", v.enterprise_id as "enterprise_id: Uuid", v.site_id as "site_id: Uuid",
                   v.department_id as "department_id: Uuid", v.kind, v.name, v.sort_name, v.extension, v.state,
                   v.state_reason, v.activated_at, v.version, v.created_at, n.e164 as number,
                   h.policy, h.skip_after_rings, h.is_busy as "is_busy: bool", h.shows_name as "shows_name: bool",
                   h.allows_call_waiting as "allows_call_waiting: bool", f.kind as "forward_kind?",
                   f.target_user_id as "target_user_id?: Uuid", f.target_number as "target_number?",
                   f.after_s as "after_s?"
               from virtual_user v
               join number n on n.virtual_user_id = v.id
               join hunt_group h on h.virtual_user_id = v.id
               left join hunt_forward f on f.virtual_user_id = v.id
               where v.id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let Some(group) = HuntGroupRow::together(rows)? else {
            return Ok(None);
        };
        let members = sqlx::query_as!(
            HuntMemberRow,
            r#"select user_id as "user_id: Uuid", weight from hunt_group_member
               where virtual_user_id = $1 order by place"#,
            id.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        Ok(Some(HuntGroup {
            members: all(members)?,
            ..group
        }))
    }

    async fn list_seats(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<Vec<Seat>> {
        let rows = sqlx::query_as!(
            SeatRow,
            r#"select u.id as "user_id: Uuid", m.weight, u.enterprise_id as "enterprise_id: Uuid",
                   u.site_id as "site_id: Uuid", u.first_name, u.last_name, u.extension, u.state, u.state_reason,
                   u.activated_at
               from hunt_group_member m
               join virtual_user v on v.id = m.virtual_user_id
               join "user" u on u.id = m.user_id
               where m.virtual_user_id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
               order by m.place"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn count_members(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<i64> {
        sqlx::query_scalar!(
            r#"select count(*) as "count!: i64"
               from hunt_group_member m join virtual_user v on v.id = m.virtual_user_id
               where m.virtual_user_id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)
    }

    async fn list_of_member(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Membership>> {
        let rows = sqlx::query_as!(
            MembershipRow,
            r#"select v.id as "id: Uuid", v.enterprise_id as "enterprise_id: Uuid", v.site_id as "site_id: Uuid",
                   v.kind, v.name
               from hunt_group_member m join virtual_user v on v.id = m.virtual_user_id
               where m.user_id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
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

    async fn list_fellows(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Fellow>> {
        let rows = sqlx::query_as!(
            FellowRow,
            r#"select u.id as "id: Uuid", u.enterprise_id as "enterprise_id: Uuid", u.site_id as "site_id: Uuid",
                   u.first_name, u.last_name
               from "user" u
               where u.id in (
                   select o.user_id
                   from hunt_group_member m
                   join virtual_user v on v.id = m.virtual_user_id
                   join hunt_group_member o on o.virtual_user_id = m.virtual_user_id and o.user_id <> m.user_id
                   where m.user_id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id))
               order by u.sort_name, u.id
               limit 1000"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn list_forwards_to(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<ForwardOf>> {
        let rows = sqlx::query_as!(
            ForwardOfRow,
            r#"select v.id as "id: Uuid", v.enterprise_id as "enterprise_id: Uuid", v.site_id as "site_id: Uuid",
                   v.name, cast(null as text) as "last_name: String", f.kind
               from hunt_forward f join virtual_user v on v.id = f.virtual_user_id
               where f.target_user_id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)
               order by v.sort_name, v.id, f.kind
               limit 1000"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn touch_of_user(&mut self, user: UserId) -> Result<()> {
        sqlx::query!(
            r#"update virtual_user set version = version + 1
               where id in (
                   select m.virtual_user_id from hunt_group_member m where m.user_id = $1
                   union all
                   select f.virtual_user_id from hunt_forward f where f.target_user_id = $1)"#,
            user.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}

impl Tx {
    async fn put_hunt_forwards(
        &mut self,
        id: VirtualUserId,
        settings: &HuntGroupSettings,
    ) -> Result<()> {
        sqlx::query!(
            r#"delete from hunt_forward where virtual_user_id = $1"#,
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
            let no_answer = settings.no_answer.as_ref();
            let after_s = no_answer.filter(|_| kind == model::ForwardKind::NoAnswer);
            sqlx::query!(
                r#"insert into hunt_forward (virtual_user_id, kind, target_user_id, target_number, after_s)
                   values ($1, $2, $3, $4, $5)"#,
                id.0,
                kind.id(),
                user,
                number,
                after_s.map(|forward| i64::from(forward.after_s)),
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        Ok(())
    }
}
