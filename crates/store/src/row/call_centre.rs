//! Rows of call centres.

use model::{
    EnterpriseId, ForwardTarget, HuntMember, SiteId, Timestamp, UserId,
    call_centre::{
        AgentState, CallCentre, CallCentreSettings, CodeUse, Codes, Holiday, Opening, OutOfHours,
        Overflow, OverflowTo, Stranded,
    },
};
use uuid::Uuid;

use super::{VirtualUserRow, parse, state};
use crate::{AgentSeat, Error, Result, SupervisorSeat};

row! {
    /// How a call centre queues.
    CallCentreRow {
        policy: String,
        queue_length: i64,
        bounce_after_rings: i64,
        unavailable_after_bounces: Option<i64>,
        wrap_up_s: Option<i64>,
        guard_s: Option<i64>,
        overflow_after_s: Option<i64>,
        overflow: String,
        stranded: String,
        out_of_hours: String,
        code_use: String,
        default_code: Option<String>,
        service_level_s: i64,
        personal_calls_are_busy: bool,
        tells_position: bool,
        comfort_every_s: Option<i64>,
        follows_hours: bool,
    }
}

row! {
    /// Where calls of one kind go.
    CentreForwardRow {
        kind: String,
        target_user_id: Option<Uuid>,
        target_number: Option<String>,
    }
}

const WHAT: &str = "call centre";

/// A number that fits its field.
pub(super) fn small<T: TryFrom<i64>>(number: i64) -> Result<T> {
    T::try_from(number).map_err(|_| Error::Corrupt { what: WHAT })
}

fn perhaps<T: TryFrom<i64>>(number: Option<i64>) -> Result<Option<T>> {
    number.map(small).transpose()
}

/// The targets by their kinds.
struct Targets(Vec<(String, ForwardTarget)>);

impl Targets {
    fn read(rows: Vec<CentreForwardRow>) -> Result<Self> {
        let mut targets = Vec::with_capacity(rows.len());
        for row in rows {
            let target = match (row.target_user_id, row.target_number) {
                (Some(user), _) => ForwardTarget::User(UserId(user)),
                (None, Some(number)) => ForwardTarget::Number(parse(&number, WHAT)?),
                (None, None) => return Err(Error::Corrupt { what: WHAT }),
            };
            targets.push((row.kind, target));
        }
        Ok(Self(targets))
    }

    fn get(&self, kind: &str) -> Option<ForwardTarget> {
        let found = self.0.iter().find(|(known, _)| known == kind);
        found.map(|(_, target)| target.clone())
    }
}

impl CallCentreRow {
    /// The call centre, still without agents and supervisors. A transfer whose target was deleted is "busy".
    ///
    /// # Errors
    /// When a column cannot be read.
    pub fn together(
        self,
        virtual_user: VirtualUserRow,
        forwards: Vec<CentreForwardRow>,
        codes: &[String],
    ) -> Result<CallCentre> {
        Ok(CallCentre {
            virtual_user: virtual_user.try_into()?,
            settings: self.settings(&Targets::read(forwards)?, codes)?,
            agents: Vec::new(),
            supervisors: Vec::new(),
        })
    }

