//! Rows as the database gives them, and what they mean.

use model::{
    AccountId, ActivationRequest, ApiTokenId, Attempt, CallAnswer, CallParty, CallRecord,
    CallRecordId, CallServices, Department, DepartmentId, DoNotDisturb, Enterprise, EnterpriseId,
    Entity, ExtensionRule, FailureReason, ForgottenId, ForwardAlways, ForwardKind, ForwardNoAnswer,
    ForwardTarget, Grant, HeldNumber, Holder, JobId, JournalEntry, Language, Licence, Mobile,
    NewJournalEntry, NoticeId, Number, NumberState, Order, OrderId, PasskeyId, PasswordRules,
    Period, Profile, Progress, Renewal, RenewalId, Rings, Role, Site, SiteId, State, Telephony,
    Timestamp, User, UserGroup, UserId, VirtualUserId,
};
use uuid::Uuid;

use crate::{
    Account, ApiToken, Error, Forgotten, Forwarding, Job, JobKind, JournalPlace, LinkPurpose, Lost,
    Passkey, PasskeyChallenge, PhoneBookEntry, Place, Result, SessionRecord, Totp,
};

/// A stored text as the model's type.
pub(crate) fn parse<T: std::str::FromStr>(text: &str, what: &'static str) -> Result<T> {
    text.parse().map_err(|_| Error::Corrupt { what })
}

pub(crate) fn parse_optional<T: std::str::FromStr>(
    text: Option<String>,
    what: &'static str,
) -> Result<Option<T>> {
    text.map(|text| parse(&text, what)).transpose()
}

fn digits(count: i64) -> Result<usize> {
    usize::try_from(count).map_err(|_| Error::Corrupt {
        what: "extension rule",
    })
}

macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[expect(missing_docs, reason = "the columns of the migrations")]
        #[derive(Debug)]
        pub struct $name { $(pub $field: $type,)+ }
    };
}

mod audio;
mod notice;
mod team;

pub use audio::AudioFileRow;
pub use notice::{changes_from_json, changes_to_json};
pub use team::{ParkGroupRow, TeamMemberRow, TeamRow};

row! {
    /// An enterprise.
    EnterpriseRow {
        id: Uuid,
        name: String,
        domain: String,
        country: String,
        extension_min: i64,
        extension_max: i64,
        extension_default: i64,
        refuses_md5: bool,
        max_calls: i64,
        created_at: i64,
    }
}

impl TryFrom<EnterpriseRow> for Enterprise {
    type Error = Error;
    fn try_from(row: EnterpriseRow) -> Result<Self> {
        Ok(Self {
            id: EnterpriseId(row.id),
            name: parse(&row.name, "enterprise name")?,
            domain: parse(&row.domain, "enterprise domain")?,
            country: parse(&row.country, "country")?,
            extension_rule: ExtensionRule {
                min: digits(row.extension_min)?,
                max: digits(row.extension_max)?,
                default: digits(row.extension_default)?,
            },
            telephony: Telephony {
                refuses_md5: row.refuses_md5,
                max_calls: u32::try_from(row.max_calls)
                    .map_err(|_| Error::Corrupt { what: "max calls" })?,
            },
            created_at: Timestamp(row.created_at),
        })
    }
}

row! {
    /// A site.
    SiteRow {
        id: Uuid,
        enterprise_id: Uuid,
        name: String,
        country: String,
        main_number: Option<String>,
        created_at: i64,
    }
}

impl TryFrom<SiteRow> for Site {
    type Error = Error;
    fn try_from(row: SiteRow) -> Result<Self> {
        Ok(Self {
            id: SiteId(row.id),
            enterprise: EnterpriseId(row.enterprise_id),
            name: parse(&row.name, "site name")?,
            country: parse(&row.country, "country")?,
            main_number: parse_optional(row.main_number, "main number")?,
            created_at: Timestamp(row.created_at),
        })
    }
}

