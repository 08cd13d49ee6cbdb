//! Queries about accounts and API tokens.

use async_trait::async_trait;
use model::{AccountId, EnterpriseId, Grant, Language, NewUser, SiteId, Timestamp, UserId};
use store::{
    Account, AccountStore, ApiToken, ApiTokenStore, NewAccount, Result, Tenant, TokenHash,
    row::{AccountRow, ApiTokenRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, failed, tables::unless_taken};

/// A query for account rows: the select, then the given tail.
macro_rules! accounts {
    ($tail:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            AccountRow,
            r#"select a.id as "id: Uuid", a.enterprise_id as "enterprise_id: Uuid", a.user_id as "user_id: Uuid",
                   a.role, a.username, a.email, a.language, a.password_hash, a.password_set_at, a.locked_at
               from account a "# + $tail
            $(, $argument)*
        )
    };
}
pub(crate) use accounts;

impl Tx {
    /// The account of a row, with the sites that a site administrator has.
    pub(crate) async fn with_sites(&mut self, row: Option<AccountRow>) -> Result<Option<Account>> {
        let Some(row) = row else { return Ok(None) };
        let sites = if row.role == "site-admin" {
            self.sites_of(row.id).await?
        } else {
            Vec::new()
        };
        row.with_sites(sites).map(Some)
    }

