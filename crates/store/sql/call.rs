//! Queries about registrations and call records.

use async_trait::async_trait;
use model::{CallParty, CallRecord, CallRecordId, Limit, Timestamp};
use store::{
    CallRecordStore, CallScope, Error, Registration, RegistrationStore, Result, row::CallRecordRow,
};
use uuid::Uuid;

use crate::{Connected, Tx, all, dialect, failed};

#[async_trait]
impl RegistrationStore for Tx {
    async fn put_all(&mut self, registrations: &[Registration]) -> Result<()> {
        let rows = serde_json::to_string(registrations).map_err(Error::database)?;
        dialect::put_registrations(self, &rows).await
    }

    async fn delete_all(&mut self, contacts: &[(String, String)]) -> Result<()> {
        let rows: Vec<_> = contacts
            .iter()
            .map(|(login, contact)| serde_json::json!({"login": login, "contact": contact}))
            .collect();
        let rows = serde_json::to_string(&rows).map_err(Error::database)?;
        dialect::delete_registrations(self, &rows).await
    }

    async fn list(&mut self, now: Timestamp, after: (&str, &str)) -> Result<Vec<Registration>> {
        sqlx::query_as!(
            Registration,
            r#"select p.login, r.contact, r.instance, r.path, r.transport, r.local_address, r.peer_address,
                   r.expires_at, r.call_id, r.cseq, r.user_agent, r.since, r.generation
               from phone_login p
               join registration r on r.user_id = p.user_id and r.generation = p.issued_at
               where p.login >= $2 and (p.login > $2 or r.contact > $3) and r.expires_at > $1
               order by p.login, r.contact
               limit 10000"#,
            now.0,
            after.0,
            after.1,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)
    }

    async fn delete_expired(&mut self, now: Timestamp) -> Result<()> {
        sqlx::query!(r#"delete from registration where expires_at <= $1"#, now.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }
}

/// A query for call records: of those whose caller is in the scope and those whose called one is, the newest.
///
/// Each half walks an index that ends in `id`; a call inside of the scope is in the first half only.
macro_rules! records {
    ($caller:literal, $called:literal, $($argument:expr),*) => {
        sqlx::query_as!(
            CallRecordRow,
            r#"select id as "id!: Uuid", caller_user_id as "caller_user_id: Uuid", caller_site_id as "caller_site_id: Uuid",
                   caller_enterprise_id as "caller_enterprise_id: Uuid", caller_name as "caller_name!",
                   caller_number as "caller_number!", called_user_id as "called_user_id: Uuid",
                   called_site_id as "called_site_id: Uuid", called_enterprise_id as "called_enterprise_id: Uuid",
                   called_name as "called_name!", called_number as "called_number!", started_at as "started_at!",
                   answered_at as "answered_at: i64", ended_at as "ended_at!", outcome as "outcome!",
                   answered_by_user_id as "answered_by_user_id: Uuid", answered_by_name,
                   caller_is_withheld as "caller_is_withheld!: bool"
               from (
                   select * from (select * from call_record where "# + $caller + r#" = $1 and id < $2
                       order by id desc limit $3) as outgoing
                   union all
                   select * from (select * from call_record where "# + $called + r#" = $1 and id < $2
                           and "# + $caller + r#" is distinct from $1
                       order by id desc limit $3) as incoming
               ) as record
               order by id desc
               limit $3"#,
            $($argument),*
        )
    };
}

#[async_trait]
impl CallRecordStore for Tx {
    async fn insert(&mut self, record: &CallRecord) -> Result<()> {
        let party = |party: &CallParty| {
            (
                party.user.map(|user| user.0),
                party.site.map(|site| site.0),
                party.enterprise.map(|enterprise| enterprise.0),
            )
        };
        let (caller_user, caller_site, caller_enterprise) = party(&record.caller);
        let answered_by_user = record.answered_by.as_ref();
        let answered_by_user = answered_by_user.and_then(|answer| answer.user.map(|user| user.0));
        let (called_user, called_site, called_enterprise) = party(&record.called);
        sqlx::query!(
            r#"insert into call_record
                   (id, caller_user_id, caller_site_id, caller_enterprise_id, caller_name, caller_number,
                    called_user_id, called_site_id, called_enterprise_id, called_name, called_number,
                    started_at, answered_at, ended_at, outcome, answered_by_user_id, answered_by_name,
                    caller_is_withheld)
               values ($1, (select id from "user" where id = $2), (select id from site where id = $3),
                   (select id from enterprise where id = $4), $5, $6,
                   (select id from "user" where id = $7), (select id from site where id = $8),
                   (select id from enterprise where id = $9), $10, $11, $12, $13, $14, $15,
                   (select id from "user" where id = $16), $17, $18)"#,
            record.id.0,
            caller_user,
            caller_site,
            caller_enterprise,
            record.caller.name,
            record.caller.number,
            called_user,
            called_site,
            called_enterprise,
            record.called.name,
            record.called.number,
            record.started_at.0,
            record.answered_at.map(|at| at.0),
            record.ended_at.0,
            record.outcome.id(),
            answered_by_user,
            record.answered_by.as_ref().map(|answer| answer.name.as_str()),
            record.caller_is_withheld,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn list(
        &mut self,
        scope: CallScope,
        before: Option<CallRecordId>,
        limit: Limit,
    ) -> Result<Vec<CallRecord>> {
        let before = before.map_or(Uuid::max(), |id| id.0);
        let limit = limit.and_one() - 1;
        let connection = self.connection();
        let rows = match scope {
            CallScope::Enterprise(enterprise) => {
                records!(
                    "caller_enterprise_id",
                    "called_enterprise_id",
                    enterprise.0,
                    before,
                    limit
                )
                .fetch_all(connection)
                .await
            }
            CallScope::Site(site) => {
                records!("caller_site_id", "called_site_id", site.0, before, limit)
                    .fetch_all(connection)
                    .await
            }
            CallScope::User(user) => {
                records!("caller_user_id", "called_user_id", user.0, before, limit)
                    .fetch_all(connection)
                    .await
            }
        };
        all(rows.map_err(failed)?)
    }

    async fn delete_older(&mut self, before: CallRecordId) -> Result<()> {
        sqlx::query!(r#"delete from call_record where id < $1"#, before.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }
}
