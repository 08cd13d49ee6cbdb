//! Whether somebody can be called, and why: the routing decision with its reasons.

mod steps;

use std::collections::HashMap;

use model::{
    Action, Holder, Timestamp, User, UserId, VirtualUser,
    routing::{self, Call, Decision, Dialled, Found, Otherwise, Why},
};

use crate::{Actor, Env, Result, directory, registrations::Device};

pub use steps::{Step, What, When};

/// What would happen to a call for the user's number at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reachability {
    /// The user.
    pub user: User,
    /// When.
    pub at: Timestamp,
    /// Whether that is now, so that it is known which phones are logged in.
    pub is_now: bool,
    /// What the routing function decides.
    pub decision: Decision,
    /// The user's phones that are logged in now.
    pub devices: Vec<Device>,
    /// Everybody the decision names.
    people: HashMap<Holder, Somebody>,
}

/// A user, hunt group or call centre that the decision names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Somebody {
    /// The name of a colleague, the number of anybody else.
    name: String,
    /// Whether a phone is logged in; known of users and of this moment only.
    is_registered: Option<bool>,
    /// Whether the actor may know where calls go from here.
    is_open: bool,
}

/// What keeps a call from the user's phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The user's call services pass it on.
    Forwarded,
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
            Self::Forwarded => "forwarded",
            Self::Refused(why) => why.name(),
            Self::LeadsElsewhere => "leads-elsewhere",
            Self::NoPhoneRegistered => "no-phone-registered",
        }
    }
}

impl Reachability {
    /// Whether the call comes to somebody: a phone rings, a call centre attends it, or it goes out to the carrier.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        self.leads_somewhere(&self.decision)
    }

    fn leads_somewhere(&self, decision: &Decision) -> bool {
        match decision {
            Decision::Ring {
                user, otherwise, ..
            } => self.is_there(*user) || self.leads_on(otherwise),
            Decision::Hunt {
                steps, otherwise, ..
            } => {
                let mut members = steps.iter().flat_map(|step| &step.members);
                members.any(|member| self.is_there(*member)) || self.leads_on(otherwise)
            }
            Decision::Forward { to, .. } => self.leads_somewhere(to),
            Decision::Attend { .. } | Decision::Trunk { .. } => true,
            Decision::Refuse(_) => false,
        }
    }

    /// As far as anybody knows.
    fn is_there(&self, user: UserId) -> bool {
        let somebody = self.people.get(&Holder::User(user));
        somebody.is_some_and(|who| who.is_registered != Some(false))
    }

    fn leads_on(&self, otherwise: &Otherwise) -> bool {
        let next = otherwise.unreachable.as_ref();
        next.is_some_and(|next| self.leads_somewhere(next))
    }

    /// Everything that stands between a call and the user's phones, the gravest first.
    #[must_use]
    pub fn obstacles(&self) -> Vec<Obstacle> {
        let routing = match &self.decision {
            Decision::Ring { user, .. } if *user == self.user.id => None,
            Decision::Forward { to, .. } => Some(refused(to).unwrap_or(Obstacle::Forwarded)),
            Decision::Ring { .. }
            | Decision::Hunt { .. }
            | Decision::Attend { .. }
            | Decision::Trunk { .. } => Some(Obstacle::LeadsElsewhere),
            Decision::Refuse(why) => Some(Obstacle::Refused(*why)),
        };
        let is_asked = self.is_now && self.user.desk_phone_type.is_some();
        let phones = (is_asked && self.devices.is_empty()).then_some(Obstacle::NoPhoneRegistered);
        routing.into_iter().chain(phones).collect()
    }
}

/// Why a call that is passed on comes to nobody.
fn refused(decision: &Decision) -> Option<Obstacle> {
    match decision {
        Decision::Refuse(why) => Some(Obstacle::Refused(*why)),
        Decision::Forward { to, .. } => refused(to),
        Decision::Ring { .. }
        | Decision::Hunt { .. }
        | Decision::Attend { .. }
        | Decision::Trunk { .. } => None,
    }
}

/// Asks the routing function about a call from outside for the user's number, now or at another time.
///
/// # Errors
/// `NotFound` for a user the actor may not know of.
pub async fn get(
    env: &Env,
    actor: &Actor,
    id: UserId,
    at: Option<Timestamp>,
) -> Result<Reachability> {
    let mut tx = env.read().await?;
    let user = actor.user(tx.as_mut(), id, Action::ViewUser).await?;
    let dialled = Dialled::Number(user.number.clone());
    let found = directory::called(tx.as_mut(), user.enterprise, &dialled).await?;
    let is_now = at.is_none();
    let at = at.unwrap_or_else(|| env.now());
    let facts = directory::facts(tx.as_mut(), &found, at, None).await?;
    let decision = routing::route(&Call::from_outside(dialled, at), &found, &facts);
    let members = facts.groups().flat_map(|hunting| &hunting.seats);
    let known = facts.people().chain(members.map(|seat| &seat.person));
    let known = known.map(|person| &person.user).chain(match &found {
        Found::User(user) => Some(user.as_ref()),
        Found::HuntGroup(_) | Found::CallCentre(_) | Found::Unassigned | Found::Nobody => None,
    });
    let people = known.map(|who| {
        let somebody = somebody(env, actor, (&user, who), is_now);
        (Holder::User(who.id), somebody)
    });
    let groups = facts.groups().map(|hunting| &hunting.group.virtual_user);
    let groups = groups.chain(facts.centres()).map(|group| {
        let somebody = virtual_user(actor, (&user, group));
        (Holder::VirtualUser(group.id), somebody)
    });
    Ok(Reachability {
        people: people.chain(groups).collect(),
        at,
        is_now,
        decision,
        devices: env.devices(&user),
        user,
    })
}

/// Of another enterprise's group nothing is told but the number.
fn virtual_user(actor: &Actor, (user, group): (&User, &VirtualUser)) -> Somebody {
    let site = model::Target::Site(group.enterprise, group.site);
    Somebody {
        name: if group.enterprise == user.enterprise {
            group.name.to_string()
        } else {
            group.number.to_string()
        },
        is_registered: None,
        is_open: actor.authorise(Action::ViewVirtualUsers, site).is_ok(),
    }
}

/// Of another enterprise's user nothing is told but the number.
fn somebody(env: &Env, actor: &Actor, (user, who): (&User, &User), is_now: bool) -> Somebody {
    let target = model::Target::User(who.enterprise, who.site, who.id);
    Somebody {
        name: if who.enterprise == user.enterprise {
            who.full_name()
        } else {
            who.number.to_string()
        },
        is_registered: is_now.then(|| env.is_registered(who)),
        is_open: actor.authorise(Action::ViewUser, target).is_ok(),
    }
}
