//! Queries about accounts, one-time links, sessions and API tokens.

use async_trait::async_trait;
use model::{AccountId, EnterpriseId, Grant, NewUser, SiteId, Timestamp, UserId};
use store::{
    Account, AccountStore, ApiToken, ApiTokenStore, NewAccount, PasswordLinkStore, Result,
    SessionStore, Tenant, TokenHash,
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
                   a.role, a.username, a.email, a.language, a.password_hash
               from account a "# + $tail
            $(, $argument)*
        )
    };
}

impl Tx {
    async fn with_sites(&mut self, row: Option<AccountRow>) -> Result<Option<Account>> {
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
                   (id, enterprise_id, user_id, role, username, username_folded, email, language, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
               on conflict do nothing"#,
            account.id.0,
            account.grant.enterprise().map(|e| e.0),
            user,
            account.grant.role().name(),
            account.username,
            account.username_folded,
            account.email,
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
            r#"update account set username = $3, username_folded = $4, email = $5, language = $6
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

    async fn update_administrator(&mut self, tenant: Tenant, account: &Account) -> Result<bool> {
        let done = sqlx::query!(
            r#"update account set role = $3, email = $4, language = $5
               where id = $1 and user_id is null and enterprise_id = coalesce($2, enterprise_id)"#,
            account.id.0,
            tenant.enterprise().map(|e| e.0),
            account.grant.role().name(),
            account.email,
            account.language.code(),
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

    async fn update_password(&mut self, id: AccountId, password_hash: &str) -> Result<()> {
        sqlx::query!(
            r#"update account set password_hash = $2 where id = $1"#,
            id.0,
            password_hash
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
impl PasswordLinkStore for Tx {
    async fn put(
        &mut self,
        account: AccountId,
        token: &TokenHash,
        expires_at: Timestamp,
    ) -> Result<()> {
        sqlx::query!(
            r#"delete from password_link where account_id = $1"#,
            account.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"insert into password_link (token_hash, account_id, expires_at) values ($1, $2, $3)"#,
            &token[..],
            account.0,
            expires_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn get(&mut self, token: &TokenHash, now: Timestamp) -> Result<Option<Account>> {
        let row = accounts!(
            "join password_link l on l.account_id = a.id where l.token_hash = $1 and l.expires_at > $2",
            &token[..],
            now.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        self.with_sites(row).await
    }

    async fn delete(&mut self, token: &TokenHash, now: Timestamp) -> Result<bool> {
        let done = sqlx::query!(
            r#"delete from password_link where token_hash = $1 and expires_at > $2"#,
            &token[..],
            now.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }
}

#[async_trait]
impl SessionStore for Tx {
    async fn insert(
        &mut self,
        token: &TokenHash,
        account: AccountId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        sqlx::query!(
            r#"insert into session (token_hash, account_id, created_at, expires_at) values ($1, $2, $3, $4)"#,
            &token[..],
            account.0,
            now.0,
            expires_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn get(&mut self, token: &TokenHash, now: Timestamp) -> Result<Option<Account>> {
        let row = accounts!(
            "join session s on s.account_id = a.id where s.token_hash = $1 and s.expires_at > $2",
            &token[..],
            now.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        self.with_sites(row).await
    }

    async fn get_view(&mut self, token: &TokenHash) -> Result<Option<UserId>> {
        let view = sqlx::query_scalar!(
            r#"select view_user_id as "view_user_id: Uuid" from session where token_hash = $1"#,
            &token[..],
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        Ok(view.flatten().map(UserId))
    }

    async fn update_view(&mut self, token: &TokenHash, user: Option<UserId>) -> Result<()> {
        sqlx::query!(
            r#"update session set view_user_id = $2 where token_hash = $1"#,
            &token[..],
            user.map(|user| user.0),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete(&mut self, token: &TokenHash) -> Result<()> {
        sqlx::query!(r#"delete from session where token_hash = $1"#, &token[..])
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }

    async fn delete_of(&mut self, account: AccountId) -> Result<()> {
        sqlx::query!(r#"delete from session where account_id = $1"#, account.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }

    async fn delete_expired(&mut self, now: Timestamp) -> Result<()> {
        sqlx::query!(r#"delete from session where expires_at <= $1"#, now.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
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
