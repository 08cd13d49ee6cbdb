//! Work on many users at once: how far it is, and its result, which is there once.

use askama::Template;
use model::RenewalState;

use crate::frame::{Frame, Page};
use crate::parts::Choice;
use crate::words::Words;

/// How far the work is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// How many users it is about.
    pub total: u64,
    /// How many have got new login details.
    pub done: u64,
    /// How many were skipped.
    pub failed: u64,
    /// Whether it is going on.
    pub state: RenewalState,
}

impl Progress {
    /// How many have had their turn.
    pub fn over(&self) -> u64 {
        self.done + self.failed
    }

    /// The same of 100.
    pub fn percent(&self) -> u64 {
        (self.over() * 100).checked_div(self.total).unwrap_or(100)
    }
}

/// The part of the page that changes while it is looked at.
#[derive(Template)]
#[template(path = "job_progress.html")]
pub struct ProgressFragment {
    /// The sentences.
    pub words: Words,
    /// How far it is.
    pub progress: Progress,
}

/// The page of the work.
#[derive(Template)]
#[template(path = "job.html")]
pub struct JobPage {
    /// What all pages share.
    pub frame: Frame,
    /// How far it is.
    pub progress: Progress,
    /// Address of the stream of changes; empty when there will be none.
    pub live_href: String,
    /// Where the form goes that stops it.
    pub cancel_action: String,
    /// What can be had of the result.
    pub result_text: String,
    /// Address of the result, while it can be fetched.
    pub result_href: Option<String>,
    /// What became of users, those that were skipped first.
    pub rows: Vec<JobRow>,
    /// Address of further rows.
    pub more_href: Option<String>,
}

/// What became of a user.
pub struct JobRow {
    /// First and last name.
    pub name: String,
    /// Address of the user's page, as long as there is one.
    pub href: Option<String>,
    /// What became of the user, in words.
    pub outcome: String,
    /// Whether the user was skipped.
    pub is_failure: bool,
}

impl JobPage {
    fn is_running(&self) -> bool {
        self.progress.state == RenewalState::Running
    }
}

/// The question for the password before the result is given out.
#[derive(Template)]
#[template(path = "job_result.html")]
pub struct JobResultPage {
    /// What all pages share.
    pub frame: Frame,
    /// Where the form goes.
    pub action: String,
    /// The files to choose from.
    pub formats: Vec<Choice>,
    /// The file that is chosen.
    pub format: String,
    /// Address of the work's page.
    pub job_href: String,
}

/// The answer 410 of a result that was fetched or has expired.
#[derive(Template)]
#[template(path = "job_result_gone.html")]
pub struct JobResultGonePage {
    /// What all pages share.
    pub frame: Frame,
    /// Address of the work's page.
    pub job_href: String,
}

impl Page for JobPage {
    fn title(&self) -> String {
        self.frame.words.job_title().into_owned()
    }
}

impl Page for JobResultPage {
    fn title(&self) -> String {
        self.frame.words.job_result_title().into_owned()
    }
}

impl Page for JobResultGonePage {
    fn title(&self) -> String {
        self.frame.words.job_result_gone_title().into_owned()
    }
}
