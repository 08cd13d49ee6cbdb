//! Counts activations by back end and outcome, for `/metrics`.

use model::Event;

use super::BackEnd;

/// Who has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Klinke after its proof.
    Automatic,
    /// The carrier, by its answer or its report.
    Webhook,
    /// The operator by hand.
    Operator,
}

impl By {
    /// Whose answer a job carries out; a manual back end answers nothing.
    pub(super) fn of(back_end: BackEnd) -> Self {
        match back_end {
            BackEnd::Automatic => Self::Automatic,
            BackEnd::Manual => Self::Operator,
            BackEnd::Webhook => Self::Webhook,
        }
    }
}

/// Counts what was committed.
pub(super) fn count(by: By, event: &Event) {
    let back_end = match by {
        By::Automatic => "automatic",
        By::Webhook => "webhook",
        By::Operator => "operator",
    };
    let outcome = match event {
        Event::Activate { .. } => "activated",
        Event::Fail { .. } => "failed",
        Event::Retry => "retried",
    };
    metrics::counter!("klinke_activations_total", "back_end" => back_end, "outcome" => outcome)
        .increment(1);
}
