//! Adding a user question by question: one topic a page, then all answers to check.

use askama::Template;
use model::{Field, Question, UserDraft};

use super::user_form::UserChoices;
use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::{Choice, Link};

/// One question.
#[derive(Template)]
#[template(path = "user_step.html")]
pub struct UserStepPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// What is asked.
    pub question: Question,
    /// Name of the site.
    pub site: String,
    /// The answers so far.
    pub draft: UserDraft,
    /// What can be chosen.
    pub choices: UserChoices,
    /// Free numbers that match what is looked for.
    pub numbers: Vec<Choice>,
    /// What numbers are looked for.
    pub search: String,
    /// A free extension: the default one, or one near it when it is taken (U4).
    pub free_extension: Option<String>,
    /// Whether the answers are checked next, as the reader comes from there.
    pub returns_to_check: bool,
    /// When answers of an earlier time were kept.
    pub kept_at: Option<Moment>,
    /// Where the form goes.
    pub action: String,
    /// Where the kept answers are thrown away.
    pub discard_action: String,
    /// The form with everything on one page.
    pub one_page_href: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

/// All answers.
#[derive(Template)]
#[template(path = "user_check.html")]
pub struct UserCheckPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the site.
    pub site: String,
    /// The answers, topic by topic.
    pub topics: Vec<Topic>,
    /// The same as they were typed, to be sent.
    pub draft: UserDraft,
    /// The name of the request, so that sending the form again adds nobody.
    pub request: String,
    /// Whether login details will be shown.
    pub has_desk_phone: bool,
    /// Where the form goes.
    pub action: String,
    /// The question before.
    pub back_href: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

/// The answers to one question.
pub struct Topic {
    /// What was asked.
    pub title: String,
    /// Names and values.
    pub facts: Vec<(String, String)>,
    /// Where it is answered anew.
    pub href: String,
}

impl Page for UserStepPage {
    fn title(&self) -> String {
        let words = self.frame.words;
        let title = match self.question {
            Question::Person => words.user_step_person(),
            Question::Package => words.user_step_package(),
            Question::Number => words.user_step_number(),
            Question::Extension => words.user_step_extension(),
            Question::DeskPhone => words.user_step_desk_phone(),
            Question::Mobile => words.user_step_mobile(),
        };
        title.into_owned()
    }
}

impl Page for UserCheckPage {
    fn title(&self) -> String {
        self.frame.words.user_step_check().into_owned()
    }
}

impl UserCheckPage {
    /// Names and values of what is sent.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let draft = &self.draft;
        let one = [
            (Field::FirstName, &draft.first_name),
            (Field::LastName, &draft.last_name),
            (Field::Username, &draft.username),
            (Field::Email, &draft.email),
            (Field::Department, &draft.department),
            (Field::Language, &draft.language),
            (Field::Package, &draft.package),
            (Field::Number, &draft.number),
            (Field::Extension, &draft.extension),
            (Field::DeskPhoneType, &draft.desk_phone_type),
            (Field::MobileNumber, &draft.mobile_number),
            (Field::ContractNumber, &draft.contract_number),
        ];
        let services = draft
            .services
            .iter()
            .map(|service| (Field::Services, service));
        let all = one.into_iter().chain(services);
        all.map(|(field, value)| (field.id(), value.as_str()))
            .collect()
    }
}

impl UserStepPage {
    /// "Step 2 of 6".
    pub fn progress(&self) -> String {
        let (step, all) = (self.question.step(), Question::ALL.len());
        self.frame.words.user_step_progress(all, step)
    }

    /// Id of the fieldset of numbers, that the error summary leads to.
    pub fn number_field(&self) -> &'static str {
        Field::Number.id()
    }
}
