//! A decision as an ordered list of steps: who rings, for how long, then what, and why.

use model::{
    Holder, UserId,
    routing::{Cause, Decision, HuntStep, Otherwise, Why},
};

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
    /// Members of a hunt group ring, as the steps after this one say.
    Hunts {
        /// The group.
        who: String,
    },
    /// A call centre attends it.
    Queues {
        /// The call centre.
        who: String,
    },
    /// Somebody's call services, or a hunt group's settings, pass the call on.
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
            Self::Hunts { .. } => "hunt",
            Self::Queues { .. } => "queue",
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
                push(self.rings(*user, *seconds));
                let is_open = self.is_open(Holder::User(*user));
                self.note_next(otherwise, (depth + 1, is_open), steps);
            }
            Decision::Hunt {
                group,
                steps: order,
                otherwise,
                ..
            } => {
                let group = Holder::VirtualUser(*group);
                push(What::Hunts {
                    who: self.name(group),
                });
                self.note_members(order, depth + 1, steps);
                self.note_next(otherwise, (depth + 1, self.is_open(group)), steps);
            }
            Decision::Attend { centre } => push(What::Queues {
                who: self.name(Holder::VirtualUser(*centre)),
            }),
            Decision::Forward { by, cause, to } => {
                push(What::PassedOn {
                    who: self.name(*by),
                    cause: *cause,
                });
                let is_open = self.is_open(*by);
                self.note(to, (depth + 1, When::AtOnce, is_open), steps);
            }
            Decision::Trunk { number } => push(What::GoesOut {
                number: is_open.then(|| number.clone()),
            }),
            Decision::Refuse(why) => push(What::Ends(*why)),
        }
    }

    /// The first at once, the others when those before have not answered.
    fn note_members(&self, order: &[HuntStep], depth: usize, steps: &mut Vec<Step>) {
        for (nth, step) in order.iter().enumerate() {
            let when = if nth == 0 {
                When::AtOnce
            } else {
                When::NoAnswer
            };
            let room = MOST_STEPS.saturating_sub(steps.len());
            let rings = step.members.iter().take(room).map(|member| Step {
                depth,
                when,
                what: self.rings(*member, step.seconds),
            });
            steps.extend(rings);
        }
    }

    fn rings(&self, user: UserId, seconds: u32) -> What {
        let who = Holder::User(user);
        What::Rings {
            who: self.name(who),
            seconds,
            is_registered: self.people.get(&who).and_then(|who| who.is_registered),
        }
    }

    fn is_open(&self, who: Holder) -> bool {
        self.people.get(&who).is_some_and(|who| who.is_open)
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

    fn name(&self, id: Holder) -> String {
        let somebody = self.people.get(&id);
        somebody.map(|who| who.name.clone()).unwrap_or_default()
    }
}
