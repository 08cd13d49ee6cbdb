//! Queries about uploaded music and announcements.

use async_trait::async_trait;
use model::{AudioFile, AudioFileId, AudioKind, AudioOwner, EnterpriseId};
use store::{AudioStore, Result, Tenant, row::AudioFileRow};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed};

/// The owner as the two columns; the one that is null finds nothing.
fn columns(owner: AudioOwner) -> (Option<Uuid>, Option<Uuid>) {
    match owner {
        AudioOwner::Site(id) => (Some(id.0), None),
        AudioOwner::CallCentre(id) => (None, Some(id.0)),
    }
}

#[async_trait]
impl AudioStore for Tx {
    async fn put(
        &mut self,
        enterprise: EnterpriseId,
        owner: AudioOwner,
        file: &AudioFile,
        alaw: &[u8],
    ) -> Result<()> {
        let (site, centre) = columns(owner);
        let tenant = Tenant::Enterprise(enterprise);
        AudioStore::delete(self, tenant, owner, file.kind).await?;
        sqlx::query!(
            r#"insert into audio_file (id, enterprise_id, site_id, virtual_user_id, kind, name, duration_ms, uploaded_at,
                   alaw)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"#,
            file.id.0,
            enterprise.0,
            site,
            centre,
            file.kind.id(),
            file.name.as_str(),
            i64::from(file.duration_ms),
            file.uploaded_at.0,
            alaw,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn list(&mut self, tenant: Tenant, owner: AudioOwner) -> Result<Vec<AudioFile>> {
        let (site, centre) = columns(owner);
        let rows = sqlx::query_as!(
            AudioFileRow,
            r#"select id as "id: Uuid", kind, name, duration_ms, uploaded_at
               from audio_file
               where (site_id = $1 or virtual_user_id = $2) and enterprise_id = coalesce($3, enterprise_id)"#,
            site,
            centre,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let mut files: Vec<AudioFile> = all(rows)?;
        files.sort_by_key(|file| file.kind);
        Ok(files)
    }

    async fn sound(&mut self, tenant: Tenant, id: AudioFileId) -> Result<Option<Vec<u8>>> {
        sqlx::query_scalar!(
            r#"select alaw from audio_file where id = $1 and enterprise_id = coalesce($2, enterprise_id)"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)
    }

    async fn delete(&mut self, tenant: Tenant, owner: AudioOwner, kind: AudioKind) -> Result<bool> {
        let (site, centre) = columns(owner);
        let done = sqlx::query!(
            r#"delete from audio_file
               where (site_id = $1 or virtual_user_id = $2) and kind = $3
                   and enterprise_id = coalesce($4, enterprise_id)"#,
            site,
            centre,
            kind.id(),
            tenant.enterprise().map(|e| e.0),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }
}
