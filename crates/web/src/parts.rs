//! Small things that several pages show: choices, stocks, states, pagers, headings of sorted columns.

use model::{Licence, State};

use crate::format::Moment;
use crate::names;
use crate::words::Words;

/// One choice of a select, a radio group or a list of check boxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the reader reads.
    pub label: String,
    /// What stands beside it, such as "12 of 50 left".
    pub note: String,
    /// Whether it can be chosen.
    pub is_available: bool,
}

/// Licences of one product or numbers of one site: how many there are and how many are in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// Of what.
    pub label: String,
    /// How many are in use.
    pub used: u64,
    /// How many there are.
    pub total: u64,
}

/// State of a user without its details; it has a label, a colour and an icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the states of `model::State`")]
pub enum Badge {
    Pending,
    Activated,
    Failed,
}

/// The pages of a list before and after this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pager {
    /// Address of the previous page.
    pub previous: Option<String>,
    /// Address of the next page.
    pub next: Option<String>,
}

/// The heading of a column that the list can be sorted by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SortLink {
    /// Address that sorts by this column, or turns its order round.
    pub href: String,
    /// The order now, when the list is sorted by this column.
    pub order: Option<Order>,
}

/// An order of a sorted column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the two orders there are")]
pub enum Order {
    Ascending,
    Descending,
}

/// A link with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The text.
    pub label: String,
    /// The address.
    pub href: String,
}

/// One line of the activity log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow {
    /// When.
    pub at: Moment,
    /// Who really acted.
    pub who: String,
    /// In whose name.
    pub on_behalf_of: Option<String>,
    /// What was done.
    pub what: String,
    /// What or whom it concerns; the link is there as long as the thing is.
    pub about: String,
    /// Address of what it concerns, as long as it exists.
    pub href: Option<String>,
    /// From what to what, one sentence per field.
    pub changes: Vec<String>,
}

impl Choice {
    /// A choice without a note.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            note: String::new(),
            is_available: true,
        }
    }

    /// Is this the one with that value?
    pub fn is(&self, value: &str) -> bool {
        self.value == value
    }

    /// The choice with a note beside it.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

impl Stock {
    /// The phone numbers of a site.
    pub fn of_numbers(words: Words, used: u64, total: u64) -> Self {
        Self {
            label: words.stock_numbers().into_owned(),
            used,
            total,
        }
    }

    /// The licences of a product.
    pub fn of_licence(words: Words, licence: &Licence) -> Self {
        let count = |count: i64| u64::try_from(count).unwrap_or(0);
        let label = names::product(words, licence.product).into_owned();
        Self {
            label,
            used: count(licence.used),
            total: count(licence.total),
        }
    }

    /// How many are free.
    pub fn free(&self) -> u64 {
        self.total.saturating_sub(self.used)
    }

    /// Used part of 100.
    pub fn percent(&self) -> u64 {
        (self.used.min(self.total) * 100)
            .checked_div(self.total)
            .unwrap_or(100)
    }

    /// Are fewer than one in ten free?
    pub fn is_low(&self) -> bool {
        self.free() * 10 < self.total || self.free() == 0
    }
}

impl Badge {
    /// The state in words.
    pub fn label(self, words: Words) -> std::borrow::Cow<'static, str> {
        match self {
            Self::Pending => words.state_pending(),
            Self::Activated => words.state_activated(),
            Self::Failed => words.state_failed(),
        }
    }
}

impl From<&State> for Badge {
    fn from(state: &State) -> Self {
        match state {
            State::Pending => Self::Pending,
            State::Activated { .. } => Self::Activated,
            State::Failed { .. } => Self::Failed,
        }
    }
}

impl SortLink {
    /// Value of `aria-sort`.
    pub fn aria_sort(&self) -> &'static str {
        match self.order {
            None => "none",
            Some(Order::Ascending) => "ascending",
            Some(Order::Descending) => "descending",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stock_without_anything_is_low_and_full() {
        let stock = Stock {
            label: String::new(),
            used: 0,
            total: 0,
        };
        assert!(stock.is_low());
        assert_eq!(stock.percent(), 100);
    }
}
