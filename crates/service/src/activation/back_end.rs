//! Who activates users: Klinke itself after a proof, or the operator by hand.

use std::str::FromStr;

use model::{FailureReason, Product, User};
use store::{Tenant, Tx};

use crate::Result;

/// The operator's choice of who activates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackEnd {
    /// Klinke proves that the user can be reached, then activates.
    Automatic,
    /// The user waits in the operator's queue.
    Manual,
}

impl FromStr for BackEnd {
    type Err = &'static str;
    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        match text {
            "automatic" => Ok(Self::Automatic),
            "manual" => Ok(Self::Manual),
            _ => Err("activation is automatic or manual"),
        }
    }
}

/// What a back end answers.
pub(super) enum Answer {
    /// The user can be activated.
    Activate,
    /// It is impossible.
    Fail(FailureReason),
    /// Somebody will decide later.
    Wait,
}

impl BackEnd {
    pub(super) async fn ask(self, tx: &mut dyn Tx, user: &User) -> Result<Answer> {
        match self {
            Self::Automatic => Ok(prove(tx, user)
                .await?
                .map_or(Answer::Activate, Answer::Fail)),
            Self::Manual => Ok(Answer::Wait),
        }
    }
}

/// Why the user could not be reached, as far as the database can tell; `None` when nothing stands in the way.
///
/// A user is read together with its number, so the number is assigned whenever there is a user to prove.
async fn prove(tx: &mut dyn Tx, user: &User) -> Result<Option<FailureReason>> {
    let licences = tx.licence().list(user.enterprise).await?;
    let package = Product::Package(user.package);
    if !licences
        .iter()
        .any(|licence| licence.product == package && licence.used > 0)
    {
        return Ok(Some(FailureReason::LicenceMissing));
    }
    let login = tx
        .phone_login()
        .get(Tenant::Enterprise(user.enterprise), user.id)
        .await?;
    let number_matches = login
        .as_ref()
        .is_none_or(|login| login.login == user.number.digits());
    match (user.desk_phone_type, login) {
        (Some(_), None) => Ok(Some(FailureReason::LoginMissing)),
        _ if !number_matches => Ok(Some(FailureReason::NumberNotAssigned)),
        _ => Ok(None),
    }
}
