//! The call engine's view of the business: who logs in with what, and where each call goes.
//!
//! Logins stay in memory until the journal tells that they have changed, because every phone shows its password again and
//! again. Where a call goes is asked anew each time, so that a state counts from the moment it is committed (S2, S3).

mod accounts;
mod follow;
mod keep;
mod look_up;
mod outside;
mod sides;
mod stored;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use model::{
    LoginName,
    routing::{self, Dialled, Found, Why},
};
use sip::{
    Directory, Login, Unavailable,
    directory::{Attempt, Caller, Decision, Otherwise, Party, Phone, Refusal, Route, Sides},
};
use store::SharedStore;

use crate::{Error, Result, secret::SealingKey};
use accounts::{Account, Accounts};

pub use follow::follow;
pub use keep::CallEvents;
pub(crate) use look_up::called;
pub use stored::registrations;

/// Logins and routes, for the call engine.
pub struct PhoneDirectory {
    store: SharedStore,
    key: Arc<SealingKey>,
    accounts: Accounts,
}

#[async_trait]
impl Directory for PhoneDirectory {
    async fn login(&self, login: &str) -> std::result::Result<Option<Arc<Login>>, Unavailable> {
        let account = self
            .account(login)
            .await
            .map_err(|error| unavailable(&error))?;
        Ok(account.map(|account| account.login.clone()))
    }

    async fn route(&self, attempt: &Attempt) -> std::result::Result<Decision, Unavailable> {
        self.decide(attempt)
            .await
            .map_err(|error| unavailable(&error))
    }
}

impl PhoneDirectory {
    /// A directory over the database, with the key that its phone logins are sealed with.
    #[must_use]
    pub fn new(store: SharedStore, key: Arc<SealingKey>) -> Self {
        Self {
            store,
            key,
            accounts: Accounts::default(),
        }
    }

    /// The account with this login name.
    async fn account(&self, login: &str) -> Result<Option<Arc<Account>>> {
        let moment = match self.accounts.get(login) {
            Ok(account) => return Ok(Some(account)),
            Err(moment) => moment,
        };
        let mut tx = self.store.read().await?;
        let account = look_up::account(tx.as_mut(), &self.key, login).await?;
        let account = account.map(Arc::new);
        if let Some(account) = &account {
            self.accounts.insert(moment, account);
        }
        Ok(account)
    }

    async fn decide(&self, attempt: &Attempt) -> Result<Decision> {
        let login = match &attempt.caller {
            Caller::Phone(login) => &login.login,
            Caller::Transferor { login } => login,
            Caller::Trunk { number } => {
                return self.decide_from_outside(number, &attempt.dialled).await;
            }
        };
        let Some(caller) = self.account(login).await? else {
            return Ok(refused(403, "the caller's login has ended"));
        };
        let dialled = Dialled::read(&attempt.dialled, caller.country);
        let mut tx = self.store.read().await?;
        let found = look_up::called(tx.as_mut(), caller.enterprise, &dialled).await?;
        drop(tx);
        let route = match (routing::route(&dialled, &found), &found) {
            (routing::Decision::Ring { seconds, .. }, Found::User(user)) => {
                self.ring(&LoginName::of(&user.number), seconds).await?
            }
            (routing::Decision::Refuse(why), _) => refusal(status(why), why.name()),
            (routing::Decision::Trunk { number }, _) => Route::Trunk { number },
            (routing::Decision::Ring { .. }, Found::Unassigned | Found::Nobody) => {
                return Err(Error::Internal("a call rings at nobody"));
            }
        };
        let is_emergency = matches!(dialled, Dialled::Emergency(_));
        Ok(Decision {
            sides: Sides {
                caller: sides::caller(&caller, presented(&caller, &dialled, &found)),
                called: sides::called(&dialled, &found, Some(caller.enterprise)),
            },
            presented: presented(&caller, &dialled, &found),
            route,
            limit: (!is_emergency).then(|| caller.limit()),
        })
    }

    /// Rings the phones that have logged in with the login details in force.
    async fn ring(&self, login: &LoginName, seconds: u32) -> Result<Route> {
        let Some(called) = self.account(login.as_str()).await? else {
            return Ok(refusal(480, Why::WithoutPhone.name()));
        };
        Ok(Route::Offer {
            phones: vec![Phone {
                login: called.login.login.clone(),
                generation: called.login.generation,
            }],
            ring_for: Duration::from_secs(seconds.into()),
            otherwise: Otherwise::default(),
        })
    }
}

/// Colleagues see the extension, emergency services the site's number, everybody else the number.
fn presented(caller: &Account, dialled: &Dialled, found: &Found) -> Party {
    let is_colleague = matches!(found, Found::User(user) if user.enterprise == caller.enterprise);
    let number = match dialled {
        Dialled::Emergency(_) => caller.emergency_number.to_string(),
        Dialled::Extension(_) | Dialled::Number(_) | Dialled::Unreadable if is_colleague => {
            caller.extension.to_string()
        }
        Dialled::Extension(_) | Dialled::Number(_) | Dialled::Unreadable => {
            caller.login.identity.clone()
        }
    };
    Party {
        number,
        name: caller.login.display_name.clone(),
    }
}

/// What the caller hears (RFC 3261 §21.4).
fn status(why: Why) -> u16 {
    match why {
        Why::Pending | Why::Failed | Why::WithoutPhone => 480,
        Why::UnknownExtension | Why::UnassignedNumber => 404,
        Why::Unreadable => 484,
    }
}

fn refusal(code: u16, why: &str) -> Route {
    Route::Refuse(Refusal {
        code,
        why: why.to_owned(),
    })
}

fn refused(code: u16, why: &str) -> Decision {
    Decision {
        sides: Sides::default(),
        presented: Party::default(),
        route: refusal(code, why),
        limit: None,
    }
}

fn unavailable(error: &Error) -> Unavailable {
    tracing::error!(
        error = error as &dyn std::error::Error,
        "the call engine got no answer"
    );
    Unavailable
}
