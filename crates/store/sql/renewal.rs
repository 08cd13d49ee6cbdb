//! Queries about new login details for many users.

use std::collections::BTreeMap;

use async_trait::async_trait;
use model::{
    EnterpriseId, Limit, PhoneNumber, Renewal, RenewalId, RenewalOutcome, RenewalState, Timestamp,
    UserId,
};
use store::{
    Candidate, NewRenewalRow, PlaceInRows, RenewalBatch, RenewalRow, RenewalStore, RenewedLogin,
    Result, ResultRow, Tenant, renewal_json, row::RenewalHead,
};
use uuid::Uuid;

use crate::{Connected, Tx, dialect::renewal as dialect, failed};

/// How many rows of a result are read at once.
const READ_AT_ONCE: i64 = 1000;

#[async_trait]
impl RenewalStore for Tx {
    async fn list_candidates(
        &mut self,
        enterprise: EnterpriseId,
        users: &[UserId],
    ) -> Result<Vec<Candidate>> {
        let users = renewal_json::of_users(users)?;
        renewal_json::candidates(&dialect::candidates(self, enterprise, &users).await?)
    }

    async fn list_numbers(&mut self, users: &[UserId]) -> Result<Vec<PhoneNumber>> {
        let users = renewal_json::of_users(users)?;
        renewal_json::numbers(&dialect::numbers(self, &users).await?)
    }

    async fn insert(
        &mut self,
        renewal: &Renewal,
        chosen: Option<&[u8]>,
        rows: &[NewRenewalRow],
    ) -> Result<bool> {
        let done = sqlx::query!(
            r#"insert into renewal (id, enterprise_id, owner_id, account_id, actor_name, state, chosen, is_chosen, total,
                   done, failed, next_position, created_at, expires_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13)
               on conflict (id) do nothing"#,
            renewal.id.0,
            renewal.enterprise.0,
            renewal.owner,
            renewal.account.map(|a| a.0),
            renewal.actor_name,
            renewal.state.id(),
            chosen,
            renewal.is_chosen,
            renewal.total,
            renewal.done,
            renewal.failed,
            renewal.created_at.0,
            renewal.expires_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let rows = renewal_json::of_rows(rows)?;
        dialect::insert_rows(self, renewal.id, &rows).await?;
        Ok(true)
    }