    async fn insert_sites(&mut self, account: AccountId, grant: &Grant) -> Result<()> {
        let Grant::SiteAdmin(_, sites) = grant else {
            return Ok(());
        };
        for site in sites {
            sqlx::query!(
                r#"insert into account_site (account_id, site_id) values ($1, $2) on conflict do nothing"#,
                account.0,
                site.0,
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        Ok(())
    }

    async fn sites_of(&mut self, account: Uuid) -> Result<Vec<Uuid>> {
        sqlx::query_scalar!(
            r#"select site_id as "site_id: Uuid" from account_site where account_id = $1 order by site_id"#,
            account,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)
    }
}

#[async_trait]
impl AccountStore for Tx {
    async fn insert(&mut self, account: &NewAccount<'_>) -> Result<bool> {
        let user = match account.grant {
            Grant::User(_, user) => Some(user.0),
            Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) => None,
        };
        let done = sqlx::query!(
            r#"insert into account
                   (id, enterprise_id, user_id, role, username, username_folded, email, email_folded, language, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
               on conflict do nothing"#,
            account.id.0,
            account.grant.enterprise().map(|e| e.0),
            user,
            account.grant.role().name(),
            account.username,
            account.username_folded,
            account.email,
            account.email.to_lowercase(),
            account.language.code(),
            account.created_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        let inserted = done.rows_affected() == 1;
        if inserted {
            self.insert_sites(account.id, account.grant).await?;
        }
        Ok(inserted)
    }

    async fn get_by_login(
        &mut self,
        domain: Option<&str>,
        username_folded: &str,
    ) -> Result<Option<Account>> {
        let row = match domain {
            Some(domain) => {
                accounts!(
                    "join enterprise e on e.id = a.enterprise_id where e.domain = $1 and a.username_folded = $2",
                    domain,
                    username_folded,
                )
                .fetch_optional(self.connection())
                .await
            }
            None => {
                accounts!("where a.enterprise_id is null and a.username_folded = $1", username_folded)
                    .fetch_optional(self.connection())
                    .await
            }
        };
        self.with_sites(row.map_err(failed)?).await
    }

    async fn update_of_user(&mut self, tenant: Tenant, id: UserId, user: &NewUser) -> Result<bool> {
        let done = sqlx::query!(
            r#"update account set username = $3, username_folded = $4, email = $5, language = $6, email_folded = $7
               where user_id = $1 and enterprise_id = coalesce($2, enterprise_id)
                 and not exists (select 1 from account other
                                 where other.enterprise_id = account.enterprise_id and other.username_folded = $4
                                   and other.id <> account.id)"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
            user.username.as_str(),
            user.username.folded(),
            user.email.as_str(),
            user.language.code(),
            user.email.as_str().to_lowercase(),
        )
        .execute(self.connection())
        .await;
        Ok(unless_taken(done)?.is_some_and(|done| done.rows_affected() == 1))
    }

    async fn list_administrators(&mut self, tenant: Tenant) -> Result<Vec<Account>> {
        // The partial index of administrators, which ends in their names.
        let rows = match tenant {
            Tenant::Installation => {
                accounts!("where a.user_id is null and a.enterprise_id is null order by a.username_folded limit 1000")
                    .fetch_all(self.connection())
                    .await
            }
            Tenant::Enterprise(enterprise) => {
                accounts!(
                    "where a.user_id is null and a.enterprise_id = $1 order by a.username_folded limit 1000",
                    enterprise.0,
                )
                .fetch_all(self.connection())
                .await
            }
        };
        let rows = rows.map_err(failed)?;
        let mut accounts = Vec::with_capacity(rows.len());
        for row in rows {
            accounts.extend(self.with_sites(Some(row)).await?);
        }
        Ok(accounts)
    }

    async fn get_administrator(
        &mut self,
        tenant: Tenant,
        id: AccountId,
    ) -> Result<Option<Account>> {
        let row = accounts!(
            "where a.id = $1 and a.user_id is null and a.enterprise_id = coalesce($2, a.enterprise_id)",
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        self.with_sites(row).await
    }

    async fn get(&mut self, id: AccountId) -> Result<Option<Account>> {
        let row = accounts!("where a.id = $1", id.0)
            .fetch_optional(self.connection())
            .await
            .map_err(failed)?;
        self.with_sites(row).await
    }

    async fn get_of_user(&mut self, tenant: Tenant, user: UserId) -> Result<Option<Account>> {
        let row = accounts!(
            "where a.user_id = $1 and a.enterprise_id = coalesce($2, a.enterprise_id)",
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        self.with_sites(row).await
    }

    async fn update_administrator(&mut self, tenant: Tenant, account: &Account) -> Result<bool> {
        let done = sqlx::query!(
            r#"update account set role = $3, email = $4, language = $5, email_folded = $6
               where id = $1 and user_id is null and enterprise_id = coalesce($2, enterprise_id)"#,
            account.id.0,
            tenant.enterprise().map(|e| e.0),
            account.grant.role().name(),
            account.email,
            account.language.code(),
            account.email.to_lowercase(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query!(
            r#"delete from account_site where account_id = $1"#,
            account.id.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        self.insert_sites(account.id, &account.grant).await?;
        Ok(true)
    }

    async fn delete_administrator(&mut self, tenant: Tenant, id: AccountId) -> Result<bool> {
        let done = sqlx::query!(
            r#"delete from account where id = $1 and user_id is null and enterprise_id = coalesce($2, enterprise_id)"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn list_by_email(&mut self, email_folded: &str) -> Result<Vec<Account>> {
        // The index of addresses ends in the ids.
        let rows = accounts!(
            "where a.email_folded = $1 and a.email_folded <> '' order by a.id limit 50",
            email_folded,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let mut accounts = Vec::with_capacity(rows.len());
        for row in rows {
            accounts.extend(self.with_sites(Some(row)).await?);
        }
        Ok(accounts)
    }

    async fn update_password(
        &mut self,
        id: AccountId,
        password_hash: Option<&str>,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query!(
            r#"update account
               set password_hash = $2, password_set_at = $3, wrong_passwords = 0, locked_at = null
               where id = $1"#,
            id.0,
            password_hash,
            now.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_wrong_password(
        &mut self,
        id: AccountId,
        now: Timestamp,
        lock_after: u32,
    ) -> Result<i64> {
        let count = sqlx::query_scalar!(
            r#"update account
               set wrong_passwords = wrong_passwords + 1,
                   locked_at = case when locked_at is null and wrong_passwords + 1 >= nullif(cast($3 as bigint), 0)
                                    then $2 else locked_at end
               where id = $1
               returning wrong_passwords as "count!: i64""#,
            id.0,
            now.0,
            i64::from(lock_after),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        Ok(count.unwrap_or_default())
    }

    async fn update_stranger(&mut self) -> Result<()> {
        sqlx::query!(r#"update stranger set wrong_passwords = wrong_passwords + 1 where id = 1"#)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }

    async fn update_right_password(&mut self, id: AccountId) -> Result<()> {
        sqlx::query!(
            r#"update account set wrong_passwords = 0 where id = $1 and wrong_passwords > 0"#,
            id.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_language(&mut self, id: AccountId, language: Language) -> Result<()> {
        sqlx::query!(
            r#"update account set language = $2 where id = $1"#,
            id.0,
            language.code(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn operator_is_set_up(&mut self) -> Result<bool> {
        let found = sqlx::query_scalar!(
            r#"select count(*) as "count!: i64" from account where enterprise_id is null and password_hash is not null"#
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        Ok(found > 0)
    }
}

#[async_trait]
impl ApiTokenStore for Tx {
    async fn insert(
        &mut self,
        token: &ApiToken,
        hash: &TokenHash,
        site: Option<SiteId>,
        enterprise: Option<EnterpriseId>,
        created_at: Timestamp,
    ) -> Result<()> {
        sqlx::query!(
            r#"insert into api_token (id, token_hash, role, enterprise_id, site_id, created_at)
               values ($1, $2, $3, $4, $5, $6)"#,
            token.id.0,
            &hash[..],
            token.grant.role().name(),
            enterprise.map(|e| e.0),
            site.map(|s| s.0),
            created_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn get(&mut self, hash: &TokenHash) -> Result<Option<ApiToken>> {
        let row = sqlx::query_as!(
            ApiTokenRow,
            r#"select id as "id: Uuid", role, enterprise_id as "enterprise_id: Uuid", site_id as "site_id: Uuid"
               from api_token where token_hash = $1"#,
            &hash[..],
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }
}
