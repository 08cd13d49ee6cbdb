//! Somebody who reads what is open to all, and may be logged in.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};
use model::{Country, Language};
use service::Error;

use super::reader::{Reader, Visitor, cookie};
use crate::{
    frame::{Frame, Section},
    help::country,
    server::Portal,
    words::Words,
};

/// Anybody, with what is known of those who are logged in.
pub(super) struct Guest {
    visitor: Visitor,
    reader: Option<Reader>,
    /// The country chosen on the help pages.
    chosen: Option<Country>,
}

impl FromRequestParts<Portal> for Guest {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Infallible> {
        let chosen = cookie(&parts.headers, country::COOKIE);
        let chosen = chosen.and_then(|code| code.parse().ok());
        Ok(Self {
            visitor: Visitor::new(parts, None),
            reader: Reader::from_request_parts(parts, portal).await.ok(),
            chosen,
        })
    }
}

impl Guest {
    pub(super) fn words(&self) -> Words {
        match &self.reader {
            Some(reader) => reader.words(),
            None => self.visitor.words,
        }
    }

    /// Whether no enterprise says which country's numbers are meant.
    pub(super) fn chooses_country(&self) -> bool {
        let session = self.reader.as_ref().map(|reader| &reader.session);
        session.is_none_or(|session| session.enterprise.is_none())
    }

    /// The enterprise's country, else the one chosen, else the language's.
    pub(super) fn country(&self) -> Country {
        match &self.reader {
            Some(reader) if !self.chooses_country() => reader.country(),
            Some(_) | None => self.chosen.unwrap_or(match self.words().language() {
                Language::German => Country::Germany,
                Language::English => Country::UnitedKingdom,
            }),
        }
    }

    pub(super) async fn frame(&self, portal: &Portal, section: Section) -> Result<Frame, Error> {
        match &self.reader {
            Some(reader) => reader.frame(portal, section).await,
            None => Ok(self.visitor.frame(section)),
        }
    }
}
