//! Setting how many licences an enterprise holds.

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::Link;

/// The form with one count per product.
#[derive(Template)]
#[template(path = "licence_form.html")]
pub struct LicenceFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the enterprise.
    pub enterprise: String,
    /// The packages.
    pub packages: Vec<LicenceField>,
    /// The services.
    pub services: Vec<LicenceField>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

/// The count of one product.
pub struct LicenceField {
    /// The product's name in the API; also the field's.
    pub id: String,
    /// The product's name in words.
    pub label: String,
    /// How many are in use.
    pub used: u64,
    /// What was typed.
    pub total: String,
}

impl Page for LicenceFormPage {
    fn title(&self) -> String {
        self.frame.words.licence_form_title().into_owned()
    }
}
