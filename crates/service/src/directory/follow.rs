//! Following the journal: a login that ends is forgotten, and its registrations end with it (L1, D6).

use std::sync::Arc;

use model::{JournalAction, JournalEntry, NewJournalEntry, UserId};
use sip::{Directory, Server};
use store::Tenant;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::PhoneDirectory;
use crate::Result;

/// Follows the journal for as long as anybody tells it.
pub async fn follow(
    directory: &PhoneDirectory,
    server: &Server,
    mut entries: Receiver<Arc<JournalEntry>>,
) {
    loop {
        let ended = match entries.recv().await {
            Ok(entry) if changes_rules(entry.entry.action) => {
                directory.accounts.forget_all();
                continue;
            }
            Ok(entry) => directory.ended_by(&entry.entry).await,
            Err(RecvError::Lagged(_)) => {
                directory.look_at_all(server).await;
                continue;
            }
            Err(RecvError::Closed) => return,
        };
        match ended {
            Ok(Some(login)) => {
                directory.accounts.forget(&login);
                server.end_registrations(&login);
            }
            Ok(None) => {}
            Err(error) => {
                super::unavailable(&error);
                directory.look_at_all(server).await;
            }
        }
    }
}

impl PhoneDirectory {
    /// The login name whose login details are void after this entry.
    async fn ended_by(&self, entry: &NewJournalEntry) -> Result<Option<String>> {
        match entry.action {
            JournalAction::UserDeleted | JournalAction::UserCancelled => Ok(number_before(entry)),
            JournalAction::LoginDetailsRenewed => {
                let user = UserId(entry.entity.id);
                let mut tx = self.store.read().await?;
                let login = tx.phone_login().get(Tenant::Installation, user).await?;
                Ok(login.map(|login| login.login))
            }
            JournalAction::EnterpriseAdded
            | JournalAction::EnterpriseChanged
            | JournalAction::SiteAdded
            | JournalAction::SiteChanged
            | JournalAction::DepartmentAdded
            | JournalAction::NumbersImported
            | JournalAction::LicenceSet
            | JournalAction::AdministratorAdded
            | JournalAction::PasswordSet
            | JournalAction::ApiTokenAdded
            | JournalAction::UserAdded
            | JournalAction::UserActivated
            | JournalAction::UserActivationFailed
            | JournalAction::UserActivationRetried => Ok(None),
        }
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
