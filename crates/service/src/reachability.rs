//! Whether somebody can be called, and why: the routing decision with its reasons.

use model::{
    Action, User, UserId,
    routing::{self, Decision, Dialled},
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

impl Reachability {
    /// Whether anything rings.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        matches!(self.decision, Decision::Ring { .. }) && !self.devices.is_empty()
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
