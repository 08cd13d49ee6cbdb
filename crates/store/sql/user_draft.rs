//! Queries about drafts of users.

use async_trait::async_trait;
use model::{AccountId, SiteId, Timestamp};
use store::{Error, KeptDraft, Result, UserDraftStore};

use crate::{Connected, Tx, failed};

#[async_trait]
impl UserDraftStore for Tx {
    async fn get(&mut self, account: AccountId, site: SiteId) -> Result<Option<KeptDraft>> {
        let row = sqlx::query!(
            r#"select request, answers, updated_at from user_draft where account_id = $1 and site_id = $2"#,
            account.0,
            site.0,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(KeptDraft {
            request: row.request,
            answers: serde_json::from_str(&row.answers)
                .map_err(|_| Error::Corrupt { what: "answers" })?,
            updated_at: Timestamp(row.updated_at),
        }))
    }

    async fn put(&mut self, account: AccountId, site: SiteId, draft: &KeptDraft) -> Result<()> {
        let answers = serde_json::to_string(&draft.answers).map_err(Error::database)?;
        sqlx::query!(
            r#"insert into user_draft (account_id, site_id, request, answers, updated_at)
               values ($1, $2, $3, $4, $5)
               on conflict (account_id, site_id) do update
               set request = excluded.request, answers = excluded.answers, updated_at = excluded.updated_at"#,
            account.0,
            site.0,
            draft.request,
            answers,
            draft.updated_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete(&mut self, account: AccountId, site: SiteId) -> Result<()> {
        sqlx::query!(
            r#"delete from user_draft where account_id = $1 and site_id = $2"#,
            account.0,
            site.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_older(&mut self, before: Timestamp) -> Result<()> {
        sqlx::query!(r#"delete from user_draft where updated_at < $1"#, before.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }
}
