//! The engine's only view of the business: who may log in, whom a call reaches, and where to report what happened.
//!
//! Both traits are implemented outside. A look-up that is answered from memory costs the engine nothing; one that waits
//! holds up only the request it belongs to.

use crate::attend::Attendant;
use crate::digest::Ha1;
use crate::location::Change;
use crate::park::{Park, Retrieve};
use crate::time::Time;
use crate::visit::{Closed, Visit};
use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;

/// The business cannot answer now; the caller gets 503 with Retry-After.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the directory is unavailable")]
pub struct Unavailable;

/// An enterprise, by the number in its identifier.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct EnterpriseId(pub u128);

/// A phone's account.
#[derive(Clone, Debug)]
pub struct Login {
    /// The name typed into the phone, in digits.
    pub login: String,
    /// Digests of the password.
    pub ha1: Ha1,
    /// The number others see, asserted by us.
    pub identity: String,
    /// The name others see.
    pub display_name: String,
    /// Whose phone it is.
    pub enterprise: EnterpriseId,
    /// Rises with every renewal of the login details; registrations of an older generation are void.
    pub generation: u64,
}

/// Who wants to call.
#[derive(Clone, Debug)]
pub enum Caller {
    /// An authenticated phone.
    Phone(Arc<Login>),
    /// A phone that transfers a call to somewhere else, on its own account.
    Transferor {
        /// Its login.
        login: String,
    },
    /// The trunk: the calling number as the carrier gives it.
    Trunk {
        /// Calling number, empty when withheld.
        number: String,
    },
}

/// A call that asks for its way.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Who calls.
    pub caller: Caller,
    /// What was dialled, percent-decoded: extension, number in any notation, feature code.
    pub dialled: String,
}

/// A phone to be rung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// Its login.
    pub login: String,
    /// Generation of the login details in force.
    pub generation: u64,
}

/// The other side, as a phone shows it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Party {
    /// Number or extension.
    pub number: String,
    /// Name, may be empty.
    pub name: String,
}

/// A refusal, as the caller hears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// SIP status, 400–699.
    pub code: u16,
    /// Why, for the trace and the call record; never shown to strangers.
    pub why: String,
}

/// Where a call goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Ring all registered phones of these logins at once.
    Offer {
        /// Whom.
        phones: Vec<Phone>,
        /// For how long.
        ring_for: Duration,
        /// What happens when nobody takes the call; 486, 408 or 480 when nothing is given.
        otherwise: Otherwise,
    },
    /// Ring the members of a hunt group, step by step.
    Hunt(Box<Hunt>),
    /// Take over the call that has been ringing longest at one of these logins.
    PickUp {
        /// For which pickup group.
        group: Group,
        /// Whose.
        logins: Vec<String>,
    },
    /// Out to the carrier.
    Trunk {
        /// The number in the carrier's notation.
        number: String,
    },
    /// Nowhere.
    Refuse(Refusal),
    /// To somebody outside who attends the call: it may be answered by the engine itself.
    Attend(Attendant),
    /// The asking phone parks a call.
    Park(Box<Park>),
    /// The asking phone retrieves a parked call.
    Retrieve(Retrieve),
    /// A group does not take the call; it goes where the route says.
    Past {
        /// Which one.
        group: Group,
        /// Why.
        why: Closed,
        /// Where the call goes.
        route: Box<Route>,
    },
    /// The same, with the caller shown otherwise than in [`Decision::presented`].
    As {
        /// How.
        shown: Shown,
        /// Where the call goes.
        route: Box<Route>,
    },
}

/// A hunt, pickup or park group, by the number in its identifier.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Group(pub u128);

/// A hunt group looks for somebody who takes a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunt {
    /// Which one.
    pub group: Group,
    /// What phones show before the caller's name.
    pub name: Option<String>,
    /// Who rings, in this order. Logins that are on the phone or not registered are passed over at once.
    pub steps: Vec<HuntStep>,
    /// So long in all; until then the steps begin anew. Without it each step comes once.
    pub give_up_after: Option<Duration>,
    /// Who is on the phone is rung all the same.
    pub allows_call_waiting: bool,
    /// What happens when nobody takes the call; 486 or 480 when nothing is given.
    pub otherwise: Otherwise,
}

