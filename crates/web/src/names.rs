//! What the words of the business are called in the reader's language.

use std::borrow::Cow;

use model::{
    BarringProfile, CallOutcome, Country, DeskPhoneType, FailureReason, Field, ForwardKind,
    GroupKind, HuntPolicy, JournalAction, Membership, NextStep, NumberClass, Package, ParkRecall,
    Product, RenewalOutcome, Role, Service,
    routing::{Cause, Why},
};
use service::reachability::{Obstacle, What, When};

use crate::help::order::Group;
use crate::words::Words;

pub(crate) type Name = Cow<'static, str>;

/// A role.
pub fn role(words: Words, role: Role) -> Name {
    match role {
        Role::Operator => words.role_operator(),
        Role::EnterpriseAdmin => words.role_enterprise_admin(),
        Role::SiteAdmin => words.role_site_admin(),
        Role::User => words.role_user(),
    }
}

/// A country.
pub fn country(words: Words, country: Country) -> Name {
    match country {
        Country::Germany => words.country_de(),
        Country::UnitedKingdom => words.country_gb(),
    }
}

/// A package.
pub fn package(words: Words, package: Package) -> Name {
    match package {
        Package::Basic => words.package_basic(),
        Package::Standard => words.package_standard(),
        Package::Premium => words.package_premium(),
        Package::Mobile => words.package_mobile(),
    }
}

/// What a package is good for.
pub fn package_purpose(words: Words, package: Package) -> Name {
    match package {
        Package::Basic => words.package_basic_purpose(),
        Package::Standard => words.package_standard_purpose(),
        Package::Premium => words.package_premium_purpose(),
        Package::Mobile => words.package_mobile_purpose(),
    }
}

/// A service.
pub fn service(words: Words, service: Service) -> Name {
    match service {
        Service::Voicemail => words.service_voicemail(),
        Service::CallRecording => words.service_call_recording(),
        Service::SoftClient => words.service_soft_client(),
        Service::CallCentreAgent => words.service_call_centre_agent(),
        Service::Supervisor => words.service_supervisor(),
    }
}

/// A package or a service.
pub fn product(words: Words, product: Product) -> Name {
    match product {
        Product::Package(of) => package(words, of),
        Product::Service(of) => service(words, of),
    }
}

/// A desk phone type, or that there is none.
pub fn desk_phone_type(words: Words, desk_phone_type: Option<DeskPhoneType>) -> Name {
    match desk_phone_type {
        None => words.phone_none(),
        Some(known) => known
            .model()
            .map_or_else(|| words.phone_other_sip(), Cow::Borrowed),
    }
}

/// Why an activation failed.
pub fn failure_reason(words: Words, reason: &FailureReason) -> String {
    match reason {
        FailureReason::NumberNotAssigned => words.failure_number_not_assigned().into_owned(),
        FailureReason::LicenceMissing => words.failure_licence_missing().into_owned(),
        FailureReason::LoginMissing => words.failure_login_missing().into_owned(),
        FailureReason::PortingUnconfirmed => words.failure_porting_unconfirmed().into_owned(),
        FailureReason::ContractMissing => words.failure_contract_missing().into_owned(),
        FailureReason::CarrierUnreachable => words.failure_carrier_unreachable().into_owned(),
        FailureReason::Carrier(text) => words.failure_carrier(text),
        FailureReason::Operator(text) => text.clone(),
    }
}

/// What happens next for a Pending user; `at` is its time as people read it.
pub fn next_step(words: Words, next: &NextStep, at: &str) -> String {
    match next {
        NextStep::Attempt { .. } => words.activation_next_attempt(at),
        NextStep::Operator { .. } => words.activation_next_operator(at),
        NextStep::Carrier { .. } => words.activation_next_carrier(at),
    }
}

/// Who acted, as the journal keeps it; people are called by their names.
pub fn journal_actor(words: Words, name: String) -> String {
    if name == service::Actor::CARRIER {
        words.journal_actor_carrier().into_owned()
    } else {
        name
    }
}

