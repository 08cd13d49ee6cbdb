//! Sample data for the pages on which a user is added or changed.

use model::{Field, Problem, Problems, Question, Role, UserDraft};
use web::frame::Section;
use web::pages::user_form::{self, LockedConfiguration, UserChoices, UserFormPage};
use web::pages::user_step::{Topic, UserCheckPage, UserStepPage};
use web::parts::{Badge, Choice};
use web::problem::Errors;
use web::words::Words;

use super::{
    Sample, activity,
    administration::{licences, problems},
    frame, link, moment, sample,
};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let fresh = form(
        words,
        UserDraft {
            language: "de".to_owned(),
            package: "standard".to_owned(),
            ..UserDraft::default()
        },
    );
    let mut wrong = form(words, typed());
    wrong.frame.errors = Errors::told(words, &problems());
    wrong.free_extension = Some("4568".to_owned());
    wrong.choices.free_numbers = 812;
    let edit = UserFormPage {
        steps_href: None,
        person: Some("Anna Weber".to_owned()),
        version: Some(3),
        request: "ZGVtbw".to_owned(),
        ..form(words, typed())
    };
    let mut overtaken = UserFormPage {
        steps_href: None,
        person: Some("Anna Weber".to_owned()),
        version: Some(4),
        meanwhile: activity(words),
        ..form(words, typed())
    };
    overtaken
        .frame
        .errors
        .add("", words.user_form_meanwhile_error());
    let locked = UserFormPage {
        steps_href: None,
        person: Some("Anna Weber".to_owned()),
        version: Some(1),
        configuration: Some(LockedConfiguration {
            state: Badge::Pending,
            username: "anna.weber".to_owned(),
            number: "0211 1234567".to_owned(),
            package: words.package_mobile().into_owned(),
            services: vec![words.service_voicemail().into_owned()],
            desk_phone: "Yealink T54W".to_owned(),
            mobile: Some("0171 2345678".to_owned()),
        }),
        ..form(words, typed())
    };
    let mut samples = steps(words);
    samples.extend([
        sample("user-form-locked", "user_form.html", &locked.frame, &locked),
        sample(
            "user-form-overtaken",
            "user_form.html",
            &overtaken.frame,
            &overtaken,
        ),
        sample("user-form", "user_form.html", &fresh.frame, &fresh),
        sample("user-form-wrong", "user_form.html", &wrong.frame, &wrong),
        sample("user-form-edit", "user_form.html", &edit.frame, &edit),
    ]);
    samples
}

fn typed() -> UserDraft {
    UserDraft {
        number: "+492111234567".to_owned(),
        extension: "4567".to_owned(),
        package: "mobile".to_owned(),
        services: vec!["voicemail".to_owned(), "soft-client".to_owned()],
        first_name: "Anna Magdalena Bernadette".to_owned(),
        last_name: "Weber".to_owned(),
        username: "anna weber".to_owned(),
        email: "anna@".to_owned(),
        language: "en".to_owned(),
        department: "2".to_owned(),
        desk_phone_type: "yealink-t54w".to_owned(),
        mobile_number: "0171 2345678".to_owned(),
        contract_number: String::new(),
    }
}

fn form(words: Words, draft: UserDraft) -> UserFormPage {
    UserFormPage {
        frame: frame(words, Role::SiteAdmin, Section::Users, "/sites/1/users/new"),
        trail: vec![link(
            words.user_list_title_site("Düsseldorf"),
            "/users?site=1",
        )],
        person: None,
        configuration: None,
        meanwhile: vec![],
        site: "Düsseldorf".to_owned(),
        version: None,
        request: "ZGVtbw".to_owned(),
        draft,
        choices: choices(words),
        free_extension: None,
        steps_href: Some("/sites/1/users/new/person".to_owned()),
        action: "/sites/1/users".to_owned(),
        cancel_href: "/users?site=1".to_owned(),
    }
}

fn choices(words: Words) -> UserChoices {
    UserChoices {
        numbers: numbers(),

        free_numbers: 10,
        packages: user_form::packages(words, &licences()),
        services: user_form::services(words, &licences()),
        departments: vec![
            Choice::new("1", "Einkauf"),
            Choice::new("2", "Vertrieb – Außendienst"),
        ],
        desk_phone_types: user_form::desk_phone_types(words),
        languages: user_form::languages(),
    }
}

fn numbers() -> Vec<Choice> {
    let number = |last: u32| Choice::new(format!("+49211{last}"), format!("0211 {last}"));
    (1_234_567..1_234_577).map(number).collect()
}

fn steps(words: Words) -> Vec<Sample> {
    let names = [
        "user-step-person",
        "user-step-package",
        "user-step-number",
        "user-step-extension",
        "user-step-desk-phone",
        "user-step-mobile",
    ];
    let mut samples = Vec::new();
    for (question, name) in Question::ALL.into_iter().zip(names) {
        let page = step(words, question);
        samples.push(sample(name, "user_step.html", &page.frame, &page));
    }
    let mut taken = step(words, Question::Extension);
    let problem = Problem::ExtensionTaken {
        by: Some("Jonas Brandt".to_owned()),
        suggestion: "4568".parse().ok(),
    };
    taken.frame.errors = Errors::told(words, &Problems::one(Field::Extension, problem));
    taken.free_extension = Some("4568".to_owned());
    samples.push(sample(
        "user-step-taken",
        "user_step.html",
        &taken.frame,
        &taken,
    ));
    let check = check(words);
    samples.push(sample(
        "user-check",
        "user_check.html",
        &check.frame,
        &check,
    ));
    samples
}

fn step(words: Words, question: Question) -> UserStepPage {
    let path = format!("/sites/1/users/new/{}", question.name());
    UserStepPage {
        frame: frame(words, Role::SiteAdmin, Section::Users, &path),
        trail: form(words, typed()).trail,
        question,
        site: "Düsseldorf".to_owned(),
        draft: typed(),
        choices: choices(words),
        numbers: numbers(),
        search: String::new(),
        free_extension: None,
        returns_to_check: false,
        kept_at: (question == Question::Person).then(|| moment(words, "23.11.2026 14:05")),
        action: path,
        discard_action: "/sites/1/users/new/discard".to_owned(),
        one_page_href: "/sites/1/users/new".to_owned(),
        cancel_href: "/users?site=1".to_owned(),
    }
}

fn check(words: Words) -> UserCheckPage {
    let topic = |title: &str, facts: &[(&str, &str)]| Topic {
        title: title.to_owned(),
        facts: facts
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        href: "/sites/1/users/new/person?then=check".to_owned(),
    };
    UserCheckPage {
        frame: frame(
            words,
            Role::SiteAdmin,
            Section::Users,
            "/sites/1/users/new/check",
        ),
        trail: form(words, typed()).trail,
        site: "Düsseldorf".to_owned(),
        topics: vec![
            topic(
                &words.user_form_person(),
                &[
                    (&words.user_form_first_name_label(), "Anna"),
                    (&words.user_form_last_name_label(), "Weber"),
                    (&words.user_username(), "anna.weber"),
                ],
            ),
            topic(
                &words.user_number(),
                &[(&words.user_number(), "0211 1234567")],
            ),
            topic(
                &words.user_extension(),
                &[(&words.user_extension(), "4567")],
            ),
        ],
        draft: typed(),
        request: "ZGVtbw".to_owned(),
        has_desk_phone: true,
        action: "/sites/1/users/new".to_owned(),
        back_href: "/sites/1/users/new/mobile".to_owned(),
        cancel_href: "/users?site=1".to_owned(),
    }
}