    fn settings(self, targets: &Targets, codes: &[String]) -> Result<CallCentreSettings> {
        let corrupt = || Error::Corrupt { what: WHAT };
        let codes = codes.iter().map(|code| parse(code, WHAT));
        Ok(CallCentreSettings {
            policy: parse(&self.policy, WHAT)?,
            queue_length: small(self.queue_length)?,
            bounce_after_rings: small(self.bounce_after_rings)?,
            unavailable_after_bounces: perhaps(self.unavailable_after_bounces)?,
            wrap_up_s: perhaps(self.wrap_up_s)?,
            guard_s: perhaps(self.guard_s)?,
            overflow: Overflow {
                after_s: perhaps(self.overflow_after_s)?,
                to: OverflowTo::read(&self.overflow, targets.get("overflow"))
                    .ok_or_else(corrupt)?,
            },
            stranded: Stranded::read(&self.stranded, targets.get("stranded"))
                .ok_or_else(corrupt)?,
            out_of_hours: OutOfHours::read(&self.out_of_hours, targets.get("out-of-hours"))
                .ok_or_else(corrupt)?,
            codes: Codes {
                usage: match (self.code_use.as_str(), self.default_code) {
                    ("optional", _) => CodeUse::Optional,
                    ("forced", _) => CodeUse::Forced,
                    ("default", Some(code)) => CodeUse::Default(parse(&code, WHAT)?),
                    _ => return Err(corrupt()),
                },
                codes: codes.collect::<Result<_>>()?,
            },
            service_level_s: small(self.service_level_s)?,
            personal_calls_are_busy: self.personal_calls_are_busy,
            tells_position: self.tells_position,
            comfort_every_s: perhaps(self.comfort_every_s)?,
            follows_hours: self.follows_hours,
        })
    }
}

row! {
    /// An agent with name and states.
    AgentRow {
        user_id: Uuid,
        weight: i64,
        enterprise_id: Uuid,
        site_id: Uuid,
        first_name: String,
        last_name: String,
        extension: String,
        user_state: String,
        state_reason: Option<String>,
        activated_at: Option<i64>,
        state: String,
        code: Option<String>,
        until: Option<i64>,
        since: i64,
    }
}

impl TryFrom<AgentRow> for AgentSeat {
    type Error = Error;
    fn try_from(row: AgentRow) -> Result<Self> {
        let code = row.code.map(|code| parse(&code, WHAT)).transpose()?;
        let until = row.until.map(Timestamp);
        Ok(Self {
            member: HuntMember {
                user: UserId(row.user_id),
                weight: small(row.weight)?,
            },
            enterprise: EnterpriseId(row.enterprise_id),
            site: SiteId(row.site_id),
            name: format!("{} {}", row.first_name, row.last_name),
            extension: row.extension,
            user_state: state(
                &row.user_state,
                row.activated_at,
                row.state_reason.as_deref(),
            )?,
            state: AgentState::read(&row.state, code, until)
                .ok_or(Error::Corrupt { what: WHAT })?,
            since: Timestamp(row.since),
        })
    }
}

row! {
    /// A supervisor with name and service.
    SupervisorRow {
        user_id: Uuid,
        enterprise_id: Uuid,
        site_id: Uuid,
        first_name: String,
        last_name: String,
        extension: String,
        has_service: bool,
    }
}

impl TryFrom<SupervisorRow> for SupervisorSeat {
    type Error = Error;
    fn try_from(row: SupervisorRow) -> Result<Self> {
        Ok(Self {
            user: UserId(row.user_id),
            enterprise: EnterpriseId(row.enterprise_id),
            site: SiteId(row.site_id),
            name: format!("{} {}", row.first_name, row.last_name),
            extension: row.extension,
            has_service: row.has_service,
        })
    }
}

row! {
    /// When a site is open.
    OpeningRow {
        weekday: String,
        from_minute: i64,
        until_minute: i64,
    }
}

impl TryFrom<OpeningRow> for Opening {
    type Error = Error;
    fn try_from(row: OpeningRow) -> Result<Self> {
        Ok(Self {
            weekday: parse(&row.weekday, WHAT)?,
            from: small(row.from_minute)?,
            until: small(row.until_minute)?,
        })
    }
}

row! {
    /// When a site is closed.
    HolidayRow {
        name: String,
        from_date: i64,
        until_date: i64,
    }
}

impl TryFrom<HolidayRow> for Holiday {
    type Error = Error;
    fn try_from(row: HolidayRow) -> Result<Self> {
        Ok(Self {
            name: parse(&row.name, WHAT)?,
            from: small(row.from_date)?,
            until: small(row.until_date)?,
        })
    }
}
