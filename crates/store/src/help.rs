//! What readers say of the help pages. Nobody's name is kept with it.

use async_trait::async_trait;
use model::{HelpComment, HelpCount, HelpRemark, HelpTask, Language, Timestamp};
use uuid::Uuid;

use crate::Result;

/// Whether a help page was useful, in which language.
#[derive(Clone, Copy, Debug)]
pub struct HelpAnswer {
    /// The page.
    pub task: HelpTask,
    /// The language it was read in.
    pub language: Language,
    /// Yes or no.
    pub is_useful: bool,
}

/// Counts and comments.
#[async_trait]
pub trait HelpStore: Send {
    /// Counts an answer.
    async fn insert_answer(&mut self, answer: HelpAnswer) -> Result<()>;
    /// The counts of what was answered at least once.
    async fn list_counts(&mut self) -> Result<Vec<HelpCount>>;
    /// Keeps a comment, and forgets those of the page that are older than the newest `kept`.
    async fn insert_comment(
        &mut self,
        id: Uuid,
        answer: HelpAnswer,
        comment: &HelpComment,
        at: Timestamp,
        kept: i64,
    ) -> Result<()>;
    /// The newest comments.
    async fn list_comments(&mut self, limit: i64) -> Result<Vec<HelpRemark>>;
}
