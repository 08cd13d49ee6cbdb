//! Rows of virtual users and of groups.

use model::{
    DepartmentId, EnterpriseId, Fellow, ForwardKind, ForwardTarget, Holder, HuntForward, HuntGroup,
    HuntGroupSettings, HuntMember, Membership, SiteId, Timestamp, UserId, VirtualUser,
    VirtualUserId,
};
use uuid::Uuid;

use super::{parse, state};
use crate::{Error, ForwardOf, PhoneBookEntry, Result, Seat};

row! {
    /// A virtual user joined with its number.
    VirtualUserRow {
        id: Uuid,
        enterprise_id: Uuid,
        site_id: Uuid,
        department_id: Option<Uuid>,
        kind: String,
        name: String,
        sort_name: String,
        extension: String,
        state: String,
        state_reason: Option<String>,
        activated_at: Option<i64>,
        version: i64,
        created_at: i64,
        number: String,
    }
}

impl TryFrom<VirtualUserRow> for VirtualUser {
    type Error = Error;
    fn try_from(row: VirtualUserRow) -> Result<Self> {
        Ok(Self {
            id: VirtualUserId(row.id),
            kind: parse(&row.kind, "kind of a virtual user")?,
            enterprise: EnterpriseId(row.enterprise_id),
            site: SiteId(row.site_id),
            department: row.department_id.map(DepartmentId),
            name: parse(&row.name, "name of a virtual user")?,
            number: parse(&row.number, "number")?,
            extension: parse(&row.extension, "extension")?,
            state: state(&row.state, row.activated_at, row.state_reason.as_deref())?,
            version: row.version,
            created_at: Timestamp(row.created_at),
        })
    }
}

impl TryFrom<VirtualUserRow> for PhoneBookEntry {
    type Error = Error;
    fn try_from(row: VirtualUserRow) -> Result<Self> {
        let virtual_user = VirtualUser::try_from(row)?;
        Ok(Self {
            holder: Holder::VirtualUser(virtual_user.id),
            kind: Some(virtual_user.kind),
            name: virtual_user.name.to_string(),
            number: virtual_user.number,
            extension: virtual_user.extension,
            has_phone: false,
            hides_phone_state: true,
        })
    }
}

row! {
    /// A hunt group's settings with one of the forwards; a group without any has one row.
    HuntGroupRow {
        id: Uuid,
        enterprise_id: Uuid,
        site_id: Uuid,
        department_id: Option<Uuid>,
        kind: String,
        name: String,
        sort_name: String,
        extension: String,
        state: String,
        state_reason: Option<String>,
        activated_at: Option<i64>,
        version: i64,
        created_at: i64,
        number: String,
        policy: String,
        skip_after_rings: Option<i64>,
        is_busy: bool,
        shows_name: bool,
        allows_call_waiting: bool,
        forward_kind: Option<String>,
        target_user_id: Option<Uuid>,
        target_number: Option<String>,
        after_s: Option<i64>,
    }
}

impl HuntGroupRow {
    /// The group that its rows tell, still without members; `None` without rows.
    ///
    /// # Errors
    /// When a column cannot be read.
    pub fn together(rows: Vec<Self>) -> Result<Option<HuntGroup>> {
        let mut group: Option<HuntGroup> = None;
        for row in rows {
            let forward = row.forward()?;
            let mut known = match group {
                Some(group) => group,
                None => row.group()?,
            };
            if let Some((kind, target, after_s)) = forward {
                known.settings = known.settings.with_target(kind, target, after_s);
            }
            group = Some(known);
        }
        Ok(group)
    }

    fn forward(&self) -> Result<Option<(ForwardKind, ForwardTarget, u16)>> {
        let Some(kind) = &self.forward_kind else {
            return Ok(None);
        };
        let target = match (self.target_user_id, &self.target_number) {
            (Some(user), _) => ForwardTarget::User(UserId(user)),
            (None, number) => ForwardTarget::Number(parse(
                number.as_deref().unwrap_or_default(),
                "target of a forward",
            )?),
        };
        let after_s = small(self.after_s.unwrap_or_default())?;
        Ok(Some((parse(kind, "kind of a forward")?, target, after_s)))
    }

