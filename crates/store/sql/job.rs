//! Queries about jobs and about requests that must not be carried out twice.

use async_trait::async_trait;
use model::{JobId, Timestamp, UserId};
use store::{Idempotency, IdempotencyStore, Job, JobKind, JobStore, Result, Seen};
use uuid::Uuid;

use crate::{Connected, Tx, dialect, failed};

#[async_trait]
impl JobStore for Tx {
    async fn insert(&mut self, id: JobId, kind: JobKind, run_at: Timestamp) -> Result<()> {
        sqlx::query!(
            r#"insert into job (id, kind, user_id, subject_id, run_at, attempts) values ($1, $2, $3, $4, $5, 0)"#,
            id.0,
            kind.name(),
            kind.user().map(|u| u.0),
            kind.subject(),
            run_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn claim(&mut self, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Job>> {
        dialect::claim(self, now, until, limit).await
    }

    async fn delete(&mut self, id: JobId) -> Result<bool> {
        let done = sqlx::query!(r#"delete from job where id = $1"#, id.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete_activation(&mut self, user: UserId) -> Result<()> {
        sqlx::query!(
            r#"delete from job where user_id = $1 and kind in ('activation', 'activation-reminder')"#,
            user.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_retry(&mut self, id: JobId, run_at: Timestamp, error: &str) -> Result<()> {
        sqlx::query!(
            r#"update job set run_at = $2, last_error = $3 where id = $1"#,
            id.0,
            run_at.0,
            error,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn put_back(&mut self, id: JobId, run_at: Timestamp) -> Result<bool> {
        let done = sqlx::query!(
            r#"update job set run_at = $2, attempts = 0, last_error = null where id = $1"#,
            id.0,
            run_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn next_due(&mut self) -> Result<Option<Timestamp>> {
        let due = sqlx::query_scalar!(r#"select run_at from job order by run_at limit 1"#)
            .fetch_optional(self.connection())
            .await
            .map_err(failed)?;
        Ok(due.map(Timestamp))
    }
}

#[async_trait]
impl IdempotencyStore for Tx {
    async fn insert(
        &mut self,
        request: Idempotency<'_>,
        user: UserId,
        now: Timestamp,
    ) -> Result<Option<Seen>> {
        let done = sqlx::query!(
            r#"insert into idempotency (owner_id, idempotency_key, request_hash, user_id, created_at)
               values ($1, $2, $3, $4, $5)
               on conflict (owner_id, idempotency_key) do nothing"#,
            request.owner,
            request.key,
            &request.request_hash[..],
            user.0,
            now.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        if done.rows_affected() == 1 {
            return Ok(None);
        }
        let row = sqlx::query!(
            r#"select request_hash, user_id as "user_id: Uuid" from idempotency
               where owner_id = $1 and idempotency_key = $2"#,
            request.owner,
            request.key,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        let same_request = row.request_hash == request.request_hash;
        Ok(Some(Seen {
            same_request,
            user: row.user_id.map(UserId),
        }))
    }

    async fn delete_older(&mut self, before: Timestamp) -> Result<()> {
        sqlx::query!(r#"delete from idempotency where created_at < $1"#, before.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }
}
