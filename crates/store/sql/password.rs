//! Queries about passwords: one-time links, rules, earlier passwords, forgotten ones.

use async_trait::async_trait;
use model::{AccountId, EnterpriseId, ForgottenId, PasswordRules, Timestamp};
use store::{
    Account, Forgotten, ForgottenStore, LinkPurpose, PasswordHistoryStore, PasswordLinkStore,
    PasswordRulesStore, Result, TokenHash,
    row::{AccountRow, ForgottenRow, PasswordRulesRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, access::accounts, failed};

#[async_trait]
impl PasswordLinkStore for Tx {
    async fn put(
        &mut self,
        account: AccountId,
        purpose: LinkPurpose,
        token: &TokenHash,
        expires_at: Timestamp,
    ) -> Result<()> {
        sqlx::query!(
            r#"delete from password_link where account_id = $1 and purpose = $2"#,
            account.0,
            purpose.name(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"insert into password_link (token_hash, account_id, expires_at, purpose) values ($1, $2, $3, $4)"#,
            &token[..],
            account.0,
            expires_at.0,
            purpose.name(),
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

    async fn delete_of(&mut self, account: AccountId) -> Result<()> {
        sqlx::query!(
            r#"delete from password_link where account_id = $1"#,
            account.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_expired(&mut self, now: Timestamp) -> Result<()> {
        sqlx::query!(r#"delete from password_link where expires_at <= $1"#, now.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }
}

#[async_trait]
impl PasswordRulesStore for Tx {
    async fn get(&mut self, enterprise: EnterpriseId) -> Result<Option<PasswordRules>> {
        let row = sqlx::query_as!(
            PasswordRulesRow,
            r#"select min_length, min_classes, max_repeats, history, expires_after_days, lock_after
               from password_rules where enterprise_id = $1"#,
            enterprise.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn put(&mut self, enterprise: EnterpriseId, rules: &PasswordRules) -> Result<()> {
        sqlx::query!(
            r#"insert into password_rules
                   (enterprise_id, min_length, min_classes, max_repeats, history, expires_after_days, lock_after)
               values ($1, $2, $3, $4, $5, $6, $7)
               on conflict (enterprise_id) do update set
                   min_length = excluded.min_length,
                   min_classes = excluded.min_classes,
                   max_repeats = excluded.max_repeats,
                   history = excluded.history,
                   expires_after_days = excluded.expires_after_days,
                   lock_after = excluded.lock_after"#,
            enterprise.0,
            i64::from(rules.min_length),
            i64::from(rules.min_classes),
            i64::from(rules.max_repeats),
            i64::from(rules.history),
            rules.expires_after_days.map(i64::from),
            i64::from(rules.lock_after),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}

#[async_trait]
impl PasswordHistoryStore for Tx {
    async fn insert(&mut self, account: AccountId, password_hash: &str) -> Result<()> {
        let place = sqlx::query_scalar!(
            r#"insert into password_history (account_id, place, password_hash)
               select $1, coalesce(max(place), 0) + 1, $2 from password_history where account_id = $1
               returning place as "place!: i64""#,
            account.0,
            password_hash,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"delete from password_history where account_id = $1 and place <= $2"#,
            account.0,
            place - i64::from(PasswordRules::LONGEST_HISTORY),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn list(&mut self, account: AccountId, count: u32) -> Result<Vec<String>> {
        sqlx::query_scalar!(
            r#"select password_hash from password_history where account_id = $1 order by place desc limit $2"#,
            account.0,
            i64::from(count),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)
    }
}

#[async_trait]
impl ForgottenStore for Tx {
    async fn insert(&mut self, forgotten: &Forgotten) -> Result<()> {
        sqlx::query!(
            r#"insert into forgotten (id, what, typed, language, requested_at) values ($1, $2, $3, $4, $5)"#,
            forgotten.id.0,
            forgotten.lost.name(),
            forgotten.typed,
            forgotten.language.code(),
            forgotten.requested_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn get(&mut self, id: ForgottenId) -> Result<Option<Forgotten>> {
        let row = sqlx::query_as!(
            ForgottenRow,
            r#"select id as "id: Uuid", what, typed, language, requested_at from forgotten where id = $1"#,
            id.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn delete(&mut self, id: ForgottenId) -> Result<()> {
        sqlx::query!(r#"delete from forgotten where id = $1"#, id.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }
}
