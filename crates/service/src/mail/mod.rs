//! Mail: what is written to whom. How a letter reads is the portal's, how it travels is the binary's.

mod forgotten;
mod kept;
mod letter;
mod notice;
mod post;
mod registration;

pub use kept::{get, list};
pub use letter::{Content, Letter, OneTimeLink};
pub use post::{KeptLetter, NotSent, Post, ReadLetter};

pub(crate) use forgotten::run as answer_forgotten;
pub(crate) use notice::{enqueue as enqueue_notice, run as send_notice};
pub(crate) use post::NoPost;
pub(crate) use registration::{enqueue as enqueue_registration, run as send_registration};

use store::Job;

use crate::{Env, Result};

/// After so many attempts, some four days, a letter is given up: its address takes none.
const MOST_ATTEMPTS: i64 = 100;

/// Sends the letter; a failure is answered only while it is worth another attempt.
async fn send(env: &Env, job: &Job, letter: &Letter) -> Result<()> {
    match env.post.send(letter).await {
        Err(error) if job.attempts >= MOST_ATTEMPTS => {
            tracing::error!(job = %job.id, error = &error as &dyn std::error::Error, "a letter is given up");
            Ok(())
        }
        answer => Ok(answer?),
    }
}
