//! Queries about answers to "Did you find this useful?".

use async_trait::async_trait;
use model::{HelpComment, HelpCount, HelpRemark, Timestamp};
use store::{HelpAnswer, HelpStore, Result};
use uuid::Uuid;

use crate::{Connected, Tx, failed};

#[async_trait]
impl HelpStore for Tx {
    async fn insert_answer(&mut self, answer: HelpAnswer) -> Result<()> {
        let (useful, not_useful) = if answer.is_useful { (1, 0) } else { (0, 1) };
        sqlx::query!(
            r#"insert into help_count (task, language, useful, not_useful) values ($1, $2, $3, $4)
               on conflict (task, language) do update
               set useful = help_count.useful + excluded.useful,
                   not_useful = help_count.not_useful + excluded.not_useful"#,
            answer.task.id(),
            answer.language.code(),
            useful,
            not_useful,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    // A row for each page and language. Pages that are gone are left out.
    async fn list_counts(&mut self) -> Result<Vec<HelpCount>> {
        let rows = sqlx::query!(
            r#"select task, language, useful as "useful!: i64", not_useful as "not_useful!: i64"
               from help_count order by task, language"#
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let counts = rows.into_iter().filter_map(|row| {
            Some(HelpCount {
                task: row.task.parse().ok()?,
                language: row.language.parse().ok()?,
                useful: row.useful,
                not_useful: row.not_useful,
            })
        });
        Ok(counts.collect())
    }

    async fn insert_comment(
        &mut self,
        id: Uuid,
        answer: HelpAnswer,
        comment: &HelpComment,
        at: Timestamp,
        kept: i64,
    ) -> Result<()> {
        sqlx::query!(
            r#"insert into help_comment (id, task, language, is_useful, comment, created_at)
               values ($1, $2, $3, $4, $5, $6)"#,
            id,
            answer.task.id(),
            answer.language.code(),
            answer.is_useful,
            comment.as_str(),
            at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        // Ids follow time, so that the index answers which are the newest.
        sqlx::query!(
            r#"delete from help_comment where task = $1 and id not in (
                   select id from help_comment where task = $1 order by id desc limit $2)"#,
            answer.task.id(),
            kept,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn list_comments(&mut self, limit: i64) -> Result<Vec<HelpRemark>> {
        let rows = sqlx::query!(
            r#"select task, language, is_useful as "is_useful!: bool", comment, created_at
               from help_comment order by id desc limit $1"#,
            limit,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let remarks = rows.into_iter().filter_map(|row| {
            Some(HelpRemark {
                task: row.task.parse().ok()?,
                language: row.language.parse().ok()?,
                is_useful: row.is_useful,
                comment: row.comment,
                at: Timestamp(row.created_at),
            })
        });
        Ok(remarks.collect())
    }
}
