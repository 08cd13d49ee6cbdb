//! Queries about passkeys, and about what browsers were asked to sign.

use async_trait::async_trait;
use model::{AccountId, PasskeyId, Timestamp};
use store::{
    Passkey, PasskeyChallenge, PasskeyChallengeStore, PasskeyStore, Result, TokenHash,
    row::{PasskeyChallengeRow, PasskeyRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed};

/// A query for passkeys: the select, then the given tail.
macro_rules! passkeys {
    ($tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            PasskeyRow,
            r#"select id as "id: Uuid", account_id as "account_id: Uuid", credential_id, name, credential, created_at,
                   last_used_at
               from passkey "# + $tail,
            $($argument),+
        )
    };
}

#[async_trait]
impl PasskeyStore for Tx {
    async fn insert(&mut self, passkey: &Passkey) -> Result<bool> {
        let done = sqlx::query!(
            r#"insert into passkey (id, account_id, credential_id, name, credential, created_at, last_used_at)
               values ($1, $2, $3, $4, $5, $6, $7)
               on conflict do nothing"#,
            passkey.id.0,
            passkey.account.0,
            passkey.credential_id,
            passkey.name.as_str(),
            passkey.credential,
            passkey.created_at.0,
            passkey.last_used_at.map(|at| at.0),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn list(&mut self, account: AccountId) -> Result<Vec<Passkey>> {
        let rows = passkeys!("where account_id = $1 order by id limit 100", account.0)
            .fetch_all(self.connection())
            .await
            .map_err(failed)?;
        all(rows)
    }

    async fn get(&mut self, account: AccountId, id: PasskeyId) -> Result<Option<Passkey>> {
        let row = passkeys!("where id = $1 and account_id = $2", id.0, account.0)
            .fetch_optional(self.connection())
            .await
            .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn get_by_credential(&mut self, credential_id: &[u8]) -> Result<Option<Passkey>> {
        let row = passkeys!("where credential_id = $1", credential_id)
            .fetch_optional(self.connection())
            .await
            .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn update_used(
        &mut self,
        before: &Passkey,
        credential: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let done = sqlx::query!(
            r#"update passkey set credential = $3, last_used_at = $4 where id = $1 and credential = $2"#,
            before.id.0,
            before.credential,
            credential,
            now.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete(&mut self, account: AccountId, id: PasskeyId) -> Result<bool> {
        let done = sqlx::query!(
            r#"delete from passkey where id = $1 and account_id = $2"#,
            id.0,
            account.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete_of(&mut self, account: AccountId) -> Result<()> {
        sqlx::query!(r#"delete from passkey where account_id = $1"#, account.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }
}

#[async_trait]
impl PasskeyChallengeStore for Tx {
    async fn insert(
        &mut self,
        token: &TokenHash,
        challenge: &PasskeyChallenge,
        most: i64,
    ) -> Result<bool> {
        let waiting = sqlx::query_scalar!(
            r#"select count(*) as "count!: i64" from (select 1 as one from passkey_challenge limit $1) as found"#,
            most,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        if waiting >= most {
            return Ok(false);
        }
        sqlx::query!(
            r#"insert into passkey_challenge (token_hash, account_id, state, expires_at) values ($1, $2, $3, $4)"#,
            &token[..],
            challenge.account.map(|account| account.0),
            challenge.state,
            challenge.expires_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(true)
    }

    async fn take(
        &mut self,
        token: &TokenHash,
        account: Option<AccountId>,
        now: Timestamp,
    ) -> Result<Option<PasskeyChallenge>> {
        let row = sqlx::query_as!(
            PasskeyChallengeRow,
            r#"delete from passkey_challenge
               where token_hash = $1 and account_id is not distinct from $2 and expires_at > $3
               returning account_id as "account_id: Uuid", state, expires_at"#,
            &token[..],
            account.map(|account| account.0),
            now.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        Ok(row.map(Into::into))
    }

    async fn delete_expired(&mut self, now: Timestamp) -> Result<()> {
        sqlx::query!(
            r#"delete from passkey_challenge where expires_at <= $1"#,
            now.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}
