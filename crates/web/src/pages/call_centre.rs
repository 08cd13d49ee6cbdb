//! Call centres as administrators set them up, and when their sites are open (G4).

use askama::Template;
use model::call_centre::{ScheduleDraft, TypedCentre, Weekday};

use crate::frame::{Frame, Page};
use crate::parts::{Badge, Choice, Link, Pager};
use crate::{names::Name, queue_names::weekday};

/// The call centres of a site.
#[derive(Template)]
#[template(path = "call_centres.html")]
pub struct CallCentresPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the site.
    pub site: String,
    /// What was searched for.
    pub search: String,
    /// The call centres, by name.
    pub rows: Vec<CallCentreRow>,
    /// The pages before and after.
    pub pager: Pager,
    /// Address for adding one, for whoever may.
    pub add_href: Option<String>,
    /// Address of the site's opening hours.
    pub schedule_href: String,
}

/// One call centre.
pub struct CallCentreRow {
    /// Name.
    pub name: String,
    /// Telephone number.
    pub number: String,
    /// Extension.
    pub extension: String,
    /// State.
    pub state: Badge,
    /// Address for changing it.
    pub href: String,
    /// Address of its wallboard.
    pub wall_href: String,
}

/// Adding or changing a call centre.
#[derive(Template)]
#[template(path = "call_centre_form.html")]
pub struct CallCentreFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Its name as it is now; `None` for a new one.
    pub own: Option<String>,
    /// What was typed.
    pub typed: TypedCallCentre,
    /// How it queues, as it was typed.
    pub settings: TypedCentre,
    /// Free numbers of the site.
    pub numbers: Vec<String>,
    /// Departments to choose from.
    pub departments: Vec<Choice>,
    /// The policies.
    pub policies: Vec<Choice>,
    /// What may happen when it is full.
    pub overflows: Vec<Choice>,
    /// What may happen while nobody is signed in.
    pub strandeds: Vec<Choice>,
    /// What may happen out of hours.
    pub out_of_hours: Vec<Choice>,
    /// Whether codes are asked for.
    pub code_uses: Vec<Choice>,
    /// The agents in order.
    pub agents: Vec<MemberRow>,
    /// The supervisors.
    pub supervisors: Vec<MemberRow>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
    /// Address of its sounds; `None` for a new one.
    pub audio_href: Option<String>,
    /// Address of the question before deleting it.
    pub delete_href: Option<String>,
    /// Name, number and extension cannot be changed yet (S5).
    pub is_locked: bool,
    /// The version that was looked at.
    pub version: String,
}

/// What is typed about a call centre beside its settings.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields of the form, named as there")]
pub struct TypedCallCentre {
    pub name: String,
    pub number: String,
    pub extension: String,
    pub department: String,
    pub add_agents: String,
    pub add_supervisors: String,
}

/// An agent or supervisor in the form.
#[derive(Clone, Debug)]
pub struct MemberRow {
    /// The user's id.
    pub id: String,
    /// First and last name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// Place in the list, from 1.
    pub place: usize,
    /// Share of the calls.
    pub weight: String,
    /// A seat that is live from activation on (S7).
    pub waits: bool,
    /// For supervisors: lacks the service for the application (U8).
    pub lacks_service: bool,
}

/// When a site is open.
#[derive(Template)]
#[template(path = "schedule_form.html")]
pub struct SchedulePage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the site.
    pub site: String,
    /// What was typed.
    pub draft: ScheduleDraft,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl Page for CallCentresPage {
    fn title(&self) -> String {
        self.frame.words.call_centres_title(&self.site)
    }
}

impl Page for CallCentreFormPage {
    fn title(&self) -> String {
        match &self.own {
            Some(name) => self.frame.words.call_centre_edit_title(name),
            None => self.frame.words.call_centre_add_title().into_owned(),
        }
    }
}

impl SchedulePage {
    /// For each day: id, name and what was typed.
    pub fn week(&self) -> Vec<(&'static str, Name, &str)> {
        let days = Weekday::ALL.iter().zip(&self.draft.openings);
        let words = self.frame.words;
        days.map(|(day, times)| (day.id(), weekday(words, *day), times.as_str()))
            .collect()
    }
}

impl Page for SchedulePage {
    fn title(&self) -> String {
        self.frame.words.schedule_title(&self.site)
    }
}
