//! The journal: who changed what, when, from what to what (R5).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{AccountId, EnterpriseId, Problem, SiteId, Timestamp, licence::catalogue};

catalogue! {
    /// What happened, in the past tense.
    JournalAction {
        /// An enterprise was added.
        EnterpriseAdded = "enterprise-added",
        /// A site was added.
        SiteAdded = "site-added",
        /// An enterprise was changed.
        EnterpriseChanged = "enterprise-changed",
        /// A site was changed.
        SiteChanged = "site-changed",
        /// A department was added.
        DepartmentAdded = "department-added",
        /// A department was renamed or moved.
        DepartmentChanged = "department-changed",
        /// A department was deleted.
        DepartmentDeleted = "department-deleted",
        /// A number is kept back.
        NumberReserved = "number-reserved",
        /// A number is kept back no longer.
        NumberReleased = "number-released",
        /// A number was taken from a site.
        NumberRemoved = "number-removed",
        /// Numbers were brought into a site.
        NumbersImported = "numbers-imported",
        /// The count of licences was set.
        LicenceSet = "licence-set",
        /// An administrator was added.
        AdministratorAdded = "administrator-added",
        /// An administrator was changed.
        AdministratorChanged = "administrator-changed",
        /// An administrator was removed.
        AdministratorRemoved = "administrator-removed",
        /// Somebody set the password through a one-time link.
        PasswordSet = "password-set",
        /// A token for the API was made.
        ApiTokenAdded = "api-token-added",
        /// A user was added.
        UserAdded = "user-added",
        /// A user was changed.
        UserModified = "user-modified",
        /// A user was activated.
        UserActivated = "user-activated",
        /// A user's activation failed.
        UserActivationFailed = "user-activation-failed",
        /// A user's activation is tried again.
        UserActivationRetried = "user-activation-retried",
        /// An administrator has asked the operator to look at a failed activation.
        UserActivationRequested = "user-activation-requested",
        /// A user that was never active was removed by the operator.
        UserCancelled = "user-cancelled",
        /// A user was deleted.
        UserDeleted = "user-deleted",
        /// New login details were made for a user's desk phone.
        LoginDetailsRenewed = "login-details-renewed",
        /// Somebody fetched the new login details of many users.
        LoginDetailsFetched = "login-details-fetched",
        /// A user's call services were set.
        CallServicesSet = "call-services-set",
        /// A user's profile was set.
        ProfileSet = "profile-set",
        /// An administrator has taken the view of a user.
        ViewTaken = "view-taken",
        /// The administrator has left the view of a user.
        ViewLeft = "view-left",
        /// A registration email was asked for again.
        RegistrationEmailSent = "registration-email-sent",
        /// An account was locked after too many wrong passwords.
        AccountLocked = "account-locked",
        /// An account was reset by an administrator.
        AccountReset = "account-reset",
        /// An enterprise's rules for passwords were changed.
        PasswordRulesChanged = "password-rules-changed",
        /// A pickup group was added.
        PickupGroupAdded = "pickup-group-added",
        /// A pickup group was changed.
        PickupGroupChanged = "pickup-group-changed",
        /// A pickup group was deleted.
        PickupGroupDeleted = "pickup-group-deleted",
        /// A park group was added.
        ParkGroupAdded = "park-group-added",
        /// A park group was changed.
        ParkGroupChanged = "park-group-changed",
        /// A park group was deleted.
        ParkGroupDeleted = "park-group-deleted",
        /// Colleagues of a deleted user were sent a message.
        ColleaguesTold = "colleagues-told",
        /// A hunt group was added.
        HuntGroupAdded = "hunt-group-added",
        /// A hunt group was changed.
        HuntGroupModified = "hunt-group-modified",
        /// A hunt group was deleted.
        HuntGroupDeleted = "hunt-group-deleted",
        /// A virtual user was activated.
        VirtualUserActivated = "virtual-user-activated",
        /// A virtual user's activation failed.
        VirtualUserActivationFailed = "virtual-user-activation-failed",
        /// A virtual user's activation is tried again.
        VirtualUserActivationRetried = "virtual-user-activation-retried",
        /// A virtual user that was never active was removed by the operator.
        VirtualUserCancelled = "virtual-user-cancelled",
        /// Somebody set up codes of an authenticator app.
        TotpSetUp = "totp-set-up",
        /// Somebody removed the codes of an authenticator app.
        TotpRemoved = "totp-removed",
        /// Somebody made new recovery codes.
        RecoveryCodesMade = "recovery-codes-made",
        /// Somebody logged in with a recovery code.
        RecoveryCodeUsed = "recovery-code-used",
        /// Somebody added a passkey.
        PasskeyAdded = "passkey-added",
        /// Somebody removed a passkey.
        PasskeyRemoved = "passkey-removed",
        /// A call centre was added.
        CallCentreAdded = "call-centre-added",
        /// A call centre was changed.
        CallCentreModified = "call-centre-modified",
        /// A call centre was deleted.
        CallCentreDeleted = "call-centre-deleted",
        /// Somebody said what an agent of a call centre is doing.
        AgentStateSet = "agent-state-set",
        /// It was set when a site is open.
        ScheduleSet = "schedule-set",
        /// Music or an announcement was uploaded.
        AudioSet = "audio-set",
        /// Music or an announcement was removed.
        AudioRemoved = "audio-removed",
    }
}

/// One field, before and after; secrets are never in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field's name in the API.
    pub field: String,
    /// What it was.
    pub before: Option<String>,
    /// What it is now.
    pub after: Option<String>,
}

impl Change {
    /// A field that has got its first value.
    pub fn new(field: &str, after: &(impl fmt::Display + ?Sized)) -> Self {
        Self {
            field: field.to_owned(),
            before: None,
            after: Some(after.to_string()),
        }
    }

    /// A field that has changed.
    pub fn from_to<T: fmt::Display + ?Sized>(field: &str, before: &T, after: &T) -> Self {
        Self {
            before: Some(before.to_string()),
            ..Self::new(field, after)
        }
    }
}

/// What an entry is about; it keeps the name when the thing itself is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its id.
    pub id: Uuid,
    /// Its name at that time.
    pub name: String,
}

/// An entry before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJournalEntry {
    /// When.
    pub at: Timestamp,
    /// Who really acted; `None` for the system itself.
    pub actor: Option<AccountId>,
    /// The actor's name at that time.
    pub actor_name: String,
    /// In whose name the actor acted (R3).
    pub on_behalf_of: Option<String>,
    /// In which enterprise.
    pub enterprise: Option<EnterpriseId>,
    /// At which site.
    pub site: Option<SiteId>,
    /// What happened.
    pub action: JournalAction,
    /// To what.
    pub entity: Entity,
    /// From what to what.
    pub changes: Vec<Change>,
}

/// An entry in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its place; rises, with gaps.
    pub seq: i64,
    /// What was written.
    pub entry: NewJournalEntry,
}
