//! The last step of adding a user question by question: all answers to check. The deed is the same as that of the one form.

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{Package, PhoneNumber, Question, Service, UserDraft};
use service::{
    Error, department,
    user::draft::{self, Draft},
};

use super::{
    address, reader::Reader, refusal::Refusal, shown::shown, user_add, user_steps::question_address,
};
use crate::{
    format,
    frame::Section,
    language, names,
    pages::user_step::{Topic, UserCheckPage},
    parts::Link,
    server::Portal,
    words::Words,
};

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
) -> Result<Response, Refusal> {
    let draft = draft::get(&portal.env, reader.actor(), address::id(&site)?).await?;
    Ok(shown(&page(&portal, &reader, draft).await?))
}

async fn page(portal: &Portal, reader: &Reader, draft: Draft) -> Result<UserCheckPage, Error> {
    let words = reader.words();
    let site = draft.place.site.id;
    let departments = department::list(&portal.env, reader.actor(), site).await?;
    let department = departments
        .iter()
        .find(|department| department.id.to_string() == draft.answers.department)
        .map(|department| department.name.to_string());
    let list = address::site_users(site);
    Ok(UserCheckPage {
        trail: vec![Link {
            label: words.user_list_title_site(draft.place.site.name.as_str()),
            href: list.clone(),
        }],
        site: draft.place.site.name.to_string(),
        topics: Question::ALL
            .into_iter()
            .map(|question| topic(words, question, &draft, department.as_deref()))
            .collect(),
        has_desk_phone: !draft.answers.desk_phone_type.is_empty(),
        request: draft.request,
        draft: draft.answers,
        action: user_add::form_address(site),
        back_href: question_address(site, Question::Mobile),
        cancel_href: list,
        frame: reader.frame(portal, Section::Users).await?,
    })
}

fn topic(words: Words, question: Question, draft: &Draft, department: Option<&str>) -> Topic {
    let site = draft.place.site.id;
    let facts = match question {
        Question::Person => person(words, &draft.answers, department),
        Question::Package => package(words, &draft.answers),
        Question::Number => {
            let number = &draft.answers.number;
            let country = draft.place.site.country;
            let told = PhoneNumber::parse(number, country)
                .map(|number| format::phone_number(&number, country));
            vec![(words.user_number(), told.unwrap_or_else(|_| number.clone()))]
        }
        Question::Extension => vec![(words.user_extension(), draft.answers.extension.clone())],
        Question::DeskPhone => {
            let kind = draft.answers.desk_phone_type.parse().ok();
            let name = names::desk_phone_type(words, kind).into_owned();
            vec![(words.user_phone_type(), name)]
        }
        Question::Mobile => mobile(words, &draft.answers),
    };
    let title = match question {
        Question::Person => words.user_form_person(),
        Question::Package => words.user_form_package(),
        Question::Number => words.user_number(),
        Question::Extension => words.user_extension(),
        Question::DeskPhone => words.user_form_phone(),
        Question::Mobile => words.user_form_mobile(),
    };
    let given = |(name, value): (std::borrow::Cow<'static, str>, String)| {
        let missing = words.user_step_not_given().into_owned();
        let value = Some(value).filter(|value| !value.trim().is_empty());
        (name.into_owned(), value.unwrap_or(missing))
    };
    Topic {
        title: title.into_owned(),
        facts: facts.into_iter().map(given).collect(),
        href: format!("{}?then=check", question_address(site, question)),
    }
}

type Facts = Vec<(std::borrow::Cow<'static, str>, String)>;

fn person(words: Words, answers: &UserDraft, department: Option<&str>) -> Facts {
    let language = answers.language.parse().map(language::own_name);
    let department = department.map(str::to_owned);
    let department = department.unwrap_or_else(|| words.user_step_no_department().into_owned());
    vec![
        (
            words.user_form_first_name_label(),
            answers.first_name.clone(),
        ),
        (words.user_form_last_name_label(), answers.last_name.clone()),
        (words.user_username(), answers.username.clone()),
        (words.user_email(), answers.email.clone()),
        (words.user_department(), department),
        (
            words.user_language(),
            language.unwrap_or_default().to_owned(),
        ),
    ]
}

fn package(words: Words, answers: &UserDraft) -> Facts {
    let package = answers.package.parse::<Package>();
    let package = package.map(|package| names::package(words, package).into_owned());
    let services = answers.services.iter();
    let services = services.filter_map(|service| service.parse::<Service>().ok());
    let services: Vec<_> = services
        .map(|service| names::service(words, service))
        .collect();
    let services = match services.is_empty() {
        true => words.nothing().into_owned(),
        false => services.join(", "),
    };
    vec![
        (words.user_package(), package.unwrap_or_default()),
        (words.user_services(), services),
    ]
}

fn mobile(words: Words, answers: &UserDraft) -> Facts {
    if answers.mobile_number.is_empty() && answers.contract_number.is_empty() {
        return vec![(words.user_mobile_number(), words.nothing().into_owned())];
    }
    vec![
        (words.user_mobile_number(), answers.mobile_number.clone()),
        (
            words.user_contract_number(),
            answers.contract_number.clone(),
        ),
    ]
}