row! {
    /// A site joined with its enterprise.
    PlaceRow {
        id: Uuid,
        enterprise_id: Uuid,
        name: String,
        country: String,
        main_number: Option<String>,
        created_at: i64,
        enterprise_name: String,
        domain: String,
        enterprise_country: String,
        extension_min: i64,
        extension_max: i64,
        extension_default: i64,
        refuses_md5: bool,
        max_calls: i64,
        enterprise_created_at: i64,
    }
}

impl TryFrom<PlaceRow> for Place {
    type Error = Error;
    fn try_from(row: PlaceRow) -> Result<Self> {
        let enterprise = EnterpriseRow {
            id: row.enterprise_id,
            name: row.enterprise_name,
            domain: row.domain,
            country: row.enterprise_country,
            extension_min: row.extension_min,
            extension_max: row.extension_max,
            extension_default: row.extension_default,
            refuses_md5: row.refuses_md5,
            max_calls: row.max_calls,
            created_at: row.enterprise_created_at,
        };
        let site = SiteRow {
            id: row.id,
            enterprise_id: row.enterprise_id,
            name: row.name,
            country: row.country,
            main_number: row.main_number,
            created_at: row.created_at,
        };
        Ok(Self {
            site: site.try_into()?,
            enterprise: enterprise.try_into()?,
        })
    }
}

row! {
    /// A department.
    DepartmentRow {
        id: Uuid,
        site_id: Uuid,
        parent_id: Option<Uuid>,
        name: String,
    }
}

impl TryFrom<DepartmentRow> for Department {
    type Error = Error;
    fn try_from(row: DepartmentRow) -> Result<Self> {
        Ok(Self {
            id: DepartmentId(row.id),
            site: SiteId(row.site_id),
            parent: row.parent_id.map(DepartmentId),
            name: parse(&row.name, "department name")?,
        })
    }
}

row! {
    /// A number.
    NumberRow {
        e164: String,
        site_id: Uuid,
        user_id: Option<Uuid>,
        virtual_user_id: Option<Uuid>,
        reserved: bool,
    }
}

row! {
    /// A number joined with who has it.
    HeldNumberRow {
        e164: String,
        site_id: Uuid,
        user_id: Option<Uuid>,
        virtual_user_id: Option<Uuid>,
        reserved: bool,
        first_name: Option<String>,
        last_name: Option<String>,
        group_name: Option<String>,
    }
}

impl TryFrom<HeldNumberRow> for HeldNumber {
    type Error = Error;
    fn try_from(row: HeldNumberRow) -> Result<Self> {
        let name = row.first_name.zip(row.last_name);
        let number = NumberRow {
            e164: row.e164,
            site_id: row.site_id,
            user_id: row.user_id,
            virtual_user_id: row.virtual_user_id,
            reserved: row.reserved,
        };
        Ok(Self {
            number: number.try_into()?,
            holder: name
                .map(|(first, last)| format!("{first} {last}"))
                .or(row.group_name),
        })
    }
}

impl TryFrom<NumberRow> for Number {
    type Error = Error;
    fn try_from(row: NumberRow) -> Result<Self> {
        let state = match (row.user_id, row.virtual_user_id, row.reserved) {
            (Some(user), _, _) => NumberState::Assigned(Holder::User(UserId(user))),
            (None, Some(id), _) => NumberState::Assigned(Holder::VirtualUser(VirtualUserId(id))),
            (None, None, true) => NumberState::Reserved,
            (None, None, false) => NumberState::Free,
        };
        Ok(Self {
            number: parse(&row.e164, "number")?,
            site: SiteId(row.site_id),
            state,
        })
    }
}

row! {
    /// A licence.
    LicenceRow {
        product: String,
        total: i64,
        used: i64,
    }
}

impl TryFrom<LicenceRow> for Licence {
    type Error = Error;
    fn try_from(row: LicenceRow) -> Result<Self> {
        Ok(Self {
            product: parse(&row.product, "product")?,
            total: row.total,
            used: row.used,
        })
    }
}

