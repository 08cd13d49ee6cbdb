//! The own account's app and recovery codes: set up, made anew, removed.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, State},
    http::StatusCode,
    response::Response,
};
use service::{
    Error,
    second_factor::{self, OwnFactors, OwnPasskey, RecoveryCodes},
};

use super::{
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    format,
    frame::{Page, Section},
    pages::second_factor::{
        OwnPasswordPage, PasskeyRow, Picture, RecoveryCodesPage, SecondFactorCard, TotpPage,
    },
    parts::Link,
    problem::Errors,
    server::Portal,
};

const ACCOUNT: &str = "/account";
const TOTP: &str = "/account/totp";

/// The way back to the account.
pub(super) fn trail(reader: &Reader) -> Vec<Link> {
    vec![Link {
        label: reader.words().account_title().into_owned(),
        href: ACCOUNT.to_owned(),
    }]
}

pub(super) fn source(peer: SocketAddr) -> IpAddr {
    peer.ip().to_canonical()
}

/// What the account's page shows; nothing for users of telephones.
pub(super) async fn card(
    portal: &Portal,
    reader: &Reader,
) -> Result<Option<SecondFactorCard>, Error> {
    let own = match second_factor::own(&portal.env, reader.actor()).await {
        Ok(own) => own,
        Err(Error::Forbidden) => return Ok(None),
        Err(error) => return Err(error),
    };
    let OwnFactors {
        totp_since,
        recovery_codes,
        passkeys,
        passkeys_are_offered,
    } = own;
    let moment = |at| format::moment(at, &reader.zone(), reader.words().language());
    let row = |passkey: OwnPasskey| PasskeyRow {
        name: passkey.name.to_string(),
        added: moment(passkey.created_at),
        used: passkey.last_used_at.map(moment),
        remove_href: format!("/account/passkeys/{}/remove", passkey.id),
    };
    Ok(Some(SecondFactorCard {
        totp_since: totp_since.map(moment),
        recovery_codes,
        passkeys: passkeys.into_iter().map(row).collect(),
        passkeys_are_offered,
    }))
}

/// The page, or the account's where there is nothing to be seen any more.
fn shown_or_back(page: Result<impl Page, Error>) -> Result<Response, Refusal> {
    match page {
        Ok(page) => Ok(shown(&page)),
        Err(Error::Gone) => Ok(see(ACCOUNT)),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn begin(
    State(portal): State<Portal>,
    reader: Reader,
    _form: Form,
) -> Result<Response, Refusal> {
    match second_factor::begin_totp(&portal.env, reader.actor()).await {
        Ok(()) => Ok(see(TOTP)),
        Err(Error::Gone) => Ok(see(ACCOUNT)),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn waiting(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    shown_or_back(page(&portal, &reader).await)
}

async fn page(portal: &Portal, reader: &Reader) -> Result<TotpPage, Error> {
    let waiting = second_factor::waiting_totp(&portal.env, reader.actor()).await?;
    let picture = Picture::of(&waiting.address);
    Ok(TotpPage {
        trail: trail(reader),
        secret_groups: format::groups(&waiting.secret, 4),
        picture: picture.map_err(|_| Error::Internal("a QR code was not drawn"))?,
        username: reader.actor().name().to_owned(),
        frame: reader.frame(portal, Section::Home).await?,
    })
}

pub(super) async fn confirm(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    reader: Reader,
    sent: Form,
) -> Result<Response, Refusal> {
    let (password, code) = (sent.get("password"), sent.get("one_time_code"));
    let (env, actor) = (&portal.env, reader.actor());
    match second_factor::confirm_totp(env, actor, &password, &code, source(peer)).await {
        Ok(codes) => once(&portal, &reader, codes, true).await,
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(Error::Gone) => Ok(see(ACCOUNT)),
        Err(error) => Err(error.into()),
    }
}

/// The one page that shows recovery codes, as the answer to the form that made them.
async fn once(
    portal: &Portal,
    reader: &Reader,
    codes: RecoveryCodes,
    is_new: bool,
) -> Result<Response, Refusal> {
    let codes = codes.0.iter().map(|code| format::groups(code, 4));
    let page = RecoveryCodesPage {
        codes: codes.collect(),
        is_new,
        frame: reader.frame(portal, Section::Home).await?,
    };
    Ok(shown(&page))
}

pub(super) async fn ask_remove(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    shown_or_back(removal(&portal, &reader).await)
}

async fn removal(portal: &Portal, reader: &Reader) -> Result<OwnPasswordPage, Error> {
    must_be_on(portal, reader).await?;
    let words = reader.words();
    Ok(OwnPasswordPage {
        trail: trail(reader),
        question: words.totp_remove_title().into_owned(),
        facts: vec![
            words.totp_remove_codes().into_owned(),
            words.totp_remove_recovery().into_owned(),
        ],
        submit: words.totp_remove_submit().into_owned(),
        is_removal: true,
        action: format!("{TOTP}/remove"),
        username: reader.actor().name().to_owned(),
        frame: reader.frame(portal, Section::Home).await?,
    })
}

/// Fails with `Gone` unless an app is set up.
async fn must_be_on(portal: &Portal, reader: &Reader) -> Result<(), Error> {
    let own = second_factor::own(&portal.env, reader.actor()).await?;
    own.totp_since.map(|_| ()).ok_or(Error::Gone)
}

pub(super) async fn remove(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    reader: Reader,
    sent: Form,
) -> Result<Response, Refusal> {
    let (env, actor, password) = (&portal.env, reader.actor(), sent.get("password"));
    match second_factor::remove_totp(env, actor, &password, source(peer)).await {
        Ok(()) | Err(Error::Gone) => Ok(see(ACCOUNT)),
        Err(Error::Invalid(problems)) => Ok(asked_again(
            &reader,
            removal(&portal, &reader).await?,
            &problems,
        )),
        Err(error) => Err(error.into()),
    }
}

/// The question again, with what was wrong.
pub(super) fn asked_again(
    reader: &Reader,
    mut page: OwnPasswordPage,
    problems: &model::Problems,
) -> Response {
    page.frame.errors = Errors::told(reader.words(), problems);
    shown_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

pub(super) async fn ask_new_codes(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    shown_or_back(new_codes_page(&portal, &reader).await)
}

async fn new_codes_page(portal: &Portal, reader: &Reader) -> Result<OwnPasswordPage, Error> {
    must_be_on(portal, reader).await?;
    let words = reader.words();
    Ok(OwnPasswordPage {
        trail: trail(reader),
        question: words.recovery_codes_new_title().into_owned(),
        facts: vec![words.recovery_codes_new_text().into_owned()],
        submit: words.recovery_codes_new_submit().into_owned(),
        is_removal: false,
        action: "/account/recovery-codes".to_owned(),
        username: reader.actor().name().to_owned(),
        frame: reader.frame(portal, Section::Home).await?,
    })
}

pub(super) async fn new_codes(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    reader: Reader,
    sent: Form,
) -> Result<Response, Refusal> {
    let (env, actor, password) = (&portal.env, reader.actor(), sent.get("password"));
    match second_factor::new_recovery_codes(env, actor, &password, source(peer)).await {
        Ok(codes) => once(&portal, &reader, codes, false).await,
        Err(Error::Gone) => Ok(see(ACCOUNT)),
        Err(Error::Invalid(problems)) => {
            let page = new_codes_page(&portal, &reader).await?;
            Ok(asked_again(&reader, page, &problems))
        }
        Err(error) => Err(error.into()),
    }
}
