//! What the words of the business are called in the reader's language.

use std::borrow::Cow;

use model::{
    CallOutcome, Country, DeskPhoneType, FailureReason, Field, JournalAction, NextStep, Package,
    Product, Role, Service, routing::Why,
};
use service::reachability::Obstacle;

use crate::words::Words;

type Name = Cow<'static, str>;

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
        Some(
            Obstacle::LeadsElsewhere
            | Obstacle::Refused(Why::UnknownExtension | Why::UnassignedNumber | Why::Unreadable),
        ) => words.unreachable_number(),
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
        JournalAction::NumbersImported => words.journal_numbers_imported(),
        JournalAction::LicenceSet => words.journal_licence_set(),
        JournalAction::AdministratorAdded => words.journal_administrator_added(),
        JournalAction::PasswordSet => words.journal_password_set(),
        JournalAction::ApiTokenAdded => words.journal_api_token_added(),
        JournalAction::UserAdded => words.journal_user_added(),
        JournalAction::UserModified => words.journal_user_modified(),
        JournalAction::UserActivated => words.journal_user_activated(),
        JournalAction::UserActivationFailed => words.journal_user_activation_failed(),
        JournalAction::UserActivationRetried => words.journal_user_activation_retried(),
        JournalAction::UserActivationRequested => words.journal_user_activation_requested(),
        JournalAction::UserCancelled => words.journal_user_cancelled(),
        JournalAction::UserDeleted => words.journal_user_deleted(),
        JournalAction::LoginDetailsRenewed => words.journal_login_details_renewed(),
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
        Field::Message => words.field_message(),
    }
}
