//! How far the activations of users have come, orders at the carrier, and its reports.

use async_trait::async_trait;
use model::{
    ActivationRequest, Cursor, EnterpriseId, Limit, OrderId, Page, Progress, Timestamp, User,
    UserId,
};

use crate::{Result, Tenant};

/// A user that is not active, in the operator's queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotActive {
    /// The user.
    pub user: User,
    /// Name of the enterprise.
    pub enterprise_name: String,
    /// Name of the site.
    pub site_name: String,
    /// How far the activation has come.
    pub progress: Progress,
}

/// Which of those in the queue are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// One enterprise only.
    pub enterprise: Option<EnterpriseId>,
    /// Name of the state ([`model::State::name`]).
    pub state: Option<String>,
    /// Only those added before.
    pub before: Option<Timestamp>,
}

/// An order that was once sent, open or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentOrder {
    /// Whom it is about.
    pub user: UserId,
    /// Whether the carrier can still report on it.
    pub is_open: bool,
}

/// Activations that are under way.
#[async_trait]
pub trait ActivationStore: Send {
    /// How far that of a user has come; `None` when there is no such user.
    async fn get(&mut self, tenant: Tenant, user: UserId) -> Result<Option<Progress>>;
    /// The operator's queue: users that somebody has asked about come first, then the oldest.
    async fn list(
        &mut self,
        filter: &QueueFilter,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<NotActive>>;
    /// When the Pending user that waits longest was added.
    async fn oldest_pending(&mut self) -> Result<Option<Timestamp>>;
    /// Notes that the operator is to decide, unless that is known already.
    async fn put_waiting(&mut self, user: UserId, since: Timestamp) -> Result<()>;
    /// Notes that it was spoken of again.
    async fn update_reminded(&mut self, user: UserId, at: Timestamp) -> Result<()>;
    /// Notes what an administrator has asked, in place of an earlier request; `false` when there is no such user.
    async fn put_request(
        &mut self,
        tenant: Tenant,
        user: UserId,
        request: &ActivationRequest,
    ) -> Result<bool>;
    /// Forgets what was waited for and asked, and closes the open order: somebody has decided.
    async fn settle(&mut self, user: UserId, at: Timestamp) -> Result<()>;
    /// Notes that an order is sent; sending it again changes nothing.
    async fn insert_order(&mut self, order: OrderId, user: UserId, at: Timestamp) -> Result<()>;
    /// Notes that the carrier took an order, unless it took it before.
    async fn update_accepted(&mut self, order: OrderId, at: Timestamp) -> Result<()>;
    /// The order with this id.
    async fn get_order(&mut self, order: OrderId) -> Result<Option<SentOrder>>;
    /// Notes a report; what an earlier one of the same message id was answered.
    async fn insert_report(&mut self, message: &str, at: Timestamp) -> Result<Option<String>>;
    /// Notes what a report was answered.
    async fn update_report(&mut self, message: &str, answer: &str) -> Result<()>;
    /// Forgets reports older than `before`.
    async fn delete_reports_older(&mut self, before: Timestamp) -> Result<()>;
}
