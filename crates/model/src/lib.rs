//! The words and rules of the business: what a user, a number, a state or a role is, and what may happen to it.
//!
//! Nothing here does IO, reads a clock or draws a random number; everything can be tested by calling it.

mod activation;
mod audio;
mod barring;
mod call;
pub mod call_centre;
mod call_services;
mod country;
mod department;
mod desk_phone;
mod draft;
mod draws;
mod enterprise;
mod extension;
mod group;
pub mod group_call;
mod help;
mod hunt_draft;
mod hunt_group;
mod id;
mod journal;
mod licence;
mod modification;
mod notice;
mod number;
mod page;
mod park;
mod passcode;
mod password;
mod password_rules;
mod phone_login;
mod phone_number;
mod problem;
mod profile;
mod question;
mod renewal;
mod role;
pub mod routing;
pub mod spreadsheet;
mod state;
mod team;
mod team_draft;
mod text;
mod time;
mod usage;
mod user;
mod virtual_user;

pub use activation::{ActivationRequest, Attempt, Message, NextStep, Order, Progress};
pub use audio::{AudioFault, AudioFile, AudioKind, AudioName, AudioOwner, Heard};
pub use barring::{BarringProfile, NumberClass};
pub use call::{CallAnswer, CallOutcome, CallParty, CallRecord};
pub use call_services::{
    CallServices, CallServicesDraft, DoNotDisturb, ForwardAlways, ForwardKind, ForwardNoAnswer,
    ForwardTarget, Period, RING_S, Rings, TypedTarget, service_differences,
};
pub use country::{Country, Language};
pub use department::{Department, DepartmentTree, Refusal as DepartmentRefusal};
pub use desk_phone::DeskPhoneType;
pub use draft::{NewUser, UserDraft};
pub use enterprise::{DomainName, Enterprise, ExtensionRule, Label, Site, Telephony};
pub use extension::Extension;
pub use group::{Fellow, GroupKind, Membership};
pub use help::{HelpComment, HelpCount, HelpRemark, HelpTask};
pub use hunt_draft::{
    HuntGroupDraft, MOST_MEMBERS, NewHuntGroup, TypedMember, TypedSettings, target_field,
};
pub use hunt_group::{HuntForward, HuntGroup, HuntGroupSettings, HuntMember, HuntPolicy};
pub use id::{
    AccountId, ApiTokenId, AudioFileId, CallRecordId, DepartmentId, EnterpriseId, ForgottenId,
    JobId, NoticeId, OrderId, PasskeyId, RenewalId, SiteId, TeamId, UserId, VirtualUserId,
};
pub use journal::{Change, Entity, JournalAction, JournalEntry, NewJournalEntry};
pub use licence::{Licence, Package, Product, Service};
pub use modification::{Difference, UserPatch, differences};
pub use notice::{Notice, NoticeChange, NoticeText};
pub use number::{HeldNumber, Holder, Number, NumberRange, NumberState};
pub use page::{Cursor, Direction, Limit, Page};
pub use park::{ParkGroup, ParkRecall, ParkSettings};
pub use passcode::VoicemailPasscode;
pub use password::PortalPassword;
pub use password_rules::{PasswordRules, TypedPasswordRules};
pub use phone_login::{LoginDetails, LoginName, PhonePassword};
pub use phone_number::PhoneNumber;
pub use problem::{Field, FieldProblem, Problem, Problems};
pub use profile::{Profile, ProfileDraft, ZoneName};
pub use question::Question;
pub use renewal::{Renewal, RenewalOutcome, RenewalResult, RenewalState};
pub use role::{Action, Grant, Role, Target, Verdict, allows};
pub use state::{Event, FailureReason, Refused, State};
pub use team::{Team, TeamKind, TeamSettings, keeping};
pub use team_draft::{NewTeam, ParkDraft, TeamDraft, park_differences};
pub use text::{ContractNumber, Email, FirstName, LastName, PasskeyName, Username, fold};
pub use time::Timestamp;
pub use usage::{LicenceUse, UserGroup};
pub use user::{Mobile, User, UserSort};
pub use virtual_user::{VirtualUser, VirtualUserKind};
