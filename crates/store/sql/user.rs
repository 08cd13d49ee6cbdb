//! Queries about users and the logins of their desk phones.

use async_trait::async_trait;
use model::{
    DeskPhoneType, EnterpriseId, Extension, Holder, NewUser, Page, SiteId, State, Timestamp, User,
    UserId, VirtualUserId,
};
use store::{
    ExtensionHolder, PhoneLogin, PhoneLoginStore, Result, Tenant, Updated, UserFilter, UserList,
    UserRecord, UserScope, UserStore,
};
use uuid::Uuid;

use crate::{Connected, Tx, failed, tables::unless_taken, user_list, user_rows::users};

#[async_trait]
impl UserStore for Tx {
    async fn insert(&mut self, record: &UserRecord<'_>) -> Result<bool> {
        let NewUser {
            first_name,
            last_name,
            email,
            extension,
            package,
            mobile,
            ..
        } = record.user;
        let services: Vec<_> = record.user.services.iter().map(|s| s.id()).collect();
        let (reason, activated_at) = state_columns(record.state);
        let done = sqlx::query!(
            r#"insert into "user" (id, enterprise_id, site_id, department_id, first_name, last_name, sort_name,
                   search_text, email, extension, package, services, desk_phone_type, mobile_number, contract_number,
                   state, state_reason, activated_at, version, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1, $19)
               on conflict (enterprise_id, extension) do nothing"#,
            record.id.0,
            record.enterprise.0,
            record.site.0,
            record.user.department.map(|d| d.0),
            first_name.as_str(),
            last_name.as_str(),
            record.user.sort_name(),
            record.user.search_text(),
            email.as_str(),
            extension.as_str(),
            package.id(),
            services.join(","),
            record.user.desk_phone_type.map(DeskPhoneType::id),
            mobile.as_ref().map(|m| m.number.as_str()),
            mobile.as_ref().map(|m| m.contract.as_str()),
            record.state.name(),
            reason,
            activated_at,
            record.created_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        if done.rows_affected() != 1 {
            return Ok(false);
        }
        if self.claim_user_extension(record).await? {
            return Ok(true);
        }
        UserStore::delete(self, Tenant::Enterprise(record.enterprise), record.id, 1).await?;
        Ok(false)
    }