    async fn get(&mut self, tenant: Tenant, id: RenewalId) -> Result<Option<Renewal>> {
        let row = sqlx::query_as!(
            RenewalHead,
            r#"select id as "id: Uuid", enterprise_id as "enterprise_id: Uuid", owner_id as "owner_id: Uuid",
                   account_id as "account_id: Uuid", actor_name, state, is_chosen as "is_chosen: bool", total, done,
                   failed, created_at, expires_at, finished_at, fetched_at
               from renewal where id = $1 and enterprise_id = coalesce($2, enterprise_id)"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn list_rows(
        &mut self,
        tenant: Tenant,
        id: RenewalId,
        after: Option<PlaceInRows>,
        limit: Limit,
    ) -> Result<Vec<RenewalRow>> {
        let after = after.unwrap_or(PlaceInRows {
            rank: -1,
            position: 0,
        });
        let rows = sqlx::query!(
            r#"select r.position, r.rank, r.asked_id as "asked_id: Uuid", r.user_id as "user_id: Uuid", r.name, r.outcome,
                   h.state
               from renewal h join renewal_row r on r.renewal_id = h.id
               where h.id = $1 and h.enterprise_id = coalesce($2, h.enterprise_id) and (r.rank, r.position) > ($3, $4)
               order by r.rank, r.position
               limit $5"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
            after.rank,
            after.position,
            limit.and_one() - 1,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let corrupt = |_| store::Error::Corrupt {
            what: "renewal row",
        };
        rows.into_iter()
            .map(|row| {
                let outcome = row.outcome.parse().map_err(corrupt)?;
                let state = row.state.parse().map_err(corrupt)?;
                Ok(RenewalRow {
                    place: PlaceInRows {
                        rank: row.rank,
                        position: row.position,
                    },
                    asked: UserId(row.asked_id),
                    user: row.user_id.map(UserId),
                    name: row.name,
                    outcome: by_now(outcome, state),
                })
            })
            .collect()
    }

    async fn take(&mut self, id: RenewalId, count: i64) -> Result<Option<RenewalBatch>> {
        // Whoever comes second waits here for the first, and goes on behind them.
        let row = sqlx::query!(
            r#"update renewal set next_position = next_position + $2 where id = $1 and state = 'running'
               returning next_position as "end!: i64", chosen as "chosen: Vec<u8>""#,
            id.0,
            count,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        let Some(row) = row else { return Ok(None) };
        let Some(renewal) = RenewalStore::get(self, Tenant::Installation, id).await? else {
            return Ok(None);
        };
        let turns = dialect::turns(self, id, (row.end - count)..row.end).await?;
        Ok(Some(RenewalBatch {
            is_last: row.end >= renewal.total,
            renewal,
            chosen: row.chosen,
            turns: renewal_json::turns(&turns)?,
        }))
    }

    async fn put_logins(&mut self, id: RenewalId, logins: &[RenewedLogin]) -> Result<()> {
        let logins = renewal_json::of_logins(logins)?;
        dialect::touch_users(self, &logins).await?;
        dialect::put_logins(self, &logins).await?;
        dialect::put_passwords(self, id, &logins).await
    }

    async fn update_outcomes(
        &mut self,
        id: RenewalId,
        outcomes: &[(i64, RenewalOutcome)],
    ) -> Result<()> {
        let mut alike: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for (position, outcome) in outcomes {
            alike.entry(outcome.id()).or_default().push(*position);
        }
        for (outcome, positions) in alike {
            let positions = renewal_json::of_positions(&positions)?;
            dialect::update_outcome(self, id, outcome, &positions).await?;
        }
        let failures = outcomes.iter().filter(|(_, o)| o.is_failure());
        let failures: Vec<_> = failures.map(|(position, _)| *position).collect();
        if !failures.is_empty() {
            let positions = renewal_json::of_positions(&failures)?;
            dialect::put_first(self, id, &positions).await?;
        }
        sqlx::query!(
            r#"update renewal set done = done + $2, failed = failed + $3 where id = $1"#,
            id.0,
            i64::try_from(outcomes.len() - failures.len()).unwrap_or(i64::MAX),
            i64::try_from(failures.len()).unwrap_or(i64::MAX),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn finish(
        &mut self,
        tenant: Tenant,
        id: RenewalId,
        state: RenewalState,
        at: Timestamp,
    ) -> Result<bool> {
        let done = sqlx::query!(
            r#"update renewal set state = $3, finished_at = $4, chosen = null
               where id = $1 and enterprise_id = coalesce($2, enterprise_id) and state = 'running'"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
            state.id(),
            at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn fetch(
        &mut self,
        tenant: Tenant,
        id: RenewalId,
        at: Timestamp,
    ) -> Result<Option<Vec<ResultRow>>> {
        let total = sqlx::query_scalar!(
            r#"update renewal set fetched_at = $3
               where id = $1 and enterprise_id = coalesce($2, enterprise_id)
                 and fetched_at is null and state <> 'running' and expires_at > $3
               returning total as "total!: i64""#,
            id.0,
            tenant.enterprise().map(|e| e.0),
            at.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        let Some(total) = total else { return Ok(None) };
        let mut rows = Vec::with_capacity(usize::try_from(total).unwrap_or_default());
        let mut start = 0;
        while start < total {
            let list = dialect::results(self, id, start..start + READ_AT_ONCE).await?;
            rows.append(&mut renewal_json::results(&list)?);
            start += READ_AT_ONCE;
        }
        sqlx::query!(
            r#"delete from renewal_password where renewal_id = $1"#,
            id.0
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(Some(rows))
    }

    async fn delete_passwords(&mut self, now: Timestamp) -> Result<()> {
        sqlx::query!(
            r#"delete from renewal_password where renewal_id in (select id from renewal where expires_at <= $1)"#,
            now.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"update renewal set chosen = null where expires_at <= $1 and chosen is not null"#,
            now.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_older(&mut self, before: Timestamp) -> Result<()> {
        sqlx::query!(r#"delete from renewal where expires_at < $1"#, before.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }
}

/// Whoever waits in a renewal that was stopped waits no more.
fn by_now(outcome: RenewalOutcome, state: RenewalState) -> RenewalOutcome {
    match (outcome, state) {
        (RenewalOutcome::Waiting, RenewalState::Cancelled) => RenewalOutcome::Cancelled,
        (outcome, _) => outcome,
    }
}