/// How a call ended.
pub fn call_outcome(words: Words, outcome: CallOutcome) -> Name {
    match outcome {
        CallOutcome::Answered => words.call_outcome_answered(),
        CallOutcome::Busy => words.call_outcome_busy(),
        CallOutcome::NoAnswer => words.call_outcome_no_answer(),
        CallOutcome::Cancelled => words.call_outcome_cancelled(),
        CallOutcome::Unreachable => words.call_outcome_unreachable(),
        CallOutcome::Refused => words.call_outcome_refused(),
    }
}

/// Whether somebody can be called, and if not, why.
pub fn reachability(words: Words, obstacle: Option<Obstacle>) -> Name {
    match obstacle {
        None => words.reachable(),
        Some(Obstacle::NoPhoneRegistered) => words.unreachable_no_phone_registered(),
        Some(Obstacle::Refused(Why::Pending)) => words.unreachable_pending(),
        Some(Obstacle::Refused(Why::Failed)) => words.unreachable_failed(),
        Some(Obstacle::Refused(Why::WithoutPhone)) => words.unreachable_without_phone(),
        Some(Obstacle::Forwarded) => words.reachable_elsewhere(),
        Some(Obstacle::Refused(Why::DoNotDisturb)) => words.unreachable_undisturbed(),
        Some(Obstacle::Refused(Why::ForwardLoop | Why::TooManyForwards | Why::Barred)) => {
            words.unreachable_forward()
        }
        Some(
            Obstacle::LeadsElsewhere
            | Obstacle::Refused(Why::UnknownExtension | Why::UnassignedNumber | Why::Unreadable),
        ) => words.unreachable_number(),
        Some(Obstacle::Refused(Why::GroupBusy)) => words.unreachable_group_busy(),
        Some(Obstacle::Refused(Why::NobodyThere)) => words.unreachable_group(),
    }
}

