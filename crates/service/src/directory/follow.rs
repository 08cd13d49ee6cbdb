//! Following the journal: a login that ends is forgotten, and its registrations end with it (L1, D6).

use std::sync::Arc;

use model::{Change, JournalAction, JournalEntry, NewJournalEntry, UserId};
use sip::{Directory, Server};
use store::Tenant;
use tokio::sync::broadcast::{
    Receiver,
    error::{RecvError, TryRecvError},
};

use super::PhoneDirectory;
use crate::Result;

/// So many entries are looked at together, when many come at once.
const AT_ONCE: usize = 500;

/// Follows the journal for as long as anybody tells it.
pub async fn follow(
    directory: &PhoneDirectory,
    server: &Server,
    mut entries: Receiver<Arc<JournalEntry>>,
) {
    loop {
        let done = match hear(&mut entries).await {
            Heard::Entries(entries) => directory.take(server, &entries).await,
            Heard::TooMany => {
                directory.look_at_all(server).await;
                continue;
            }
            Heard::End => return,
        };
        if let Err(error) = done {
            super::unavailable(&error);
            directory.look_at_all(server).await;
        }
    }
}

enum Heard {
    Entries(Vec<Arc<JournalEntry>>),
    /// Some are lost.
    TooMany,
    End,
}

/// The next entry, and what has come behind it already.
async fn hear(entries: &mut Receiver<Arc<JournalEntry>>) -> Heard {
    let mut heard = match entries.recv().await {
        Ok(entry) => vec![entry],
        Err(RecvError::Lagged(_)) => return Heard::TooMany,
        Err(RecvError::Closed) => return Heard::End,
    };
    while heard.len() < AT_ONCE {
        match entries.try_recv() {
            Ok(entry) => heard.push(entry),
            Err(TryRecvError::Lagged(_)) => return Heard::TooMany,
            Err(TryRecvError::Empty | TryRecvError::Closed) => break,
        }
    }
    Heard::Entries(heard)
}

/// What an entry tells about a login.
enum Told {
    /// Its login details are void.
    Ended(String),
    /// Those of this user are void.
    Renewed(UserId),
    /// They still hold, but name or extension are others.
    Changed(String),
    /// Nothing.
    Nothing,
}

impl PhoneDirectory {
    async fn take(&self, server: &Server, entries: &[Arc<JournalEntry>]) -> Result<()> {
        let mut renewed = Vec::new();
        for entry in entries {
            if changes_rules(entry.entry.action) {
                self.accounts.forget_all();
                continue;
            }
            match self.told_by(&entry.entry).await? {
                Told::Ended(login) => self.end(server, &login),
                Told::Renewed(user) => renewed.push(user),
                Told::Changed(login) => self.accounts.forget(&login),
                Told::Nothing => {}
            }
        }
        if !renewed.is_empty() {
            let mut tx = self.store.read().await?;
            // A deleted user's end is told by its own entry.
            for number in tx.renewal().list_numbers(&renewed).await? {
                self.end(server, number.digits());
            }
        }
        Ok(())
    }

    fn end(&self, server: &Server, login: &str) {
        self.accounts.forget(login);
        server.end_registrations(login);
    }

    async fn told_by(&self, entry: &NewJournalEntry) -> Result<Told> {
        match entry.action {
            JournalAction::UserDeleted | JournalAction::UserCancelled => {
                Ok(number_before(entry).map_or(Told::Nothing, Told::Ended))
            }
            JournalAction::UserModified => {
                let ends =
                    |change: &Change| matches!(change.field.as_str(), "number" | "desk_phone_type");
                let login = match number_before(entry) {
                    Some(login) => Some(login),
                    None => self.number_of(UserId(entry.entity.id)).await?,
                };
                Ok(match login {
                    Some(login) if entry.changes.iter().any(ends) => Told::Ended(login),
                    Some(login) => Told::Changed(login),
                    None => Told::Nothing,
                })
            }
            JournalAction::LoginDetailsRenewed => Ok(Told::Renewed(UserId(entry.entity.id))),
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
            | JournalAction::NumbersImported
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
            | JournalAction::LicenceSet
            | JournalAction::AdministratorAdded
            | JournalAction::AdministratorChanged
            | JournalAction::AdministratorRemoved
            | JournalAction::PasswordSet
            | JournalAction::ApiTokenAdded
            | JournalAction::LoginDetailsFetched
            | JournalAction::UserAdded
            | JournalAction::UserActivated
            | JournalAction::UserActivationFailed
            | JournalAction::UserActivationRetried
            | JournalAction::CallServicesSet
            | JournalAction::ProfileSet
            | JournalAction::ViewTaken
            | JournalAction::ViewLeft
            | JournalAction::RegistrationEmailSent
            | JournalAction::AccountLocked
            | JournalAction::AccountReset
            | JournalAction::PickupGroupAdded
            | JournalAction::PickupGroupChanged
            | JournalAction::PickupGroupDeleted
            | JournalAction::ParkGroupAdded
            | JournalAction::ParkGroupChanged
            | JournalAction::ParkGroupDeleted
            | JournalAction::ColleaguesTold
            | JournalAction::PasswordRulesChanged
            | JournalAction::TotpSetUp
            | JournalAction::TotpRemoved
            | JournalAction::RecoveryCodesMade
            | JournalAction::RecoveryCodeUsed
            | JournalAction::PasskeyAdded
            | JournalAction::PasskeyRemoved
            | JournalAction::UserActivationRequested => Ok(Told::Nothing),
        }
    }

    /// The user's number as a login name; a deleted user's end is told by its own entry.
    async fn number_of(&self, user: UserId) -> Result<Option<String>> {
        let user = self
            .store
            .read()
            .await?
            .user()
            .get(Tenant::Installation, user)
            .await?;
        Ok(user.map(|user| user.number.digits().to_owned()))
    }

    /// Entries were missed: ends every registration that is not made with the login details in force.
    async fn look_at_all(&self, server: &Server) {
        self.accounts.forget_all();
        for registration in server.snapshot() {
            let Ok(login) = self.login(&registration.login).await else {
                continue;
            };
            if login.map(|login| login.generation) != Some(registration.binding.generation) {
                server.end_registrations(&registration.login);
            }
        }
    }
}

/// Whether accounts are to be read anew: they hold what enterprise and site have decided.
fn changes_rules(action: JournalAction) -> bool {
    matches!(
        action,
        JournalAction::EnterpriseChanged | JournalAction::SiteChanged
    )
}

/// The number that has become free, as a login name.
fn number_before(entry: &NewJournalEntry) -> Option<String> {
    let change = entry.changes.iter().find(|change| change.field == "number");
    let number = change?.before.as_deref()?;
    Some(number.trim_start_matches('+').to_owned())
}