row! {
    /// Users of a site who have state, package and services in common.
    UserGroupRow {
        site_id: Uuid,
        state: String,
        package: String,
        services: String,
        users: i64,
    }
}

impl TryFrom<UserGroupRow> for UserGroup {
    type Error = Error;
    fn try_from(row: UserGroupRow) -> Result<Self> {
        let services = row.services.split(',').filter(|s| !s.is_empty());
        Ok(Self {
            site: SiteId(row.site_id),
            state: row.state,
            package: parse(&row.package, "package")?,
            services: services
                .map(|s| parse(s, "service"))
                .collect::<Result<_>>()?,
            users: row.users,
        })
    }
}

row! {
    /// A user joined with number and account.
    UserRow {
        id: Uuid,
        enterprise_id: Uuid,
        site_id: Uuid,
        department_id: Option<Uuid>,
        first_name: String,
        last_name: String,
        email: String,
        extension: String,
        package: String,
        services: String,
        desk_phone_type: Option<String>,
        mobile_number: Option<String>,
        contract_number: Option<String>,
        state: String,
        state_reason: Option<String>,
        activated_at: Option<i64>,
        version: i64,
        created_at: i64,
        sort_name: String,
        username: String,
        language: String,
        number: String,
    }
}

impl TryFrom<UserRow> for User {
    type Error = Error;
    fn try_from(row: UserRow) -> Result<Self> {
        let state = state(&row.state, row.activated_at, row.state_reason.as_deref())?;
        let mobile = match (
            parse_optional(row.mobile_number, "mobile number")?,
            row.contract_number,
        ) {
            (Some(number), Some(contract)) => Some(Mobile {
                number,
                contract: parse(&contract, "contract number")?,
            }),
            _ => None,
        };
        let services = row.services.split(',').filter(|s| !s.is_empty());
        Ok(Self {
            id: UserId(row.id),
            enterprise: EnterpriseId(row.enterprise_id),
            site: SiteId(row.site_id),
            department: row.department_id.map(DepartmentId),
            first_name: parse(&row.first_name, "first name")?,
            last_name: parse(&row.last_name, "last name")?,
            username: parse(&row.username, "username")?,
            email: parse(&row.email, "email")?,
            language: parse(&row.language, "language")?,
            number: parse(&row.number, "number")?,
            extension: parse(&row.extension, "extension")?,
            package: parse(&row.package, "package")?,
            services: services
                .map(|s| parse(s, "service"))
                .collect::<Result<_>>()?,
            desk_phone_type: parse_optional(row.desk_phone_type, "desk phone type")?,
            mobile,
            state,
            version: row.version,
            created_at: Timestamp(row.created_at),
        })
    }
}

fn state(state: &str, activated_at: Option<i64>, reason: Option<&str>) -> Result<State> {
    match (state, activated_at, reason) {
        ("pending", None, None) => Ok(State::Pending),
        ("activated", Some(at), None) => Ok(State::Activated { at: Timestamp(at) }),
        ("failed", None, Some(reason)) => Ok(State::Failed {
            reason: FailureReason::from_stored(reason),
        }),
        _ => Err(Error::Corrupt { what: "state" }),
    }
}

row! {
    /// How far the activation of a user has come.
    ProgressRow {
        waiting_since: Option<i64>,
        reminded_at: Option<i64>,
        asked_at: Option<i64>,
        asked_by: Option<String>,
        asked_message: Option<String>,
        order_id: Option<Uuid>,
        ordered_at: Option<i64>,
        accepted_at: Option<i64>,
        attempt_at: Option<i64>,
        attempts: Option<i64>,
        last_error: Option<String>,
        reminder_at: Option<i64>,
    }
}

