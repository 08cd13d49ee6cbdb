//! New login details for many users at once (L2–L4): what each row is, and how it gets further.
//!
//! Rows are read and written as lists in JSON, one statement for all of a batch.

use async_trait::async_trait;
use model::{
    DeskPhoneType, EnterpriseId, Limit, PhoneNumber, Renewal, RenewalId, RenewalOutcome,
    RenewalState, SiteId, Timestamp, UserId,
};

use crate::{Result, Tenant};

/// A user who may take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub user: UserId,
    /// Where.
    pub site: SiteId,
    /// First and last name.
    pub name: String,
    /// Why not, as far as it can be seen now (L4).
    pub obstacle: Option<RenewalOutcome>,
}

/// A row as it is fixed at the start; those that wait are still to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRenewalRow {
    /// Who was asked for.
    pub asked: UserId,
    /// The user, where there is one that the administrator may know.
    pub user: Option<UserId>,
    /// First and last name; empty when it is nobody's.
    pub name: String,
    /// What is known so far.
    pub outcome: RenewalOutcome,
}

/// What became of one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalRow {
    /// The place in the list, to go on from.
    pub place: PlaceInRows,
    /// Who was asked for.
    pub asked: UserId,
    /// The user, as long as there is one.
    pub user: Option<UserId>,
    /// First and last name; empty when it is nobody's.
    pub name: String,
    /// What became of them.
    pub outcome: RenewalOutcome,
}

/// A place in the list of rows: those that were skipped come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlaceInRows {
    /// 0 for those that were skipped, 1 for the others.
    pub rank: i64,
    /// The order in which users were asked for.
    pub position: i64,
}

/// The rows whose turn it is.
#[derive(Clone, Debug)]
pub struct RenewalBatch {
    /// Whose they are.
    pub renewal: Renewal,
    /// The password that was chosen for all, sealed.
    pub chosen: Option<Vec<u8>>,
    /// Whether no others come behind them.
    pub is_last: bool,
    /// Those that wait.
    pub turns: Vec<Turn>,
}

/// A user whose turn it is, as they are now.
#[derive(Clone, Debug)]
pub struct Turn {
    /// Place in the renewal.
    pub position: i64,
    /// `None` when the user was deleted meanwhile.
    pub user: Option<TurnOf>,
}

/// What is to be known of that user.
#[derive(Clone, Debug)]
pub struct TurnOf {
    /// Who.
    pub user: UserId,
    /// Where.
    pub site: SiteId,
    /// First and last name.
    pub name: String,
    /// The telephone number.
    pub number: PhoneNumber,
    /// Why not (L4).
    pub obstacle: Option<RenewalOutcome>,
    /// When the login details in force were issued.
    pub issued_at: Option<Timestamp>,
}

/// A login that is to take the place of the user's earlier one.
#[derive(Clone, Debug)]
pub struct RenewedLogin {
    /// Whose.
    pub user: UserId,
    /// Login name.
    pub login: String,
    /// The digests, sealed.
    pub digests: Vec<u8>,
    /// The password, sealed, until it is fetched.
    pub password: Vec<u8>,
    /// When they were made.
    pub issued_at: Timestamp,
}

/// A row of the file that is fetched once.
#[derive(Clone, Debug)]
pub struct ResultRow {
    /// Place in the renewal.
    pub position: i64,
    /// The user, as long as there is one.
    pub user: Option<UserId>,
    /// First and last name.
    pub name: String,
    /// What became of them, by now.
    pub outcome: RenewalOutcome,
    /// Name of the site.
    pub site: Option<String>,
    /// The telephone number.
    pub number: Option<PhoneNumber>,
    /// The extension.
    pub extension: Option<String>,
    /// The desk phone.
    pub desk_phone_type: Option<DeskPhoneType>,
    /// Login name.
    pub login: Option<String>,
    /// The password, sealed; absent unless it is in force.
    pub password: Option<Vec<u8>>,
}

/// New login details for many users.
#[async_trait]
pub trait RenewalStore: Send {
    /// Those of the users that are in the enterprise, in any order.
    async fn list_candidates(
        &mut self,
        enterprise: EnterpriseId,
        users: &[UserId],
    ) -> Result<Vec<Candidate>>;
    /// The numbers of those of the users that are there, in any order.
    async fn list_numbers(&mut self, users: &[UserId]) -> Result<Vec<PhoneNumber>>;
    /// Adds one with its rows, and the password that was chosen for all, sealed; `false` when it is there already.
    async fn insert(
        &mut self,
        renewal: &Renewal,
        chosen: Option<&[u8]>,
        rows: &[NewRenewalRow],
    ) -> Result<bool>;
    /// The one with this id.
    async fn get(&mut self, tenant: Tenant, id: RenewalId) -> Result<Option<Renewal>>;
    /// What became of each, those that were skipped first, behind a place.
    async fn list_rows(
        &mut self,
        tenant: Tenant,
        id: RenewalId,
        after: Option<PlaceInRows>,
        limit: Limit,
    ) -> Result<Vec<RenewalRow>>;
    /// Moves on by up to `count` rows and answers those that wait; nobody else gets them, and nobody else changes their users
    /// until the end of the transaction. `None` when the renewal is over.
    async fn take(&mut self, id: RenewalId, count: i64) -> Result<Option<RenewalBatch>>;
    /// Puts the logins in place of earlier ones, keeps the passwords to be fetched, and lets the users' versions rise.
    async fn put_logins(&mut self, id: RenewalId, logins: &[RenewedLogin]) -> Result<()>;
    /// Notes what became of rows, by their positions, and counts them.
    async fn update_outcomes(
        &mut self,
        id: RenewalId,
        outcomes: &[(i64, RenewalOutcome)],
    ) -> Result<()>;
    /// Ends a renewal that is running; `false` when it is over.
    async fn finish(
        &mut self,
        tenant: Tenant,
        id: RenewalId,
        state: RenewalState,
        at: Timestamp,
    ) -> Result<bool>;
    /// Answers the result, this once: its passwords are deleted. `None` when there is none any more, or not yet.
    async fn fetch(
        &mut self,
        tenant: Tenant,
        id: RenewalId,
        at: Timestamp,
    ) -> Result<Option<Vec<ResultRow>>>;
    /// Deletes the passwords that could be fetched until `now` or earlier.
    async fn delete_passwords(&mut self, now: Timestamp) -> Result<()>;
    /// Deletes renewals whose passwords could be fetched before `before`.
    async fn delete_older(&mut self, before: Timestamp) -> Result<()>;
}
