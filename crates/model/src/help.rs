//! The help pages by name, and what readers say of them (H2).

use std::{fmt, str::FromStr};

use crate::{Language, Problem, Timestamp, licence::catalogue, text::line};

catalogue! {
    /// A help page: one for each task.
    HelpTask {
        /// Logging in, and what to do without username or password.
        LogIn = "log-in",
        /// Adding a user.
        AddUser = "add-user",
        /// Login details, and typing them into a phone.
        PhoneLogin = "phone-login",
        /// Why a user is Pending or Failed.
        UserStates = "user-states",
        /// Changing a user.
        ChangeUser = "change-user",
        /// Deleting a user.
        DeleteUser = "delete-user",
        /// New login details for one desk phone.
        NewLoginDetails = "new-login-details",
        /// New login details for many desk phones.
        ManyLoginDetails = "many-login-details",
        /// Registration email, lock-out, account reset.
        AccountAccess = "account-access",
        /// Call services of a user.
        CallServices = "call-services",
        /// Whether somebody can be called.
        Reachability = "reachability",
        /// Switching to a user's view.
        UserView = "user-view",
        /// Sites and departments.
        Departments = "departments",
        /// Hunt groups.
        HuntGroups = "hunt-groups",
        /// Pickup and park groups.
        PickupParkGroups = "pickup-park-groups",
        /// What became of a group's calls.
        GroupCalls = "group-calls",
        /// Administrators.
        Administrators = "administrators",
        /// Numbers and licences.
        NumbersLicences = "numbers-licences",
        /// Activity log and reports.
        Activity = "activity",
        /// Call centres and opening hours.
        CallCentres = "call-centres",
        /// Uploaded music and announcements.
        Audio = "audio",
        /// An agent's desk, the wallboard and the history.
        AgentDesk = "agent-desk",
        /// Calls and phone book.
        Calls = "calls",
        /// One's own call services.
        OwnCallServices = "own-call-services",
        /// One's own account and profile.
        OwnAccount = "own-account",
        /// Codes of an app and passkeys for one's own account.
        SecondFactor = "second-factor",
        /// The operator's enterprises.
        OperatorEnterprises = "operator-enterprises",
        /// The operator's activation queue.
        OperatorActivation = "operator-activation",
        /// The operator's mail.
        OperatorMail = "operator-mail",
        /// The operator's trunk.
        OperatorTrunk = "operator-trunk",
        /// What portal and phones require (H3).
        Requirements = "requirements",
    }
}

/// What a reader adds to the answer: one line, at most [`HelpComment::MAX`] characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpComment(String);

impl HelpComment {
    /// The longest, in Unicode characters.
    pub const MAX: usize = 300;

    /// The comment; `None` when nothing is left of what was typed.
    ///
    /// # Errors
    /// `TooLong`.
    pub fn parse(text: &str) -> Result<Option<Self>, Problem> {
        let plain = text.replace(char::is_control, " ");
        match line(&plain, Self::MAX) {
            Ok(text) => Ok(Some(Self(text))),
            Err(Problem::Required) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How often a help page was found useful in a language, and how often not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpCount {
    /// The page.
    pub task: HelpTask,
    /// The language it was read in.
    pub language: Language,
    /// Answers "yes".
    pub useful: i64,
    /// Answers "no".
    pub not_useful: i64,
}

/// A comment that was left on a help page, by nobody knows whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRemark {
    /// The page.
    pub task: HelpTask,
    /// The language it was read in.
    pub language: Language,
    /// The answer it came with.
    pub is_useful: bool,
    /// What was said.
    pub comment: String,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h2_a_comment_is_one_short_line() {
        let parse = |text: &str| HelpComment::parse(text).map(|c| c.map(|c| c.as_str().to_owned()));
        assert_eq!(parse(" \r\n\0 "), Ok(None));
        assert_eq!(parse("a\r\nb\0"), Ok(Some("a  b".to_owned())));
        assert_eq!(parse(&"ä".repeat(300)), Ok(Some("ä".repeat(300))));
        assert_eq!(parse(&"ä".repeat(301)), Err(Problem::TooLong { max: 300 }));
    }
}
