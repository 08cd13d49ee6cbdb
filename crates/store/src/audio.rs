//! Uploaded music and announcements.

use async_trait::async_trait;
use model::{AudioFile, AudioFileId, AudioKind, AudioOwner, EnterpriseId};

use crate::{Result, Tenant};

/// Uploaded music and announcements.
#[async_trait]
pub trait AudioStore: Send {
    /// Sets what the owner has of the file's kind; whoever writes holds the enterprise. `alaw` is G.711 A-law at 8 kHz.
    async fn put(
        &mut self,
        enterprise: EnterpriseId,
        owner: AudioOwner,
        file: &AudioFile,
        alaw: &[u8],
    ) -> Result<()>;
    /// What the owner has, at most one of each kind.
    async fn list(&mut self, tenant: Tenant, owner: AudioOwner) -> Result<Vec<AudioFile>>;
    /// The sound itself, G.711 A-law at 8 kHz.
    async fn sound(&mut self, tenant: Tenant, id: AudioFileId) -> Result<Option<Vec<u8>>>;
    /// Removes what the owner has of this kind; `false` when there was none.
    async fn delete(&mut self, tenant: Tenant, owner: AudioOwner, kind: AudioKind) -> Result<bool>;
}
