//! What can be asked of the database, said once; `store-sqlite` and `store-postgres` answer it with the queries in `sql/`.
//!
//! Nothing can be asked without saying on whose behalf: look-ups take a [`Tenant`] or the id of the enterprise or site they
//! stay inside.

mod access;
mod activation;
mod audio;
mod call;
mod call_centre;
mod error;
mod group_call;
mod help;
mod job;
mod journal;
mod notice;
mod place;
mod renewal;
pub mod renewal_json;
pub mod row;
mod second_factor;
mod services;
mod team;
mod tenant;
mod user;
mod user_draft;
mod virtual_user;

use std::sync::Arc;

use async_trait::async_trait;
use model::JournalEntry;
use tokio::sync::watch;

pub use access::{
    Account, AccountStore, ApiToken, ApiTokenStore, Forgotten, ForgottenStore, LinkPurpose, Lost,
    NewAccount, PasswordHistoryStore, PasswordLinkStore, PasswordRulesStore, SessionRecord,
    SessionStore, TokenHash,
};
pub use activation::{ActivationStore, NotActive, QueueFilter, SentOrder};
pub use audio::AudioStore;
pub use call::{CallRecordStore, CallScope, Registration, RegistrationStore};
pub use call_centre::{AgentSeat, CallCentreStore, SupervisorSeat};
pub use error::{Error, Result};
pub use group_call::{GroupCallStore, Member, PastCall, PastStep, Period};
pub use help::{HelpAnswer, HelpStore};
pub use job::{Idempotency, IdempotencyStore, Job, JobKind, JobStore, Seen};
pub use journal::{JournalFilter, JournalPlace, JournalScope, JournalStore};
pub use notice::NoticeStore;
pub use place::{
    DepartmentStore, EnterpriseStore, LicenceStore, NumberFilter, NumberStore, Place, SiteStore,
};
pub use renewal::{
    Candidate, NewRenewalRow, PlaceInRows, RenewalBatch, RenewalRow, RenewalStore, RenewedLogin,
    ResultRow, Turn, TurnOf,
};
pub use second_factor::{
    Passkey, PasskeyChallenge, PasskeyChallengeStore, PasskeyStore, PendingLoginStore,
    RecoveryCodeStore, Totp, TotpStore,
};
pub use services::{CallServicesStore, Forwarding, PhoneBookEntry, ProfileStore};
pub use team::{ParkGroupStore, PickupGroupStore, StoredTeam, TeamLine, TeamMember, TeamStore};
pub use tenant::Tenant;
pub use user::{
    ExtensionHolder, PhoneLogin, PhoneLoginStore, Updated, UserFilter, UserList, UserRecord,
    UserScope, UserStore,
};
pub use user_draft::{KeptDraft, UserDraftStore};
pub use virtual_user::{
    ForwardOf, HuntGroupStore, Seat, VirtualUserKept, VirtualUserList, VirtualUserNotActive,
    VirtualUserScope, VirtualUserStore,
};

/// A database.
#[async_trait]
pub trait Store: Send + Sync {
    /// Begins to read; writing through it fails.
    async fn read(&self) -> Result<Box<dyn Tx>>;

    /// Begins to write; dropped without [`Tx::commit`], nothing has happened.
    async fn write(&self) -> Result<Box<dyn Tx>>;

    /// Tells when something may have been committed, here or on another node.
    fn changed(&self) -> watch::Receiver<()>;

    /// The place in the journal behind everything that is there.
    async fn journal_end(&self) -> Result<JournalPlace>;

    /// Entries behind a place, each once and none left out, with the places to go on from; at most 1,000.
    async fn journal_after(&self, place: JournalPlace)
    -> Result<Vec<(JournalPlace, JournalEntry)>>;

    /// Stops cleanly.
    async fn close(&self);
}

/// A store that is shared by everything that uses it.
pub type SharedStore = Arc<dyn Store>;

