//! Call centres (G4): setting them up, agents' states and the wallboard (U8).

mod add;
mod agent;
mod check;
mod delete;
mod desk;
mod list;
mod modify;
mod people;
mod seat;
mod set_state;
mod wall;

pub use add::{AddCallCentre, add, may_add};
pub use agent::{AgentDesk, OwnDesk, desks};
pub use delete::{delete, deletion_preview};
pub(crate) use desk::by_phone;
pub use desk::{
    Board, Desks, Door, LiveWall, OwnCall, OwnQueue, TalkingCaller, WaitingCaller, door, run,
};
pub use list::{CallCentreDetails, details, get, list};
pub use modify::{edit, modify, targets};
pub use people::people;
pub(crate) use seat::watched;
pub use seat::{Seated, has_desk, supervised};
pub(crate) use set_state::set_by_phone;
pub use set_state::set_state;
pub use wall::{Wall, wall};

pub use store::{AgentSeat, SupervisorSeat};

use model::{Action, Target, UserId, VirtualUserId, call_centre::CallCentre};
use store::Tx;

use crate::{Actor, Error, Result};

/// A call centre that the actor may do this to.
pub(crate) async fn find(
    actor: &Actor,
    tx: &mut dyn Tx,
    id: VirtualUserId,
    action: Action,
) -> Result<CallCentre> {
    let found = tx.call_centre().get(actor.tenant(), id).await?;
    let found = found.ok_or(Error::NotFound)?;
    let own = &found.virtual_user;
    actor.authorise(action, Target::Site(own.enterprise, own.site))?;
    Ok(found)
}

/// The user as whom the actor acts.
pub(crate) fn oneself(actor: &Actor) -> Option<UserId> {
    match actor.grant() {
        model::Grant::User(_, user) => Some(*user),
        model::Grant::Operator | model::Grant::EnterpriseAdmin(_) | model::Grant::SiteAdmin(..) => {
            None
        }
    }
}
