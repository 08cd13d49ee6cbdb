//! The form for what an enterprise asks of passwords.

use askama::Template;
use model::TypedPasswordRules;

use crate::frame::{Frame, Page};
use crate::parts::Link;

/// The form.
#[derive(Template)]
#[template(path = "password_rules_form.html")]
pub struct PasswordRulesPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the enterprise.
    pub enterprise: String,
    /// What was typed.
    pub typed: TypedPasswordRules,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl Page for PasswordRulesPage {
    fn title(&self) -> String {
        self.frame.words.password_rules_form_title().into_owned()
    }
}
