//! A hunt group: one number that rings at its members in the order of its policy (G3).

use std::{fmt, str::FromStr};

use crate::{ForwardTarget, Problem, UserId, VirtualUser, licence::catalogue};

catalogue! {
    /// Who of the members rings, and in which order.
    HuntPolicy {
        /// In the order of the list, beginning after the member who took the last call.
        Circular = "circular",
        /// In the order of the list, from the first.
        Regular = "regular",
        /// Everybody at once.
        Simultaneous = "simultaneous",
        /// First who has been without a call from this group the longest.
        Uniform = "uniform",
        /// Drawn by weight, anew for each call.
        Weighted = "weighted",
    }
}

/// A member of a hunt group, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HuntMember {
    /// Who; a Pending user's seat is live from activation on (S7).
    pub user: UserId,
    /// Share of the calls with [`HuntPolicy::Weighted`], 0 to 100; 0 is drawn only when everybody else is passed over.
    pub weight: u8,
}

/// How a hunt group hunts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HuntGroupSettings {
    /// Who rings, and in which order.
    pub policy: HuntPolicy,
    /// The next member rings after so many rings, 1 to 20; with [`HuntPolicy::Simultaneous`] nobody is skipped.
    pub skip_after_rings: Option<u8>,
    /// Nobody has answered after so many seconds in all, 0 to 7200: the call goes there. Without it, who calls rings until
    /// everybody has rung once, and hears then that nobody answers.
    pub no_answer: Option<HuntForward>,
    /// No member can be rung: none there, or all Pending, without a phone logged in, or not to be disturbed.
    pub not_reachable: Option<ForwardTarget>,
    /// The "group busy" switch: no member rings.
    pub is_busy: bool,
    /// All members are on the phone, or the switch is on: the call goes there, else who calls hears "busy".
    pub busy: Option<ForwardTarget>,
    /// Phones show the name of the group before the caller's.
    pub shows_name: bool,
    /// A member who is on the phone is offered further calls.
    pub allows_call_waiting: bool,
}

/// Where a call goes that nobody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HuntForward {
    /// After so many seconds in all, 0 to 7200; 0 is at once.
    pub after_s: u16,
    /// Where to.
    pub target: ForwardTarget,
}

/// A hunt group with everything that routing asks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HuntGroup {
    /// Number, extension, state.
    pub virtual_user: VirtualUser,
    /// How it hunts.
    pub settings: HuntGroupSettings,
    /// Who, in the order of the list; each user once.
    pub members: Vec<HuntMember>,
}

impl Default for HuntGroupSettings {
    fn default() -> Self {
        Self {
            policy: HuntPolicy::Regular,
            skip_after_rings: Some(4),
            no_answer: None,
            not_reachable: None,
            is_busy: false,
            busy: None,
            shows_name: true,
            allows_call_waiting: false,
        }
    }
}
