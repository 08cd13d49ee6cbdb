//! The words and rules of the business: what a user, a number, a state or a role is, and what may happen to it.
//!
//! Nothing here does IO, reads a clock or draws a random number; everything can be tested by calling it.

mod activation;
mod call;
mod country;
mod desk_phone;
mod draft;
mod enterprise;
mod extension;
mod id;
mod journal;
mod licence;
mod modification;
mod number;
mod page;
mod password;
mod phone_login;
mod phone_number;
mod problem;
mod question;
mod role;
pub mod routing;
mod state;
mod text;
mod time;
mod user;

pub use activation::{ActivationRequest, Attempt, Message, NextStep, Order, Progress};
pub use call::{CallOutcome, CallParty, CallRecord};
pub use country::{Country, Language};
pub use desk_phone::DeskPhoneType;
pub use draft::{NewUser, UserDraft};
pub use enterprise::{Department, DomainName, Enterprise, ExtensionRule, Label, Site, Telephony};
pub use extension::Extension;
pub use id::{
    AccountId, ApiTokenId, CallRecordId, DepartmentId, EnterpriseId, JobId, OrderId, SiteId, UserId,
};
pub use journal::{Change, Entity, JournalAction, JournalEntry, NewJournalEntry};
pub use licence::{Licence, Package, Product, Service};
pub use modification::{Difference, UserPatch, differences};
pub use number::{Number, NumberRange, NumberState};
pub use page::{Cursor, Direction, Limit, Page};
pub use password::PortalPassword;
pub use phone_login::{LoginDetails, LoginName, PhonePassword};
pub use phone_number::PhoneNumber;
pub use problem::{Field, FieldProblem, Problem, Problems};
pub use question::Question;
pub use role::{Action, Grant, Role, Target, Verdict, allows};
pub use state::{Event, FailureReason, Refused, State};
pub use text::{ContractNumber, Email, FirstName, LastName, Username, fold};
pub use time::Timestamp;
pub use user::{Mobile, User, UserSort};