    fn group(self) -> Result<HuntGroup> {
        let settings = HuntGroupSettings {
            policy: parse(&self.policy, "hunt policy")?,
            skip_after_rings: self.skip_after_rings.map(small).transpose()?,
            no_answer: None::<HuntForward>,
            not_reachable: None,
            is_busy: self.is_busy,
            busy: None,
            shows_name: self.shows_name,
            allows_call_waiting: self.allows_call_waiting,
        };
        let virtual_user = VirtualUserRow {
            id: self.id,
            enterprise_id: self.enterprise_id,
            site_id: self.site_id,
            department_id: self.department_id,
            kind: self.kind,
            name: self.name,
            sort_name: self.sort_name,
            extension: self.extension,
            state: self.state,
            state_reason: self.state_reason,
            activated_at: self.activated_at,
            version: self.version,
            created_at: self.created_at,
            number: self.number,
        };
        Ok(HuntGroup {
            virtual_user: virtual_user.try_into()?,
            settings,
            members: Vec::new(),
        })
    }
}

/// A number that fits its field.
fn small<T: TryFrom<i64>>(number: i64) -> Result<T> {
    T::try_from(number).map_err(|_| Error::Corrupt { what: "hunt group" })
}

row! {
    /// A member of a hunt group.
    HuntMemberRow {
        user_id: Uuid,
        weight: i64,
    }
}

impl TryFrom<HuntMemberRow> for HuntMember {
    type Error = Error;
    fn try_from(row: HuntMemberRow) -> Result<Self> {
        Ok(Self {
            user: UserId(row.user_id),
            weight: small(row.weight)?,
        })
    }
}

row! {
    /// A member of a hunt group with name and state.
    SeatRow {
        user_id: Uuid,
        weight: i64,
        enterprise_id: Uuid,
        site_id: Uuid,
        first_name: String,
        last_name: String,
        extension: String,
        state: String,
        state_reason: Option<String>,
        activated_at: Option<i64>,
    }
}

impl TryFrom<SeatRow> for Seat {
    type Error = Error;
    fn try_from(row: SeatRow) -> Result<Self> {
        Ok(Self {
            member: HuntMember {
                user: UserId(row.user_id),
                weight: small(row.weight)?,
            },
            enterprise: EnterpriseId(row.enterprise_id),
            site: SiteId(row.site_id),
            name: format!("{} {}", row.first_name, row.last_name),
            extension: row.extension,
            state: state(&row.state, row.activated_at, row.state_reason.as_deref())?,
        })
    }
}

row! {
    /// A virtual user that somebody is in.
    MembershipRow {
        id: Uuid,
        enterprise_id: Uuid,
        site_id: Uuid,
        kind: String,
        name: String,
    }
}

impl TryFrom<MembershipRow> for Membership {
    type Error = Error;
    fn try_from(row: MembershipRow) -> Result<Self> {
        Ok(Self {
            kind: parse(&row.kind, "kind of a group")?,
            id: row.id,
            enterprise: EnterpriseId(row.enterprise_id),
            site: SiteId(row.site_id),
            name: row.name,
        })
    }
}

row! {
    /// Another member of somebody's groups.
    FellowRow {
        id: Uuid,
        enterprise_id: Uuid,
        site_id: Uuid,
        first_name: String,
        last_name: String,
    }
}

impl TryFrom<FellowRow> for Fellow {
    type Error = Error;
    fn try_from(row: FellowRow) -> Result<Self> {
        Ok(Self {
            user: UserId(row.id),
            enterprise: EnterpriseId(row.enterprise_id),
            site: SiteId(row.site_id),
            name: format!("{} {}", row.first_name, row.last_name),
        })
    }
}

row! {
    /// A forward with whose it is: a user's, or a virtual user's, which has one name only.
    ForwardOfRow {
        id: Uuid,
        enterprise_id: Uuid,
        site_id: Uuid,
        name: String,
        last_name: Option<String>,
        kind: String,
    }
}

impl TryFrom<ForwardOfRow> for ForwardOf {
    type Error = Error;
    fn try_from(row: ForwardOfRow) -> Result<Self> {
        let (holder, name) = match row.last_name {
            Some(last) => (Holder::User(UserId(row.id)), format!("{} {last}", row.name)),
            None => (Holder::VirtualUser(VirtualUserId(row.id)), row.name),
        };
        Ok(Self {
            holder,
            enterprise: EnterpriseId(row.enterprise_id),
            site: SiteId(row.site_id),
            name,
            kind: parse(&row.kind, "kind of a forward")?,
        })
    }
}