impl TryFrom<ProgressRow> for Progress {
    type Error = Error;
    fn try_from(row: ProgressRow) -> Result<Self> {
        let order = row.order_id.zip(row.ordered_at).map(|(id, at)| Order {
            id: OrderId(id),
            ordered_at: Timestamp(at),
            accepted_at: row.accepted_at.map(Timestamp),
        });
        let request = row.asked_at.zip(row.asked_by).map(|(at, by)| {
            Ok(ActivationRequest {
                at: Timestamp(at),
                by,
                message: parse_optional(row.asked_message, "message")?,
            })
        });
        Ok(Self {
            attempt: row.attempt_at.map(|at| Attempt {
                at: Timestamp(at),
                before: row.attempts.unwrap_or_default(),
                last_error: row.last_error,
            }),
            order,
            operator_since: row.waiting_since.map(Timestamp),
            reminder_at: row.reminder_at.map(Timestamp),
            reminded_at: row.reminded_at.map(Timestamp),
            request: request.transpose()?,
        })
    }
}

row! {
    /// An account.
    AccountRow {
        id: Uuid,
        enterprise_id: Option<Uuid>,
        user_id: Option<Uuid>,
        role: String,
        username: String,
        email: String,
        language: String,
        password_hash: Option<String>,
        password_set_at: Option<i64>,
        locked_at: Option<i64>,
    }
}

/// The grant that role, enterprise, user and sites make together.
fn grant(
    role: &str,
    enterprise: Option<Uuid>,
    user: Option<Uuid>,
    sites: Vec<Uuid>,
) -> Result<Grant> {
    match (parse::<Role>(role, "role")?, enterprise, user) {
        (Role::Operator, None, None) => Ok(Grant::Operator),
        (Role::EnterpriseAdmin, Some(enterprise), None) => {
            Ok(Grant::EnterpriseAdmin(EnterpriseId(enterprise)))
        }
        (Role::SiteAdmin, Some(enterprise), None) => Ok(Grant::SiteAdmin(
            EnterpriseId(enterprise),
            sites.into_iter().map(SiteId).collect(),
        )),
        (Role::User, Some(enterprise), Some(user)) => {
            Ok(Grant::User(EnterpriseId(enterprise), UserId(user)))
        }
        _ => Err(Error::Corrupt { what: "grant" }),
    }
}

impl AccountRow {
    /// The account, with the sites that a site administrator has.
    ///
    /// # Errors
    /// `Corrupt` when the row breaks a rule.
    pub fn with_sites(self, sites: Vec<Uuid>) -> Result<Account> {
        Ok(Account {
            id: AccountId(self.id),
            grant: grant(&self.role, self.enterprise_id, self.user_id, sites)?,
            username: self.username,
            email: self.email,
            language: parse::<Language>(&self.language, "language")?,
            password_hash: self.password_hash,
            password_set_at: self.password_set_at.map(Timestamp),
            locked_at: self.locked_at.map(Timestamp),
        })
    }
}

impl LinkPurpose {
    /// The name in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HandedOver => "handed-over",
            Self::Registration => "registration",
            Self::Reset => "reset",
        }
    }
}

row! {
    /// A session.
    SessionRow {
        token_hash: Vec<u8>,
        account_id: Uuid,
        source: String,
        browser: String,
        created_at: i64,
        expires_at: i64,
    }
}

impl TryFrom<SessionRow> for SessionRecord {
    type Error = Error;
    fn try_from(row: SessionRow) -> Result<Self> {
        let token = row.token_hash.try_into();
        Ok(Self {
            token: token.map_err(|_| Error::Corrupt { what: "session" })?,
            account: AccountId(row.account_id),
            source: row.source,
            browser: row.browser,
            created_at: Timestamp(row.created_at),
            expires_at: Timestamp(row.expires_at),
        })
    }
}

row! {
    /// What an enterprise asks of passwords.
    PasswordRulesRow {
        min_length: i64,
        min_classes: i64,
        max_repeats: i64,
        history: i64,
        expires_after_days: Option<i64>,
        lock_after: i64,
    }
}

