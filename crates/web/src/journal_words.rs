//! Entries of the journal in the reader's words (R5): for pages and for sheets.

use jiff::tz::TimeZone;
use model::{
    Change, Field, JournalAction, JournalEntry, Package, Product, Service, Timestamp, UserId,
};

use crate::{format, names, pages::activity::told, parts::ActivityRow, words::Words};

/// An entry in words; with a link to a user who can still be there, where wanted.
pub(crate) fn row(
    words: Words,
    zone: &TimeZone,
    JournalEntry { entry, .. }: JournalEntry,
    with_link: bool,
) -> ActivityRow {
    ActivityRow {
        at: format::moment(entry.at, zone, words.language()),
        who: match entry.actor {
            Some(_) => entry.actor_name,
            None => names::journal_actor(words, entry.actor_name),
        },
        on_behalf_of: entry.on_behalf_of,
        what: names::journal_action(words, entry.action).into_owned(),
        href: (with_link && names_a_user(entry.action))
            .then(|| format!("/users/{}", UserId(entry.entity.id))),
        about: entry.entity.name,
        changes: entry
            .changes
            .iter()
            .filter_map(|change| in_words(words, zone, change))
            .collect(),
    }
}

fn names_a_user(action: JournalAction) -> bool {
    match action {
        JournalAction::UserAdded
        | JournalAction::UserModified
        | JournalAction::UserActivated
        | JournalAction::UserActivationFailed
        | JournalAction::UserActivationRetried
        | JournalAction::UserActivationRequested
        | JournalAction::LoginDetailsRenewed
        | JournalAction::CallServicesSet
        | JournalAction::ProfileSet
        | JournalAction::ViewTaken
        | JournalAction::ViewLeft
        | JournalAction::RegistrationEmailSent
        | JournalAction::AccountReset => true,
        JournalAction::EnterpriseAdded
        | JournalAction::EnterpriseChanged
        | JournalAction::SiteAdded
        | JournalAction::SiteChanged
        | JournalAction::DepartmentAdded
        | JournalAction::DepartmentChanged
        | JournalAction::DepartmentDeleted
        | JournalAction::NumberReserved
        | JournalAction::NumberReleased
        | JournalAction::NumberRemoved
        | JournalAction::AdministratorChanged
        | JournalAction::AdministratorRemoved
        | JournalAction::NumbersImported
        | JournalAction::LicenceSet
        | JournalAction::AdministratorAdded
        | JournalAction::PasswordSet
        | JournalAction::ApiTokenAdded
        | JournalAction::AccountLocked
        | JournalAction::PasswordRulesChanged
        | JournalAction::TotpSetUp
        | JournalAction::TotpRemoved
        | JournalAction::RecoveryCodesMade
        | JournalAction::RecoveryCodeUsed
        | JournalAction::PasskeyAdded
        | JournalAction::PasskeyRemoved
        | JournalAction::LoginDetailsFetched
        | JournalAction::UserCancelled
        | JournalAction::PickupGroupAdded
        | JournalAction::PickupGroupChanged
        | JournalAction::PickupGroupDeleted
        | JournalAction::ParkGroupAdded
        | JournalAction::ParkGroupChanged
        | JournalAction::ParkGroupDeleted
        | JournalAction::ColleaguesTold
        | JournalAction::HuntGroupAdded
        | JournalAction::HuntGroupModified
        | JournalAction::HuntGroupDeleted
        | JournalAction::VirtualUserActivated
        | JournalAction::VirtualUserActivationFailed
        | JournalAction::VirtualUserActivationRetried
        | JournalAction::VirtualUserCancelled
        | JournalAction::CallCentreAdded
        | JournalAction::CallCentreModified
        | JournalAction::CallCentreDeleted
        | JournalAction::AgentStateSet
        | JournalAction::ScheduleSet
        | JournalAction::AudioSet
        | JournalAction::AudioRemoved
        | JournalAction::UserDeleted => false,
    }
}

/// A change with field and values as the reader knows them.
fn in_words(words: Words, zone: &TimeZone, change: &Change) -> Option<String> {
    let field = match (
        change.field.parse::<Field>(),
        change.field.parse::<Product>(),
    ) {
        (Ok(field), _) => names::field(words, field).into_owned(),
        (Err(_), Ok(product)) => names::product(words, product).into_owned(),
        (Err(_), Err(_)) => change.field.clone(),
    };
    let value = |value: &Option<String>| {
        value
            .as_deref()
            .map(|value| shown_value((words, zone), &change.field, value))
    };
    let change = Change {
        field: String::new(),
        before: value(&change.before),
        after: value(&change.after),
    };
    told(words, &field, &change)
}

fn shown_value((words, zone): (Words, &TimeZone), field: &str, value: &str) -> String {
    let name = match field.parse::<Field>() {
        Ok(Field::Package) => value
            .parse::<Package>()
            .ok()
            .map(|package| names::package(words, package)),
        Ok(Field::Services) => value
            .parse::<Service>()
            .ok()
            .map(|service| names::service(words, service)),
        Ok(Field::DeskPhoneType) => value
            .parse()
            .ok()
            .map(|kind| names::desk_phone_type(words, Some(kind))),
        Ok(Field::Role) => value.parse().ok().map(|role| names::role(words, role)),
        Ok(Field::Country) => value
            .parse()
            .ok()
            .map(|country| names::country(words, country)),
        Ok(Field::Language) => value
            .parse()
            .ok()
            .map(|known| crate::language::own_name(known).into()),
        Ok(Field::State) => state(words, value),
        Ok(Field::RecallTo) => value
            .parse()
            .ok()
            .map(|recall| names::park_recall(words, recall)),
        Ok(Field::Policy) => value
            .parse()
            .ok()
            .map(|policy| names::hunt_policy(words, policy)),
        Ok(
            Field::RefusesMd5
            | Field::DoNotDisturb
            | Field::WithholdsNumber
            | Field::IsUnlisted
            | Field::HidesPhoneState
            | Field::Announces
            | Field::IsBusy
            | Field::ShowsName
            | Field::AllowsCallWaiting
            | Field::PersonalCallsAreBusy
            | Field::TellsPosition
            | Field::FollowsHours,
        ) => yes_or_no(words, value),
        Ok(Field::Barring) => value
            .parse()
            .ok()
            .map(|profile| names::barring(words, profile)),
        Ok(Field::ForwardAlwaysFrom | Field::ForwardAlwaysUntil | Field::DoNotDisturbUntil) => {
            let at = value.parse().ok().map(Timestamp);
            let shown = at.map(|at| format::moment(at, zone, words.language()).human);
            return shown.unwrap_or_else(|| value.to_owned());
        }
        Ok(Field::StateReason) => {
            return names::failure_reason(words, &model::FailureReason::from_stored(value));
        }
        _ => None,
    };
    name.map_or_else(|| value.to_owned(), std::borrow::Cow::into_owned)
}

fn yes_or_no(words: Words, value: &str) -> Option<std::borrow::Cow<'static, str>> {
    match value {
        "true" => Some(words.answer_yes()),
        "false" => Some(words.answer_no()),
        _ => None,
    }
}

fn state(words: Words, name: &str) -> Option<std::borrow::Cow<'static, str>> {
    match name {
        "pending" => Some(words.state_pending()),
        "activated" => Some(words.state_activated()),
        "failed" => Some(words.state_failed()),
        _ => None,
    }
}
