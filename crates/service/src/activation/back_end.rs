//! Who activates users: Klinke itself after a proof, the operator by hand, or the carrier.

use std::str::FromStr;

use model::{
    FailureReason, Product, State, User,
    routing::{self, Decision, Dialled, Facts, Found, Why},
};
use store::{Tenant, Tx};

use crate::{Result, directory};

/// The operator's choice of who activates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackEnd {
    /// Klinke proves that the user can be reached, then activates.
    Automatic,
    /// The user waits in the operator's queue.
    Manual,
    /// The carrier gets an order and reports back.
    Webhook,
}

impl FromStr for BackEnd {
    type Err = &'static str;
    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        match text {
            "automatic" => Ok(Self::Automatic),
            "manual" => Ok(Self::Manual),
            "webhook" => Ok(Self::Webhook),
            _ => Err("activation is automatic, manual or webhook"),
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
            Self::Manual | Self::Webhook => Ok(Answer::Wait),
        }
    }
}

/// Why the user could not be reached; `None` when nothing stands in the way: licence and login are there, and the routing
/// function, with the state set to Activated, delivers a call for the number to this user.
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
        _ if !number_matches || !is_delivered(tx, user).await? => {
            Ok(Some(FailureReason::NumberNotAssigned))
        }
        _ => Ok(None),
    }
}

/// Whether a call from outside for the number would reach this user, once active. Without a desk phone nothing rings, but
/// the number leads to the user all the same (U5).
async fn is_delivered(tx: &mut dyn Tx, user: &User) -> Result<bool> {
    let dialled = Dialled::Number(user.number.clone());
    let Found::User(found) = directory::called(tx, user.enterprise, &dialled).await? else {
        return Ok(false);
    };
    let active = User {
        state: State::Activated {
            at: user.created_at,
        },
        ..*found
    };
    let id = active.id;
    // Call services are the user's own business; the proof is about the number.
    let call = routing::Call::from_outside(dialled, user.created_at);
    let found = Found::User(Box::new(active));
    let decision = routing::route(&call, &found, &Facts::default());
    Ok(match decision {
        Decision::Ring { user: rung, .. } => rung == user.id,
        Decision::Refuse(Why::WithoutPhone) => id == user.id,
        Decision::Refuse(_)
        | Decision::Trunk { .. }
        | Decision::Forward { .. }
        | Decision::Hunt { .. }
        | Decision::Attend { .. } => false,
    })
}