    async fn get(&mut self, tenant: Tenant, id: UserId) -> Result<Option<User>> {
        let row = users!(
            ["where u.id = $1 and u.enterprise_id = coalesce($2, u.enterprise_id)"]
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn list(&mut self, list: &UserList) -> Result<Page<User>> {
        user_list::list(self, list).await
    }

    async fn count(&mut self, scope: UserScope, filter: &UserFilter) -> Result<i64> {
        user_list::count(self, scope, filter).await
    }

    async fn list_ids(
        &mut self,
        scope: UserScope,
        filter: &UserFilter,
        limit: i64,
    ) -> Result<Vec<UserId>> {
        user_list::list_ids(self, scope, filter, limit).await
    }

    async fn extension_holder(
        &mut self,
        enterprise: EnterpriseId,
        extension: &Extension,
    ) -> Result<Option<ExtensionHolder>> {
        let row = sqlx::query!(
            r#"select u.id as "user_id?: Uuid", u.site_id as "user_site?: Uuid", u.first_name as "first_name?",
                   u.last_name as "last_name?", v.id as "virtual_user_id?: Uuid", v.site_id as "virtual_user_site?: Uuid",
                   v.name as "name?"
               from extension_claim x
               left join "user" u on u.id = x.user_id
               left join virtual_user v on v.id = x.virtual_user_id
               where x.enterprise_id = $1 and x.extension = $2"#,
            enterprise.0,
            extension.as_str(),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        let Some(row) = row else {
            return Ok(None);
        };
        let of_user = row.user_id.zip(row.user_site);
        let of_virtual_user = row.virtual_user_id.zip(row.virtual_user_site);
        let first_and_last = row.first_name.zip(row.last_name);
        let name = first_and_last.map(|(first, last)| format!("{first} {last}"));
        let user = of_user.map(|(id, site)| (Holder::User(UserId(id)), site));
        let virtual_user =
            of_virtual_user.map(|(id, site)| (Holder::VirtualUser(VirtualUserId(id)), site));
        let holder = user.or(virtual_user);
        Ok(holder.map(|(holder, site)| ExtensionHolder {
            holder,
            site: SiteId(site),
            name: name.or(row.name).unwrap_or_default(),
        }))
    }

    async fn count_extensions_outside(
        &mut self,
        enterprise: EnterpriseId,
        min: usize,
        max: usize,
    ) -> Result<i64> {
        let bound = |digits: usize| i64::try_from(digits).unwrap_or(i64::MAX);
        sqlx::query_scalar!(
            r#"select count(*) as "count!: i64" from extension_claim
               where enterprise_id = $1 and (length(extension) < cast($2 as bigint) or length(extension) > cast($3 as bigint))"#,
            enterprise.0,
            bound(min),
            bound(max),
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)
    }

    async fn list_extensions(
        &mut self,
        enterprise: EnterpriseId,
        from: &Extension,
    ) -> Result<Vec<Extension>> {
        let rows = sqlx::query_scalar!(
            r#"select extension from extension_claim
               where enterprise_id = $1 and extension >= $2 and length(extension) = length($2)
               order by extension
               limit 1000"#,
            enterprise.0,
            from.as_str(),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        Ok(rows.iter().filter_map(|text| text.parse().ok()).collect())
    }

    async fn update_state(
        &mut self,
        tenant: Tenant,
        id: UserId,
        state: &State,
        version: i64,
    ) -> Result<bool> {
        let (reason, activated_at) = state_columns(state);
        let done = sqlx::query!(
            r#"update "user" set state = $3, state_reason = $4, activated_at = $5, version = version + 1
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

    async fn update(
        &mut self,
        tenant: Tenant,
        id: UserId,
        user: &NewUser,
        version: i64,
    ) -> Result<Updated> {
        let services: Vec<_> = user.services.iter().map(|s| s.id()).collect();
        let done = sqlx::query!(
            r#"update "user" set department_id = $3, first_name = $4, last_name = $5, sort_name = $6, search_text = $7,
                   email = $8, extension = $9, package = $10, services = $11, desk_phone_type = $12,
                   mobile_number = $13, contract_number = $14, version = version + 1
               where id = $1 and enterprise_id = coalesce($2, enterprise_id) and version = $15"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
            user.department.map(|d| d.0),
            user.first_name.as_str(),
            user.last_name.as_str(),
            user.sort_name(),
            user.search_text(),
            user.email.as_str(),
            user.extension.as_str(),
            user.package.id(),
            services.join(","),
            user.desk_phone_type.map(DeskPhoneType::id),
            user.mobile.as_ref().map(|m| m.number.as_str()),
            user.mobile.as_ref().map(|m| m.contract.as_str()),
            version,
        )
        .execute(self.connection())
        .await;
        match unless_taken(done)? {
            None => return Ok(Updated::ExtensionTaken),
            Some(done) if done.rows_affected() == 1 => {}
            Some(_) => return Ok(Updated::Meanwhile),
        }
        let claimed = sqlx::query!(
            r#"update extension_claim set extension = $2 where user_id = $1 and extension <> $2"#,
            id.0,
            user.extension.as_str(),
        )
        .execute(self.connection())
        .await;
        Ok(match unless_taken(claimed)? {
            None => Updated::ExtensionTaken,
            Some(_) => Updated::Done,
        })
    }

    async fn touch(&mut self, tenant: Tenant, id: UserId, version: i64) -> Result<bool> {
        let done = sqlx::query!(
            r#"update "user" set version = version + 1
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

    async fn delete(&mut self, tenant: Tenant, id: UserId, version: i64) -> Result<bool> {
        let done = sqlx::query!(
            r#"delete from "user"
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

    async fn count_not_active(&mut self) -> Result<(i64, i64)> {
        let row = sqlx::query!(
            r#"select count(*) as "all!: i64", count(case when state = 'pending' then 1 end) as "pending!: i64"
               from "user" where state <> 'activated'"#
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        Ok((row.pending, row.all - row.pending))
    }
}

impl Tx {
    /// `false` when somebody in the enterprise has the extension.
    async fn claim_user_extension(&mut self, record: &UserRecord<'_>) -> Result<bool> {
        let done = sqlx::query!(
            r#"insert into extension_claim (enterprise_id, extension, user_id) values ($1, $2, $3)
               on conflict (enterprise_id, extension) do nothing"#,
            record.enterprise.0,
            record.user.extension.as_str(),
            record.id.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }
}

/// The columns `state_reason` and `activated_at` of a state.
pub(crate) fn state_columns(state: &State) -> (Option<String>, Option<i64>) {
    match state {
        State::Pending => (None, None),
        State::Activated { at } => (None, Some(at.0)),
        State::Failed { reason } => (Some(reason.to_string()), None),
    }
}

#[async_trait]
impl PhoneLoginStore for Tx {
    async fn put(&mut self, tenant: Tenant, user: UserId, login: &PhoneLogin) -> Result<()> {
        sqlx::query!(
            r#"insert into phone_login (user_id, login, sealed, issued_at)
               select id, $3, $4, $5 from "user" where id = $1 and enterprise_id = coalesce($2, enterprise_id)
               on conflict (user_id) do update
               set login = excluded.login, sealed = excluded.sealed, issued_at = excluded.issued_at"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
            login.login,
            login.sealed,
            login.issued_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete(&mut self, tenant: Tenant, user: UserId) -> Result<()> {
        sqlx::query!(
            r#"delete from phone_login
               where user_id = (select id from "user" where id = $1 and enterprise_id = coalesce($2, enterprise_id))"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn get(&mut self, tenant: Tenant, user: UserId) -> Result<Option<PhoneLogin>> {
        let row = sqlx::query!(
            r#"select p.login, p.sealed, p.issued_at from phone_login p join "user" u on u.id = p.user_id
               where p.user_id = $1 and u.enterprise_id = coalesce($2, u.enterprise_id)"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        Ok(row.map(|row| PhoneLogin {
            login: row.login,
            sealed: row.sealed,
            issued_at: Timestamp(row.issued_at),
        }))
    }

    async fn get_by_login(&mut self, login: &str) -> Result<Option<(UserId, PhoneLogin)>> {
        let row = sqlx::query!(
            r#"select user_id as "user_id: Uuid", login, sealed, issued_at from phone_login where login = $1"#,
            login,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        Ok(row.map(|row| {
            let login = PhoneLogin {
                login: row.login,
                sealed: row.sealed,
                issued_at: Timestamp(row.issued_at),
            };
            (UserId(row.user_id), login)
        }))
    }
}
