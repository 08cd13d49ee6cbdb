//! Changing a user: the same form, and the new login details where there are any (C1, C2).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use model::{Problems, User, UserDraft, UserId, UserPatch};
use service::{Error, Place, user};

use super::{
    activity::rows,
    address,
    form::{Form, see},
    login_details::once,
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    user_fields::{choices, free_extension, patch},
};
use crate::{
    format,
    frame::Section,
    names,
    pages::user_form::{LockedConfiguration, UserFormPage},
    parts::{Badge, Link},
    problem::Errors,
    server::Portal,
};

/// Address of the form.
pub(super) fn form_address(id: UserId) -> String {
    format!("{}/edit", address::user(id))
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (user, place) = user::may_modify(&portal.env, reader.actor(), address::id(&id)?).await?;
    let draft = UserDraft::of(&user);
    Ok(shown(&form(&portal, &reader, &place, &user, draft).await?))
}

async fn form(
    portal: &Portal,
    reader: &Reader,
    place: &Place,
    user: &User,
    draft: UserDraft,
) -> Result<UserFormPage, Error> {
    Ok(UserFormPage {
        trail: trail(reader, place, user),
        person: Some(user.full_name()),
        configuration: (!user.state.is_active()).then(|| locked(reader, place, user)),
        meanwhile: Vec::new(),
        site: place.site.name.to_string(),
        version: Some(user.version),
        request: String::new(),
        draft,
        choices: choices(portal, reader, place, Some(user)).await?,
        free_extension: None,
        steps_href: None,
        action: form_address(user.id),
        cancel_href: address::user(user.id),
        frame: reader.frame(portal, Section::Users).await?,
    })
}

fn trail(reader: &Reader, place: &Place, user: &User) -> Vec<Link> {
    let list = Link {
        label: reader
            .words()
            .user_list_title_site(place.site.name.as_str()),
        href: address::site_users(place.site.id),
    };
    let person = Link {
        label: user.full_name(),
        href: address::user(user.id),
    };
    vec![list, person]
}

/// What waits for activation, to read instead of to change (S5).
fn locked(reader: &Reader, place: &Place, user: &User) -> LockedConfiguration {
    let words = reader.words();
    let services = user.services.iter();
    let mobile = user.mobile.as_ref();
    LockedConfiguration {
        state: Badge::from(&user.state),
        username: user.username.to_string(),
        number: format::phone_number(&user.number, place.site.country),
        package: names::package(words, user.package).into_owned(),
        services: services
            .map(|service| names::service(words, *service).into_owned())
            .collect(),
        desk_phone: names::desk_phone_type(words, user.desk_phone_type).into_owned(),
        mobile: mobile.map(|mobile| format::phone_number(&mobile.number, place.site.country)),
    }
}

pub(super) async fn save(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let version: i64 = sent.get("version").parse().map_err(|_| Error::Changed)?;
    let patch = patch(&sent);
    let (env, actor) = (&portal.env, reader.actor());
    match user::modify(env, actor, id, patch.clone(), Some(version)).await {
        Ok(modified) => match modified.login_details {
            Some(details) => once(&portal, &reader, &modified.user, &details, false).await,
            None => Ok(see(&address::user(id))),
        },
        Err(Error::Invalid(problems)) => again(&portal, &reader, id, patch, &problems).await,
        Err(Error::Changed) => changed(&portal, &reader, (id, version), patch).await,
        Err(error) => Err(error.into()),
    }
}

/// The form once more, with what was typed and what is wrong.
async fn again(
    portal: &Portal,
    reader: &Reader,
    id: UserId,
    patch: UserPatch,
    problems: &Problems,
) -> Result<Response, Refusal> {
    let mut page = filled_in(portal, reader, id, patch).await?;
    page.frame.errors = Errors::told(reader.words(), problems);
    page.free_extension = free_extension(problems);
    Ok(shown_with(status_of(problems), &page))
}

/// The form once more, with what was typed and what somebody else has changed meanwhile.
async fn changed(
    portal: &Portal,
    reader: &Reader,
    (id, version): (UserId, i64),
    patch: UserPatch,
) -> Result<Response, Refusal> {
    let mut page = filled_in(portal, reader, id, patch).await?;
    let entries = user::meanwhile(&portal.env, reader.actor(), id, version).await?;
    page.meanwhile = rows(reader, entries, false);
    let text = reader.words().user_form_meanwhile_error();
    page.frame.errors.add("", text);
    Ok(shown_with(StatusCode::PRECONDITION_FAILED, &page))
}

async fn filled_in(
    portal: &Portal,
    reader: &Reader,
    id: UserId,
    patch: UserPatch,
) -> Result<UserFormPage, Error> {
    let (user, place) = user::may_modify(&portal.env, reader.actor(), id).await?;
    let draft = patch.apply(&user);
    form(portal, reader, &place, &user, draft).await
}
