//! A decision of the routing function as a route of the engine: whose phones, for how long, and who is shown to them.

use std::{collections::HashMap, sync::Arc, time::Duration};

use model::{
    LoginName, User, UserId,
    routing::{self, Facts, Found, Why},
};
use sip::directory::{Otherwise, Party, Phone, Route, Shown};

use super::{PhoneDirectory, accounts::Account, refusal, status};
use crate::Result;

/// Who calls, as each side may see it.
pub(super) struct View {
    /// What colleagues see; `None` for a caller from outside.
    pub(super) inside: Option<(model::EnterpriseId, Party)>,
    /// What everybody else sees, or does not.
    pub(super) outside: Shown,
}

impl View {
    fn of(&self, enterprise: Option<model::EnterpriseId>) -> Shown {
        match &self.inside {
            Some((own, party)) if enterprise == Some(*own) => Shown {
                party: party.clone(),
                is_withheld: false,
            },
            Some(_) | None => self.outside.clone(),
        }
    }
}

/// Somebody whose phones may ring.
type Rung = (User, Option<Arc<Account>>);

struct Carrying<'a> {
    view: &'a View,
    /// How the caller is shown unless a route says otherwise.
    usual: &'a Party,
    /// There is one step only.
    is_alone: bool,
    rung: HashMap<UserId, Rung>,
}

impl PhoneDirectory {
    /// The route for a decision about whom was found.
    pub(super) async fn carry_out(
        &self,
        decision: &routing::Decision,
        (found, facts): (&Found, &Facts),
        (view, usual): (&View, &Party),
    ) -> Result<Route> {
        let mut rung = HashMap::new();
        for id in decision.rung() {
            let user = match (facts.person(id), found) {
                (Some(person), _) => &person.user,
                (None, Found::User(user)) => user.as_ref(),
                (None, Found::Unassigned | Found::Nobody) => continue,
            };
            let login = LoginName::of(&user.number);
            let account = self.account(login.as_str()).await?;
            rung.insert(id, (user.clone(), account));
        }
        let carrying = Carrying {
            view,
            usual,
            is_alone: is_alone(decision),
            rung,
        };
        Ok(carrying.route(decision))
    }
}

impl Carrying<'_> {
    fn route(&self, decision: &routing::Decision) -> Route {
        match decision {
            routing::Decision::Ring {
                user,
                seconds,
                otherwise,
            } => self.offer(*user, *seconds, otherwise),
            routing::Decision::Forward { to, .. } => self.route(to),
            routing::Decision::Trunk { number } => {
                let number = number.clone();
                self.shown(None, Route::Trunk { number })
            }
            routing::Decision::Refuse(why) => refusal(status(*why), why.name()),
        }
    }

    /// Rings the phones that have logged in with the login details in force.
    fn offer(&self, user: UserId, seconds: u32, otherwise: &routing::Otherwise) -> Route {
        let next = |decision: &Option<routing::Decision>| {
            decision
                .as_ref()
                .map(|decision| Box::new(self.route(decision)))
        };
        let (enterprise, account) = match self.rung.get(&user) {
            Some((user, Some(account))) => (user.enterprise, account),
            // Nobody can have logged in.
            Some((_, None)) | None => {
                let unreachable = next(&otherwise.unreachable);
                return unreachable
                    .map_or_else(|| refusal(480, Why::WithoutPhone.name()), |route| *route);
            }
        };
        let offer = Route::Offer {
            phones: vec![Phone {
                login: account.login.login.clone(),
                generation: account.login.generation,
            }],
            ring_for: Duration::from_secs(seconds.into()),
            otherwise: Otherwise {
                busy: next(&otherwise.busy),
                no_answer: next(&otherwise.no_answer),
                unreachable: next(&otherwise.unreachable),
            },
        };
        self.shown(Some(enterprise), offer)
    }

    /// The route, with the caller shown as those there may see it. A chain says it again at each step.
    fn shown(&self, enterprise: Option<model::EnterpriseId>, route: Route) -> Route {
        let shown = self.view.of(enterprise);
        if self.is_alone && shown.party == *self.usual && !shown.is_withheld {
            return route;
        }
        Route::As {
            shown,
            route: Box::new(route),
        }
    }
}

/// Whether nothing follows and nothing came before.
fn is_alone(decision: &routing::Decision) -> bool {
    match decision {
        routing::Decision::Ring { otherwise, .. } => **otherwise == routing::Otherwise::default(),
        routing::Decision::Trunk { .. } | routing::Decision::Refuse(_) => true,
        routing::Decision::Forward { .. } => false,
    }
}
