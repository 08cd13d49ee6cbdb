//! The help pages: their texts from `help/`, where they belong, and how they are found (H2).

pub mod country;
pub mod order;
pub mod place;
pub mod search;

use model::{HelpTask, Language};

include!(concat!(env!("OUT_DIR"), "/help.rs"));

/// A page in one language.
#[derive(Debug)]
pub struct Text {
    /// The task.
    pub title: &'static str,
    /// What it is for, in one sentence.
    pub purpose: Line,
    /// The steps.
    pub parts: &'static [Part],
    /// What can go wrong.
    pub troubles: &'static [Trouble],
}

/// Steps that belong together.
#[derive(Debug)]
pub struct Part {
    /// Heading; empty for the steps of the page as a whole.
    pub title: &'static str,
    /// One after the other.
    pub steps: &'static [Line],
}

/// What can go wrong.
#[derive(Debug)]
pub struct Trouble {
    /// What the reader sees.
    pub what: Line,
    /// What to do then.
    pub then: Line,
}

/// Words with what is put in between.
pub type Line = &'static [Piece];

/// A piece of a line.
#[derive(Debug)]
pub enum Piece {
    /// Words.
    Plain(&'static str),
    /// What a button, a heading or a field says.
    Label(&'static str),
    /// What depends on the country.
    Given(Given),
}

/// What depends on the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// The country's own emergency number.
    Emergency,
    /// The emergency number of all of Europe.
    EmergencyEu,
    /// An example of a number, as people write it.
    National,
    /// The same with country code.
    International,
    /// The login name that follows from it.
    Login,
    /// The extension that follows from it.
    Extension,
}

/// Address of a page.
pub fn href(task: HelpTask) -> String {
    format!("/help/{task}")
}