/// What happened, as the activity log says it.
pub fn journal_action(words: Words, action: JournalAction) -> Name {
    match action {
        JournalAction::EnterpriseAdded => words.journal_enterprise_added(),
        JournalAction::EnterpriseChanged => words.journal_enterprise_changed(),
        JournalAction::SiteAdded => words.journal_site_added(),
        JournalAction::SiteChanged => words.journal_site_changed(),
        JournalAction::DepartmentAdded => words.journal_department_added(),
        JournalAction::DepartmentChanged => words.journal_department_changed(),
        JournalAction::DepartmentDeleted => words.journal_department_deleted(),
        JournalAction::NumberReserved => words.journal_number_reserved(),
        JournalAction::NumberReleased => words.journal_number_released(),
        JournalAction::NumberRemoved => words.journal_number_removed(),
        JournalAction::NumbersImported => words.journal_numbers_imported(),
        JournalAction::LicenceSet => words.journal_licence_set(),
        JournalAction::AdministratorAdded => words.journal_administrator_added(),
        JournalAction::AdministratorChanged => words.journal_administrator_changed(),
        JournalAction::AdministratorRemoved => words.journal_administrator_removed(),
        JournalAction::PasswordSet => words.journal_password_set(),
        JournalAction::ApiTokenAdded => words.journal_api_token_added(),
        JournalAction::UserAdded => words.journal_user_added(),
        JournalAction::UserModified => words.journal_user_modified(),
        JournalAction::UserActivated => words.journal_user_activated(),
        JournalAction::UserActivationFailed => words.journal_user_activation_failed(),
        JournalAction::UserActivationRetried => words.journal_user_activation_retried(),
        JournalAction::UserActivationRequested => words.journal_user_activation_requested(),
        JournalAction::UserCancelled => words.journal_user_cancelled(),
        JournalAction::PickupGroupAdded => words.journal_pickup_group_added(),
        JournalAction::PickupGroupChanged => words.journal_pickup_group_changed(),
        JournalAction::PickupGroupDeleted => words.journal_pickup_group_deleted(),
        JournalAction::ParkGroupAdded => words.journal_park_group_added(),
        JournalAction::ParkGroupChanged => words.journal_park_group_changed(),
        JournalAction::ParkGroupDeleted => words.journal_park_group_deleted(),
        JournalAction::ColleaguesTold => words.journal_colleagues_told(),
        JournalAction::HuntGroupAdded => words.journal_hunt_group_added(),
        JournalAction::HuntGroupModified => words.journal_hunt_group_modified(),
        JournalAction::HuntGroupDeleted => words.journal_hunt_group_deleted(),
        JournalAction::VirtualUserActivated => words.journal_virtual_user_activated(),
        JournalAction::VirtualUserActivationFailed => words.journal_virtual_user_failed(),
        JournalAction::VirtualUserActivationRetried => words.journal_virtual_user_retried(),
        JournalAction::VirtualUserCancelled => words.journal_virtual_user_cancelled(),
        JournalAction::CallCentreAdded => words.journal_call_centre_added(),
        JournalAction::CallCentreModified => words.journal_call_centre_modified(),
        JournalAction::CallCentreDeleted => words.journal_call_centre_deleted(),
        JournalAction::AgentStateSet => words.journal_agent_state_set(),
        JournalAction::ScheduleSet => words.journal_schedule_set(),
        JournalAction::AudioSet => words.journal_audio_set(),
        JournalAction::AudioRemoved => words.journal_audio_removed(),
        JournalAction::UserDeleted => words.journal_user_deleted(),
        JournalAction::LoginDetailsRenewed => words.journal_login_details_renewed(),
        JournalAction::LoginDetailsFetched => words.journal_login_details_fetched(),
        JournalAction::CallServicesSet => words.journal_call_services_set(),
        JournalAction::ProfileSet => words.journal_profile_set(),
        JournalAction::ViewTaken => words.journal_view_taken(),
        JournalAction::ViewLeft => words.journal_view_left(),
        JournalAction::RegistrationEmailSent => words.journal_registration_email_sent(),
        JournalAction::AccountLocked => words.journal_account_locked(),
        JournalAction::AccountReset => words.journal_account_reset(),
        JournalAction::PasswordRulesChanged => words.journal_password_rules_changed(),
        JournalAction::TotpSetUp => words.journal_totp_set_up(),
        JournalAction::TotpRemoved => words.journal_totp_removed(),
        JournalAction::RecoveryCodesMade => words.journal_recovery_codes_made(),
        JournalAction::RecoveryCodeUsed => words.journal_recovery_code_used(),
        JournalAction::PasskeyAdded => words.journal_passkey_added(),
        JournalAction::PasskeyRemoved => words.journal_passkey_removed(),
    }
}

