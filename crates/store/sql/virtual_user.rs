//! Queries about what hunt groups and call centres have in common.

use async_trait::async_trait;
use model::{
    Cursor, EnterpriseId, Label, Page, PhoneNumber, SiteId, State, VirtualUser, VirtualUserId,
    VirtualUserKind,
};
use store::{
    ForwardOf, Result, Tenant, VirtualUserKept, VirtualUserList, VirtualUserNotActive,
    VirtualUserScope, VirtualUserStore,
    row::{ForwardOfRow, VirtualUserRow},
};
use uuid::Uuid;

use crate::{
    Connected, Tx, all, failed, tables::unless_taken, user::state_columns, user_list::pattern,
};

/// A query for rows of virtual users: the select, then the given tail.
macro_rules! virtual_users {
    ([$($tail:literal)+] $($argument:expr),* $(,)?) => {
        sqlx::query_as!(
            store::row::VirtualUserRow,
            r#"select v.id as "id: Uuid", v.enterprise_id as "enterprise_id: Uuid", v.site_id as "site_id: Uuid",
                   v.department_id as "department_id: Uuid", v.kind, v.name, v.sort_name, v.extension, v.state,
                   v.state_reason, v.activated_at, v.version, v.created_at, n.e164 as number
               from virtual_user v
               join number n on n.virtual_user_id = v.id "#
            $(+ $tail)+,
            $($argument),*
        )
    };
}

/// A page in one scope and direction, along the scope's index by name.
macro_rules! virtual_user_page {
    ($tx:ident, $asked:ident, $scope:literal, $scoped_by:expr, $after:literal, $order:literal) => {
        virtual_users!(
            [
                "where " $scope " and (v.sort_name, v.id) " $after " ($2, $3) "
                "and (cast($4 as text) is null or v.kind = $4) "
                "and (cast($6 as text) is null or v.search_text like $6 escape '!') "
                "order by " $order " limit $5"
            ]
            $scoped_by, $asked.key, $asked.id, $asked.kind, $asked.limit, $asked.search
        )
        .fetch_all($tx.connection())
        .await
    };
}

/// What every one of the pages is given.
struct Asked {
    kind: Option<&'static str>,
    search: Option<String>,
    key: String,
    id: Uuid,
    limit: i64,
}

#[async_trait]
impl VirtualUserStore for Tx {
    async fn insert(&mut self, virtual_user: &VirtualUser) -> Result<VirtualUserKept> {
        let (reason, activated_at) = state_columns(&virtual_user.state);
        let done = sqlx::query!(
            r#"insert into virtual_user (id, enterprise_id, site_id, department_id, kind, name, sort_name, search_text,
                   extension, state, state_reason, activated_at, version, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13)
               on conflict (site_id, sort_name) do nothing"#,
            virtual_user.id.0,
            virtual_user.enterprise.0,
            virtual_user.site.0,
            virtual_user.department.map(|d| d.0),
            virtual_user.kind.id(),
            virtual_user.name.as_str(),
            virtual_user.sort_name(),
            virtual_user.search_text(),
            virtual_user.extension.as_str(),
            virtual_user.state.name(),
            reason,
            activated_at,
            virtual_user.created_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        if done.rows_affected() != 1 {
            return Ok(VirtualUserKept::NameTaken);
        }
        if self.claim_extension(virtual_user).await? {
            return Ok(VirtualUserKept::Done);
        }
        let tenant = Tenant::Enterprise(virtual_user.enterprise);
        VirtualUserStore::delete(self, tenant, virtual_user.id, 1).await?;
        Ok(VirtualUserKept::ExtensionTaken)
    }

