//! What can be wrong with a field: one list for the page, the API and the command line.

use std::{fmt, str::FromStr};

use crate::{Extension, Package, Product, licence::catalogue};

catalogue! {
    /// A field of a form or of a request body, by its name there.
    #[expect(missing_docs, reason = "each field is named after what it holds")]
    Field {
        FirstName = "first_name",
        LastName = "last_name",
        Username = "username",
        Email = "email",
        Language = "language",
        Number = "number",
        Extension = "extension",
        Package = "package",
        Services = "services",
        Department = "department",
        DeskPhoneType = "desk_phone_type",
        MobileNumber = "mobile_number",
        ContractNumber = "contract_number",
        Name = "name",
        Domain = "domain",
        Country = "country",
        FirstNumber = "first_number",
        LastNumber = "last_number",
        Total = "total",
        Role = "role",
        Sites = "sites",
        Password = "password",
        Reason = "reason",
        Site = "site",
        State = "state",
        StateReason = "state_reason",
        Sort = "sort",
        Cursor = "cursor",
        Outcome = "outcome",
        MainNumber = "main_number",
        MaxCalls = "max_calls",
        RefusesMd5 = "refuses_md5",
        Message = "message",
    }
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was given.
    Required,
    /// More characters than allowed.
    TooLong {
        /// The most that is allowed, in Unicode characters.
        max: usize,
    },
    /// Fewer characters than needed.
    TooShort {
        /// The least that is needed, in Unicode characters.
        min: usize,
    },
    /// A character that may not stand there.
    ForbiddenCharacter {
        /// The first one found.
        character: char,
    },
    /// A line break or another invisible control character.
    ControlCharacter,
    /// Not a telephone number.
    InvalidNumber,
    /// Not digits, or not as many as the enterprise uses.
    InvalidExtension {
        /// Fewest digits.
        min: usize,
        /// Most digits.
        max: usize,
    },
    /// An extension that is an emergency number in the site's country.
    EmergencyNumber,
    /// Not an email address.
    InvalidEmail,
    /// Not a short name of lower-case letters, digits and hyphens.
    InvalidDomain,
    /// No such thing to choose.
    Unknown,
    /// Somebody has it already.
    Taken,
    /// Somebody has the extension already.
    ExtensionTaken {
        /// Who, when the asking administrator may know.
        by: Option<String>,
        /// One that is free.
        suggestion: Option<Extension>,
    },
    /// The number was taken by somebody else, is reserved or is not one of the site's.
    NumberNotAvailable,
    /// The number is not one of the site's.
    NotOfSite,
    /// No licence of this product is left.
    NoLicenceLeft {
        /// The package or service.
        product: Product,
    },
    /// A mobile number without a contract number (U6).
    ContractNumberMissing,
    /// A contract number without a mobile number (U6).
    MobileNumberMissing,
    /// The package is for mobile users and needs both (U2).
    PackageNeedsMobile {
        /// The package.
        package: Package,
    },
    /// The last number of a range is below the first, or not of the same length.
    InvalidRange,
    /// A range with more numbers than are taken in one go.
    RangeTooLarge {
        /// The most.
        max: usize,
    },
    /// Fewer licences than are in use.
    BelowUse {
        /// How many are in use.
        used: i64,
    },
    /// A value outside of its limits.
    OutOfRange {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// A password with fewer than two of the four classes of characters (A5).
    TooFewClasses,
    /// A password with more than two identical characters in a row (A5).
    RepeatedCharacter,
    /// A password with white space (A5).
    WhiteSpace,
}

impl Problem {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong { .. } => "too-long",
            Self::TooShort { .. } => "too-short",
            Self::ForbiddenCharacter { .. } => "forbidden-character",
            Self::ControlCharacter => "control-character",
            Self::InvalidNumber => "invalid-number",
            Self::InvalidExtension { .. } => "invalid-extension",
            Self::EmergencyNumber => "emergency-number",
            Self::InvalidEmail => "invalid-email",
            Self::InvalidDomain => "invalid-domain",
            Self::Unknown => "unknown",
            Self::Taken => "taken",
            Self::ExtensionTaken { .. } => "extension-taken",
            Self::NumberNotAvailable => "number-not-available",
            Self::NotOfSite => "not-of-site",
            Self::NoLicenceLeft { .. } => "no-licence-left",
            Self::ContractNumberMissing => "contract-number-missing",
            Self::MobileNumberMissing => "mobile-number-missing",
            Self::PackageNeedsMobile { .. } => "package-needs-mobile",
            Self::InvalidRange => "invalid-range",
            Self::RangeTooLarge { .. } => "range-too-large",
            Self::BelowUse { .. } => "below-use",
            Self::OutOfRange { .. } => "out-of-range",
            Self::TooFewClasses => "too-few-classes",
            Self::RepeatedCharacter => "repeated-character",
            Self::WhiteSpace => "white-space",
        }
    }

    /// Whether somebody else's doing stands in the way (409) rather than a rule (422).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Taken
                | Self::ExtensionTaken { .. }
                | Self::NumberNotAvailable
                | Self::NoLicenceLeft { .. }
                | Self::BelowUse { .. }
        )
    }
}

/// A problem and the field it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// Where.
    pub field: Field,
    /// What.
    pub problem: Problem,
}

/// Everything that is wrong with a request, collected so that it can be said at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<FieldProblem>);

impl Problems {
    /// One problem.
    #[must_use]
    pub fn one(field: Field, problem: Problem) -> Self {
        Self(vec![FieldProblem { field, problem }])
    }

    /// Notes a problem.
    pub fn add(&mut self, field: Field, problem: Problem) {
        self.0.push(FieldProblem { field, problem });
    }

    /// The value, or `None` with the problem noted.
    pub fn note<T>(&mut self, field: Field, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.add(field, problem)).ok()
    }

    /// `Err(self)` when anything was noted.
    ///
    /// # Errors
    /// The problems themselves.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Whether every one is a conflict, so that the same request may succeed later.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.0.iter().all(|p| p.problem.is_conflict())
    }
}