/// A field, as the error summary of a page without that field and the activity log name it.
pub fn field(words: Words, field: Field) -> Name {
    match field {
        Field::FirstName => words.field_first_name(),
        Field::LastName => words.field_last_name(),
        Field::Username => words.field_username(),
        Field::Email => words.field_email(),
        Field::Language => words.field_language(),
        Field::Number => words.field_number(),
        Field::Extension => words.field_extension(),
        Field::Package => words.field_package(),
        Field::Services => words.field_services(),
        Field::Department => words.field_department(),
        Field::DeskPhoneType => words.field_desk_phone_type(),
        Field::MobileNumber => words.field_mobile_number(),
        Field::ContractNumber => words.field_contract_number(),
        Field::Name => words.field_name(),
        Field::Domain => words.field_domain(),
        Field::Country => words.field_country(),
        Field::FirstNumber => words.field_first_number(),
        Field::LastNumber => words.field_last_number(),
        Field::Total => words.field_total(),
        Field::Role => words.field_role(),
        Field::Sites => words.field_sites(),
        Field::Password => words.field_password(),
        Field::Reason => words.field_reason(),
        Field::Site => words.field_site(),
        Field::State => words.field_state(),
        Field::StateReason => words.field_state_reason(),
        Field::Sort => words.field_sort(),
        Field::Cursor => words.field_cursor(),
        Field::Outcome => words.field_outcome(),
        Field::MainNumber => words.field_main_number(),
        Field::MaxCalls => words.field_max_calls(),
        Field::RefusesMd5 => words.field_refuses_md5(),
        Field::UserIds => words.field_user_ids(),
        Field::Filter => words.field_filter(),
        Field::Parent => words.field_parent(),
        Field::ExtensionMin => words.field_extension_min(),
        Field::ExtensionMax => words.field_extension_max(),
        Field::ExtensionDefault => words.field_extension_default(),
        Field::Actor => words.field_actor(),
        Field::Action => words.field_action(),
        Field::From => words.field_from(),
        Field::Until => words.field_until(),
        Field::ForwardAlways => words.field_forward_always(),
        Field::ForwardAlwaysFrom => words.field_forward_always_from(),
        Field::ForwardAlwaysUntil => words.field_forward_always_until(),
        Field::ForwardBusy => words.field_forward_busy(),
        Field::ForwardNoAnswer => words.field_forward_no_answer(),
        Field::NoAnswerRings => words.field_no_answer_rings(),
        Field::ForwardUnreachable => words.field_forward_unreachable(),
        Field::DoNotDisturb => words.field_do_not_disturb(),
        Field::DoNotDisturbUntil => words.field_do_not_disturb_until(),
        Field::WithholdsNumber => words.field_withholds_number(),
        Field::Barring => words.field_barring(),
        Field::TimeZone => words.field_time_zone(),
        Field::IsUnlisted => words.field_is_unlisted(),
        Field::HidesPhoneState => words.field_hides_phone_state(),
        Field::At => words.field_at(),
        Field::OldPassword => words.field_old_password(),
        Field::MinLength => words.field_min_length(),
        Field::MinClasses => words.field_min_classes(),
        Field::MaxRepeats => words.field_max_repeats(),
        Field::History => words.field_history(),
        Field::ExpiresAfterDays => words.field_expires_after_days(),
        Field::LockAfter => words.field_lock_after(),
        Field::Comment => words.field_comment(),
        Field::Message => words.field_message(),
        Field::RecallAfter => words.field_recall_after(),
        Field::RecallTo => words.field_recall_to(),
        Field::Alternate => words.field_alternate(),
        Field::AlternateAfter => words.field_alternate_after(),
        Field::Display => words.field_display(),
        Field::Announces => words.field_announces(),
        Field::OtherMembers => words.field_other_members(),
        Field::Tell => words.field_tell(),
        Field::Policy => words.field_policy(),
        Field::SkipAfterRings => words.field_skip_after_rings(),
        Field::NoAnswerAfter => words.field_no_answer_after(),
        Field::NoAnswerTarget => words.field_no_answer_target(),
        Field::NotReachableTarget => words.field_not_reachable_target(),
        Field::BusyTarget => words.field_busy_target(),
        Field::IsBusy => words.field_is_busy(),
        Field::ShowsName => words.field_shows_name(),
        Field::AllowsCallWaiting => words.field_allows_call_waiting(),
        Field::Members => words.field_members(),
        Field::OneTimeCode => words.field_one_time_code(),
        Field::Passkey => words.field_passkey(),
        Field::Agents => words.field_agents(),
        Field::Supervisors => words.field_supervisors(),
        Field::QueueLength => words.field_queue_length(),
        Field::BounceAfterRings => words.field_bounce_after_rings(),
        Field::UnavailableAfterBounces => words.field_unavailable_after_bounces(),
        Field::WrapUp => words.field_wrap_up(),
        Field::Guard => words.field_guard(),
        Field::OverflowAfter => words.field_overflow_after(),
        Field::Overflow => words.field_overflow(),
        Field::OverflowTarget => words.field_overflow_target(),
        Field::Stranded => words.field_stranded(),
        Field::StrandedTarget => words.field_stranded_target(),
        Field::OutOfHours => words.field_out_of_hours(),
        Field::OutOfHoursTarget => words.field_out_of_hours_target(),
        Field::CodeUse => words.field_code_use(),
        Field::Codes => words.field_codes(),
        Field::DefaultCode => words.field_default_code(),
        Field::ServiceLevel => words.field_service_level(),
        Field::PersonalCallsAreBusy => words.field_personal_calls_are_busy(),
        Field::TellsPosition => words.field_tells_position(),
        Field::ComfortEvery => words.field_comfort_every(),
        Field::FollowsHours => words.field_follows_hours(),
        Field::Code => words.field_code(),
        Field::AgentState => words.field_agent_state(),
        Field::Openings => words.field_openings(),
        Field::Holidays => words.field_holidays(),
        Field::Audio => words.field_audio(),
        Field::Music => words.field_music(),
        Field::Welcome => words.field_welcome(),
        Field::Comfort => words.field_comfort(),
    }
}

