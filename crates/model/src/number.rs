//! The inventory of telephone numbers.

use uuid::Uuid;

use crate::{PhoneNumber, Problem, SiteId, UserId, VirtualUserId};

/// A number of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The number.
    pub number: PhoneNumber,
    /// Where it belongs.
    pub site: SiteId,
    /// Whether it can be given out.
    pub state: NumberState,
}

/// A number of a site with who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldNumber {
    /// The number.
    pub number: Number,
    /// Name of who has it.
    pub holder: Option<String>,
}

/// Who can have a number and an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// A user.
    User(UserId),
    /// A hunt group or call centre.
    VirtualUser(VirtualUserId),
}

impl Holder {
    /// The user, if it is one.
    #[must_use]
    pub fn user(self) -> Option<UserId> {
        match self {
            Self::User(id) => Some(id),
            Self::VirtualUser(_) => None,
        }
    }

    /// The virtual user, if it is one.
    #[must_use]
    pub fn virtual_user(self) -> Option<VirtualUserId> {
        match self {
            Self::User(_) => None,
            Self::VirtualUser(id) => Some(id),
        }
    }

    /// The identity, whichever it is.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::User(id) => id.0,
            Self::VirtualUser(id) => id.0,
        }
    }
}

/// Whether a number can be given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberState {
    /// It can.
    Free,
    /// Somebody has it.
    Assigned(Holder),
    /// It is kept back by the operator.
    Reserved,
}

impl NumberState {
    /// The names of all states.
    pub const NAMES: [&'static str; 3] = ["free", "assigned", "reserved"];

    /// The name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Assigned(_) => "assigned",
            Self::Reserved => "reserved",
        }
    }
}

/// Consecutive numbers, first and last included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberRange {
    first: u64,
    count: usize,
}

impl NumberRange {
    /// Most numbers in one range.
    pub const MAX: usize = 10_000;

    /// The numbers from `first` to `last`.
    ///
    /// # Errors
    /// `InvalidRange` when the lengths differ or `last` is below `first`, `RangeTooLarge` above [`Self::MAX`].
    pub fn new(first: &PhoneNumber, last: &PhoneNumber) -> Result<Self, Problem> {
        let value = |number: &PhoneNumber| {
            number
                .digits()
                .parse::<u64>()
                .map_err(|_| Problem::InvalidNumber)
        };
        let (start, end) = (value(first)?, value(last)?);
        if first.digits().len() != last.digits().len() || end < start {
            return Err(Problem::InvalidRange);
        }
        let count = usize::try_from(end - start).map_or(usize::MAX, |n| n.saturating_add(1));
        if count > Self::MAX {
            return Err(Problem::RangeTooLarge { max: Self::MAX });
        }
        Ok(Self {
            first: start,
            count,
        })
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// First and last number, in digits.
    #[must_use]
    pub fn bounds(&self) -> (i64, i64) {
        let value = |number: u64| i64::try_from(number).expect("at most 15 digits");
        (value(self.first), value(self.first + self.count as u64 - 1))
    }

    /// Each number, in ascending order.
    pub fn numbers(&self) -> impl Iterator<Item = PhoneNumber> {
        (self.first..)
            .take(self.count)
            .filter_map(|n| format!("+{n}").parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: &str, last: &str) -> Result<NumberRange, Problem> {
        NumberRange::new(&first.parse().unwrap(), &last.parse().unwrap())
    }

    #[test]
    fn a_range_holds_first_and_last() {
        let range = range("+492111234500", "+492111234502").unwrap();
        let numbers: Vec<_> = range.numbers().map(|n| n.to_string()).collect();
        assert_eq!(numbers, ["+492111234500", "+492111234501", "+492111234502"]);
        assert_eq!(range.count(), 3);
    }

    #[test]
    fn a_range_is_bounded_and_ascending() {
        assert_eq!(
            range("+492111234502", "+492111234500"),
            Err(Problem::InvalidRange)
        );
        assert_eq!(
            range("+49211123450", "+492111234500"),
            Err(Problem::InvalidRange)
        );
        let max = NumberRange::MAX;
        assert_eq!(
            range("+492110000000", "+492119999999"),
            Err(Problem::RangeTooLarge { max })
        );
        assert!(range("+492110000000", "+492110009999").is_ok());
    }
}
