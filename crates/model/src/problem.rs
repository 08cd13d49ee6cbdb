//! What can be wrong with a field: one list for the page, the API and the command line.

use std::{fmt, str::FromStr};

use crate::{AudioFault, Extension, NumberClass, Package, Product, licence::catalogue};

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
        UserIds = "user_ids",
        Filter = "filter",
        Parent = "parent",
        ExtensionMin = "extension_min",
        ExtensionMax = "extension_max",
        ExtensionDefault = "extension_default",
        Actor = "actor",
        Action = "action",
        From = "from",
        Until = "until",
        ForwardAlways = "forward_always",
        ForwardAlwaysFrom = "forward_always_from",
        ForwardAlwaysUntil = "forward_always_until",
        ForwardBusy = "forward_busy",
        ForwardNoAnswer = "forward_no_answer",
        NoAnswerRings = "no_answer_rings",
        ForwardUnreachable = "forward_unreachable",
        DoNotDisturb = "do_not_disturb",
        DoNotDisturbUntil = "do_not_disturb_until",
        WithholdsNumber = "withholds_number",
        Barring = "barring",
        TimeZone = "time_zone",
        IsUnlisted = "is_unlisted",
        HidesPhoneState = "hides_phone_state",
        At = "at",
        OldPassword = "old_password",
        MinLength = "min_length",
        MinClasses = "min_classes",
        MaxRepeats = "max_repeats",
        History = "history",
        ExpiresAfterDays = "expires_after_days",
        LockAfter = "lock_after",
        Comment = "comment",
        Message = "message",
        RecallAfter = "recall_after_s",
        RecallTo = "recall_to",
        Alternate = "alternate",
        AlternateAfter = "alternate_after_s",
        Display = "display_s",
        Announces = "announces",
        OtherMembers = "members_of_other_sites",
        Tell = "tell",
        Policy = "policy",
        SkipAfterRings = "skip_after_rings",
        NoAnswerAfter = "no_answer_after_s",
        NoAnswerTarget = "no_answer_target",
        NotReachableTarget = "not_reachable_target",
        BusyTarget = "busy_target",
        IsBusy = "is_busy",
        ShowsName = "shows_name",
        AllowsCallWaiting = "allows_call_waiting",
        Members = "members",
        OneTimeCode = "one_time_code",
        Passkey = "passkey",
        Agents = "agents",
        Supervisors = "supervisors",
        QueueLength = "queue_length",
        BounceAfterRings = "bounce_after_rings",
        UnavailableAfterBounces = "unavailable_after_bounces",
        WrapUp = "wrap_up_s",
        Guard = "guard_s",
        OverflowAfter = "overflow_after_s",
        Overflow = "overflow",
        OverflowTarget = "overflow_target",
        Stranded = "stranded",
        StrandedTarget = "stranded_target",
        OutOfHours = "out_of_hours",
        OutOfHoursTarget = "out_of_hours_target",
        CodeUse = "code_use",
        Codes = "codes",
        DefaultCode = "default_code",
        ServiceLevel = "service_level_s",
        PersonalCallsAreBusy = "personal_calls_are_busy",
        TellsPosition = "tells_position",
        ComfortEvery = "comfort_every_s",
        FollowsHours = "follows_hours",
        Code = "code",
        AgentState = "agent_state",
        Openings = "openings",
        Holidays = "holidays",
        Audio = "audio",
        Music = "music",
        Welcome = "welcome",
        Comfort = "comfort",
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
    /// A user who is in another group of the kind (G1, G2).
    InAnotherGroup {
        /// Who.
        name: String,
        /// Which group, when the asking administrator may know.
        group: Option<String>,
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
    /// A department that would be a part of itself.
    InsideItself,
    /// More levels of departments than are kept.
    TooDeep {
        /// The most.
        max: usize,
    },
    /// More of them than are kept.
    TooMany {
        /// The most.
        max: usize,
    },
    /// Lengths that extensions which are in use do not have.
    ExtensionsInUse {
        /// How many there are.
        count: i64,
    },
    /// It has users or numbers, and what these keep to would change.
    InUse,
    /// Somebody has the number, so it can neither be kept back nor removed.
    NumberAssigned,
    /// The number is kept back, and has to be released first.
    NumberReserved,
    /// The number is the one that emergency services see.
    NumberIsMain,
    /// The last administrator of the enterprise.
    LastAdministrator,
    /// Nobody does this to oneself.
    Oneself,
    /// Not a day.
    InvalidDay,
    /// A password that a spreadsheet takes for a formula (L3).
    LooksLikeFormula,
    /// A password that a spreadsheet takes for a number or a date (L3).
    LooksLikeNumber,
    /// More users than are taken in one go.
    TooManyUsers {
        /// The most.
        max: usize,
    },
    /// Somebody who is there already.
    Twice,
    /// Nobody is chosen, or nobody matches the filter.
    NobodyMatches,
    /// Not a date and time.
    InvalidTime,
    /// A period that ends before it begins.
    EndBeforeBegin,
    /// Nobody in the enterprise has this extension.
    UnknownExtension,
    /// Nobody, or more than one user, is found by what was typed.
    NotOneUser,
    /// A forward to the user who forwards.
    ForwardToSelf,
    /// A forward to a number that the user's barring profile does not permit.
    Barred {
        /// What the number is.
        class: NumberClass,
    },
    /// A password with too few of the four classes of characters (A5).
    TooFewClasses {
        /// How many are needed.
        min: usize,
    },
    /// A password with too many identical characters in a row (A5).
    RepeatedCharacter {
        /// How many are allowed.
        max: usize,
    },
    /// A password with white space (A5).
    WhiteSpace,
    /// A password that was one of the account's last ones (A5).
    UsedBefore {
        /// How many of the last ones are looked at.
        count: usize,
    },
    /// Not the password that the account has now.
    WrongPassword,
    /// Not the code that the app shows, or one that was used.
    WrongCode,
    /// What the browser says of a passkey does not prove it, or comes too late.
    PasskeyRefused,
    /// Something else than digits.
    NotDigits,
    /// Digits that rise or fall one by one (A5).
    RunOfDigits {
        /// The longest run that is allowed.
        max: usize,
    },
    /// An uploaded file that is not taken.
    Audio {
        /// Why.
        fault: AudioFault,
    },
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
            Self::InAnotherGroup { .. } => "in-another-group",
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
            Self::InsideItself => "inside-itself",
            Self::TooDeep { .. } => "too-deep",
            Self::TooMany { .. } => "too-many",
            Self::ExtensionsInUse { .. } => "extensions-in-use",
            Self::InUse => "in-use",
            Self::NumberAssigned => "number-assigned",
            Self::NumberReserved => "number-reserved",
            Self::NumberIsMain => "number-is-main",
            Self::LastAdministrator => "last-administrator",
            Self::Oneself => "oneself",
            Self::InvalidDay => "invalid-day",
            Self::LooksLikeFormula => "looks-like-formula",
            Self::LooksLikeNumber => "looks-like-number",
            Self::TooManyUsers { .. } => "too-many-users",
            Self::Twice => "twice",
            Self::NobodyMatches => "nobody-matches",
            Self::InvalidTime => "invalid-time",
            Self::EndBeforeBegin => "end-before-begin",
            Self::UnknownExtension => "unknown-extension",
            Self::NotOneUser => "not-one-user",
            Self::ForwardToSelf => "forward-to-self",
            Self::Barred { .. } => "barred",
            Self::TooFewClasses { .. } => "too-few-classes",
            Self::RepeatedCharacter { .. } => "repeated-character",
            Self::WhiteSpace => "white-space",
            Self::UsedBefore { .. } => "used-before",
            Self::WrongPassword => "wrong-password",
            Self::WrongCode => "wrong-code",
            Self::PasskeyRefused => "passkey-refused",
            Self::NotDigits => "not-digits",
            Self::RunOfDigits { .. } => "run-of-digits",
            Self::Audio { fault } => fault.id(),
        }
    }

    /// Whether somebody else's doing stands in the way (409) rather than a rule (422).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Taken
                | Self::InAnotherGroup { .. }
                | Self::ExtensionTaken { .. }
                | Self::NumberNotAvailable
                | Self::NoLicenceLeft { .. }
                | Self::BelowUse { .. }
                | Self::TooMany { .. }
                | Self::ExtensionsInUse { .. }
                | Self::InUse
                | Self::NumberAssigned
                | Self::NumberReserved
                | Self::NumberIsMain
                | Self::LastAdministrator
                | Self::Oneself
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
