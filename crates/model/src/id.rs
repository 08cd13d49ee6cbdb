//! Identities: UUIDv7, so that the order of ids is the order of creation.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// An enterprise: the tenant.
    EnterpriseId
    /// A site (location) of an enterprise.
    SiteId
    /// A department of a site.
    DepartmentId
    /// A user, with a number, an extension and a state.
    UserId
    /// A hunt group or call centre.
    VirtualUserId
    /// A pickup or park group.
    TeamId
    /// Somebody who can log in to the portal.
    AccountId
    /// A token for the API.
    ApiTokenId
    /// A call that is over.
    CallRecordId
    /// Work that is done outside of a request.
    JobId
    /// New login details for many users at once.
    RenewalId
    /// What somebody has said to have forgotten: a password or a username.
    ForgottenId
    /// A letter to somebody who is told of a change.
    NoticeId
    /// An order at the carrier.
    OrderId
    /// A passkey of an account.
    PasskeyId
    /// An uploaded sound. Another upload is another one, so that what an id names never changes.
    AudioFileId
}
