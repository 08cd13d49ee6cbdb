//! The state of a user, as it replaces the one on a page that is open.

use askama::Template;

use crate::parts::Badge;
use crate::words::Words;

/// The badge alone.
#[derive(Template)]
#[template(path = "badge.html")]
pub struct BadgeFragment {
    /// The reader's language.
    pub words: Words,
    /// The state.
    pub state: Badge,
}
