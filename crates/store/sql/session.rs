//! Queries about sessions.

use async_trait::async_trait;
use model::{AccountId, Timestamp, UserId};
use store::{
    Account, Result, SessionRecord, SessionStore, TokenHash,
    row::{AccountRow, SessionRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, access::accounts, all, failed};

#[async_trait]
impl SessionStore for Tx {
    async fn insert(&mut self, session: &SessionRecord) -> Result<()> {
        sqlx::query!(
            r#"insert into session (token_hash, account_id, source, browser, created_at, expires_at)
               values ($1, $2, $3, $4, $5, $6)"#,
            &session.token[..],
            session.account.0,
            session.source,
            session.browser,
            session.created_at.0,
            session.expires_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn list(&mut self, account: AccountId, now: Timestamp) -> Result<Vec<SessionRecord>> {
        let rows = sqlx::query_as!(
            SessionRow,
            r#"select token_hash, account_id as "account_id: Uuid", source, browser, created_at, expires_at
               from session
               where account_id = $1 and expires_at > $2
               order by created_at desc, token_hash
               limit 100"#,
            account.0,
            now.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
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

    async fn delete_others(&mut self, account: AccountId, kept: &TokenHash) -> Result<()> {
        sqlx::query!(
            r#"delete from session where account_id = $1 and token_hash <> $2"#,
            account.0,
            &kept[..],
        )
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
