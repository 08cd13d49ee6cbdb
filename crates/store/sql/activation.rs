//! Queries about activations that are under way.

use async_trait::async_trait;
use model::{ActivationRequest, Cursor, Limit, OrderId, Page, Progress, Timestamp, UserId};
use store::{
    ActivationStore, NotActive, QueueFilter, Result, SentOrder, Tenant,
    row::{ProgressRow, UserRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, failed, user_rows::users};

/// Those in one part of the queue on one side of a place. The partial index of users that are not active holds the few that
/// wait, however many users there are; it is walked.
macro_rules! queue_part {
    ($tx:ident, $filter:ident, $place:ident, $limit:ident, $asked:literal, $after:literal, $order:literal) => {
        users!(
            [
                "where u.state <> 'activated' and (u.created_at, u.id) " $after " ($1, $2) "
                "and u.enterprise_id = coalesce($3, u.enterprise_id) and u.state = coalesce($4, u.state) "
                "and u.created_at < coalesce($5, u.created_at + 1) "
                "and " $asked " (select 1 from activation q where q.user_id = u.id and q.asked_at is not null) "
                "order by " $order " limit $6"
            ]
            $place.0,
            $place.1,
            $filter.enterprise.map(|enterprise| enterprise.0),
            $filter.state,
            $filter.before.map(|before| before.0),
            $limit,
        )
        .fetch_all($tx.connection())
        .await
        .map_err(failed)
    };
}

/// The two parts of the queue, in its order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Somebody has asked about them.
    Asked,
    /// The others.
    Waiting,
}

const FIRST: (i64, Uuid) = (i64::MIN, Uuid::nil());
const LAST: (i64, Uuid) = (i64::MAX, Uuid::max());

impl Tx {
    async fn queue_part(
        &mut self,
        filter: &QueueFilter,
        part: Part,
        place: (i64, Uuid),
        (backwards, limit): (bool, i64),
    ) -> Result<Vec<(Part, UserRow)>> {
        let rows = match (part, backwards) {
            (Part::Asked, false) => {
                queue_part!(
                    self,
                    filter,
                    place,
                    limit,
                    "exists",
                    ">",
                    "u.created_at, u.id"
                )
            }
            (Part::Asked, true) => {
                queue_part!(
                    self,
                    filter,
                    place,
                    limit,
                    "exists",
                    "<",
                    "u.created_at desc, u.id desc"
                )
            }
            (Part::Waiting, false) => {
                queue_part!(
                    self,
                    filter,
                    place,
                    limit,
                    "not exists",
                    ">",
                    "u.created_at, u.id"
                )
            }
            (Part::Waiting, true) => {
                queue_part!(
                    self,
                    filter,
                    place,
                    limit,
                    "not exists",
                    "<",
                    "u.created_at desc, u.id desc"
                )
            }
        }?;
        Ok(rows.into_iter().map(|row| (part, row)).collect())
    }

