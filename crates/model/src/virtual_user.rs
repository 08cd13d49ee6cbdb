//! A virtual user: a hunt group or call centre, which has number, extension and state as a user has (S1–S5).

use std::{fmt, str::FromStr};

use crate::{
    DepartmentId, EnterpriseId, Extension, Label, PhoneNumber, Problem, SiteId, State, Timestamp,
    VirtualUserId, fold, licence::catalogue,
};

catalogue! {
    /// What a virtual user does with its calls.
    VirtualUserKind {
        /// Rings its members (G3).
        HuntGroup = "hunt-group",
        /// Queues calls for its agents (G4).
        CallCentre = "call-centre",
    }
}

/// A hunt group or call centre, as far as both are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VirtualUser {
    /// Identity.
    pub id: VirtualUserId,
    /// What it does with its calls.
    pub kind: VirtualUserKind,
    /// Whose.
    pub enterprise: EnterpriseId,
    /// Where.
    pub site: SiteId,
    /// In which department.
    pub department: Option<DepartmentId>,
    /// Name, unique in the site; phones show it before the caller's.
    pub name: Label,
    /// Telephone number.
    pub number: PhoneNumber,
    /// Extension, unique in the enterprise among users and virtual users.
    pub extension: Extension,
    /// Pending, Activated or Failed.
    pub state: State,
    /// Rises with each change; the basis of `ETag`.
    pub version: i64,
    /// When it was added.
    pub created_at: Timestamp,
}

impl VirtualUser {
    /// The name as it is sorted and compared: `Vertrieb` and `VERTRIEB` are one.
    #[must_use]
    pub fn sort_name(&self) -> String {
        fold(self.name.as_str())
    }

    /// The folded text in which a search looks for its words.
    #[must_use]
    pub fn search_text(&self) -> String {
        format!("{} {} {}", self.sort_name(), self.number, self.extension)
    }
}