impl TryFrom<PasswordRulesRow> for PasswordRules {
    type Error = Error;
    fn try_from(row: PasswordRulesRow) -> Result<Self> {
        let number = |number: i64| {
            u32::try_from(number).map_err(|_| Error::Corrupt {
                what: "password rules",
            })
        };
        Ok(Self {
            min_length: number(row.min_length)?,
            min_classes: number(row.min_classes)?,
            max_repeats: number(row.max_repeats)?,
            history: number(row.history)?,
            expires_after_days: row.expires_after_days.map(number).transpose()?,
            lock_after: number(row.lock_after)?,
        })
    }
}

impl Lost {
    /// The name in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Username => "username",
        }
    }
}

row! {
    /// What somebody has forgotten.
    ForgottenRow {
        id: Uuid,
        what: String,
        typed: String,
        language: String,
        requested_at: i64,
    }
}

impl TryFrom<ForgottenRow> for Forgotten {
    type Error = Error;
    fn try_from(row: ForgottenRow) -> Result<Self> {
        let lost = match row.what.as_str() {
            "password" => Lost::Password,
            "username" => Lost::Username,
            _ => return Err(Error::Corrupt { what: "forgotten" }),
        };
        Ok(Self {
            id: ForgottenId(row.id),
            lost,
            typed: row.typed,
            language: parse::<Language>(&row.language, "language")?,
            requested_at: Timestamp(row.requested_at),
        })
    }
}

row! {
    /// The secret of an authenticator app.
    TotpRow {
        sealed: Vec<u8>,
        confirmed_at: Option<i64>,
        last_step: i64,
    }
}

impl From<TotpRow> for Totp {
    fn from(row: TotpRow) -> Self {
        Self {
            sealed: row.sealed,
            confirmed_at: row.confirmed_at.map(Timestamp),
            last_step: row.last_step,
        }
    }
}

row! {
    /// A passkey.
    PasskeyRow {
        id: Uuid,
        account_id: Uuid,
        credential_id: Vec<u8>,
        name: String,
        credential: String,
        created_at: i64,
        last_used_at: Option<i64>,
    }
}

impl TryFrom<PasskeyRow> for Passkey {
    type Error = Error;
    fn try_from(row: PasskeyRow) -> Result<Self> {
        Ok(Self {
            id: PasskeyId(row.id),
            account: AccountId(row.account_id),
            credential_id: row.credential_id,
            name: parse(&row.name, "name of a passkey")?,
            credential: row.credential,
            created_at: Timestamp(row.created_at),
            last_used_at: row.last_used_at.map(Timestamp),
        })
    }
}

row! {
    /// What a browser was asked to sign.
    PasskeyChallengeRow {
        account_id: Option<Uuid>,
        state: String,
        expires_at: i64,
    }
}

impl From<PasskeyChallengeRow> for PasskeyChallenge {
    fn from(row: PasskeyChallengeRow) -> Self {
        Self {
            account: row.account_id.map(AccountId),
            state: row.state,
            expires_at: Timestamp(row.expires_at),
        }
    }
}

row! {
    /// A token for the API.
    ApiTokenRow {
        id: Uuid,
        role: String,
        enterprise_id: Option<Uuid>,
        site_id: Option<Uuid>,
    }
}

impl TryFrom<ApiTokenRow> for ApiToken {
    type Error = Error;
    fn try_from(row: ApiTokenRow) -> Result<Self> {
        let sites = row.site_id.into_iter().collect();
        Ok(Self {
            id: ApiTokenId(row.id),
            grant: grant(&row.role, row.enterprise_id, None, sites)?,
        })
    }
}

row! {
    /// An entry of the journal.
    JournalRow {
        seq: i64,
        at: i64,
        actor_id: Option<Uuid>,
        actor_name: String,
        on_behalf_of: Option<String>,
        enterprise_id: Option<Uuid>,
        site_id: Option<Uuid>,
        action: String,
        entity_id: Uuid,
        entity_name: String,
        changes: String,
        transaction_id: i64,
    }
}

