//! The carrier reports back on an order (S3, S4).

use model::{Event, FailureReason, Field, Label, OrderId, Problem};
use store::{Tenant, Tx};

use super::{
    apply,
    count::{self, By},
    signature::Signed,
};
use crate::{Actor, Env, Error, Result};

/// What the carrier says of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The number leads to us.
    Activated,
    /// It is impossible, and why.
    Failed {
        /// What the administrator will read.
        reason: String,
    },
}

/// A report, as it was read from a body whose signature is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Id of the order.
    pub order: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What a report is answered; the same when it is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reported {
    Done,
    Unknown,
    Finished,
}

impl Reported {
    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Unknown => "unknown",
            Self::Finished => "finished",
        }
    }

    fn answer(self) -> Result<()> {
        match self {
            Self::Done => Ok(()),
            Self::Unknown => Err(Error::NotFound),
            Self::Finished => Err(Error::OrderFinished),
        }
    }
}

/// Fails unless the carrier has signed this body in the last minutes.
///
/// # Errors
/// `Unauthenticated`; why is in the log, without the body.
pub fn authenticate(env: &Env, signed: Signed<'_>, body: &[u8]) -> Result<()> {
    let Some(carrier) = &env.orders else {
        return Err(Error::Unauthenticated);
    };
    signed
        .check(&carrier.secret, env.now(), body)
        .map_err(|doubt| {
            let id: String = signed.id.chars().take(80).collect();
            tracing::warn!(?id, ?doubt, "a report is not believed");
            Error::Unauthenticated
        })
}

/// Carries a report out whose signature was [`authenticate`]d; `message` is its `webhook-id`.
///
/// # Errors
/// `NotFound` for an unknown order, `OrderFinished` for one that was decided about, `Invalid` for a failure without a reason.
pub async fn report(env: &Env, message: &str, report: &Report) -> Result<()> {
    let event = event(env, &report.outcome)?;
    let mut tx = env.write().await?;
    if let Some(answer) = tx.activation().insert_report(message, env.now()).await? {
        return earlier(&answer);
    }
    let reported = carry_out(env, tx.as_mut(), &report.order, event.clone()).await?;
    tx.activation()
        .update_report(message, reported.name())
        .await?;
    tx.commit().await?;
    match reported {
        Reported::Done => count::count(By::Webhook, &event),
        Reported::Unknown | Reported::Finished => {
            tracing::warn!(?reported, "a report changes nothing");
        }
    }
    reported.answer()
}

fn event(env: &Env, outcome: &Outcome) -> Result<Event> {
    match outcome {
        Outcome::Activated => Ok(Event::Activate { at: env.now() }),
        Outcome::Failed { reason } => {
            let reason: std::result::Result<Label, Problem> = reason.parse();
            let reason = reason.map_err(|problem| Error::field(Field::Reason, problem))?;
            let reason = FailureReason::Carrier(reason.to_string());
            Ok(Event::Fail { reason })
        }
    }
}

fn earlier(answer: &str) -> Result<()> {
    let known = [Reported::Done, Reported::Unknown, Reported::Finished];
    known
        .into_iter()
        .find(|reported| reported.name() == answer)
        .ok_or(Error::Internal("a report has no answer"))?
        .answer()
}

async fn carry_out(env: &Env, tx: &mut dyn Tx, order: &str, event: Event) -> Result<Reported> {
    let Ok(order) = order.parse::<OrderId>() else {
        return Ok(Reported::Unknown);
    };
    let Some(order) = tx.activation().get_order(order).await? else {
        return Ok(Reported::Unknown);
    };
    if !order.is_open {
        return Ok(Reported::Finished);
    }
    let user = tx.user().get(Tenant::Installation, order.user).await?;
    let user = user.ok_or(Error::NotFound)?;
    apply(env, tx, &Actor::carrier(), user, event).await?;
    tx.job().delete_activation(order.user).await?;
    Ok(Reported::Done)
}
