//! Orders at the carrier: what is sent, and what its answer means (Standard Webhooks).

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use model::{FailureReason, Label, OrderId, Timestamp, User};
use serde_json::{Value, json};

use super::{back_end::Answer, signature::WebhookSecret};
use crate::{Env, Error, Result};

/// A message to the carrier, ready to be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// `webhook-id`: the order's id, the same however often it is sent.
    pub id: String,
    /// `webhook-timestamp`: seconds since 1970.
    pub timestamp: i64,
    /// `webhook-signature`.
    pub signature: String,
    /// JSON.
    pub body: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// HTTP status.
    pub status: u16,
    /// The body, as far as it was read.
    pub body: Vec<u8>,
}

/// What brings messages to the carrier.
#[async_trait]
pub trait Post: Send + Sync {
    /// Posts a message; the error says why no answer came, without secrets.
    async fn post(&self, posting: Posting) -> std::result::Result<Posted, String>;
}

/// The carrier, as the webhook reaches it.
#[derive(Clone)]
pub struct Carrier {
    pub(super) secret: WebhookSecret,
    post: Arc<dyn Post>,
}

impl fmt::Debug for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Carrier")
    }
}

impl Carrier {
    /// A carrier that shares the secret.
    pub fn new(secret: WebhookSecret, post: Arc<dyn Post>) -> Self {
        Self { secret, post }
    }

    /// Sends the order. Only 400 and 422 speak of the order itself; everything else that is not a success is about the way
    /// there and is tried again.
    async fn order(&self, order: OrderId, user: &User, now: Timestamp) -> Result<Answer> {
        let (id, timestamp) = (order.to_string(), now.0 / 1000);
        let body = body(order, user);
        let signature = self.secret.sign(&id, timestamp, body.as_bytes());
        let posting = Posting {
            id,
            timestamp,
            signature,
            body,
        };
        let posted = self.post.post(posting).await.map_err(Error::Carrier)?;
        match posted.status {
            200..=299 => Ok(Answer::Wait),
            400 | 422 => Ok(Answer::Fail(refusal(&posted))),
            status => Err(Error::Carrier(format!("answered with status {status}"))),
        }
    }
}

/// What the carrier is told, and no more.
fn body(order: OrderId, user: &User) -> String {
    json!({
        "type": "activation.ordered",
        "order": order,
        "user": user.id,
        "number": user.number.as_str(),
        "enterprise": user.enterprise,
        "site": user.site,
    })
    .to_string()
}

/// The carrier's own `reason`, else the status.
fn refusal(posted: &Posted) -> FailureReason {
    let said: Option<Value> = serde_json::from_slice(&posted.body).ok();
    let reason = said.as_ref().and_then(|said| said["reason"].as_str());
    let reason = reason.and_then(|reason| reason.parse::<Label>().ok());
    FailureReason::Carrier(reason.map_or_else(
        || format!("HTTP {}", posted.status),
        |reason| reason.to_string(),
    ))
}

/// How long an order that the carrier never took is tried, in seconds.
const GIVE_UP_AFTER_S: i64 = 24 * 3600;

/// Sends the order of a Pending user, after it has been noted: whoever is killed in the middle sends the same one again, and a
/// report that comes before our own commit finds it.
pub(super) async fn order(env: &Env, user: &User, order: OrderId) -> Result<Answer> {
    let carrier = env.orders.as_ref();
    let carrier = carrier.ok_or(Error::Internal("there is no carrier to order at"))?;
    let mut tx = env.write().await?;
    tx.activation()
        .insert_order(order, user.id, env.now())
        .await?;
    let progress = tx
        .activation()
        .get(store::Tenant::Installation, user.id)
        .await?;
    tx.commit().await?;
    let sent = carrier.order(order, user, env.now()).await;
    let since = progress.and_then(|progress| progress.order);
    match (sent, since) {
        (Err(error), Some(since))
            if since.accepted_at.is_none()
                && env.now() >= since.ordered_at.plus_seconds(GIVE_UP_AFTER_S) =>
        {
            tracing::warn!(%order, error = &error as &dyn std::error::Error, "the carrier took no order for a day");
            Ok(Answer::Fail(FailureReason::CarrierUnreachable))
        }
        (sent, _) => sent,
    }
}
