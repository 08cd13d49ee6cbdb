//! The question before the operator cancels an order.

use askama::Template;

use crate::frame::{Frame, Page};

/// Everything that cancelling would remove.
#[derive(Template)]
#[template(path = "activation_cancel.html")]
pub struct ActivationCancelPage {
    /// What all pages share.
    pub frame: Frame,
    /// First and last name.
    pub name: String,
    /// The number that becomes free.
    pub number: String,
    /// Whether there is a desk phone whose login details stop working.
    pub has_phone: bool,
    /// The packages and services of which a licence becomes free.
    pub licences: Vec<String>,
    /// Where the form goes.
    pub action: String,
    /// Address of the queue.
    pub cancel_href: String,
}

impl Page for ActivationCancelPage {
    fn title(&self) -> String {
        self.frame.words.activation_cancel_title(&self.name)
    }
}
