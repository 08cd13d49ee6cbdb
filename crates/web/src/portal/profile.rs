//! Profiles: the reader's own, and that of a user of theirs.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use model::{Field, ProfileDraft, User, ZoneName};
use service::{Error, profile};

use super::{
    call_services::{done, is_saved},
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    whose::{Of, Whose},
};
use crate::{
    frame::Section, pages::profile::ProfilePage, parts::Choice, problem::Errors, server::Portal,
};

pub(super) async fn show(
    State(portal): State<Portal>,
    Of { reader, whose }: Of,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let (user, now) = profile::get(&portal.env, reader.actor(), whose.user).await?;
    let typed = ProfileDraft {
        time_zone: now
            .time_zone
            .map(|zone| zone.to_string())
            .unwrap_or_default(),
        is_unlisted: now.is_unlisted,
        hides_phone_state: now.hides_phone_state,
    };
    let mut page = page(&portal, &reader, whose, (&user, typed, now.version)).await?;
    if is_saved(query.as_deref()) {
        page.frame.banner = Some(done(reader.words().profile_saved().into_owned()));
    }
    Ok(shown(&page))
}

pub(super) async fn set(
    State(portal): State<Portal>,
    Of { reader, whose }: Of,
    sent: Form,
) -> Result<Response, Refusal> {
    let (env, actor) = (&portal.env, reader.actor());
    let (user, _) = profile::get(env, actor, whose.user).await?;
    let version = sent.get("version").parse().map_err(|_| Error::Changed)?;
    let checked = sent.all("privacy");
    let is_checked = |field: Field| checked.iter().any(|value| value == field.id());
    let typed = ProfileDraft {
        time_zone: sent.get(Field::TimeZone.id()),
        is_unlisted: is_checked(Field::IsUnlisted),
        hides_phone_state: is_checked(Field::HidesPhoneState),
    };
    match profile::set(env, actor, whose.user, &typed, Some(version)).await {
        Ok(_) => Ok(see(&format!("{}?saved", whose.address("profile")))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, whose, (&user, typed, version)).await?;
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
    (user, typed, version): (&User, ProfileDraft, i64),
) -> Result<ProfilePage, Error> {
    let words = reader.words();
    let boxes = [
        (
            Field::IsUnlisted,
            words.profile_unlisted(),
            typed.is_unlisted,
        ),
        (
            Field::HidesPhoneState,
            words.profile_hides_state(),
            typed.hides_phone_state,
        ),
    ];
    let checked = boxes.iter().filter(|(_, _, is_checked)| *is_checked);
    let checked = checked.map(|(field, _, _)| field.id().to_owned()).collect();
    let choice = |(field, label, _): (Field, _, bool)| Choice::new(field.id(), label);
    Ok(ProfilePage {
        trail: whose.trail(user.full_name()),
        person: (!whose.is_own).then(|| user.full_name()),
        version,
        zones: ZoneName::all()
            .map(|zone| Choice::new(zone.as_str(), zone.as_str()))
            .collect(),
        time_zone: typed.time_zone,
        checked,
        boxes: boxes.into_iter().map(choice).collect(),
        action: whose.address("profile"),
        cancel_href: whose.back(),
        frame: reader
            .frame(portal, whose.section(Section::Profile))
            .await?,
    })
}