    async fn get(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<Option<VirtualUser>> {
        let row = virtual_users!(
            ["where v.id = $1 and v.enterprise_id = coalesce($2, v.enterprise_id)"]
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn list(&mut self, list: &VirtualUserList) -> Result<Page<VirtualUser>> {
        let rows = self.virtual_user_rows(list).await?;
        let place = |row: &VirtualUserRow| (row.sort_name.clone(), row.id);
        let page = Page::from_read(rows, list.cursor.as_ref(), list.limit, place);
        Ok(Page {
            items: all(page.items)?,
            next: page.next,
            previous: page.previous,
        })
    }

    async fn holder_of_name(
        &mut self,
        site: SiteId,
        name: &Label,
    ) -> Result<Option<VirtualUserId>> {
        let id = sqlx::query_scalar!(
            r#"select id as "id: Uuid" from virtual_user where site_id = $1 and sort_name = $2"#,
            site.0,
            model::fold(name.as_str()),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        Ok(id.map(VirtualUserId))
    }

    async fn update(
        &mut self,
        tenant: Tenant,
        virtual_user: &VirtualUser,
    ) -> Result<VirtualUserKept> {
        let done = sqlx::query!(
            r#"update virtual_user set name = $3, sort_name = $4, search_text = $5, extension = $6, department_id = $7,
                   version = version + 1
               where id = $1 and enterprise_id = coalesce($2, enterprise_id) and version = $8"#,
            virtual_user.id.0,
            tenant.enterprise().map(|e| e.0),
            virtual_user.name.as_str(),
            virtual_user.sort_name(),
            virtual_user.search_text(),
            virtual_user.extension.as_str(),
            virtual_user.department.map(|d| d.0),
            virtual_user.version,
        )
        .execute(self.connection())
        .await;
        match unless_taken(done)? {
            None => return Ok(VirtualUserKept::NameTaken),
            Some(done) if done.rows_affected() == 1 => {}
            Some(_) => return Ok(VirtualUserKept::Meanwhile),
        }
        let claimed = sqlx::query!(
            r#"update extension_claim set extension = $2 where virtual_user_id = $1 and extension <> $2"#,
            virtual_user.id.0,
            virtual_user.extension.as_str(),
        )
        .execute(self.connection())
        .await;
        Ok(match unless_taken(claimed)? {
            None => VirtualUserKept::ExtensionTaken,
            Some(_) => VirtualUserKept::Done,
        })
    }

    async fn update_state(
        &mut self,
        tenant: Tenant,
        id: VirtualUserId,
        state: &State,
        version: i64,
    ) -> Result<bool> {
        let (reason, activated_at) = state_columns(state);
        let done = sqlx::query!(
            r#"update virtual_user set state = $3, state_reason = $4, activated_at = $5, version = version + 1
               where id = $1 and enterprise_id = coalesce($2, enterprise_id) and version = $6"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
            state.name(),
            reason,
            activated_at,
            version,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete(&mut self, tenant: Tenant, id: VirtualUserId, version: i64) -> Result<bool> {
        let done = sqlx::query!(
            r#"delete from virtual_user
               where id = $1 and enterprise_id = coalesce($2, enterprise_id) and version = $3"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
            version,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn list_not_active(
        &mut self,
        enterprise: Option<EnterpriseId>,
        state: Option<&str>,
    ) -> Result<Vec<VirtualUserNotActive>> {
        // The partial index holds the few that wait; it is walked.
        let rows = virtual_users!(
            [
                "where v.state <> 'activated' and v.enterprise_id = coalesce($1, v.enterprise_id) "
                "and v.state = coalesce($2, v.state) order by v.created_at, v.id limit 1000"
            ]
            enterprise.map(|e| e.0),
            state,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let mut waiting = Vec::with_capacity(rows.len());
        for row in rows {
            waiting.push(self.virtual_user_not_active(row).await?);
        }
        Ok(waiting)
    }

    async fn count_not_active(&mut self) -> Result<(i64, i64)> {
        let row = sqlx::query!(
            r#"select count(*) as "all!: i64", count(case when state = 'pending' then 1 end) as "pending!: i64"
               from virtual_user where state <> 'activated'"#
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        Ok((row.pending, row.all - row.pending))
    }

    async fn list_forwards_to(
        &mut self,
        enterprise: EnterpriseId,
        number: &PhoneNumber,
    ) -> Result<Vec<ForwardOf>> {
        let rows = sqlx::query_as!(
            ForwardOfRow,
            r#"select u.id as "id: Uuid", u.enterprise_id as "enterprise_id: Uuid", u.site_id as "site_id: Uuid",
                   u.first_name as name, u.last_name as "last_name?", f.kind
               from call_forward f join "user" u on u.id = f.user_id
               where f.target_number = $2 and u.enterprise_id = $1
               order by u.sort_name, u.id, f.kind
               limit 1000"#,
            enterprise.0,
            number.as_str(),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let mut forwards: Vec<ForwardOf> = all(rows)?;
        let rows = sqlx::query_as!(
            ForwardOfRow,
            r#"select v.id as "id: Uuid", v.enterprise_id as "enterprise_id: Uuid", v.site_id as "site_id: Uuid",
                   v.name, cast(null as text) as "last_name: String", f.kind
               from hunt_forward f join virtual_user v on v.id = f.virtual_user_id
               where f.target_number = $2 and v.enterprise_id = $1
               order by v.sort_name, v.id, f.kind
               limit 1000"#,
            enterprise.0,
            number.as_str(),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        forwards.extend(all::<_, ForwardOf>(rows)?);
        Ok(forwards)
    }

    async fn delete_forwards_to(
        &mut self,
        enterprise: EnterpriseId,
        number: &PhoneNumber,
    ) -> Result<()> {
        self.touch_forwards_to_number(enterprise, number).await?;
        sqlx::query!(
            r#"delete from call_forward
               where target_number = $2 and user_id in (select id from "user" where enterprise_id = $1)"#,
            enterprise.0,
            number.as_str(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"delete from hunt_forward
               where target_number = $2 and virtual_user_id in (select id from virtual_user where enterprise_id = $1)"#,
            enterprise.0,
            number.as_str(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_forwards_to(
        &mut self,
        enterprise: EnterpriseId,
        from: &PhoneNumber,
        to: &PhoneNumber,
    ) -> Result<()> {
        self.touch_forwards_to_number(enterprise, from).await?;
        sqlx::query!(
            r#"update call_forward set target_number = $3
               where target_number = $2 and user_id in (select id from "user" where enterprise_id = $1)"#,
            enterprise.0,
            from.as_str(),
            to.as_str(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"update hunt_forward set target_number = $3
               where target_number = $2 and virtual_user_id in (select id from virtual_user where enterprise_id = $1)"#,
            enterprise.0,
            from.as_str(),
            to.as_str(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}

impl Tx {
    /// `false` when somebody in the enterprise has the extension.
    async fn claim_extension(&mut self, virtual_user: &VirtualUser) -> Result<bool> {
        let done = sqlx::query!(
            r#"insert into extension_claim (enterprise_id, extension, virtual_user_id) values ($1, $2, $3)
               on conflict (enterprise_id, extension) do nothing"#,
            virtual_user.enterprise.0,
            virtual_user.extension.as_str(),
            virtual_user.id.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    /// Rows in reading direction from the cursor, one more than the page holds.
    pub(crate) async fn virtual_user_rows(
        &mut self,
        list: &VirtualUserList,
    ) -> Result<Vec<VirtualUserRow>> {
        let backwards = list.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
        let (key, id) = match &list.cursor {
            Some(Cursor { key, id, .. }) => (key.clone(), *id),
            None => (String::new(), Uuid::nil()),
        };
        let asked = Asked {
            kind: list.kind.map(VirtualUserKind::id),
            search: list.search.as_deref().map(pattern),
            key,
            id,
            limit: list.limit.and_one(),
        };
        let rows = match (list.scope, backwards) {
            (VirtualUserScope::Enterprise(enterprise), false) => {
                virtual_user_page!(
                    self,
                    asked,
                    "v.enterprise_id = $1",
                    enterprise.0,
                    ">",
                    "v.sort_name, v.id"
                )
            }
            (VirtualUserScope::Enterprise(enterprise), true) => {
                virtual_user_page!(
                    self,
                    asked,
                    "v.enterprise_id = $1",
                    enterprise.0,
                    "<",
                    "v.sort_name desc, v.id desc"
                )
            }
            (VirtualUserScope::Site(site), false) => {
                virtual_user_page!(
                    self,
                    asked,
                    "v.site_id = $1",
                    site.0,
                    ">",
                    "v.sort_name, v.id"
                )
            }
            (VirtualUserScope::Site(site), true) => {
                virtual_user_page!(
                    self,
                    asked,
                    "v.site_id = $1",
                    site.0,
                    "<",
                    "v.sort_name desc, v.id desc"
                )
            }
        };
        rows.map_err(failed)
    }

    async fn virtual_user_not_active(
        &mut self,
        row: VirtualUserRow,
    ) -> Result<VirtualUserNotActive> {
        let names = sqlx::query!(
            r#"select e.name as enterprise_name, s.name as site_name
               from site s join enterprise e on e.id = s.enterprise_id where s.id = $1"#,
            row.site_id,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        Ok(VirtualUserNotActive {
            virtual_user: row.try_into()?,
            enterprise_name: names.enterprise_name,
            site_name: names.site_name,
        })
    }

    /// Whoever looked at a forward that changes now, sees that it has changed.
    async fn touch_forwards_to_number(
        &mut self,
        enterprise: EnterpriseId,
        number: &PhoneNumber,
    ) -> Result<()> {
        sqlx::query!(
            r#"update call_services set version = version + 1
               where user_id in (
                   select f.user_id from call_forward f join "user" u on u.id = f.user_id
                   where f.target_number = $2 and u.enterprise_id = $1)"#,
            enterprise.0,
            number.as_str(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"update virtual_user set version = version + 1
               where enterprise_id = $1
               and id in (select f.virtual_user_id from hunt_forward f where f.target_number = $2)"#,
            enterprise.0,
            number.as_str(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}

pub(crate) use virtual_users;
