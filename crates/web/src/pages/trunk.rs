//! The carrier: what is configured, and how it stands.

use askama::Template;

use crate::frame::{Frame, Page};

/// The trunk, for the operator.
#[derive(Template)]
#[template(path = "trunk.html")]
pub struct TrunkPage {
    /// What all pages share.
    pub frame: Frame,
    /// The trunk, when one is configured.
    pub trunk: Option<TrunkView>,
}

/// The trunk.
pub struct TrunkView {
    /// Whether calls can be made over it now.
    pub is_usable: bool,
    /// How it stands, in a sentence.
    pub sentence: String,
    /// What went wrong last, in a sentence.
    pub last_error: Option<String>,
    /// Calls over it now.
    pub calls: u64,
    /// What is configured, each with its name.
    pub facts: Vec<(String, String)>,
}

impl Page for TrunkPage {
    fn title(&self) -> String {
        self.frame.words.trunk_title().into_owned()
    }
}
