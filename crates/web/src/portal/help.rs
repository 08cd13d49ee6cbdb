//! The help pages, open to all (H2, H3).

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use model::{Country, DeskPhoneType, HelpTask};
use serde::Deserialize;
use service::help::{self, Answer};

use super::{
    address,
    form::{Form, see},
    guest::Guest,
    reader::cookie,
    refusal::Refusal,
    shown::shown,
};
use crate::{
    frame::Section,
    help::{country, href},
    names,
    pages::help::{HelpListPage, HelpPage, Requirements},
    server::Portal,
};

/// The cookie that holds which pages its browser has answered for; it names nobody.
const ANSWERED_COOKIE: &str = "klinke_help";
/// How long it is kept, in seconds.
const ANSWERED_KEPT_S: u32 = 90 * 24 * 3600;
/// How long the chosen country is kept, in seconds.
const COUNTRY_KEPT_S: u32 = 365 * 24 * 3600;

#[derive(Deserialize)]
pub(super) struct Looked {
    #[serde(default)]
    q: String,
}

#[derive(Deserialize)]
pub(super) struct Thanked {
    thanks: Option<String>,
}

pub(super) async fn list(
    State(portal): State<Portal>,
    guest: Guest,
    Query(looked): Query<Looked>,
) -> Result<Response, Refusal> {
    let frame = guest.frame(&portal, Section::Help).await?;
    Ok(shown(&HelpListPage::new(frame, guest.country(), looked.q)))
}

pub(super) async fn show(
    State(portal): State<Portal>,
    guest: Guest,
    headers: HeaderMap,
    Path(task): Path<String>,
    Query(thanked): Query<Thanked>,
) -> Result<Response, Refusal> {
    let task = address::id::<HelpTask>(&task)?;
    let requirements = match task {
        HelpTask::Requirements => Some(requirements(&portal, &guest, &headers)),
        _ => None,
    };
    Ok(shown(&HelpPage {
        task,
        country: guest.country(),
        has_choice: guest.chooses_country(),
        is_answered: thanked.thanks.is_some() || answered(&headers).contains(&task),
        requirements,
        frame: guest.frame(&portal, Section::Help).await?,
    }))
}

fn requirements(portal: &Portal, guest: &Guest, headers: &HeaderMap) -> Requirements {
    let settings = &portal.env.settings;
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = match text("x-forwarded-proto") {
        Some("https") => "https",
        Some(_) | None => "http",
    };
    let phone = |kind: &DeskPhoneType| names::desk_phone_type(guest.words(), Some(*kind));
    Requirements {
        portal: text(header::HOST.as_str()).map(|host| format!("{scheme}://{host}")),
        sip_server: settings.sip_server.clone(),
        sip_transport: settings.sip_transport.to_uppercase(),
        sip_tls_port: settings.sip_tls_port,
        audio_ports: settings.audio_ports,
        phones: DeskPhoneType::ALL
            .iter()
            .map(|kind| phone(kind).into_owned())
            .collect(),
    }
}

/// Counts an answer, once for each page and browser.
pub(super) async fn answer(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    guest: Guest,
    headers: HeaderMap,
    Path(task): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let task = address::id::<HelpTask>(&task)?;
    let thanks = see(&format!("{}?thanks=1#useful", href(task)));
    let mut answered = answered(&headers);
    if answered.contains(&task) {
        return Ok(thanks);
    }
    let is_useful = match form.get("useful").as_str() {
        "yes" => true,
        "no" => false,
        _ => return Ok(see(&href(task))),
    };
    let answer = Answer {
        task,
        language: guest.words().language(),
        is_useful,
        comment: form.get("comment"),
    };
    help::answer(&portal.env, peer.ip().to_canonical(), &answer).await?;
    answered.push(task);
    let ids: Vec<_> = answered.iter().map(|task| task.id()).collect();
    let cookie = format!(
        "{ANSWERED_COOKIE}={}; Path=/help; Max-Age={ANSWERED_KEPT_S}; HttpOnly; SameSite=Lax",
        ids.join(".")
    );
    Ok(([(header::SET_COOKIE, cookie)], thanks).into_response())
}

/// The pages that this browser has answered for; what is no page is left out.
fn answered(headers: &HeaderMap) -> Vec<HelpTask> {
    let ids = cookie(headers, ANSWERED_COOKIE).unwrap_or_default();
    let has = |task: &HelpTask| ids.split('.').any(|id| id == task.id());
    HelpTask::ALL.iter().copied().filter(has).collect()
}

/// Remembers the country whose numbers are shown to those who are not logged in.
pub(super) async fn choose_country(form: Form) -> Response {
    let back = see(address::local(&form.get("return")));
    let Ok(country) = form.get("country").parse::<Country>() else {
        return back;
    };
    let cookie = format!(
        "{}={}; Path=/; Max-Age={COUNTRY_KEPT_S}; HttpOnly; SameSite=Lax",
        country::COOKIE,
        country.code()
    );
    ([(header::SET_COOKIE, cookie)], back).into_response()
}
