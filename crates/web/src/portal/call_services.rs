//! Call services: the reader's own, and those of a user of theirs.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use model::{BarringProfile, CallServicesDraft, Field, ForwardKind, Problem, Problems, Timestamp};
use service::{
    Error,
    call_services::{self, UserServices},
};

use super::{
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    whose::{Of, Whose},
};
use crate::{
    format,
    frame::{Banner, Section, Tone},
    names,
    pages::call_services::{CallServicesPage, TypedServices},
    parts::Choice,
    problem::Errors,
    server::Portal,
};

pub(super) async fn show(
    State(portal): State<Portal>,
    Of { reader, whose }: Of,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let found = call_services::get(&portal.env, reader.actor(), whose.user).await?;
    let typed = typed(&reader, found.draft());
    let mut page = page(&portal, &reader, whose, (&found, typed)).await?;
    if is_saved(query.as_deref()) {
        let text = reader.words().call_services_saved().into_owned();
        page.frame.banner = Some(done(text));
    }
    Ok(shown(&page))
}

/// Whether the page is shown after saving.
pub(super) fn is_saved(query: Option<&str>) -> bool {
    query == Some("saved")
}

/// The message after saving.
pub(super) fn done(text: String) -> Banner {
    Banner {
        tone: Tone::Success,
        text,
    }
}

pub(super) async fn set(
    State(portal): State<Portal>,
    Of { reader, whose }: Of,
    sent: Form,
) -> Result<Response, Refusal> {
    let found = call_services::get(&portal.env, reader.actor(), whose.user).await?;
    let version = sent.get("version").parse().map_err(|_| Error::Changed)?;
    let typed = sent_services(&sent);
    let result = match draft(&reader, &typed) {
        Ok(draft) => {
            let (env, actor) = (&portal.env, reader.actor());
            call_services::set(env, actor, whose.user, &draft, Some(version)).await
        }
        Err(problems) => Err(Error::Invalid(problems)),
    };
    match result {
        Ok(_) => Ok(see(&format!("{}?saved", whose.address("call-services")))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, whose, (&found, typed)).await?;
            page.version = version;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    whose: Whose,
    (found, typed): (&UserServices, TypedServices),
) -> Result<CallServicesPage, Error> {
    let words = reader.words();
    let name = found.user.full_name();
    let may_choose = call_services::may_set_barring(reader.actor(), &found.user);
    let profile = |profile: &BarringProfile| {
        Choice::new(profile.id(), names::barring(words, *profile))
            .with_note(names::barring_classes(words, *profile))
    };
    let profiles = BarringProfile::ALL
        .iter()
        .filter(|_| may_choose)
        .map(profile);
    let barring = found.services.barring;
    let now =
        ForwardKind::ALL.map(|kind| found.target(kind).and_then(|target| target.name.clone()));
    Ok(CallServicesPage {
        trail: whose.trail(name.clone()),
        person: (!whose.is_own).then_some(name),
        is_waiting: !found.user.state.is_active(),
        version: found.services.version,
        typed,
        now,
        zone: reader.zone_name().to_owned(),
        profiles: profiles.collect(),
        barring: (
            names::barring(words, barring).into_owned(),
            names::barring_classes(words, barring).into_owned(),
        ),
        action: whose.address("call-services"),
        cancel_href: whose.back(),
        frame: reader
            .frame(portal, whose.section(Section::CallServices))
            .await?,
    })
}

/// What stands in the fields for these services.
fn typed(reader: &Reader, draft: CallServicesDraft) -> TypedServices {
    let time = |at: Option<Timestamp>| {
        at.map(|at| format::field(at, &reader.zone()))
            .unwrap_or_default()
    };
    TypedServices {
        forward_always: draft.forward_always,
        forward_always_from: time(draft.forward_always_from),
        forward_always_until: time(draft.forward_always_until),
        forward_busy: draft.forward_busy,
        forward_no_answer: draft.forward_no_answer,
        no_answer_rings: draft.no_answer_rings,
        forward_unreachable: draft.forward_unreachable,
        do_not_disturb: draft.do_not_disturb,
        do_not_disturb_until: time(draft.do_not_disturb_until),
        withholds_number: draft.withholds_number,
        barring: draft.barring.unwrap_or_default(),
    }
}

fn sent_services(sent: &Form) -> TypedServices {
    let text = |field: Field| sent.get(field.id());
    let is_checked = |field| text(field) == "true";
    TypedServices {
        forward_always: text(Field::ForwardAlways),
        forward_always_from: text(Field::ForwardAlwaysFrom),
        forward_always_until: text(Field::ForwardAlwaysUntil),
        forward_busy: text(Field::ForwardBusy),
        forward_no_answer: text(Field::ForwardNoAnswer),
        no_answer_rings: text(Field::NoAnswerRings),
        forward_unreachable: text(Field::ForwardUnreachable),
        do_not_disturb: is_checked(Field::DoNotDisturb),
        do_not_disturb_until: text(Field::DoNotDisturbUntil),
        withholds_number: is_checked(Field::WithholdsNumber),
        barring: text(Field::Barring),
    }
}

/// What was sent, with its times read in the reader's zone.
fn draft(reader: &Reader, typed: &TypedServices) -> Result<CallServicesDraft, Problems> {
    let mut problems = Problems::default();
    let mut time = |field, text: &str| {
        let read = moment(reader, text).map_err(|()| Problem::InvalidTime);
        problems.note(field, read).flatten()
    };
    let draft = CallServicesDraft {
        forward_always_from: time(Field::ForwardAlwaysFrom, &typed.forward_always_from),
        forward_always_until: time(Field::ForwardAlwaysUntil, &typed.forward_always_until),
        do_not_disturb_until: time(Field::DoNotDisturbUntil, &typed.do_not_disturb_until),
        forward_always: typed.forward_always.clone(),
        forward_busy: typed.forward_busy.clone(),
        forward_no_answer: typed.forward_no_answer.clone(),
        no_answer_rings: typed.no_answer_rings.clone(),
        forward_unreachable: typed.forward_unreachable.clone(),
        do_not_disturb: typed.do_not_disturb,
        withholds_number: typed.withholds_number,
        barring: Some(typed.barring.clone()).filter(|barring| !barring.is_empty()),
    };
    problems.check()?;
    Ok(draft)
}

/// A time as a form's field holds it; nothing is no time.
pub(super) fn moment(reader: &Reader, text: &str) -> Result<Option<Timestamp>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => format::read_field(text, &reader.zone()).map(Some).ok_or(()),
    }
}
