//! Letters in words: subject, text and HTML, in the language of whoever reads them.

use askama::Template;
use jiff::tz::TimeZone;
use model::{NoticeChange, Timestamp};
use service::mail::{Content, Letter};

use crate::words::Words;
use crate::{format, names};

/// A letter in words. Without `Debug`: there may be a one-time link in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, one line.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// What both forms of a letter show.
struct View {
    words: Words,
    subject: String,
    greeting: String,
    lead: String,
    /// What stands out, one a line: login names, or what changes.
    names: Vec<String>,
    label: String,
    link: String,
    notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct Text<'a> {
    view: &'a View,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    view: &'a View,
}

/// Puts a letter into words.
///
/// # Errors
/// When a template fails.
pub fn render(letter: &Letter) -> Result<Rendered, askama::Error> {
    let view = view(letter);
    Ok(Rendered {
        text: Text { view: &view }.render()?,
        html: Html { view: &view }.render()?,
        subject: view.subject,
    })
}

fn view(letter: &Letter) -> View {
    let words = Words::of(letter.language);
    let until = |at: Timestamp| {
        let zone = TimeZone::get(letter.country.time_zone()).unwrap_or(TimeZone::UTC);
        format::moment(at, &zone, letter.language).human
    };
    match &letter.content {
        Content::Registration {
            name,
            login_name,
            link,
            good_until,
        } => View {
            words,
            subject: words.mail_registration_subject().into_owned(),
            greeting: words.mail_greeting(name),
            lead: words.mail_registration_lead().into_owned(),
            names: vec![login_name.clone()],
            label: words.mail_registration_link().into_owned(),
            link: link.reveal().to_owned(),
            notes: vec![words.mail_link_good(until(*good_until))],
        },
        Content::PasswordReset {
            login_name,
            link,
            good_until,
        } => View {
            words,
            subject: words.mail_reset_subject().into_owned(),
            greeting: words.mail_greeting_plain().into_owned(),
            lead: words.mail_reset_lead().into_owned(),
            names: vec![login_name.clone()],
            label: words.mail_reset_link().into_owned(),
            link: link.reveal().to_owned(),
            notes: vec![
                words.mail_link_good(until(*good_until)),
                words.mail_not_asked().into_owned(),
            ],
        },
        Content::UsernameReminder { login_names, login } => View {
            words,
            subject: words.mail_reminder_subject().into_owned(),
            greeting: words.mail_greeting_plain().into_owned(),
            lead: words.mail_reminder_lead().into_owned(),
            names: login_names.clone(),
            label: words.mail_reminder_link().into_owned(),
            link: login.clone(),
            notes: vec![words.mail_not_asked().into_owned()],
        },
        Content::Notice {
            name,
            leaver,
            changes,
            message,
            login,
        } => View {
            words,
            subject: words.mail_notice_subject(leaver),
            greeting: words.mail_greeting(name),
            lead: words.mail_notice_lead(leaver),
            names: changes
                .iter()
                .map(|change| changed(words, change))
                .collect(),
            label: words.mail_notice_link().into_owned(),
            link: login.clone(),
            notes: message
                .iter()
                .map(|message| words.mail_notice_message(message))
                .collect(),
        },
    }
}

/// Something of the reader's that changes because a colleague leaves.
fn changed(words: Words, change: &NoticeChange) -> String {
    match change {
        NoticeChange::Group { kind, name } => names::group_named(words, *kind, name),
        NoticeChange::Forward(kind) => words.mail_notice_forward(names::field(words, kind.field())),
    }
}
