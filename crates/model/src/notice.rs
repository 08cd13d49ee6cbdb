//! What somebody is told of a colleague who leaves (D4).

use std::{fmt, str::FromStr};

use crate::{
    ForwardKind, GroupKind, NoticeId, Problem, Timestamp, UserId,
    text::{line, texts},
};

texts! {
    /// What an administrator adds to a notice: one line of plain text, at most 500 characters.
    NoticeText = |text| line(text, 500);
}

/// Something of the reader's that changes because somebody leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeChange {
    /// A group in which both were.
    Group {
        /// Which kind.
        kind: GroupKind,
        /// Its name.
        name: String,
    },
    /// The reader's forward to whoever leaves has ended.
    Forward(ForwardKind),
}

/// A letter that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Identity.
    pub id: NoticeId,
    /// Who is told.
    pub recipient: UserId,
    /// First and last name of who has left.
    pub leaver: String,
    /// What changes for the reader.
    pub changes: Vec<NoticeChange>,
    /// What the administrator adds.
    pub message: Option<NoticeText>,
    /// When it was written.
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d4_what_is_added_is_one_line() {
        let parse = |text: &str| text.parse::<NoticeText>();
        assert!(parse("Bitte fragt ab Montag Ben. <b>").is_ok());
        assert_eq!(
            parse("a\r\nBcc: x@y.example"),
            Err(Problem::ControlCharacter)
        );
        assert!(parse(&"ü".repeat(500)).is_ok());
        assert_eq!(parse(&"ü".repeat(501)), Err(Problem::TooLong { max: 500 }));
    }
}