    /// Rows of the queue in reading direction from the cursor, one more than the page holds.
    async fn queue_rows(
        &mut self,
        filter: &QueueFilter,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Vec<(Part, UserRow)>> {
        let backwards = cursor.is_some_and(|cursor| cursor.backwards);
        let (part, place) = cursor.map_or((Part::Asked, FIRST), place);
        let wanted = limit.and_one();
        let mut rows = self
            .queue_part(filter, part, place, (backwards, wanted))
            .await?;
        let rest = wanted - i64::try_from(rows.len()).unwrap_or(wanted);
        let other = match (part, backwards) {
            (Part::Asked, false) => Some((Part::Waiting, FIRST)),
            (Part::Waiting, true) => Some((Part::Asked, LAST)),
            (Part::Asked, true) | (Part::Waiting, false) => None,
        };
        if let Some((part, place)) = other.filter(|_| rest > 0) {
            rows.extend(
                self.queue_part(filter, part, place, (backwards, rest))
                    .await?,
            );
        }
        Ok(rows)
    }

    async fn not_active(&mut self, row: UserRow) -> Result<NotActive> {
        let names = sqlx::query!(
            r#"select e.name as enterprise_name, s.name as site_name
               from site s join enterprise e on e.id = s.enterprise_id where s.id = $1"#,
            row.site_id,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        let id = UserId(row.id);
        Ok(NotActive {
            user: row.try_into()?,
            enterprise_name: names.enterprise_name,
            site_name: names.site_name,
            progress: ActivationStore::get(self, Tenant::Installation, id)
                .await?
                .unwrap_or_default(),
        })
    }
}

/// Where a cursor stands; its key is the part and the time.
fn place(cursor: &Cursor) -> (Part, (i64, Uuid)) {
    let (part, time) = match cursor.key.strip_prefix("asked ") {
        Some(time) => (Part::Asked, time),
        None => (Part::Waiting, cursor.key.as_str()),
    };
    (part, (time.parse().unwrap_or(i64::MIN), cursor.id))
}

fn key((part, row): &(Part, UserRow)) -> (String, Uuid) {
    match part {
        Part::Asked => (format!("asked {}", row.created_at), row.id),
        Part::Waiting => (row.created_at.to_string(), row.id),
    }
}

#[async_trait]
impl ActivationStore for Tx {
    async fn get(&mut self, tenant: Tenant, user: UserId) -> Result<Option<Progress>> {
        // A user has at most one job of each kind.
        let row = sqlx::query_as!(
            ProgressRow,
            r#"select a.waiting_since as "waiting_since?", a.reminded_at as "reminded_at?", a.asked_at as "asked_at?",
                   a.asked_by as "asked_by?", a.asked_message as "asked_message?", o.id as "order_id?: Uuid",
                   o.ordered_at as "ordered_at?", o.accepted_at as "accepted_at?", j.run_at as "attempt_at?",
                   j.attempts as "attempts?", j.last_error as "last_error?", r.run_at as "reminder_at?"
               from "user" u
               left join activation a on a.user_id = u.id
               left join activation_order o on o.user_id = u.id and o.closed_at is null
               left join job j on j.user_id = u.id and j.kind = 'activation'
               left join job r on r.user_id = u.id and r.kind = 'activation-reminder'
               where u.id = $1 and u.enterprise_id = coalesce($2, u.enterprise_id)
               limit 1"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn list(
        &mut self,
        filter: &QueueFilter,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<NotActive>> {
        let rows = self.queue_rows(filter, cursor, limit).await?;
        let page = Page::from_read(rows, cursor, limit, key);
        let mut items = Vec::with_capacity(page.items.len());
        for (_, row) in page.items {
            items.push(self.not_active(row).await?);
        }
        Ok(Page {
            items,
            next: page.next,
            previous: page.previous,
        })
    }

    async fn oldest_pending(&mut self) -> Result<Option<Timestamp>> {
        let at = sqlx::query_scalar!(
            r#"select created_at from "user" where state = 'pending' and state <> 'activated'
               order by created_at limit 1"#
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        Ok(at.map(Timestamp))
    }

    async fn put_waiting(&mut self, user: UserId, since: Timestamp) -> Result<()> {
        sqlx::query!(
            r#"insert into activation (user_id, waiting_since) values ($1, $2)
               on conflict (user_id) do update
               set waiting_since = coalesce(activation.waiting_since, excluded.waiting_since)"#,
            user.0,
            since.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_reminded(&mut self, user: UserId, at: Timestamp) -> Result<()> {
        sqlx::query!(
            r#"insert into activation (user_id, reminded_at) values ($1, $2)
               on conflict (user_id) do update set reminded_at = excluded.reminded_at"#,
            user.0,
            at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn put_request(
        &mut self,
        tenant: Tenant,
        user: UserId,
        request: &ActivationRequest,
    ) -> Result<bool> {
        let done = sqlx::query!(
            r#"insert into activation (user_id, asked_at, asked_by, asked_message)
               select id, $3, $4, $5 from "user" where id = $1 and enterprise_id = coalesce($2, enterprise_id)
               on conflict (user_id) do update set
                   asked_at = excluded.asked_at, asked_by = excluded.asked_by, asked_message = excluded.asked_message"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
            request.at.0,
            request.by,
            request.message.as_ref().map(ToString::to_string),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn settle(&mut self, user: UserId, at: Timestamp) -> Result<()> {
        sqlx::query!(r#"delete from activation where user_id = $1"#, user.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        sqlx::query!(
            r#"update activation_order set closed_at = $2 where user_id = $1 and closed_at is null"#,
            user.0,
            at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn insert_order(&mut self, order: OrderId, user: UserId, at: Timestamp) -> Result<()> {
        sqlx::query!(
            r#"insert into activation_order (id, user_id, ordered_at) values ($1, $2, $3)
               on conflict (id) do nothing"#,
            order.0,
            user.0,
            at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_accepted(&mut self, order: OrderId, at: Timestamp) -> Result<()> {
        sqlx::query!(
            r#"update activation_order set accepted_at = coalesce(accepted_at, $2) where id = $1"#,
            order.0,
            at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn get_order(&mut self, order: OrderId) -> Result<Option<SentOrder>> {
        let row = sqlx::query!(
            r#"select user_id as "user_id: Uuid", closed_at from activation_order where id = $1"#,
            order.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        Ok(row.map(|row| SentOrder {
            user: UserId(row.user_id),
            is_open: row.closed_at.is_none(),
        }))
    }

    async fn insert_report(&mut self, message: &str, at: Timestamp) -> Result<Option<String>> {
        let done = sqlx::query!(
            r#"insert into activation_report (message_id, answer, received_at) values ($1, '', $2)
               on conflict (message_id) do nothing"#,
            message,
            at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        if done.rows_affected() == 1 {
            return Ok(None);
        }
        let answer = sqlx::query_scalar!(
            r#"select answer from activation_report where message_id = $1"#,
            message,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        Ok(Some(answer))
    }

    async fn update_report(&mut self, message: &str, answer: &str) -> Result<()> {
        sqlx::query!(
            r#"update activation_report set answer = $2 where message_id = $1"#,
            message,
            answer,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_reports_older(&mut self, before: Timestamp) -> Result<()> {
        sqlx::query!(
            r#"delete from activation_report where received_at < $1"#,
            before.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}
