//! How a call centre queues; the ranges are those of mission §3.

use super::UnavailableCode;
use crate::{ForwardTarget, HuntMember, HuntPolicy, Problem, UserId, VirtualUser};

/// How a call centre queues and whom it rings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallCentreSettings {
    /// Which free agent is offered the next call.
    pub policy: HuntPolicy,
    /// So many wait at most, 0 to 525; with 0 a call is only taken when an agent is free at once.
    pub queue_length: u16,
    /// An offered call goes back to the queue after so many rings, 1 to 20.
    pub bounce_after_rings: u8,
    /// Who has not answered so many offers in a row becomes unavailable, 1 to 20.
    pub unavailable_after_bounces: Option<u8>,
    /// After a call the agent has so many seconds before the next, 1 to 3600.
    pub wrap_up_s: Option<u16>,
    /// So many seconds at least are between two offers to the same agent, 1 to 25.
    pub guard_s: Option<u8>,
    /// Where calls go that find the queue full or have waited too long.
    pub overflow: Overflow,
    /// What becomes of callers while no agent is signed in.
    pub stranded: Stranded,
    /// What becomes of callers outside of the opening hours and on holidays.
    pub out_of_hours: OutOfHours,
    /// Whether agents say why they are unavailable.
    pub codes: Codes,
    /// Calls are to be answered within so many seconds, 1 to 7200.
    pub service_level_s: u16,
    /// An agent on a call of the agent's own gets none.
    pub personal_calls_are_busy: bool,
    /// Callers hear how many are before them.
    pub tells_position: bool,
    /// Callers hear the comfort announcement every so many seconds, 10 to 600.
    pub comfort_every_s: Option<u16>,
    /// Open at the hours of its site only; else always.
    pub follows_hours: bool,
}

/// Where calls go that find the queue full or have waited too long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overflow {
    /// Who has waited so many seconds has waited too long, 0 to 7200; without it nobody waits too long.
    pub after_s: Option<u16>,
    /// Where to.
    pub to: OverflowTo,
}

/// Where a call goes that overflows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OverflowTo {
    /// The caller hears that it is busy.
    #[default]
    Busy,
    /// Elsewhere.
    Transfer(ForwardTarget),
    /// The caller hears ringing until hanging up, and keeps no place in the queue.
    RingOn,
}

/// What becomes of callers while no agent is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stranded {
    /// They wait.
    #[default]
    Wait,
    /// They hear that it is busy.
    Busy,
    /// They go elsewhere.
    Transfer(ForwardTarget),
    /// They are treated as outside of the opening hours.
    NightService,
    /// They hear an announcement and are released.
    Announcement,
}

/// What becomes of callers outside of the opening hours and on holidays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OutOfHours {
    /// They hear that it is busy.
    Busy,
    /// They go elsewhere.
    Transfer(ForwardTarget),
    /// They hear an announcement and are released.
    #[default]
    Announcement,
}

/// Whether agents say why they are unavailable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// Whether a code is asked for.
    pub usage: CodeUse,
    /// Which ones there are, at most [`Codes::MOST`].
    pub codes: Vec<UnavailableCode>,
}

/// Whether a code is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CodeUse {
    /// Agents may give one.
    #[default]
    Optional,
    /// Agents have to give one.
    Forced,
    /// Who gives none gives this one.
    Default(UnavailableCode),
}

macro_rules! exits {
    ($name:ident { $($variant:ident = $id:literal,)+ }) => {
        impl $name {
            /// The names in the database and the API, in the order in which they are offered.
            pub const IDS: &'static [&'static str] = &[$($id,)+ "transfer"];

            /// The name in the database and the API.
            #[must_use]
            pub fn id(&self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                    Self::Transfer(_) => "transfer",
                }
            }

            /// Where it leads to.
            #[must_use]
            pub fn target(&self) -> Option<&ForwardTarget> {
                match self {
                    $(Self::$variant => None,)+
                    Self::Transfer(target) => Some(target),
                }
            }

            /// From what is stored. A transfer without a target, because that was deleted, is "busy".
            #[must_use]
            pub fn read(id: &str, target: Option<ForwardTarget>) -> Option<Self> {
                match id {
                    $($id => Some(Self::$variant),)+
                    "transfer" => Some(target.map_or(Self::Busy, Self::Transfer)),
                    _ => None,
                }
            }
        }
    };
}

exits! { OverflowTo { Busy = "busy", RingOn = "ring-on", } }
exits! { Stranded {
    Wait = "wait", Busy = "busy", NightService = "night-service", Announcement = "announcement",
} }
exits! { OutOfHours { Busy = "busy", Announcement = "announcement", } }

impl CodeUse {
    /// The names in the database and the API, in the order in which they are offered.
    pub const IDS: [&'static str; 3] = ["optional", "forced", "default"];

    /// The name in the database and the API.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::Optional => "optional",
            Self::Forced => "forced",
            Self::Default(_) => "default",
        }
    }
}

