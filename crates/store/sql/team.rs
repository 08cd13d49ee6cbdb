//! Queries about pickup and park groups.

use async_trait::async_trait;
use model::{
    Cursor, Fellow, Limit, Membership, Page, ParkGroup, ParkSettings, SiteId, Team, TeamId,
    TeamKind, UserId,
};
use store::{
    ParkGroupStore, PickupGroupStore, Result, StoredTeam, TeamLine, TeamMember, TeamStore, Tenant,
    row::{FellowRow, MembershipRow, ParkGroupRow, TeamMemberRow, TeamRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed, tables::unless_taken, user_list::pattern};

/// A page of teams in reading direction.
macro_rules! team_page {
    ($tx:ident, $after:literal, $order:literal, $($argument:expr),*) => {
        sqlx::query!(
            r#"select t.id as "id: Uuid", t.name, t.sort_name,
                   (select count(*) from team_member m where m.team_id = t.id) as "members!: i64"
               from team t
               where t.site_id = $1 and t.kind = $2
               and (cast($3 as text) is null or t.sort_name like $3 escape '!')
               and t.sort_name "# + $after + r#" $4
               order by "# + $order + r#" limit $5"#,
            $($argument),*
        )
        .fetch_all($tx.connection())
        .await
        .map_err(failed)?
        .into_iter()
        .map(|row| TeamLine {
            id: TeamId(row.id),
            name: row.name,
            sort_name: row.sort_name,
            members: row.members,
        })
        .collect::<Vec<_>>()
    };
}

#[async_trait]
impl TeamStore for Tx {
    async fn insert(&mut self, team: &Team) -> Result<StoredTeam> {
        let done = sqlx::query!(
            r#"insert into team (id, enterprise_id, site_id, department_id, kind, name, sort_name, version, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"#,
            team.id.0,
            team.enterprise.0,
            team.site.0,
            team.department.map(|d| d.0),
            team.settings.kind().id(),
            team.name.as_str(),
            team.sort_name(),
            team.version,
            team.created_at.0,
        )
        .execute(self.connection())
        .await;
        if unless_taken(done)?.is_none() {
            return Ok(StoredTeam::NameTaken);
        }
        self.put_rest(team).await
    }

    async fn get(&mut self, site: SiteId, kind: TeamKind, id: TeamId) -> Result<Option<Team>> {
        let row = sqlx::query_as!(
            TeamRow,
            r#"select t.id as "id: Uuid", t.enterprise_id as "enterprise_id: Uuid", t.site_id as "site_id: Uuid",
                   t.department_id as "department_id: Uuid", t.kind, t.name, t.version, t.created_at,
                   p.recall_after_s as "recall_after_s?: i64", p.recall_to as "recall_to?: String",
                   p.alternate_virtual_user_id as "alternate_virtual_user_id?: Uuid",
                   p.alternate_after_s as "alternate_after_s?: i64", p.display_s as "display_s?: i64",
                   p.announces as "announces?: bool"
               from team t left join park_group p on p.team_id = t.id
               where t.id = $1 and t.site_id = $2 and t.kind = $3"#,
            id.0,
            site.0,
            kind.id(),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        let Some(row) = row else { return Ok(None) };
        let members = self.team_members(id).await?;
        row.with_members(members).map(Some)
    }

    async fn list(
        &mut self,
        site: SiteId,
        kind: TeamKind,
        search: Option<&str>,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<TeamLine>> {
        let search = search.map(pattern);
        let key = cursor.map_or("", |cursor| cursor.key.as_str());
        // Names are unique in the site, so that the name alone is a place.
        let rows = if cursor.is_some_and(|cursor| cursor.backwards) {
            team_page!(
                self,
                "<",
                "t.sort_name desc",
                site.0,
                kind.id(),
                search,
                key,
                limit.and_one()
            )
        } else {
            team_page!(
                self,
                ">",
                "t.sort_name",
                site.0,
                kind.id(),
                search,
                key,
                limit.and_one()
            )
        };
        let place = |line: &TeamLine| (line.sort_name.clone(), line.id.0);
        Ok(Page::from_read(rows, cursor, limit, place))
    }

    async fn count(&mut self, site: SiteId, kind: TeamKind) -> Result<i64> {
        sqlx::query_scalar!(
            r#"select count(*) as "count!: i64" from team where site_id = $1 and kind = $2"#,
            site.0,
            kind.id(),
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)
    }

    async fn update(&mut self, team: &Team) -> Result<StoredTeam> {
        let done = sqlx::query!(
            r#"update team set department_id = $3, name = $4, sort_name = $5, version = version + 1
               where id = $1 and site_id = $2 and version = $6 and kind = $7"#,
            team.id.0,
            team.site.0,
            team.department.map(|d| d.0),
            team.name.as_str(),
            team.sort_name(),
            team.version,
            team.settings.kind().id(),
        )
        .execute(self.connection())
        .await;
        let Some(done) = unless_taken(done)? else {
            return Ok(StoredTeam::NameTaken);
        };
        if done.rows_affected() != 1 {
            return Ok(StoredTeam::Meanwhile);
        }
        self.put_rest(team).await
    }

    async fn delete(&mut self, site: SiteId, id: TeamId, version: i64) -> Result<bool> {
        let done = sqlx::query!(
            r#"delete from team where id = $1 and site_id = $2 and version = $3"#,
            id.0,
            site.0,
            version,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn list_members(&mut self, tenant: Tenant, id: TeamId) -> Result<Vec<TeamMember>> {
        let rows = sqlx::query_as!(
            TeamMemberRow,
            r#"select u.id as "id: Uuid", u.enterprise_id as "enterprise_id: Uuid", u.site_id as "site_id: Uuid",
                   u.first_name, u.last_name, u.extension, u.state
               from team_member m join "user" u on u.id = m.user_id
               where m.team_id = $1 and u.enterprise_id = coalesce($2, u.enterprise_id)
               order by m.place
               limit 1000"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn list_of(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Membership>> {
        let rows = sqlx::query_as!(
            MembershipRow,
            r#"select t.id as "id: Uuid", t.enterprise_id as "enterprise_id: Uuid", t.site_id as "site_id: Uuid",
                   t.kind, t.name
               from team_member m join team t on t.id = m.team_id
               where m.user_id = $1 and t.enterprise_id = coalesce($2, t.enterprise_id)
               order by m.kind
               limit 10"#,
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
                   from team_member m
                   join team t on t.id = m.team_id
                   join team_member o on o.team_id = m.team_id and o.user_id <> m.user_id
                   where m.user_id = $1 and t.enterprise_id = coalesce($2, t.enterprise_id))
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

    async fn delete_member(&mut self, tenant: Tenant, kind: TeamKind, user: UserId) -> Result<()> {
        let enterprise = tenant.enterprise().map(|e| e.0);
        sqlx::query!(
            r#"update team set version = version + 1
               where id in (select team_id from team_member where user_id = $1 and kind = $2)
               and enterprise_id = coalesce($3, enterprise_id)"#,
            user.0,
            kind.id(),
            enterprise,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"delete from team_member
               where user_id = $1 and kind = $2
               and exists (select 1 from team t
                   where t.id = team_id and t.enterprise_id = coalesce($3, t.enterprise_id))"#,
            user.0,
            kind.id(),
            enterprise,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn touch_of(&mut self, user: UserId) -> Result<()> {
        sqlx::query!(
            r#"update team set version = version + 1
               where id in (select team_id from team_member where user_id = $1)"#,
            user.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}

#[async_trait]
impl PickupGroupStore for Tx {
    async fn of_member(&mut self, user: UserId) -> Result<Option<(TeamId, Vec<UserId>)>> {
        let members = sqlx::query!(
            r#"select m.team_id as "team_id: Uuid", m.user_id as "user_id: Uuid"
               from team_member own join team_member m on m.team_id = own.team_id
               where own.user_id = $1 and own.kind = 'pickup-group'
               order by m.place
               limit 1000"#,
            user.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let team = members.first().map(|member| TeamId(member.team_id));
        let members = members.into_iter().map(|member| UserId(member.user_id));
        Ok(team.map(|team| (team, members.collect())))
    }
}

#[async_trait]
impl ParkGroupStore for Tx {
    async fn of_member(&mut self, user: UserId) -> Result<Option<ParkGroup>> {
        let row = sqlx::query_as!(
            ParkGroupRow,
            r#"select p.team_id as "team_id: Uuid", p.recall_after_s, p.recall_to,
                   p.alternate_virtual_user_id as "alternate_virtual_user_id: Uuid", p.alternate_after_s, p.display_s,
                   p.announces as "announces: bool"
               from team_member own join park_group p on p.team_id = own.team_id
               where own.user_id = $1 and own.kind = 'park-group'"#,
            user.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        let Some(row) = row else { return Ok(None) };
        let id = TeamId(row.team_id);
        Ok(Some(ParkGroup {
            id,
            settings: row.try_into()?,
            members: self.team_members(id).await?,
        }))
    }
}

impl Tx {
    async fn team_members(&mut self, id: TeamId) -> Result<Vec<UserId>> {
        let members = sqlx::query_scalar!(
            r#"select user_id as "user_id: Uuid" from team_member where team_id = $1 order by place limit 1000"#,
            id.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        Ok(members.into_iter().map(UserId).collect())
    }

    /// Settings and members of a team whose row is written.
    async fn put_rest(&mut self, team: &Team) -> Result<StoredTeam> {
        if let Some(settings) = team.settings.park() {
            self.put_park(team.id, settings).await?;
        }
        sqlx::query!(r#"delete from team_member where team_id = $1"#, team.id.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        for (place, member) in (0_i64..).zip(&team.members) {
            let done = sqlx::query!(
                r#"insert into team_member (user_id, kind, team_id, place) values ($1, $2, $3, $4)"#,
                member.0,
                team.settings.kind().id(),
                team.id.0,
                place,
            )
            .execute(self.connection())
            .await;
            if unless_taken(done)?.is_none() {
                return Ok(StoredTeam::MemberTaken);
            }
        }
        Ok(StoredTeam::Done)
    }

    async fn put_park(&mut self, id: TeamId, settings: &ParkSettings) -> Result<()> {
        sqlx::query!(
            r#"insert into park_group (team_id, recall_after_s, recall_to, alternate_after_s, display_s, announces,
                   alternate_virtual_user_id)
               values ($1, $2, $3, $4, $5, $6, $7)
               on conflict (team_id) do update
               set recall_after_s = excluded.recall_after_s, recall_to = excluded.recall_to,
                   alternate_after_s = excluded.alternate_after_s, display_s = excluded.display_s,
                   announces = excluded.announces, alternate_virtual_user_id = excluded.alternate_virtual_user_id"#,
            id.0,
            i64::from(settings.recall_after_s),
            settings.recall_to.id(),
            i64::from(settings.alternate_after_s),
            i64::from(settings.display_s),
            settings.announces,
            settings.alternate.map(|id| id.0),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}