/// A transaction, and the tables it can reach.
#[async_trait]
pub trait Tx: Send {
    /// Enterprises.
    fn enterprise(&mut self) -> &mut dyn EnterpriseStore;
    /// Sites.
    fn site(&mut self) -> &mut dyn SiteStore;
    /// Departments.
    fn department(&mut self) -> &mut dyn DepartmentStore;
    /// Telephone numbers.
    fn number(&mut self) -> &mut dyn NumberStore;
    /// Licences.
    fn licence(&mut self) -> &mut dyn LicenceStore;
    /// Users.
    fn user(&mut self) -> &mut dyn UserStore;
    /// Users who are being added.
    fn user_draft(&mut self) -> &mut dyn UserDraftStore;
    /// Hunt groups and call centres, as far as both are alike.
    fn virtual_user(&mut self) -> &mut dyn VirtualUserStore;
    /// Call centres.
    fn call_centre(&mut self) -> &mut dyn CallCentreStore;
    /// What became of the calls of groups.
    fn group_call(&mut self) -> &mut dyn GroupCallStore;
    /// Uploaded music and announcements.
    fn audio(&mut self) -> &mut dyn AudioStore;
    /// Hunt groups.
    fn hunt_group(&mut self) -> &mut dyn HuntGroupStore;
    /// Activations that are under way.
    fn activation(&mut self) -> &mut dyn ActivationStore;
    /// Logins of desk phones.
    fn phone_login(&mut self) -> &mut dyn PhoneLoginStore;
    /// Accounts of the portal.
    fn account(&mut self) -> &mut dyn AccountStore;
    /// One-time links with which a password is set.
    fn password_link(&mut self) -> &mut dyn PasswordLinkStore;
    /// What enterprises ask of passwords.
    fn password_rules(&mut self) -> &mut dyn PasswordRulesStore;
    /// The last passwords of accounts.
    fn password_history(&mut self) -> &mut dyn PasswordHistoryStore;
    /// What somebody has forgotten.
    fn forgotten(&mut self) -> &mut dyn ForgottenStore;
    /// Sessions of the portal.
    fn session(&mut self) -> &mut dyn SessionStore;
    /// Secrets of authenticator apps.
    fn totp(&mut self) -> &mut dyn TotpStore;
    /// One-time codes instead of an app's.
    fn recovery_code(&mut self) -> &mut dyn RecoveryCodeStore;
    /// Logins that owe a code.
    fn pending_login(&mut self) -> &mut dyn PendingLoginStore;
    /// Passkeys.
    fn passkey(&mut self) -> &mut dyn PasskeyStore;
    /// What browsers were asked to sign.
    fn passkey_challenge(&mut self) -> &mut dyn PasskeyChallengeStore;
    /// Tokens for the API.
    fn api_token(&mut self) -> &mut dyn ApiTokenStore;
    /// The journal.
    fn journal(&mut self) -> &mut dyn JournalStore;
    /// Jobs.
    fn job(&mut self) -> &mut dyn JobStore;
    /// Requests that must not be carried out twice.
    fn idempotency(&mut self) -> &mut dyn IdempotencyStore;

    /// New login details for many users at once.
    fn renewal(&mut self) -> &mut dyn RenewalStore;
    /// Call services.
    fn call_services(&mut self) -> &mut dyn CallServicesStore;
    /// Profiles and the phone book.
    fn profile(&mut self) -> &mut dyn ProfileStore;
    /// Phones that are logged in.
    fn registration(&mut self) -> &mut dyn RegistrationStore;
    /// Calls that are over.
    fn call_record(&mut self) -> &mut dyn CallRecordStore;
    /// Pickup and park groups, as administrators keep them.
    fn team(&mut self) -> &mut dyn TeamStore;
    /// Pickup groups, as routing asks for them.
    fn pickup_group(&mut self) -> &mut dyn PickupGroupStore;
    /// Park groups, as parking asks for them.
    fn park_group(&mut self) -> &mut dyn ParkGroupStore;
    /// Letters to those who are told of a change.
    fn notice(&mut self) -> &mut dyn NoticeStore;
    /// What readers say of the help pages.
    fn help(&mut self) -> &mut dyn HelpStore;

    /// Makes everything that was written durable, or fails with nothing written.
    async fn commit(self: Box<Self>) -> Result<()>;
}
