//! What routing knows of everybody a call may be forwarded to, and what is to be looked up next.

use std::collections::{HashMap, VecDeque};

use super::Hunting;
use crate::{
    CallServices, Country, ForwardTarget, HuntGroupSettings, PhoneNumber, Timestamp, User, UserId,
    VirtualUser, VirtualUserId,
};

/// More people than this are not looked at for one call; what leads to them is refused.
const MOST_PEOPLE: usize = 32;

/// Somebody a call may come to.
#[derive(Clone, Debug)]
pub struct Person {
    /// The user.
    pub user: User,
    /// The user's call services.
    pub services: CallServices,
    /// Where the user is.
    pub country: Country,
}

/// Whose a number is that somebody forwards to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A user's, who has got it since the forward was set.
    User(UserId),
    /// A hunt group's.
    HuntGroup(VirtualUserId),
    /// A call centre's.
    CallCentre(VirtualUserId),
    /// A number of the installation that nobody has.
    Unassigned,
    /// Nobody's in the installation.
    Outside,
}

/// Everybody a call may come to. Filled until nothing is [`Facts::next_unknown`].
#[derive(Clone, Debug, Default)]
pub struct Facts {
    people: HashMap<UserId, Person>,
    groups: HashMap<VirtualUserId, Hunting>,
    centres: HashMap<VirtualUserId, VirtualUser>,
    numbers: HashMap<PhoneNumber, Whose>,
    unknown: VecDeque<ForwardTarget>,
}

impl Facts {
    /// Takes a person in, and asks for everybody their call services name at this moment.
    pub fn put(&mut self, person: Person, at: Timestamp) {
        let services = &person.services;
        match services.forwards_all(at) {
            Some(target) => self.unknown.push_back(target.clone()),
            None => {
                let rest = [
                    services.busy.as_ref(),
                    services.no_answer.as_ref().map(|forward| &forward.target),
                    services.unreachable.as_ref(),
                ];
                self.unknown.extend(rest.into_iter().flatten().cloned());
            }
        }
        self.people.insert(person.user.id, person);
    }

    /// Takes a hunt group in, and asks for everybody its settings name. Its members are not among them: their own forwards
    /// never catch a call of the group.
    pub fn put_group(&mut self, hunting: Hunting) {
        let HuntGroupSettings {
            no_answer,
            not_reachable,
            busy,
            ..
        } = &hunting.group.settings;
        let targets = [
            busy.as_ref(),
            no_answer.as_ref().map(|forward| &forward.target),
            not_reachable.as_ref(),
        ];
        self.unknown.extend(targets.into_iter().flatten().cloned());
        self.groups.insert(hunting.group.virtual_user.id, hunting);
    }

    /// Takes a call centre in. Where it sends calls is its own affair: it attends them first.
    pub fn put_centre(&mut self, centre: VirtualUser) {
        self.centres.insert(centre.id, centre);
    }

    /// Notes whose a number is.
    pub fn put_number(&mut self, number: PhoneNumber, whose: Whose) {
        self.numbers.insert(number, whose);
    }

    /// What is to be looked up next; `None` when all is known, or enough.
    pub fn next_unknown(&mut self) -> Option<ForwardTarget> {
        if self.people.len() + self.numbers.len() + self.groups.len() + self.centres.len()
            >= MOST_PEOPLE
        {
            return None;
        }
        loop {
            let target = self.unknown.pop_front()?;
            let is_known = match &target {
                ForwardTarget::User(id) => self.people.contains_key(id),
                ForwardTarget::Number(number) => self.numbers.contains_key(number),
            };
            if !is_known {
                return Some(target);
            }
        }
    }

    /// Somebody who was looked up.
    #[must_use]
    pub fn person(&self, id: UserId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// Everybody who was looked up.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// A hunt group that was looked up.
    #[must_use]
    pub fn group(&self, id: VirtualUserId) -> Option<&Hunting> {
        self.groups.get(&id)
    }

    /// The hunt groups that were looked up.
    pub fn groups(&self) -> impl Iterator<Item = &Hunting> {
        self.groups.values()
    }

    /// A call centre that was looked up.
    #[must_use]
    pub fn centre(&self, id: VirtualUserId) -> Option<&VirtualUser> {
        self.centres.get(&id)
    }

    /// The call centres that were looked up.
    pub fn centres(&self) -> impl Iterator<Item = &VirtualUser> {
        self.centres.values()
    }

    /// Somebody who was looked up, also as a member of a hunt group.
    #[must_use]
    pub fn somebody(&self, id: UserId) -> Option<&Person> {
        let seated = || {
            let mut seats = self.groups().flat_map(|hunting| &hunting.seats);
            seats.find(|seat| seat.person.user.id == id)
        };
        self.person(id)
            .or_else(|| seated().map(|seat| &seat.person))
    }

    /// Whose a number is that was looked up.
    #[must_use]
    pub fn whose(&self, number: &PhoneNumber) -> Option<Whose> {
        self.numbers.get(number).copied()
    }
}
