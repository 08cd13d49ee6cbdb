//! Whether somebody can be called: the way of a call as a diagram, and in words.

use std::borrow::Cow;

use askama::Template;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::Link;

/// Width of the diagram, in its own units; a phone's screen shows them one to one.
const WIDTH: usize = 320;
/// From one box to the next.
const ROW: usize = 44;
const BOX: usize = 34;
const INDENT: usize = 18;
/// Boxes further in stand below each other.
const DEEPEST: usize = 5;
/// More letters do not fit into a box.
const LETTERS: usize = 34;

/// What happens to a call for a user.
#[derive(Template)]
#[template(path = "reachability.html")]
pub struct ReachabilityPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Who is called.
    pub name: String,
    /// The number as the reader writes it.
    pub number: String,
    /// Whether the call comes to somebody.
    pub is_reachable: bool,
    /// The same in words, with the reason.
    pub sentence: Cow<'static, str>,
    /// What was typed as the time.
    pub typed_at: String,
    /// For when this is told.
    pub at: Moment,
    /// Whether that is not now.
    pub is_later: bool,
    /// The zone in which times are typed.
    pub zone: String,
    /// The steps, in order.
    pub steps: Vec<StepView>,
    /// Where the form goes.
    pub action: String,
}

/// A step of the call.
pub struct StepView {
    /// How many steps lead here.
    pub depth: usize,
    /// How it looks.
    pub kind: StepKind,
    /// On what condition.
    pub when: Cow<'static, str>,
    /// What happens.
    pub sentence: String,
    /// The same in few letters.
    pub label: String,
}

/// How a step looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "said by their names")]
pub enum StepKind {
    Rings,
    PassedOn,
    GoesOut,
    Ends,
}

impl StepKind {
    /// Class of its box.
    pub fn class(self) -> &'static str {
        match self {
            Self::Rings => "route-rings",
            Self::PassedOn => "route-passed",
            Self::GoesOut => "route-out",
            Self::Ends => "route-ends",
        }
    }

    /// Name of its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Rings => "phone",
            Self::PassedOn => "forward",
            Self::GoesOut => "call-outgoing",
            Self::Ends => "info",
        }
    }
}

/// A box of the diagram, and the line that leads to it.
pub struct Drawn<'a> {
    /// The step.
    pub step: &'a StepView,
    /// Left edge.
    pub x: usize,
    /// Upper edge.
    pub y: usize,
    /// Width.
    pub width: usize,
    /// The line from the step before.
    pub line: Option<String>,
    /// The label, as far as it fits.
    pub label: String,
}

impl ReachabilityPage {
    /// Height of the diagram.
    pub fn height(&self) -> usize {
        self.steps.len() * ROW
    }

    /// The boxes.
    pub fn drawn(&self) -> Vec<Drawn<'_>> {
        let steps = self.steps.iter().enumerate();
        steps.map(|(place, step)| self.draw(place, step)).collect()
    }

    fn draw<'a>(&'a self, place: usize, step: &'a StepView) -> Drawn<'a> {
        let left = |depth: usize| 1 + depth.min(DEEPEST) * INDENT;
        let (x, y) = (left(step.depth), place * ROW + (ROW - BOX) / 2);
        let parent = self.steps[..place]
            .iter()
            .rposition(|other| other.depth < step.depth);
        let line = parent.map(|parent| {
            let from_x = left(self.steps[parent].depth) + 8;
            let from_y = parent * ROW + (ROW + BOX) / 2;
            format!("M{from_x} {from_y}V{}H{}", y + BOX / 2, x.max(from_x + 1))
        });
        Drawn {
            step,
            x,
            y,
            width: WIDTH - 1 - x,
            line,
            label: shortened(&step.label, LETTERS - step.depth.min(DEEPEST) * 2),
        }
    }
}

fn shortened(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(letters - 1).collect();
    short.push('…');
    short
}

impl Page for ReachabilityPage {
    fn title(&self) -> String {
        self.frame.words.reachability_title(&self.name)
    }
}
