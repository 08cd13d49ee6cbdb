//! Lists that are saved as sheets: read page by page while they are sent, so that none is held as a whole.

use axum::response::Response;
use jiff::tz::TimeZone;
use model::{Limit, Product};
use service::{
    Actor, Error,
    journal::{self, Wanted},
    usage::{self, ReportedUser},
    user::ListUsers,
};

use crate::{
    format, journal_words, names,
    server::Portal,
    sheet::{self, Sheet},
    words::Words,
};

/// The most lines of a sheet.
pub(crate) const MOST: usize = 100_000;

/// How times and words are written.
#[derive(Clone)]
pub(crate) struct Reading {
    pub(crate) words: Words,
    pub(crate) zone: TimeZone,
}

/// A sheet that is being sent: what was asked for next, and how many lines are left.
struct Sending<T> {
    portal: Portal,
    actor: Actor,
    reading: Reading,
    asked: Option<T>,
    left: usize,
}

/// The journal, the newest entry first.
pub(crate) async fn journal(
    portal: Portal,
    actor: Actor,
    wanted: Wanted,
    reading: Reading,
) -> Result<Response, Error> {
    let words = reading.words;
    let headings = [
        words.activity_when(),
        words.activity_what(),
        words.activity_about(),
        words.activity_who(),
        words.sheet_on_behalf(),
        words.activity_change(),
    ];
    let head = Sheet::of(words).head(&headings);
    let mut sending = Sending {
        portal,
        actor,
        reading,
        asked: Some(wanted),
        left: MOST,
    };
    let first = journal_part(&mut sending).await?.unwrap_or_default();
    Ok(sheet::saved(
        "klinke-activity.csv",
        head + &first,
        sending,
        |mut sending| async {
            let part = journal_part(&mut sending).await.transpose()?;
            Some((part, sending))
        },
    ))
}

async fn journal_part(sending: &mut Sending<Wanted>) -> Result<Option<String>, Error> {
    let Some(mut wanted) = sending.asked.take().filter(|_| sending.left > 0) else {
        return Ok(None);
    };
    wanted.limit = Limit::new(sending.left.min(200));
    let limit = wanted.limit.get();
    let entries = journal::list(&sending.portal.env, &sending.actor, wanted.clone()).await?;
    sending.left -= entries.len();
    if entries.len() == limit {
        wanted.before = entries.last().map(|entry| entry.seq);
        sending.asked = Some(wanted);
    }
    let Reading { words, zone } = &sending.reading;
    let line = |entry| {
        let row = journal_words::row(*words, zone, entry, false);
        let changes = row.changes.join("\n");
        let on_behalf_of = row.on_behalf_of.unwrap_or_default();
        Sheet::of(*words).line(&[
            row.at.human,
            row.what,
            row.about,
            row.who,
            on_behalf_of,
            changes,
        ])
    };
    Ok(Some(entries.into_iter().map(line).collect()))
}

/// The report of users and services.
pub(crate) async fn users(
    portal: Portal,
    actor: Actor,
    asked: ListUsers,
    reading: Reading,
) -> Result<Response, Error> {
    let words = reading.words;
    let headings = [
        words.field_site(),
        words.field_department(),
        words.field_last_name(),
        words.field_first_name(),
        words.field_username(),
        words.field_email(),
        words.field_number(),
        words.field_extension(),
        words.field_package(),
        words.field_services(),
        words.field_desk_phone_type(),
        words.report_phone(),
        words.field_state(),
    ];
    let head = Sheet::of(words).head(&headings);
    let mut sending = Sending {
        portal,
        actor,
        reading,
        asked: Some(asked),
        left: MOST,
    };
    let first = users_part(&mut sending).await?.unwrap_or_default();
    Ok(sheet::saved(
        "klinke-users.csv",
        head + &first,
        sending,
        |mut sending| async {
            let part = users_part(&mut sending).await.transpose()?;
            Some((part, sending))
        },
    ))
}

async fn users_part(sending: &mut Sending<ListUsers>) -> Result<Option<String>, Error> {
    let Some(mut asked) = sending.asked.take().filter(|_| sending.left > 0) else {
        return Ok(None);
    };
    asked.limit = Limit::new(sending.left.min(200));
    let page = usage::report(&sending.portal.env, &sending.actor, asked.clone()).await?;
    sending.left -= page.items.len();
    if page.next.is_some() {
        asked.cursor = page.next;
        sending.asked = Some(asked);
    }
    let words = sending.reading.words;
    let line = |reported: &ReportedUser| Sheet::of(words).line(&cells(words, reported));
    Ok(Some(page.items.iter().map(line).collect()))
}

fn cells(words: Words, reported: &ReportedUser) -> [String; 13] {
    let ReportedUser {
        user,
        site,
        department,
        is_registered,
    } = reported;
    let services = user.services.iter();
    let services: Vec<_> = services.map(|s| names::service(words, *s)).collect();
    let phone = match (user.desk_phone_type, is_registered) {
        (None, _) => String::new(),
        (Some(_), true) => words.phone_registered().into_owned(),
        (Some(_), false) => words.phone_unregistered().into_owned(),
    };
    [
        site.name.to_string(),
        department.clone().unwrap_or_default(),
        user.last_name.to_string(),
        user.first_name.to_string(),
        user.username.to_string(),
        user.email.to_string(),
        format::phone_number(&user.number, site.country),
        user.extension.to_string(),
        names::package(words, user.package).into_owned(),
        services.join(", "),
        names::desk_phone_type(words, user.desk_phone_type).into_owned(),
        phone,
        crate::parts::Badge::from(&user.state)
            .label(words)
            .into_owned(),
    ]
}

/// What is used at which site: one line for each product, one column for each site.
pub(crate) async fn usage(
    portal: &Portal,
    actor: &Actor,
    enterprise: model::EnterpriseId,
    words: Words,
) -> Result<Response, Error> {
    let licences = service::licence::list(&portal.env, actor, enterprise).await?;
    let sites = usage::of_enterprise(&portal.env, actor, enterprise).await?;
    let sheet = Sheet::of(words);
    let mut headings = vec![
        words.sheet_product().into_owned(),
        words.sheet_held().into_owned(),
        words.sheet_used().into_owned(),
    ];
    headings.extend(sites.iter().map(|of| of.site.name.to_string()));
    let mut text = sheet.head(&headings);
    for product in Product::all() {
        let licence = licences.iter().find(|licence| licence.product == product);
        let (total, used) = licence.map_or((0, 0), |licence| (licence.total, licence.used));
        let mut cells = vec![
            names::product(words, product).into_owned(),
            total.to_string(),
            used.to_string(),
        ];
        cells.extend(sites.iter().map(|of| of.usage.of(product).to_string()));
        text += &sheet.line(&cells);
    }
    Ok(sheet::saved("klinke-licences.csv", text, (), |()| async {
        None
    }))
}
