//! Groups and virtual users as the API shows them beside other things.

use model::{Membership, VirtualUser};
use serde::Serialize;
use service::ForwardOf;
use utoipa::ToSchema;
use uuid::Uuid;

use super::user_out::{state_reason, time};

/// A group that somebody is in.
#[derive(Serialize, ToSchema)]
pub(super) struct GroupOut {
    /// `hunt-group`, `call-centre`, `pickup-group` or `park-group`.
    kind: &'static str,
    /// Identity.
    id: Uuid,
    /// Name.
    name: String,
}

impl From<Membership> for GroupOut {
    fn from(group: Membership) -> Self {
        Self {
            kind: group.kind.id(),
            id: group.id,
            name: group.name,
        }
    }
}

/// A forward of a colleague or of a group.
#[derive(Serialize, ToSchema)]
pub(super) struct ForwardOfOut {
    /// The colleague; `null` for a group.
    user: Option<Uuid>,
    /// The hunt group or call centre; `null` for a colleague.
    virtual_user: Option<Uuid>,
    /// Name of who forwards.
    name: String,
    /// `always`, `busy`, `no-answer` or `unreachable`.
    kind: &'static str,
}

impl From<ForwardOf> for ForwardOfOut {
    fn from(forward: ForwardOf) -> Self {
        Self {
            user: forward.holder.user().map(|id| id.0),
            virtual_user: forward.holder.virtual_user().map(|id| id.0),
            name: forward.name,
            kind: forward.kind.id(),
        }
    }
}

/// A hunt group or call centre, as far as both are alike; telephone numbers are E.164 with `+`.
#[derive(Serialize, ToSchema)]
pub(super) struct VirtualUserOut {
    /// Identity.
    pub id: Uuid,
    /// `hunt-group` or `call-centre`.
    pub kind: &'static str,
    /// `pending`, `activated` or `failed`.
    pub state: &'static str,
    /// Why activation failed.
    pub state_reason: Option<String>,
    /// Where.
    pub site: Uuid,
    /// In which department.
    pub department: Option<Uuid>,
    /// Name, unique at the site.
    pub name: String,
    /// Telephone number.
    pub number: String,
    /// Extension.
    pub extension: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}

impl From<VirtualUser> for VirtualUserOut {
    fn from(virtual_user: VirtualUser) -> Self {
        Self {
            id: virtual_user.id.0,
            kind: virtual_user.kind.id(),
            state: virtual_user.state.name(),
            state_reason: state_reason(&virtual_user.state),
            site: virtual_user.site.0,
            department: virtual_user.department.map(|department| department.0),
            name: virtual_user.name.to_string(),
            number: virtual_user.number.to_string(),
            extension: virtual_user.extension.to_string(),
            created_at: time(virtual_user.created_at),
        }
    }
}
