//! The call engine's view of the business: who logs in with what, and where each call goes.
//!
//! Logins stay in memory until the journal tells that they have changed, because every phone shows its password again and
//! again. Where a call goes is asked anew each time, so that a state counts from the moment it is committed (S2, S3).

mod accounts;
mod attend;
mod carry_out;
mod facts;
mod feature;
mod follow;
mod hunting;
mod keep;
mod look_up;
mod outside;
mod park;
mod sides;
mod stored;
mod taken;

use std::sync::Arc;

use async_trait::async_trait;
use model::{
    CallServices, Timestamp,
    routing::{self, Dialled, Facts, FeatureCode, Found, Why},
};
use sip::{
    Directory, Login, Unavailable,
    directory::{Attempt, Caller, Decision, Party, Refusal, Route, Shown, Sides},
};
use store::{SharedStore, Tenant};

use crate::{Clock, Error, Random, Result, secret::SealingKey};
use accounts::{Account, Accounts};
use carry_out::View;
use hunting::Chance;
use taken::Taken;

pub(crate) use facts::facts;
pub use follow::follow;
pub use keep::CallEvents;
pub(crate) use keep::timestamp;
pub(crate) use look_up::called;
pub use stored::registrations;

/// Logins and routes, for the call engine.
pub struct PhoneDirectory {
    store: SharedStore,
    key: Arc<SealingKey>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    accounts: Accounts,
    taken: Taken,
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
    pub fn new(
        store: SharedStore,
        key: Arc<SealingKey>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self {
            store,
            key,
            clock,
            random,
            accounts: Accounts::default(),
            taken: Taken::default(),
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
        if let Some(code) = FeatureCode::read(&attempt.dialled) {
            return self.decide_feature(&caller, &code).await;
        }
        let dialled = Dialled::read(&attempt.dialled, caller.country);
        let asked = self.ask(&caller, &dialled).await?;
        let decision = routing::route(&asked.call, &asked.found, &asked.facts);
        let is_emergency = matches!(dialled, Dialled::Emergency(_));
        let is_withheld = asked.services.withholds_number && !is_emergency;
        let view = view(&caller, &dialled, is_withheld);
        let presented = presented(&caller, &dialled, &asked.found);
        let known = (&asked.found, &asked.facts);
        let route = self
            .carry_out(&decision, known, (&view, &presented))
            .await?;
        Ok(Decision {
            sides: Sides {
                caller: sides::caller(&caller, presented.clone()),
                called: sides::called(&dialled, &asked.found, Some(caller.enterprise)),
                is_withheld,
            },
            presented,
            route,
            limit: (!is_emergency).then(|| caller.limit()),
        })
    }

    /// Reads everything that routing asks about a call of ours.
    async fn ask(&self, caller: &Account, dialled: &Dialled) -> Result<Asked> {
        let at = self.now();
        let mut tx = self.store.read().await?;
        let found = look_up::called(tx.as_mut(), caller.enterprise, dialled).await?;
        let facts = facts(tx.as_mut(), &found, at, Some(self.chance())).await?;
        let tenant = Tenant::Enterprise(caller.enterprise);
        let services = tx.call_services().get(tenant, caller.user).await?;
        let call = routing::Call {
            dialled: dialled.clone(),
            at,
            caller: Some(routing::Caller {
                enterprise: caller.enterprise,
                country: caller.country,
                barring: services.barring,
            }),
        };
        Ok(Asked {
            call,
            found,
            facts,
            services,
        })
    }

    /// Each call draws anew.
    fn chance(&self) -> Chance<'_> {
        let mut bytes = [0; 8];
        self.random.fill(&mut bytes);
        Chance {
            taken: &self.taken,
            draw: u64::from_le_bytes(bytes),
        }
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// A call, and everything that is known about it.
struct Asked {
    call: routing::Call,
    found: Found,
    facts: Facts,
    /// The caller's.
    services: CallServices,
}

/// Colleagues see who calls in any case; strangers only who does not withhold it, and never the extension.
fn view(caller: &Account, dialled: &Dialled, is_withheld: bool) -> View {
    let party = |number: String| Party {
        number,
        name: caller.login.display_name.clone(),
    };
    let outside = match dialled {
        Dialled::Emergency(_) => caller.emergency_number.to_string(),
        Dialled::Extension(_) | Dialled::Number(_) | Dialled::Unreadable => {
            caller.login.identity.clone()
        }
    };
    View {
        inside: Some((caller.enterprise, party(caller.extension.to_string()))),
        outside: Shown {
            party: party(outside),
            is_withheld,
        },
    }
}

/// Colleagues see the extension, emergency services the site's number, everybody else the number.
fn presented(caller: &Account, dialled: &Dialled, found: &Found) -> Party {
    let is_colleague = found.enterprise() == Some(caller.enterprise);
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
        Why::Pending | Why::Failed | Why::WithoutPhone | Why::NobodyThere => 480,
        Why::DoNotDisturb | Why::GroupBusy => 486,
        Why::Barred => 403,
        Why::ForwardLoop => 482,
        Why::TooManyForwards => 483,
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