/// A call centre with everything that is set of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallCentre {
    /// Number, extension, state.
    pub virtual_user: VirtualUser,
    /// How it queues.
    pub settings: CallCentreSettings,
    /// Who takes its calls, in the order of the list; each user once.
    pub agents: Vec<HuntMember>,
    /// Who watches over it; each user once.
    pub supervisors: Vec<UserId>,
}

impl Codes {
    /// So many codes at most.
    pub const MOST: usize = 50;

    /// The code of an agent who becomes unavailable and has given `given`.
    ///
    /// # Errors
    /// `Required` when one has to be given, `Unknown` when there is no such code.
    pub fn read(&self, given: &str) -> Result<Option<UnavailableCode>, Problem> {
        if given.trim().is_empty() {
            return match &self.usage {
                CodeUse::Optional => Ok(None),
                CodeUse::Forced => Err(Problem::Required),
                CodeUse::Default(code) => Ok(Some(code.clone())),
            };
        }
        let code: UnavailableCode = given.parse()?;
        if self.codes.contains(&code) {
            Ok(Some(code))
        } else {
            Err(Problem::Unknown)
        }
    }

    /// The code of an agent who becomes unavailable and has dialled its place in the list, from 1. Where there are no codes,
    /// none is given.
    ///
    /// # Errors
    /// `Required` when one has to be given, `Unknown` when there is no such place.
    pub fn read_place(&self, dialled: Option<u8>) -> Result<Option<UnavailableCode>, Problem> {
        let Some(place) = dialled.filter(|_| !self.codes.is_empty()) else {
            return self.read("");
        };
        let before = usize::from(place).checked_sub(1);
        let code = before.and_then(|before| self.codes.get(before));
        code.cloned().map(Some).ok_or(Problem::Unknown)
    }

    /// The code of an agent who becomes unavailable without having said so.
    #[must_use]
    pub fn unasked(&self) -> Option<UnavailableCode> {
        match &self.usage {
            CodeUse::Optional | CodeUse::Forced => None,
            CodeUse::Default(code) => Some(code.clone()),
        }
    }
}

impl Default for CallCentreSettings {
    fn default() -> Self {
        Self {
            policy: HuntPolicy::Uniform,
            queue_length: 10,
            bounce_after_rings: 4,
            unavailable_after_bounces: Some(3),
            wrap_up_s: None,
            guard_s: Some(5),
            overflow: Overflow::default(),
            stranded: Stranded::default(),
            out_of_hours: OutOfHours::default(),
            codes: Codes::default(),
            service_level_s: 20,
            personal_calls_are_busy: true,
            tells_position: false,
            comfort_every_s: Some(60),
            follows_hours: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(usage: CodeUse) -> Codes {
        let codes = ["Pause", "Büro"].map(|code| code.parse().unwrap());
        Codes {
            usage,
            codes: codes.to_vec(),
        }
    }

    #[test]
    fn g4_a_code_is_optional_forced_or_has_a_default() {
        let pause: UnavailableCode = "Pause".parse().unwrap();
        let read = |usage, given| codes(usage).read(given);
        assert_eq!(read(CodeUse::Optional, " "), Ok(None));
        assert_eq!(read(CodeUse::Forced, ""), Err(Problem::Required));
        let default = CodeUse::Default(pause.clone());
        assert_eq!(read(default.clone(), ""), Ok(Some(pause.clone())));
        assert_eq!(read(CodeUse::Forced, "Pause"), Ok(Some(pause)));
        assert_eq!(read(default, "Kaffee"), Err(Problem::Unknown));
        let max = UnavailableCode::MOST;
        let too_long = Err(Problem::TooLong { max });
        assert_eq!(read(CodeUse::Optional, "elf Zeichen"), too_long);
    }

    #[test]
    fn g4_a_code_is_dialled_by_its_place_in_the_list() {
        let [pause, office] =
            ["Pause", "Büro"].map(|code| code.parse::<UnavailableCode>().unwrap());
        let read = |usage, place| codes(usage).read_place(place);
        assert_eq!(read(CodeUse::Forced, Some(1)), Ok(Some(pause.clone())));
        assert_eq!(read(CodeUse::Forced, Some(2)), Ok(Some(office)));
        for place in [0, 3, 50] {
            assert_eq!(read(CodeUse::Optional, Some(place)), Err(Problem::Unknown));
        }
        assert_eq!(read(CodeUse::Optional, None), Ok(None));
        assert_eq!(read(CodeUse::Forced, None), Err(Problem::Required));
        let default = CodeUse::Default(pause.clone());
        assert_eq!(read(default, None), Ok(Some(pause)));
        // Nothing can be meant where there is no list.
        assert_eq!(Codes::default().read_place(Some(1)), Ok(None));
    }
}