impl JournalRow {
    /// The entry, and the place to go on from.
    ///
    /// # Errors
    /// `Corrupt` when the row breaks a rule.
    pub fn with_place(self) -> Result<(JournalPlace, JournalEntry)> {
        let place = JournalPlace {
            transaction: self.transaction_id,
            seq: self.seq,
        };
        Ok((place, self.try_into()?))
    }
}

impl TryFrom<JournalRow> for JournalEntry {
    type Error = Error;
    fn try_from(row: JournalRow) -> Result<Self> {
        let entry = NewJournalEntry {
            at: Timestamp(row.at),
            actor: row.actor_id.map(AccountId),
            actor_name: row.actor_name,
            on_behalf_of: row.on_behalf_of,
            enterprise: row.enterprise_id.map(EnterpriseId),
            site: row.site_id.map(SiteId),
            action: parse(&row.action, "journal action")?,
            entity: Entity {
                id: row.entity_id,
                name: row.entity_name,
            },
            changes: serde_json::from_str(&row.changes)
                .map_err(|_| Error::Corrupt { what: "changes" })?,
        };
        Ok(Self {
            seq: row.seq,
            entry,
        })
    }
}

row! {
    /// A job.
    JobRow {
        id: Uuid,
        kind: String,
        subject_id: Option<Uuid>,
        attempts: i64,
    }
}

impl JobKind {
    /// The name in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Activation(_) => "activation",
            Self::Renewal(_) => "renewal",
            Self::RegistrationMail(_) => "registration-mail",
            Self::ForgottenMail(_) => "forgotten-mail",
            Self::NoticeMail(_) => "notice-mail",
            Self::ActivationReminder(_) => "activation-reminder",
            Self::VirtualUserActivation(_) => "virtual-user-activation",
        }
    }

    /// The user it is about; with the user, the job goes.
    #[must_use]
    pub fn user(self) -> Option<UserId> {
        match self {
            Self::Activation(user) | Self::ActivationReminder(user) => Some(user),
            Self::Renewal(_) => None,
            Self::RegistrationMail(_) | Self::ForgottenMail(_) | Self::NoticeMail(_) => None,
            Self::VirtualUserActivation(_) => None,
        }
    }

    /// Identity of what it is about.
    #[must_use]
    pub fn subject(self) -> Uuid {
        match self {
            Self::Activation(user) | Self::ActivationReminder(user) => user.0,
            Self::Renewal(renewal) => renewal.0,
            Self::RegistrationMail(account) => account.0,
            Self::ForgottenMail(forgotten) => forgotten.0,
            Self::NoticeMail(notice) => notice.0,
            Self::VirtualUserActivation(virtual_user) => virtual_user.0,
        }
    }
}

impl TryFrom<JobRow> for Job {
    type Error = Error;
    fn try_from(row: JobRow) -> Result<Self> {
        let kind = match (row.kind.as_str(), row.subject_id) {
            ("activation", Some(user)) => JobKind::Activation(UserId(user)),
            ("renewal", Some(renewal)) => JobKind::Renewal(RenewalId(renewal)),
            ("registration-mail", Some(id)) => JobKind::RegistrationMail(AccountId(id)),
            ("notice-mail", Some(id)) => JobKind::NoticeMail(NoticeId(id)),
            ("forgotten-mail", Some(id)) => JobKind::ForgottenMail(ForgottenId(id)),
            ("activation-reminder", Some(user)) => JobKind::ActivationReminder(UserId(user)),
            ("virtual-user-activation", Some(id)) => {
                JobKind::VirtualUserActivation(VirtualUserId(id))
            }
            _ => return Err(Error::Corrupt { what: "job" }),
        };
        Ok(Self {
            id: JobId(row.id),
            kind,
            attempts: row.attempts,
        })
    }
}

