//! Whose settings a page is about: the reader's own, or those of a user of theirs.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use model::{Grant, UserId};
use service::Error;

use super::{address, reader::Reader, refusal::Refusal};
use crate::{frame::Section, parts::Link, server::Portal};

/// Whose page it is.
#[derive(Clone, Copy)]
pub(super) struct Whose {
    pub(super) user: UserId,
    pub(super) is_own: bool,
}

impl Whose {
    /// The reader's own.
    pub(super) fn own(reader: &Reader) -> Result<Self, Error> {
        match reader.actor().grant() {
            Grant::User(_, user) => Ok(Self {
                user: *user,
                is_own: true,
            }),
            Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) => {
                Err(Error::Forbidden)
            }
        }
    }

    /// A user's.
    pub(super) fn of(id: &str) -> Result<Self, Error> {
        Ok(Self {
            user: address::id(id)?,
            is_own: false,
        })
    }

    /// Address of a page about the user.
    pub(super) fn address(self, page: &str) -> String {
        if self.is_own {
            format!("/{page}")
        } else {
            format!("{}/{page}", address::user(self.user))
        }
    }

    /// Where "Cancel" goes.
    pub(super) fn back(self) -> String {
        if self.is_own {
            "/".to_owned()
        } else {
            address::user(self.user)
        }
    }

    /// The way back.
    pub(super) fn trail(self, name: String) -> Vec<Link> {
        if self.is_own {
            return Vec::new();
        }
        vec![Link {
            label: name,
            href: address::user(self.user),
        }]
    }

    /// Where the page belongs.
    pub(super) fn section(self, own: Section) -> Section {
        if self.is_own { own } else { Section::Users }
    }
}

/// A reader, and whose settings are asked for: of the user in the path, else the reader's own.
pub(super) struct Of {
    pub(super) reader: Reader,
    pub(super) whose: Whose,
}

impl FromRequestParts<Portal> for Of {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Refusal> {
        let reader = Reader::from_request_parts(parts, portal).await?;
        let path = Option::<Path<String>>::from_request_parts(parts, portal).await;
        let whose = match path.map_err(|_| Error::NotFound)? {
            Some(Path(id)) => Whose::of(&id)?,
            None => Whose::own(&reader)?,
        };
        Ok(Self { reader, whose })
    }
}
