//! The form for a user's call services.

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::{Choice, Link};

/// The form for call services, of the reader or of a user of theirs.
#[derive(Template)]
#[template(path = "call_services.html")]
pub struct CallServicesPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back; empty on the reader's own page.
    pub trail: Vec<Link>,
    /// Whose they are; nobody's name on the reader's own page.
    pub person: Option<String>,
    /// Whether they wait for the user to be active.
    pub is_waiting: bool,
    /// Version of the services.
    pub version: i64,
    /// What was typed.
    pub typed: TypedServices,
    /// Whom the forwards name now: every call, busy, no answer, unreachable.
    pub now: [Option<String>; 4],
    /// The zone in which times are typed.
    pub zone: String,
    /// The barring profiles; empty for those who may not choose.
    pub profiles: Vec<Choice>,
    /// The profile's name and what it permits.
    pub barring: (String, String),
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

/// What stands in the fields.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields of the form")]
pub struct TypedServices {
    pub forward_always: String,
    pub forward_always_from: String,
    pub forward_always_until: String,
    pub forward_busy: String,
    pub forward_no_answer: String,
    pub no_answer_rings: String,
    pub forward_unreachable: String,
    pub do_not_disturb: bool,
    pub do_not_disturb_until: String,
    pub withholds_number: bool,
    pub barring: String,
}

impl CallServicesPage {
    /// The hint below a target: whom it names now.
    pub fn target_hint(&self, place: usize) -> String {
        let words = self.frame.words;
        match self.now.get(place) {
            Some(Some(name)) => words.call_services_target_now(name),
            Some(None) | None => words.call_services_target_hint().into_owned(),
        }
    }

    /// A single box with its label.
    pub fn one(&self, label: &str) -> Vec<Choice> {
        vec![Choice::new("true", label)]
    }

    /// The value of a box that is checked.
    pub fn checked(&self, is_checked: &bool) -> Vec<String> {
        is_checked.then(|| "true".to_owned()).into_iter().collect()
    }
}

impl Page for CallServicesPage {
    fn title(&self) -> String {
        let words = self.frame.words;
        match &self.person {
            Some(name) => words.call_services_title_user(name),
            None => words.call_services_title().into_owned(),
        }
    }
}