row! {
    /// A call that is over.
    CallRecordRow {
        id: Uuid,
        caller_user_id: Option<Uuid>,
        caller_site_id: Option<Uuid>,
        caller_enterprise_id: Option<Uuid>,
        caller_name: String,
        caller_number: String,
        called_user_id: Option<Uuid>,
        called_site_id: Option<Uuid>,
        called_enterprise_id: Option<Uuid>,
        called_name: String,
        called_number: String,
        started_at: i64,
        answered_at: Option<i64>,
        ended_at: i64,
        outcome: String,
        answered_by_user_id: Option<Uuid>,
        answered_by_name: Option<String>,
        caller_is_withheld: bool,
    }
}

impl TryFrom<CallRecordRow> for CallRecord {
    type Error = Error;
    fn try_from(row: CallRecordRow) -> Result<Self> {
        Ok(Self {
            id: CallRecordId(row.id),
            caller: CallParty {
                user: row.caller_user_id.map(UserId),
                site: row.caller_site_id.map(SiteId),
                enterprise: row.caller_enterprise_id.map(EnterpriseId),
                name: row.caller_name,
                number: row.caller_number,
            },
            called: CallParty {
                user: row.called_user_id.map(UserId),
                site: row.called_site_id.map(SiteId),
                enterprise: row.called_enterprise_id.map(EnterpriseId),
                name: row.called_name,
                number: row.called_number,
            },
            started_at: Timestamp(row.started_at),
            answered_at: row.answered_at.map(Timestamp),
            ended_at: Timestamp(row.ended_at),
            outcome: parse(&row.outcome, "call outcome")?,
            caller_is_withheld: row.caller_is_withheld,
            answered_by: row.answered_by_name.map(|name| CallAnswer {
                user: row.answered_by_user_id.map(UserId),
                name,
            }),
        })
    }
}

row! {
    /// Call services with one of the forwards; a user without any has one row of nothing.
    CallServicesRow {
        do_not_disturb: Option<bool>,
        do_not_disturb_until: Option<i64>,
        withholds_number: Option<bool>,
        barring: Option<String>,
        version: Option<i64>,
        kind: Option<String>,
        target_user_id: Option<Uuid>,
        target_number: Option<String>,
        from_at: Option<i64>,
        until_at: Option<i64>,
        rings: Option<i64>,
    }
}

impl CallServicesRow {
    /// The services that the rows of a user tell.
    ///
    /// # Errors
    /// When a column cannot be read.
    pub fn together(rows: Vec<Self>) -> Result<CallServices> {
        let mut services = CallServices::default();
        for row in rows {
            row.tell(&mut services)?;
        }
        Ok(services)
    }

    fn tell(self, services: &mut CallServices) -> Result<()> {
        if let (Some(barring), Some(version)) = (&self.barring, self.version) {
            services.barring = parse(barring, "barring profile")?;
            services.version = version;
            services.withholds_number = self.withholds_number.unwrap_or_default();
            let until = self.do_not_disturb_until.map(Timestamp);
            let is_on = self.do_not_disturb.unwrap_or_default();
            services.do_not_disturb = is_on.then_some(DoNotDisturb { until });
        }
        let Some(kind) = &self.kind else {
            return Ok(());
        };
        let kind: ForwardKind = parse(kind, "kind of a forward")?;
        let target = match (self.target_user_id, &self.target_number) {
            (Some(user), _) => ForwardTarget::User(UserId(user)),
            (None, number) => ForwardTarget::Number(parse(
                number.as_deref().unwrap_or_default(),
                "target of a forward",
            )?),
        };
        match kind {
            ForwardKind::Always => {
                let period = Period {
                    from: self.from_at.map(Timestamp),
                    until: self.until_at.map(Timestamp),
                };
                services.always = Some(ForwardAlways { target, period });
            }
            ForwardKind::Busy => services.busy = Some(target),
            ForwardKind::NoAnswer => {
                let rings = self.rings.unwrap_or_default().to_string();
                let rings = Rings::parse(&rings).map_err(|_| Error::Corrupt { what: "rings" })?;
                services.no_answer = Some(ForwardNoAnswer { target, rings });
            }
            ForwardKind::Unreachable => services.unreachable = Some(target),
        }
        Ok(())
    }
}

