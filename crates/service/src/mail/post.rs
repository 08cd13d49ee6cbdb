//! What carries letters away.

use async_trait::async_trait;
use model::Timestamp;
use uuid::Uuid;

use super::Letter;

/// Why a letter was not sent; says nothing of what stands in it.
#[derive(Debug, thiserror::Error)]
#[error("the letter was not sent: {0}")]
pub struct NotSent(pub String);

/// A letter that was kept instead of being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLetter {
    /// Identity.
    pub id: Uuid,
    /// When it was written.
    pub at: Timestamp,
    /// The address it would have gone to.
    pub to: String,
    /// Its subject.
    pub subject: String,
}

/// A kept letter with its text. Without `Debug`: there are one-time links in it.
#[derive(Clone)]
pub struct ReadLetter {
    /// What the list shows of it.
    pub letter: KeptLetter,
    /// Its text.
    pub text: String,
}

/// What carries letters away, or keeps them where there is no mail server.
#[async_trait]
pub trait Post: Send + Sync {
    /// Sends a letter; within 20 seconds it is sent or not.
    async fn send(&self, letter: &Letter) -> Result<(), NotSent>;

    /// The letters that were kept, the newest first, at most 200; `None` where letters are sent away.
    async fn list(&self) -> Result<Option<Vec<KeptLetter>>, NotSent>;

    /// One of them.
    async fn get(&self, id: Uuid) -> Result<Option<ReadLetter>, NotSent>;
}

/// An installation without a post: a command.
pub(crate) struct NoPost;

#[async_trait]
impl Post for NoPost {
    async fn send(&self, _: &Letter) -> Result<(), NotSent> {
        Err(NotSent("there is no post here".to_owned()))
    }

    async fn list(&self) -> Result<Option<Vec<KeptLetter>>, NotSent> {
        Ok(None)
    }

    async fn get(&self, _: Uuid) -> Result<Option<ReadLetter>, NotSent> {
        Ok(None)
    }
}
