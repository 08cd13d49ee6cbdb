//! The phones of a user that are logged in, and whether they would ring; also as it replaces what a page shows.

use std::borrow::Cow;

use askama::Template;

use crate::format::Moment;
use crate::words::Words;

/// What a user's phones are like now.
#[derive(Clone, Debug)]
pub struct PhoneView {
    /// Whether the user has a desk phone at all.
    pub has_phone: bool,
    /// The phones that are logged in.
    pub devices: Vec<DeviceView>,
    /// Whether a call would ring.
    pub is_reachable: bool,
    /// The same in words, with the reason.
    pub sentence: Cow<'static, str>,
}

/// A phone that is logged in.
#[derive(Clone, Debug)]
pub struct DeviceView {
    /// What it calls itself, may be empty.
    pub name: String,
    /// Where its messages come from.
    pub address: String,
    /// How.
    pub transport: &'static str,
    /// Since when.
    pub since: Moment,
}

/// The phones alone.
#[derive(Template)]
#[template(path = "phone.html")]
pub struct PhoneFragment {
    /// The reader's language.
    pub words: Words,
    /// The phones.
    pub phone: PhoneView,
}