row! {
    /// A forward that names somebody.
    ForwardingRow {
        id: Uuid,
        enterprise_id: Uuid,
        site_id: Uuid,
        first_name: String,
        last_name: String,
        kind: String,
    }
}

impl TryFrom<ForwardingRow> for Forwarding {
    type Error = Error;
    fn try_from(row: ForwardingRow) -> Result<Self> {
        Ok(Self {
            user: UserId(row.id),
            enterprise: EnterpriseId(row.enterprise_id),
            site: SiteId(row.site_id),
            name: format!("{} {}", row.first_name, row.last_name),
            kind: parse(&row.kind, "kind of a forward")?,
        })
    }
}

row! {
    /// A profile.
    ProfileRow {
        time_zone: Option<String>,
        is_unlisted: bool,
        hides_phone_state: bool,
        version: i64,
    }
}

impl TryFrom<ProfileRow> for Profile {
    type Error = Error;
    fn try_from(row: ProfileRow) -> Result<Self> {
        Ok(Self {
            time_zone: parse_optional(row.time_zone, "time zone")?,
            is_unlisted: row.is_unlisted,
            hides_phone_state: row.hides_phone_state,
            version: row.version,
        })
    }
}

row! {
    /// A line of the phone book.
    PhoneBookRow {
        id: Uuid,
        first_name: String,
        last_name: String,
        sort_name: String,
        extension: String,
        desk_phone_type: Option<String>,
        number: String,
        hides_phone_state: Option<bool>,
    }
}

impl TryFrom<PhoneBookRow> for PhoneBookEntry {
    type Error = Error;
    fn try_from(row: PhoneBookRow) -> Result<Self> {
        Ok(Self {
            holder: Holder::User(UserId(row.id)),
            kind: None,
            name: format!("{} {}", row.first_name, row.last_name),
            number: parse(&row.number, "number")?,
            extension: parse(&row.extension, "extension")?,
            has_phone: row.desk_phone_type.is_some(),
            hides_phone_state: row.hides_phone_state.unwrap_or_default(),
        })
    }
}

row! {
    /// New login details for many users.
    RenewalHead {
        id: Uuid,
        enterprise_id: Uuid,
        owner_id: Uuid,
        account_id: Option<Uuid>,
        actor_name: String,
        state: String,
        is_chosen: bool,
        total: i64,
        done: i64,
        failed: i64,
        created_at: i64,
        expires_at: i64,
        finished_at: Option<i64>,
        fetched_at: Option<i64>,
    }
}

impl TryFrom<RenewalHead> for Renewal {
    type Error = Error;
    fn try_from(row: RenewalHead) -> Result<Self> {
        Ok(Self {
            id: RenewalId(row.id),
            enterprise: EnterpriseId(row.enterprise_id),
            owner: row.owner_id,
            account: row.account_id.map(AccountId),
            actor_name: row.actor_name,
            state: parse(&row.state, "renewal state")?,
            is_chosen: row.is_chosen,
            total: row.total,
            done: row.done,
            failed: row.failed,
            created_at: Timestamp(row.created_at),
            expires_at: Timestamp(row.expires_at),
            finished_at: row.finished_at.map(Timestamp),
            fetched_at: row.fetched_at.map(Timestamp),
        })
    }
}

// Behind the macro that they use.
mod call_centre;
mod group_call;
mod virtual_user;

pub use call_centre::{
    AgentRow, CallCentreRow, CentreForwardRow, HolidayRow, OpeningRow, SupervisorRow,
};
pub use group_call::{FiguresRow, MemberFiguresRow, PastCallRow, PastStepRow, member_figures};
pub use virtual_user::{
    FellowRow, ForwardOfRow, HuntGroupRow, HuntMemberRow, MembershipRow, SeatRow, VirtualUserRow,
};
