//! Who reads a page, and in which language.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use jiff::tz::TimeZone;
use model::{Country, Grant, Language};
use ring::hmac;
use service::{Actor, Error, activation, call_centre, session, session::Session, user};

use super::{address, refusal::Refusal};
use crate::{
    frame::{Frame, Reader as FrameReader, Section},
    language::{self, Wishes},
    server::Portal,
    words::Words,
};

/// The session's cookie; the prefix binds it to this host and to encrypted connections.
pub(super) const SESSION_COOKIE: &str = "__Host-klinke";

/// Anybody, logged in or not.
pub(super) struct Visitor {
    pub(super) words: Words,
    /// Path and query.
    pub(super) path: String,
    /// Token that each form sends back; empty while nobody is logged in.
    pub(super) csrf: String,
}

/// Somebody who is logged in.
pub(super) struct Reader {
    pub(super) visitor: Visitor,
    pub(super) session: Session,
}

impl FromRequestParts<Portal> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _portal: &Portal) -> Result<Self, Infallible> {
        Ok(Self::new(parts, None))
    }
}

impl Visitor {
    pub(super) fn new(parts: &Parts, account: Option<Language>) -> Self {
        let accepted = parts
            .headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let chosen = cookie(&parts.headers, language::COOKIE);
        let words = Words::of(language::choose(Wishes {
            chosen,
            account,
            accepted,
            country: None,
        }));
        let path = parts
            .uri
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned();
        let csrf = session_token(&parts.headers)
            .map(csrf_token)
            .unwrap_or_default();
        Self { words, path, csrf }
    }

    pub(super) fn frame(&self, section: Section) -> Frame {
        Frame {
            csrf: self.csrf.clone(),
            ..Frame::new(self.words, section, self.path.clone())
        }
    }
}

impl FromRequestParts<Portal> for Reader {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Refusal> {
        let token = session_token(&parts.headers).ok_or(Error::Unauthenticated)?;
        let session = session::authenticate(&portal.env, token).await?;
        Ok(Self {
            visitor: Visitor::new(parts, Some(session.language)),
            session,
        })
    }
}

/// Somebody who is logged in, if only with a password that has expired: for the page where a new one is set (A5).
pub(super) struct AnyReader(pub(super) Reader);

impl FromRequestParts<Portal> for AnyReader {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Refusal> {
        let token = session_token(&parts.headers).ok_or(Error::Unauthenticated)?;
        let session = session::authenticate_with_any_password(&portal.env, token).await?;
        Ok(Self(Reader {
            visitor: Visitor::new(parts, Some(session.language)),
            session,
        }))
    }
}

impl Reader {
    pub(super) fn actor(&self) -> &Actor {
        &self.session.actor
    }

    pub(super) fn words(&self) -> Words {
        self.visitor.words
    }

    /// The country whose numbers and times the reader is used to.
    pub(super) fn country(&self) -> Country {
        match (&self.session.enterprise, self.words().language()) {
            (Some(enterprise), _) => enterprise.country,
            (None, Language::German) => Country::Germany,
            (None, Language::English) => Country::UnitedKingdom,
        }
    }

    /// IANA name of the zone in which the reader reads and types times.
    pub(super) fn zone_name(&self) -> &'static str {
        let chosen = self.session.zone.map(model::ZoneName::as_str);
        chosen.unwrap_or_else(|| self.country().time_zone())
    }

    pub(super) fn zone(&self) -> TimeZone {
        TimeZone::get(self.zone_name()).unwrap_or(TimeZone::UTC)
    }

    /// What every page carries for this reader.
    pub(super) async fn frame(&self, portal: &Portal, section: Section) -> Result<Frame, Error> {
        let actor = self.actor();
        let waiting = match actor.grant() {
            Grant::Operator => activation::count(&portal.env, actor).await?.0,
            Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) | Grant::User(..) => 0,
        };
        let reader = FrameReader {
            name: self.name(portal).await?,
            role: actor.grant().role(),
            enterprise: self
                .session
                .enterprise
                .as_ref()
                .map(|enterprise| enterprise.name.to_string()),
            waiting: u64::try_from(waiting).unwrap_or_default(),
            has_desk: call_centre::has_desk(&portal.env, actor).await?,
        };
        Ok(Frame {
            acting_for: self.session.acting_for.clone(),
            reader: Some(reader),
            ..self.visitor.frame(section)
        })
    }

    async fn name(&self, portal: &Portal) -> Result<String, Error> {
        match self.actor().grant() {
            Grant::User(_, id) => Ok(user::get(&portal.env, self.actor(), *id).await?.full_name()),
            Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) => {
                Ok(self.actor().name().to_owned())
            }
        }
    }
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

pub(super) fn session_token(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, SESSION_COOKIE)
}

/// The token that the forms of a session carry; it follows from the session's secret and tells nothing of it.
pub(super) fn csrf_token(session: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, session.as_bytes());
    address::text(hmac::sign(&key, b"csrf").as_ref())
}
