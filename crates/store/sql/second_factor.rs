//! Queries about codes: of authenticator apps, recovery codes, and logins that owe one.

use async_trait::async_trait;
use model::{AccountId, Timestamp};
use store::{
    Account, PendingLoginStore, RecoveryCodeStore, Result, TokenHash, Totp, TotpStore,
    row::{AccountRow, TotpRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, access::accounts, failed};

#[async_trait]
impl TotpStore for Tx {
    async fn get(&mut self, account: AccountId) -> Result<Option<Totp>> {
        let row = sqlx::query_as!(
            TotpRow,
            r#"select sealed, confirmed_at, last_step from account_totp where account_id = $1"#,
            account.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        Ok(row.map(Into::into))
    }

    async fn put(&mut self, account: AccountId, sealed: &[u8]) -> Result<bool> {
        let done = sqlx::query!(
            r#"insert into account_totp (account_id, sealed, confirmed_at, last_step) values ($1, $2, null, 0)
               on conflict (account_id) do update set sealed = excluded.sealed
               where account_totp.confirmed_at is null"#,
            account.0,
            sealed,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn confirm(&mut self, account: AccountId, step: i64, now: Timestamp) -> Result<bool> {
        let done = sqlx::query!(
            r#"update account_totp set confirmed_at = $3, last_step = $2
               where account_id = $1 and confirmed_at is null"#,
            account.0,
            step,
            now.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn take_step(&mut self, account: AccountId, step: i64) -> Result<bool> {
        let done = sqlx::query!(
            r#"update account_totp set last_step = $2
               where account_id = $1 and confirmed_at is not null and last_step < $2"#,
            account.0,
            step,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete(&mut self, account: AccountId) -> Result<bool> {
        let done = sqlx::query!(
            r#"delete from account_totp where account_id = $1"#,
            account.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }
}

#[async_trait]
impl RecoveryCodeStore for Tx {
    async fn put_all(&mut self, account: AccountId, codes: &[TokenHash]) -> Result<()> {
        RecoveryCodeStore::delete_of(self, account).await?;
        for code in codes {
            sqlx::query!(
                r#"insert into recovery_code (account_id, code_hash) values ($1, $2)"#,
                account.0,
                &code[..],
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        Ok(())
    }

    async fn count(&mut self, account: AccountId) -> Result<i64> {
        sqlx::query_scalar!(
            r#"select count(*) as "count!: i64" from recovery_code where account_id = $1"#,
            account.0,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)
    }

    async fn take(&mut self, account: AccountId, code: &TokenHash) -> Result<bool> {
        let done = sqlx::query!(
            r#"delete from recovery_code where account_id = $1 and code_hash = $2"#,
            account.0,
            &code[..],
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete_of(&mut self, account: AccountId) -> Result<()> {
        sqlx::query!(
            r#"delete from recovery_code where account_id = $1"#,
            account.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}

#[async_trait]
impl PendingLoginStore for Tx {
    async fn put(
        &mut self,
        account: AccountId,
        token: &TokenHash,
        expires_at: Timestamp,
    ) -> Result<()> {
        sqlx::query!(
            r#"insert into pending_login (token_hash, account_id, tries, expires_at) values ($1, $2, 0, $3)
               on conflict (account_id) do update set
                   token_hash = excluded.token_hash, tries = 0, expires_at = excluded.expires_at"#,
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
            "join pending_login p on p.account_id = a.id where p.token_hash = $1 and p.expires_at > $2",
            &token[..],
            now.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        self.with_sites(row).await
    }

    async fn update_tries(&mut self, token: &TokenHash) -> Result<Option<i64>> {
        sqlx::query_scalar!(
            r#"update pending_login set tries = tries + 1 where token_hash = $1 returning tries as "tries!: i64""#,
            &token[..],
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)
    }

    async fn delete(&mut self, token: &TokenHash, now: Timestamp) -> Result<bool> {
        let done = sqlx::query!(
            r#"delete from pending_login where token_hash = $1 and expires_at > $2"#,
            &token[..],
            now.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete_of(&mut self, account: AccountId) -> Result<()> {
        sqlx::query!(
            r#"delete from pending_login where account_id = $1"#,
            account.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_expired(&mut self, now: Timestamp) -> Result<()> {
        sqlx::query!(r#"delete from pending_login where expires_at <= $1"#, now.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }
}