/// The heading over help pages for the same readers.
pub fn help_group(words: Words, group: Group) -> Name {
    match group {
        Group::Users => words.help_group_users(),
        Group::Phones => words.help_group_phones(),
        Group::Calls => words.help_group_calls(),
        Group::Enterprise => words.help_group_enterprise(),
        Group::Oneself => words.help_group_oneself(),
        Group::Operator => words.help_group_operator(),
    }
}

/// What became of a user.
pub fn renewal_outcome(words: Words, outcome: RenewalOutcome) -> Name {
    match outcome {
        RenewalOutcome::Waiting => words.outcome_waiting(),
        RenewalOutcome::Done => words.outcome_done(),
        RenewalOutcome::NotFound => words.outcome_not_found(),
        RenewalOutcome::Deleted => words.outcome_deleted(),
        RenewalOutcome::NoDeskPhone => words.outcome_no_desk_phone(),
        RenewalOutcome::NotActive => words.outcome_not_active(),
        RenewalOutcome::Cancelled => words.outcome_cancelled(),
        RenewalOutcome::Replaced => words.outcome_replaced(),
    }
}

/// A barring profile.
pub fn barring(words: Words, profile: BarringProfile) -> Name {
    match profile {
        BarringProfile::Basic => words.barring_basic(),
        BarringProfile::Bronze => words.barring_bronze(),
        BarringProfile::Silver => words.barring_silver(),
        BarringProfile::Gold => words.barring_gold(),
        BarringProfile::Platinum => words.barring_platinum(),
    }
}

/// What a barring profile permits.
pub fn barring_classes(words: Words, profile: BarringProfile) -> Name {
    match profile {
        BarringProfile::Basic => words.barring_basic_classes(),
        BarringProfile::Bronze => words.barring_bronze_classes(),
        BarringProfile::Silver => words.barring_silver_classes(),
        BarringProfile::Gold => words.barring_gold_classes(),
        BarringProfile::Platinum => words.barring_platinum_classes(),
    }
}

/// A number by its class.
pub fn number_class(words: Words, class: NumberClass) -> Name {
    match class {
        NumberClass::Internal => words.class_internal(),
        NumberClass::TollFree => words.class_toll_free(),
        NumberClass::National => words.class_national(),
        NumberClass::Mobile => words.class_mobile(),
        NumberClass::International => words.class_international(),
        NumberClass::Special => words.class_special(),
        NumberClass::PremiumRate => words.class_premium_rate(),
    }
}

/// Somebody's forward, where it names somebody else.
pub fn mention(words: Words, kind: ForwardKind, name: &str) -> String {
    match kind {
        ForwardKind::Always => words.mention_always(name),
        ForwardKind::Busy => words.mention_busy(name),
        ForwardKind::NoAnswer => words.mention_no_answer(name),
        ForwardKind::Unreachable => words.mention_unreachable(name),
    }
}

