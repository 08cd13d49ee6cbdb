//! The form for adding and changing a user.

use askama::Template;
use model::{DeskPhoneType, Language, Licence, Package, Product, Service, UserDraft};

use crate::frame::{Frame, Page};
use crate::language;
use crate::names;
use crate::parts::{ActivityRow, Badge, Choice, Link};
use crate::words::Words;

/// The form for one user.
#[derive(Template)]
#[template(path = "user_form.html")]
pub struct UserFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Who is changed; nobody when a user is added.
    pub person: Option<String>,
    /// What cannot be changed before the user is active (S5).
    pub configuration: Option<LockedConfiguration>,
    /// What somebody else has changed since this reader began.
    pub meanwhile: Vec<ActivityRow>,
    /// Name of the site.
    pub site: String,
    /// Version of the user that is changed.
    pub version: Option<i64>,
    /// The name of the request, so that sending the form again adds nobody.
    pub request: String,
    /// What was typed.
    pub draft: UserDraft,
    /// What can be chosen.
    pub choices: UserChoices,
    /// A free extension, when the one typed is taken (U4).
    pub free_extension: Option<String>,
    /// The same question by question.
    pub steps_href: Option<String>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

/// The configuration of a user who is not active yet, to read only.
pub struct LockedConfiguration {
    /// Pending or Failed.
    pub state: Badge,
    /// Username.
    pub username: String,
    /// Phone number, as it is read aloud.
    pub number: String,
    /// Package.
    pub package: String,
    /// Services.
    pub services: Vec<String>,
    /// Desk phone type, or that there is none.
    pub desk_phone: String,
    /// Mobile number.
    pub mobile: Option<String>,
}

/// What can be chosen in the form.
pub struct UserChoices {
    /// Free numbers of the site, at least the first ones; the value is E.164.
    pub numbers: Vec<Choice>,
    /// How many are free in all.
    pub free_numbers: u64,
    /// Packages with what is left of them.
    pub packages: Vec<Choice>,
    /// Services with what is left of them.
    pub services: Vec<Choice>,
    /// Departments of the site.
    pub departments: Vec<Choice>,
    /// Desk phone types.
    pub desk_phone_types: Vec<Choice>,
    /// Languages.
    pub languages: Vec<Choice>,
}

impl Page for UserFormPage {
    fn title(&self) -> String {
        let words = self.frame.words;
        match &self.person {
            Some(name) => words.user_form_title_edit(name),
            None => words.user_form_title_add().into_owned(),
        }
    }
}

impl UserFormPage {
    /// A list is offered when it holds all free numbers; otherwise one types and picks.
    pub fn are_all_numbers_listed(&self) -> bool {
        self.choices.numbers.len() as u64 >= self.choices.free_numbers
    }
}

/// The packages, each with its purpose and how many are left.
pub fn packages(words: Words, licences: &[Licence]) -> Vec<Choice> {
    Package::ALL
        .iter()
        .map(|package| {
            let name = names::package(words, *package);
            let choice = Choice::new(package.id(), name);
            with_left(words, choice, Product::Package(*package), licences)
        })
        .collect()
}

/// The services, each with how many are left.
pub fn services(words: Words, licences: &[Licence]) -> Vec<Choice> {
    Service::ALL
        .iter()
        .map(|service| {
            let choice = Choice::new(service.id(), names::service(words, *service));
            with_left(words, choice, Product::Service(*service), licences)
        })
        .collect()
}

fn with_left(words: Words, choice: Choice, product: Product, licences: &[Licence]) -> Choice {
    let licence = licences.iter().find(|licence| licence.product == product);
    let (left, total) = licence.map_or((0, 0), |licence| (licence.left(), licence.total));
    let note = if left > 0 {
        words.user_form_left(left, total)
    } else {
        words.user_form_left_none(total)
    };
    Choice {
        is_available: left > 0,
        ..choice.with_note(note)
    }
}

/// The desk phone types; being without one is the empty choice.
pub fn desk_phone_types(words: Words) -> Vec<Choice> {
    let choice = |known: &DeskPhoneType| {
        Choice::new(known.id(), names::desk_phone_type(words, Some(*known)))
    };
    DeskPhoneType::ALL.iter().map(choice).collect()
}

/// The languages, each in itself.
pub fn languages() -> Vec<Choice> {
    let choice = |known: Language| Choice::new(known.code(), language::own_name(known));
    Language::ALL.into_iter().map(choice).collect()
}
