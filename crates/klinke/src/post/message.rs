//! A letter as a message (RFC 5322): text and HTML.

use std::time::{Duration, UNIX_EPOCH};

use lettre::{
    Message,
    message::{Mailbox, MultiPart},
};
use service::mail::{Letter, NotSent};

/// The message of a letter. Errors say nothing of what stands in it.
pub(super) fn message(letter: &Letter, from: &Mailbox) -> Result<Message, NotSent> {
    let broken = |what: &str| NotSent(format!("{what} cannot be written"));
    let rendered = web::letter::render(letter).map_err(|_| broken("its text"))?;
    let to: Mailbox = letter.to.parse().map_err(|_| broken("its address"))?;
    let milliseconds = u64::try_from(letter.at.0).unwrap_or_default();
    Message::builder()
        .from(from.clone())
        .to(to)
        .subject(rendered.subject)
        .date(UNIX_EPOCH + Duration::from_millis(milliseconds))
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        .multipart(MultiPart::alternative_plain_html(
            rendered.text,
            rendered.html,
        ))
        .map_err(|_| broken("it"))
}
