//! A decision as an ordered list of steps: who rings, for how long, then what, and why.

use model::routing::{Cause, Decision, Otherwise, Why};

use super::Reachability;

/// More steps are not told: whoever forwards so much is not helped by more.
const MOST_STEPS: usize = 100;

/// One step of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How many steps lead here.
    pub depth: usize,
    /// On what condition.
    pub when: When,
    /// What happens.
    pub what: What,
}

/// On what condition a step comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At once.
    AtOnce,
    /// The phones before are busy or decline.
    Busy,
    /// Nobody answers there.
    NoAnswer,
    /// No phone is logged in there.
    Unreachable,
}

impl When {
    /// The name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Busy => "busy",
            Self::NoAnswer => "no-answer",
            Self::Unreachable => "unreachable",
        }
    }
}

/// What happens in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The phones of somebody ring.
    Rings {
        /// A colleague's name, or a number.
        who: String,
        /// For how long, in seconds.
        seconds: u32,
        /// Whether a phone is logged in; known of this moment only.
        is_registered: Option<bool>,
    },
    /// Somebody's call services pass the call on.
    PassedOn {
        /// A colleague's name, or a number.
        who: String,
        /// Why.
        cause: Cause,
    },
    /// Out to the carrier.
    GoesOut {
        /// The number; `None` where it is a colleague's own business.
        number: Option<String>,
    },
    /// Nowhere.
    Ends(Why),
}

impl What {
    /// The name in the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Rings { .. } => "ring",
            Self::PassedOn { .. } => "forward",
            Self::GoesOut { .. } => "trunk",
            Self::Ends(_) => "refuse",
        }
    }
}

impl Reachability {
    /// Everything that can happen to the call, in order: each step is followed by what comes after it.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        self.note(&self.decision, (0, When::AtOnce, true), &mut steps);
        steps
    }

    fn note(
        &self,
        decision: &Decision,
        (depth, when, is_open): (usize, When, bool),
        steps: &mut Vec<Step>,
    ) {
        if steps.len() >= MOST_STEPS {
            return;
        }
        let mut push = |what| steps.push(Step { depth, when, what });
        match decision {
            Decision::Ring {
                user,
                seconds,
                otherwise,
            } => {
                let somebody = self.people.get(user);
                push(What::Rings {
                    who: self.name(*user),
                    seconds: *seconds,
                    is_registered: somebody.and_then(|who| who.is_registered),
                });
                let is_open = somebody.is_some_and(|who| who.is_open);
                self.note_next(otherwise, (depth + 1, is_open), steps);
            }
            Decision::Forward { by, cause, to } => {
                push(What::PassedOn {
                    who: self.name(*by),
                    cause: *cause,
                });
                let is_open = self.people.get(by).is_some_and(|who| who.is_open);
                self.note(to, (depth + 1, When::AtOnce, is_open), steps);
            }
            Decision::Trunk { number } => push(What::GoesOut {
                number: is_open.then(|| number.clone()),
            }),
            Decision::Refuse(why) => push(What::Ends(*why)),
        }
    }

    fn note_next(
        &self,
        otherwise: &Otherwise,
        (depth, is_open): (usize, bool),
        steps: &mut Vec<Step>,
    ) {
        let whens = [When::Busy, When::NoAnswer, When::Unreachable];
        for (next, when) in otherwise.all().into_iter().zip(whens) {
            if let Some(next) = next {
                self.note(next, (depth, when, is_open), steps);
            }
        }
    }

    fn name(&self, id: model::UserId) -> String {
        let somebody = self.people.get(&id);
        somebody.map(|who| who.name.clone()).unwrap_or_default()
    }
}
