//! Sample data for the help pages.

use model::{Country, DeskPhoneType, HelpTask, Language, Role};
use web::frame::{Frame, Section};
use web::help;
use web::pages::help::{HelpListPage, HelpPage, Requirements};
use web::pages::help_answers::{HelpAnswerRow, HelpAnswersPage, HelpCommentRow};
use web::words::Words;

use super::{Sample, anonymous, data, frame, moment, sample};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut samples = pages(words);
    samples.extend(lists(words));
    samples.extend(answers(words));
    samples
}

/// A help page's frame before login.
fn visitor(words: Words, path: &str) -> Frame {
    let mut frame = anonymous(words, path);
    frame.section = Section::Help;
    frame
}

fn country(words: Words) -> Country {
    match words.language() {
        Language::German => Country::Germany,
        Language::English => Country::UnitedKingdom,
    }
}

/// Every page, as somebody sees it who is not logged in; and one as an administrator sees it who has answered.
fn pages(words: Words) -> Vec<Sample> {
    let page = |task: &HelpTask| HelpPage {
        frame: visitor(words, &help::href(*task)),
        task: *task,
        country: country(words),
        has_choice: true,
        is_answered: false,
        requirements: (*task == HelpTask::Requirements).then(|| requirements(words)),
    };
    let shown = |task: &HelpTask| {
        let name: &'static str = format!("help-{task}").leak();
        let page = page(task);
        sample(name, "help.html", &page.frame, &page)
    };
    let mut samples: Vec<_> = HelpTask::ALL.iter().map(shown).collect();
    let answered = HelpPage {
        frame: frame(
            words,
            Role::EnterpriseAdmin,
            Section::Help,
            "/help/add-user",
        ),
        has_choice: false,
        is_answered: true,
        ..page(&HelpTask::AddUser)
    };
    samples.push(sample(
        "help-answered",
        "help.html",
        &answered.frame,
        &answered,
    ));
    samples.push(plain_requirements(words));
    samples
}

fn requirements(words: Words) -> Requirements {
    let other = web::names::desk_phone_type(words, Some(DeskPhoneType::OtherSip)).into_owned();
    Requirements {
        portal: Some("https://telefon.muster.example".to_owned()),
        sip_server: "phones.muster.example:5060".to_owned(),
        sip_transport: "UDP".to_owned(),
        sip_tls_port: Some(5061),
        audio_ports: (30_000, 34_999),
        phones: vec!["Yealink T54W".to_owned(), "Snom D785".to_owned(), other],
    }
}

/// Where little is known.
fn plain_requirements(words: Words) -> Sample {
    let page = HelpPage {
        frame: visitor(words, "/help/requirements"),
        task: HelpTask::Requirements,
        country: country(words),
        has_choice: true,
        is_answered: false,
        requirements: Some(Requirements {
            portal: None,
            sip_tls_port: None,
            sip_server: "phones.muster.example".to_owned(),
            ..requirements(words)
        }),
    };
    sample("help-requirements-plain", "help.html", &page.frame, &page)
}

fn lists(words: Words) -> Vec<Sample> {
    let list = |role: Option<Role>, query: &str| {
        let frame = match role {
            Some(role) => frame(words, role, Section::Help, "/help"),
            None => visitor(words, "/help"),
        };
        HelpListPage::new(frame, country(words), query.to_owned())
    };
    let (all, operator) = (list(None, ""), list(Some(Role::Operator), ""));
    let query = data(words, "Benutzer löschen", "delete user");
    let found = list(Some(Role::SiteAdmin), query);
    let none = list(Some(Role::User), "xyzzy");
    [
        ("help-list", all),
        ("help-list-operator", operator),
        ("help-found", found),
        ("help-found-none", none),
    ]
    .into_iter()
    .map(|(name, page)| sample(name, "help_list.html", &page.frame, &page))
    .collect()
}

fn answers(words: Words) -> Vec<Sample> {
    let operator = |path: &str| frame(words, Role::Operator, Section::Help, path);
    let row = |task: &HelpTask| HelpAnswerRow {
        title: help::text(*task, words.language()).title,
        href: help::href(*task),
        german: (1200, 34),
        english: (1, 0),
    };
    let comment = |is_useful, comment: &str| HelpCommentRow {
        title: help::text(HelpTask::AddUser, words.language()).title,
        language: "Deutsch",
        code: "de",
        is_useful,
        comment: comment.to_owned(),
        at: moment(words, "23.11.2026, 14:05"),
    };
    let full = HelpAnswersPage {
        frame: operator("/operator/help"),
        rows: HelpTask::ALL.iter().map(row).collect(),
        comments: vec![
            comment(false, "Wo steht, was ein Lizenztyp kostet?"),
            comment(true, "<b>Danke</b>"),
        ],
    };
    let empty = HelpAnswersPage {
        frame: operator("/operator/help"),
        rows: HelpTask::ALL.iter().map(row).collect(),
        comments: vec![],
    };
    vec![
        sample("help-answers", "help_answers.html", &full.frame, &full),
        sample(
            "help-answers-empty",
            "help_answers.html",
            &empty.frame,
            &empty,
        ),
    ]
}
