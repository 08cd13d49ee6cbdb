//! Queries about letters to those who are told of a change.

use async_trait::async_trait;
use model::{Notice, NoticeId, NoticeText, Timestamp, UserId};
use store::{
    Error, NoticeStore, Result,
    row::{changes_from_json, changes_to_json},
};
use uuid::Uuid;

use crate::{Connected, Tx, failed};

#[async_trait]
impl NoticeStore for Tx {
    async fn insert(&mut self, notice: &Notice) -> Result<()> {
        sqlx::query!(
            r#"insert into notice (id, user_id, leaver, changes, message, created_at) values ($1, $2, $3, $4, $5, $6)"#,
            notice.id.0,
            notice.recipient.0,
            notice.leaver,
            changes_to_json(&notice.changes),
            notice.message.as_ref().map(NoticeText::as_str),
            notice.created_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn get(&mut self, id: NoticeId) -> Result<Option<Notice>> {
        let row = sqlx::query!(
            r#"select user_id as "user_id: Uuid", leaver, changes, message, created_at from notice where id = $1"#,
            id.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        let Some(row) = row else { return Ok(None) };
        let message = row.message.map(|text| text.parse::<NoticeText>());
        Ok(Some(Notice {
            id,
            recipient: UserId(row.user_id),
            leaver: row.leaver,
            changes: changes_from_json(&row.changes)?,
            message: message
                .transpose()
                .map_err(|_| Error::Corrupt { what: "notice" })?,
            created_at: Timestamp(row.created_at),
        }))
    }

    async fn delete(&mut self, id: NoticeId) -> Result<()> {
        sqlx::query!(r#"delete from notice where id = $1"#, id.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }
}