/// Phones that ring together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HuntStep {
    /// Whose.
    pub phones: Vec<Phone>,
    /// For how long.
    pub ring_for: Duration,
}

/// Somebody has taken a call of a hunt group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HuntAnswer {
    /// Of which one.
    pub group: Group,
    /// Whose phone.
    pub login: String,
    /// When.
    pub at: Time,
}

/// A caller, as the other side may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Who it is, on our word.
    pub party: Party,
    /// Phones see nobody; only the carrier, which is trusted, learns who it is and that it must not tell (RFC 3323,
    /// RFC 3325 §7).
    pub is_withheld: bool,
}

/// Next steps of an offer, by how it ended.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Otherwise {
    /// All phones were busy or declined.
    pub busy: Option<Box<Route>>,
    /// Nobody answered in time.
    pub no_answer: Option<Box<Route>>,
    /// No phone is registered, or none could be reached.
    pub unreachable: Option<Box<Route>>,
}

/// A user or a group of the installation, by the numbers in the identifiers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Subscriber {
    /// The user; `None` for a group.
    pub user: Option<u128>,
    /// The user's site, or the group's.
    pub site: u128,
    /// The enterprise of both.
    pub enterprise: EnterpriseId,
}

/// Who stands on one side of a call, for its record.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Side {
    /// Who it is, inside of the installation.
    pub subscriber: Option<Subscriber>,
    /// Number and name at that time.
    pub party: Party,
}

/// Both sides of a call, for its record.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Sides {
    /// Who calls.
    pub caller: Side,
    /// Who is called.
    pub called: Side,
    /// The caller is shown to nobody but colleagues.
    pub is_withheld: bool,
}

/// The routing function's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Who calls whom, for the call record.
    pub sides: Sides,
    /// The caller, as the other side sees it.
    pub presented: Party,
    /// Where the call goes.
    pub route: Route,
    /// How many calls there may be; `None` is never refused for their number (emergency calls).
    pub limit: Option<CallLimit>,
}

/// How many calls an enterprise may have at once, the one that asks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallLimit {
    /// Whose calls are counted.
    pub enterprise: EnterpriseId,
    /// So many; counted in each shard.
    pub max_calls: usize,
}

/// What the engine asks.
#[async_trait]
pub trait Directory: Send + Sync + 'static {
    /// The account with this login name, `None` when there is none.
    async fn login(&self, login: &str) -> Result<Option<Arc<Login>>, Unavailable>;

    /// Where this call goes.
    async fn route(&self, attempt: &Attempt) -> Result<Decision, Unavailable>;
}

/// One call, when it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRecord {
    /// Login of the calling phone, `None` from the trunk.
    pub caller: Option<String>,
    /// Who called whom, as the directory said.
    pub sides: Sides,
    /// What was dialled.
    pub dialled: String,
    /// Login of the phone that answered.
    pub answered_by: Option<String>,
    /// Whether a phone rang.
    pub rang: bool,
    /// When the INVITE came.
    pub started: Time,
    /// When it was answered.
    pub answered: Option<Time>,
    /// When it was over.
    pub ended: Time,
    /// Status it ended with: 200 after a conversation, else the refusal.
    pub code: u16,
    /// Why it was refused, as far as we know more than the status; for the operator.
    pub why: String,
    /// The groups it came to, in order.
    pub visits: Vec<Visit>,
}

/// What the engine reports. An error means: not stored, the same is reported again later.
#[async_trait]
pub trait Events: Send + Sync + 'static {
    /// Registrations that came, were refreshed or ended, in order; at most one for each contact.
    async fn location_changed(&self, changes: &[Change]) -> Result<(), Unavailable>;

    /// Somebody has just taken a call of a hunt group: the group's next call depends on it. Called from the engine's own
    /// task: it must not wait.
    fn hunt_answered(&self, answer: &HuntAnswer);

    /// Calls that are over.
    async fn calls_ended(&self, records: &[CallRecord]) -> Result<(), Unavailable>;
}
