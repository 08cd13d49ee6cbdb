//! Whether somebody can be called, and why: the routing decision with its reasons.

use model::{
    Action, User, UserId,
    routing::{self, Decision, Dialled, Why},
};

use crate::{Actor, Env, Result, directory, registrations::Device};

/// What would happen to a call for the user's number now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reachability {
    /// The user.
    pub user: User,
    /// What the routing function decides.
    pub decision: Decision,
    /// The phones that would ring: those that are logged in.
    pub devices: Vec<Device>,
}

/// What keeps a call from the user's phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The routing function refuses.
    Refused(Why),
    /// The number leads to somebody else, or out to the carrier.
    LeadsElsewhere,
    /// No phone of the user is logged in.
    NoPhoneRegistered,
}

impl Obstacle {
    /// The name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Refused(why) => why.name(),
            Self::LeadsElsewhere => "leads-elsewhere",
            Self::NoPhoneRegistered => "no-phone-registered",
        }
    }
}

impl Reachability {
    /// Whether anything rings.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        self.obstacles().is_empty()
    }

    /// Everything that stands in the way, the gravest first.
    #[must_use]
    pub fn obstacles(&self) -> Vec<Obstacle> {
        let routing = match self.decision {
            Decision::Ring { user, .. } if user == self.user.id => None,
            Decision::Ring { .. } | Decision::Trunk { .. } => Some(Obstacle::LeadsElsewhere),
            Decision::Refuse(why) => Some(Obstacle::Refused(why)),
        };
        let has_phone = self.user.desk_phone_type.is_some();
        let phones = (has_phone && self.devices.is_empty()).then_some(Obstacle::NoPhoneRegistered);
        routing.into_iter().chain(phones).collect()
    }
}

/// Asks the routing function about a call from outside for the user's number.
///
/// # Errors
/// `NotFound` for a user the actor may not know of.
pub async fn get(env: &Env, actor: &Actor, id: UserId) -> Result<Reachability> {
    let mut tx = env.read().await?;
    let user = actor.user(tx.as_mut(), id, Action::ViewUser).await?;
    let dialled = Dialled::Number(user.number.clone());
    let found = directory::called(tx.as_mut(), user.enterprise, &dialled).await?;
    Ok(Reachability {
        decision: routing::route(&dialled, &found),
        devices: env.devices(&user),
        user,
    })
}
