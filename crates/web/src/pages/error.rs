//! What went wrong, and what to do now.

use std::borrow::Cow;

use askama::Template;

use crate::frame::{Frame, Page};

/// The page of a failed request.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// What all pages share.
    pub frame: Frame,
    /// What happened.
    pub trouble: Trouble,
    /// The status, as a number to tell somebody.
    pub status: String,
    /// What exactly stood in the way, in the reader's language.
    pub detail: Option<String>,
    /// By what the operator finds the error in the log.
    pub reference: Option<String>,
    /// Where the reader came from.
    pub back_href: Option<String>,
}

/// The kinds of failed requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after the statuses of RFC 9110")]
pub enum Trouble {
    Forbidden,
    NotFound,
    Conflict,
    Gone,
    PreconditionFailed,
    ContentTooLarge,
    UnprocessableContent,
    TooManyRequests,
    Internal,
}

impl Trouble {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::Gone,
        Self::PreconditionFailed,
        Self::ContentTooLarge,
        Self::UnprocessableContent,
        Self::TooManyRequests,
        Self::Internal,
    ];

    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Gone => 410,
            Self::PreconditionFailed => 412,
            Self::ContentTooLarge => 413,
            Self::UnprocessableContent => 422,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
        }
    }
}

impl ErrorPage {
    /// The page without further details.
    pub fn new(frame: Frame, trouble: Trouble) -> Self {
        let status = trouble.status().to_string();
        Self {
            frame,
            trouble,
            status,
            detail: None,
            reference: None,
            back_href: None,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        let words = self.frame.words;
        match self.trouble {
            Trouble::Forbidden => words.error_403_text(),
            Trouble::NotFound => words.error_404_text(),
            Trouble::Conflict => words.error_409_text(),
            Trouble::Gone => words.error_410_text(),
            Trouble::PreconditionFailed => words.error_412_text(),
            Trouble::ContentTooLarge => words.error_413_text(),
            Trouble::UnprocessableContent => words.error_422_text(),
            Trouble::TooManyRequests => words.error_429_text(),
            Trouble::Internal => words.error_500_text(),
        }
    }
}

impl Page for ErrorPage {
    fn title(&self) -> String {
        let words = self.frame.words;
        let title = match self.trouble {
            Trouble::Forbidden => words.error_403_title(),
            Trouble::NotFound => words.error_404_title(),
            Trouble::Conflict => words.error_409_title(),
            Trouble::Gone => words.error_410_title(),
            Trouble::PreconditionFailed => words.error_412_title(),
            Trouble::ContentTooLarge => words.error_413_title(),
            Trouble::UnprocessableContent => words.error_422_title(),
            Trouble::TooManyRequests => words.error_429_title(),
            Trouble::Internal => words.error_500_title(),
        };
        title.into_owned()
    }
}
