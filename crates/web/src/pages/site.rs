//! Adding a site, and changing one.

use askama::Template;
use model::Country;

use crate::frame::{Frame, Page};
use crate::names;
use crate::parts::{Choice, Link};
use crate::words::Words;

/// The form for a site.
#[derive(Template)]
#[template(path = "site_form.html")]
pub struct SiteFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the enterprise.
    pub enterprise: String,
    /// Name of the site that is changed; none when one is added.
    pub existing: Option<String>,
    /// What was typed as name.
    pub name: String,
    /// The chosen country.
    pub country: String,
    /// The countries to choose from.
    pub countries: Vec<Choice>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl Page for SiteFormPage {
    fn title(&self) -> String {
        let words = self.frame.words;
        match &self.existing {
            Some(name) => words.site_change_title(name),
            None => words.site_form_title().into_owned(),
        }
    }
}

/// The countries to choose from.
pub fn countries(words: Words) -> Vec<Choice> {
    let choice = |country: Country| Choice::new(country.code(), names::country(words, country));
    Country::ALL.into_iter().map(choice).collect()
}