/// Why a call goes nowhere.
pub fn why(words: Words, why: Why) -> Name {
    match why {
        Why::Pending => words.why_pending(),
        Why::Failed => words.why_failed(),
        Why::WithoutPhone => words.why_without_phone(),
        Why::DoNotDisturb => words.why_do_not_disturb(),
        Why::ForwardLoop => words.why_forward_loop(),
        Why::TooManyForwards => words.why_too_many_forwards(),
        Why::Barred => words.why_barred(),
        Why::UnknownExtension => words.why_unknown_extension(),
        Why::UnassignedNumber => words.why_unassigned_number(),
        Why::Unreadable => words.why_unreadable(),
        Why::GroupBusy => words.why_group_busy(),
        Why::NobodyThere => words.why_nobody_there(),
    }
}

/// On what condition a step of a call comes.
pub fn when(words: Words, when: When) -> Name {
    match when {
        When::AtOnce => words.reachability_when_at_once(),
        When::Busy => words.reachability_when_busy(),
        When::NoAnswer => words.reachability_when_no_answer(),
        When::Unreachable => words.reachability_when_unreachable(),
    }
}

/// What happens in a step of a call; numbers stand as they are.
pub fn step(words: Words, what: &What) -> String {
    match what {
        What::Rings {
            who,
            is_registered: Some(false),
            ..
        } => words.reachability_silent(who.as_str()),
        What::Rings { who, seconds, .. } => words.reachability_rings(seconds, who.as_str()),
        What::Hunts { who } => words.reachability_hunts(who.as_str()),
        What::Queues { who } => words.reachability_queues(who.as_str()),
        What::PassedOn { who, cause } => match cause {
            Cause::Always => words.reachability_always(who.as_str()),
            Cause::DoNotDisturb => words.reachability_dnd(who.as_str()),
            Cause::WithoutPhone => words.reachability_phoneless(who.as_str()),
            Cause::GroupBusy => words.reachability_group_busy(who.as_str()),
            Cause::NobodyThere => words.reachability_nobody_there(who.as_str()),
            Cause::NoRings => words.reachability_no_rings(who.as_str()),
        },
        What::GoesOut {
            number: Some(number),
        } => words.reachability_out(number.as_str()),
        What::GoesOut { number: None } => words.reachability_out_hidden().into_owned(),
        What::Ends(reason) => why(words, *reason).into_owned(),
    }
}

/// Who of a hunt group's members rings, and in which order.
pub fn hunt_policy(words: Words, policy: HuntPolicy) -> Name {
    match policy {
        HuntPolicy::Circular => words.hunt_policy_circular(),
        HuntPolicy::Regular => words.hunt_policy_regular(),
        HuntPolicy::Simultaneous => words.hunt_policy_simultaneous(),
        HuntPolicy::Uniform => words.hunt_policy_uniform(),
        HuntPolicy::Weighted => words.hunt_policy_weighted(),
    }
}

/// To whom a parked call returns.
pub fn park_recall(words: Words, recall: ParkRecall) -> Name {
    match recall {
        ParkRecall::Parker => words.park_recall_parker(),
        ParkRecall::ParkerThenAlternate => words.park_recall_parker_then_alternate(),
        ParkRecall::Alternate => words.park_recall_alternate(),
    }
}

/// A kind of group.
pub fn group_kind(words: Words, kind: GroupKind) -> Name {
    match kind {
        GroupKind::HuntGroup => words.group_kind_hunt_group(),
        GroupKind::CallCentre => words.group_kind_call_centre(),
        GroupKind::PickupGroup => words.group_kind_pickup_group(),
        GroupKind::ParkGroup => words.group_kind_park_group(),
    }
}

/// A group with its kind.
pub fn group(words: Words, group: &Membership) -> String {
    group_named(words, group.kind, &group.name)
}

/// A group of a kind, by its name.
pub fn group_named(words: Words, kind: GroupKind, name: &str) -> String {
    match kind {
        GroupKind::HuntGroup => words.group_hunt(name),
        GroupKind::CallCentre => words.group_agent(name),
        GroupKind::PickupGroup => words.group_pickup(name),
        GroupKind::ParkGroup => words.group_park(name),
    }
}
