//! Sample data for every page.

mod account;
mod administration;
mod audio;
mod call_centre;
mod group_calls;
mod help;
mod hunt_groups;
mod operator;
mod renewal;
mod second_factor;
mod services;
mod structure;
mod teams;
mod telephony;
mod user_form;

use model::{Language, Role};
use web::format::Moment;
use web::frame::{Frame, Page, Reader, Section};
use web::pages::activation::{ProgressView, RequestView};
use web::parts::{ActivityRow, Link, Stock};
use web::words::Words;

/// A rendered page.
pub(crate) struct Sample {
    /// What is shown.
    pub name: &'static str,
    /// The template shown.
    pub template: &'static str,
    /// How its `<title>` begins.
    pub title_start: String,
    /// The page.
    pub html: String,
}

/// All samples in one language.
pub(crate) fn all(words: Words) -> Vec<Sample> {
    let mut samples = administration::samples(words);
    samples.extend(account::samples(words));
    samples.extend(second_factor::samples(words));
    samples.extend(help::samples(words));
    samples.extend(hunt_groups::samples(words));
    samples.extend(operator::samples(words));
    samples.extend(teams::samples(words));
    samples.extend(telephony::samples(words));
    samples.extend(user_form::samples(words));
    samples.extend(renewal::samples(words));
    samples.extend(structure::samples(words));
    samples.extend(services::samples(words));
    samples.extend(call_centre::samples(words));
    samples.extend(group_calls::samples(words));
    samples.extend(audio::samples(words));
    samples
}

/// Renders a page.
fn sample(name: &'static str, template: &'static str, frame: &Frame, page: &impl Page) -> Sample {
    let title = page.title().replace('&', "&#38;");
    let title_start = if frame.errors.is_empty() {
        format!("{title} – Klinke")
    } else {
        frame.words.page_title_error(title)
    };
    Sample {
        name,
        template,
        title_start,
        html: page.render().expect("rendered"),
    }
}

/// The German or the English text of what is data, not words.
fn data<'a>(words: Words, german: &'a str, english: &'a str) -> &'a str {
    match words.language() {
        Language::German => german,
        Language::English => english,
    }
}

fn frame(words: Words, role: Role, section: Section, path: &str) -> Frame {
    let mut frame = anonymous(words, path);
    frame.section = section;
    frame.reader = Some(Reader {
        name: "Katharina Böhmer".to_owned(),
        role,
        enterprise: (role != Role::Operator).then(|| "Muster GmbH".to_owned()),
        waiting: 3,
        has_desk: true,
    });
    frame
}

fn anonymous(words: Words, path: &str) -> Frame {
    let mut frame = Frame::new(words, Section::Home, path);
    frame.csrf = "token".to_owned();
    frame
}

fn moment(words: Words, human: &str) -> Moment {
    let human = match words.language() {
        Language::German => human.to_owned(),
        Language::English => human.replace('.', "/"),
    };
    Moment {
        machine: "2026-11-23T13:05:00Z".to_owned(),
        human,
    }
}

/// An activation that an administrator has asked about.
fn asked(words: Words) -> ProgressView {
    let at = moment(words, "23.11.2026, 14:05").human;
    let message = data(
        words,
        "Bitte stornieren:\nHerr Dąbrowski hat doch nicht angefangen.",
        "Please cancel:\nMr Dąbrowski has not started after all.",
    );
    ProgressView {
        request: Some(RequestView {
            sentence: words.activation_asked(at, "katharina.boehmer"),
            message: Some(message.to_owned()),
        }),
        ..ProgressView::default()
    }
}

fn stock(label: impl Into<String>, used: u64, total: u64) -> Stock {
    Stock {
        label: label.into(),
        used,
        total,
    }
}

fn link(label: impl Into<String>, href: &str) -> Link {
    Link {
        label: label.into(),
        href: href.to_owned(),
    }
}

fn activity(words: Words) -> Vec<ActivityRow> {
    let row = |at: &str, who: &str, what: String, changes: Vec<String>| ActivityRow {
        at: moment(words, at),
        who: who.to_owned(),
        on_behalf_of: None,
        what,
        about: "Anna Weber".to_owned(),
        href: Some("/users/1".to_owned()),
        changes,
    };
    let renewed = words.journal_login_details_renewed().into_owned();
    let changes = vec![
        words.activity_change_set(words.field_number(), "0211 1234567"),
        words.activity_change_from_to(words.field_extension(), "4567", "201"),
        words.activity_change_removed(words.field_department(), "Einkauf"),
    ];
    let mut rows = vec![
        row("23.11.2026, 14:05", "Katharina Böhmer", renewed, vec![]),
        row(
            "20.11.2026, 09:12",
            "Klinke",
            words.journal_user_activated().into_owned(),
            vec![],
        ),
        row(
            "20.11.2026, 09:11",
            "Jonas Brandt",
            words.journal_user_added().into_owned(),
            changes,
        ),
    ];
    rows[2].on_behalf_of = Some("Katharina Böhmer".to_owned());
    rows[1].href = None;
    rows
}
