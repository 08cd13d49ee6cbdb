//! The tables that a transaction can reach: itself, seen as each of them.

use async_trait::async_trait;
use store::{
    AccountStore, ActivationStore, ApiTokenStore, AudioStore, CallCentreStore, CallRecordStore,
    CallServicesStore, DepartmentStore, EnterpriseStore, ForgottenStore, GroupCallStore, HelpStore,
    HuntGroupStore, IdempotencyStore, JobStore, JournalStore, LicenceStore, NoticeStore,
    NumberStore, ParkGroupStore, PasskeyChallengeStore, PasskeyStore, PasswordHistoryStore,
    PasswordLinkStore, PasswordRulesStore, PendingLoginStore, PhoneLoginStore, PickupGroupStore,
    ProfileStore, RecoveryCodeStore, RegistrationStore, RenewalStore, Result, SessionStore,
    SiteStore, TeamStore, TotpStore, UserDraftStore, UserStore, VirtualUserStore,
};

use crate::{Tx, failed};

macro_rules! tables {
    ($($name:ident: $store:ident,)+) => {
        $(fn $name(&mut self) -> &mut dyn $store {
            self
        })+
    };
}

#[async_trait]
impl store::Tx for Tx {
    tables! {
        enterprise: EnterpriseStore,
        site: SiteStore,
        department: DepartmentStore,
        number: NumberStore,
        licence: LicenceStore,
        user: UserStore,
        user_draft: UserDraftStore,
        virtual_user: VirtualUserStore,
        hunt_group: HuntGroupStore,
        call_centre: CallCentreStore,
        group_call: GroupCallStore,
        audio: AudioStore,
        activation: ActivationStore,
        phone_login: PhoneLoginStore,
        account: AccountStore,
        password_link: PasswordLinkStore,
        password_rules: PasswordRulesStore,
        password_history: PasswordHistoryStore,
        forgotten: ForgottenStore,
        session: SessionStore,
        totp: TotpStore,
        recovery_code: RecoveryCodeStore,
        pending_login: PendingLoginStore,
        passkey: PasskeyStore,
        passkey_challenge: PasskeyChallengeStore,
        api_token: ApiTokenStore,
        journal: JournalStore,
        job: JobStore,
        idempotency: IdempotencyStore,
        renewal: RenewalStore,
        call_services: CallServicesStore,
        profile: ProfileStore,
        registration: RegistrationStore,
        call_record: CallRecordStore,
        team: TeamStore,
        pickup_group: PickupGroupStore,
        park_group: ParkGroupStore,
        notice: NoticeStore,
        help: HelpStore,
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        self.finish().await
    }
}

/// Turns rows into what they mean.
pub(crate) fn all<R, T: TryFrom<R, Error = store::Error>>(rows: Vec<R>) -> Result<Vec<T>> {
    rows.into_iter().map(TryInto::try_into).collect()
}

/// `None` when somebody else has what must be unique.
pub(crate) fn unless_taken<T>(done: std::result::Result<T, sqlx::Error>) -> Result<Option<T>> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(None),
        Err(error) => Err(failed(error)),
    }
}
