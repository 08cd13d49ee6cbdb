//! Letters to those who are told of a change (D4).

use async_trait::async_trait;
use model::{Notice, NoticeId};

use crate::Result;

/// Letters that wait to be sent. They go with whom they are for.
#[async_trait]
pub trait NoticeStore: Send {
    /// Keeps one.
    async fn insert(&mut self, notice: &Notice) -> Result<()>;
    /// The one with this id.
    async fn get(&mut self, id: NoticeId) -> Result<Option<Notice>>;
    /// Forgets one.
    async fn delete(&mut self, id: NoticeId) -> Result<()>;
}
