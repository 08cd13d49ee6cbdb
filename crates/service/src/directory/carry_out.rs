//! A decision of the routing function as a route of the engine: whose phones, for how long, and who is shown to them.

use std::{collections::HashMap, sync::Arc, time::Duration};

use model::{
    Holder, LoginName, User, UserId, VirtualUserId,
    routing::{self, Facts, Found, Why},
};
use sip::{
    attend::Attendant,
    directory::{Group, Hunt, HuntStep, Otherwise, Party, Phone, Route, Shown},
    visit::Closed,
};

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
    facts: &'a Facts,
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
            let user = match (facts.somebody(id), found) {
                (Some(person), _) => &person.user,
                (None, Found::User(user)) => user.as_ref(),
                (
                    None,
                    Found::HuntGroup(_) | Found::CallCentre(_) | Found::Unassigned | Found::Nobody,
                ) => continue,
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
            facts,
        };
        let route = carrying.route(decision);
        Ok(match (found, decision) {
            (Found::HuntGroup(group), routing::Decision::Refuse(why)) => {
                past(group.virtual_user.id, closed(*why), route)
            }
            _ => route,
        })
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
            hunt @ routing::Decision::Hunt { group, .. } => self.hunt(*group, hunt),
            routing::Decision::Attend { centre } => self.attend(*centre),
            routing::Decision::Forward { by, cause, to } => match by {
                Holder::VirtualUser(group) => past(*group, forwarded(*cause), self.route(to)),
                Holder::User(_) => self.route(to),
            },
            routing::Decision::Trunk { number } => {
                let number = number.clone();
                self.shown(None, Route::Trunk { number })
            }
            routing::Decision::Refuse(why) => refusal(status(*why), why.name()),
        }
    }

    /// Rings the phones that have logged in with the login details in force.
    fn offer(&self, user: UserId, seconds: u32, otherwise: &routing::Otherwise) -> Route {
        let (enterprise, account) = match self.rung.get(&user) {
            Some((user, Some(account))) => (user.enterprise, account),
            // Nobody can have logged in.
            Some((_, None)) | None => {
                let unreachable = self.next(otherwise.unreachable.as_ref());
                return unreachable
                    .map_or_else(|| refusal(480, Why::WithoutPhone.name()), |route| *route);
            }
        };
        let offer = Route::Offer {
            phones: vec![phone(account)],
            ring_for: Duration::from_secs(seconds.into()),
            otherwise: self.otherwise(otherwise),
        };
        self.shown(Some(enterprise), offer)
    }

    /// Rings the members of a hunt group who have login details.
    fn hunt(&self, group: VirtualUserId, decision: &routing::Decision) -> Route {
        let (
            Some(hunting),
            routing::Decision::Hunt {
                steps,
                forward_after,
                allows_call_waiting,
                otherwise,
                ..
            },
        ) = (self.facts.group(group), decision)
        else {
            return refusal(480, Why::NobodyThere.name());
        };
        let of_group = &hunting.group;
        let name = of_group.virtual_user.name.to_string();
        let hunt = Hunt {
            group: Group(group.0.as_u128()),
            name: of_group.settings.shows_name.then_some(name),
            steps: steps.iter().map(|step| self.step(step)).collect(),
            give_up_after: forward_after.map(|seconds| Duration::from_secs(seconds.into())),
            allows_call_waiting: *allows_call_waiting,
            otherwise: self.otherwise(otherwise),
        };
        let enterprise = of_group.virtual_user.enterprise;
        self.shown(Some(enterprise), Route::Hunt(Box::new(hunt)))
    }

    fn attend(&self, centre: VirtualUserId) -> Route {
        let enterprise = self.facts.centre(centre).map(|centre| centre.enterprise);
        let attendant = Attendant(centre.0.as_u128());
        self.shown(enterprise, Route::Attend(attendant))
    }

    fn step(&self, step: &routing::HuntStep) -> HuntStep {
        let accounts = step.members.iter().filter_map(|member| {
            let (_, account) = self.rung.get(member)?;
            account.as_deref()
        });
        HuntStep {
            phones: accounts.map(phone).collect(),
            ring_for: Duration::from_secs(step.seconds.into()),
        }
    }

    fn otherwise(&self, otherwise: &routing::Otherwise) -> Otherwise {
        Otherwise {
            busy: self.next(otherwise.busy.as_ref()),
            no_answer: self.next(otherwise.no_answer.as_ref()),
            unreachable: self.next(otherwise.unreachable.as_ref()),
        }
    }

    fn next(&self, decision: Option<&routing::Decision>) -> Option<Box<Route>> {
        decision.map(|decision| Box::new(self.route(decision)))
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

/// A group that was not open to the call has it in its history; one that is not active has none.
fn past(group: VirtualUserId, why: Option<Closed>, route: Route) -> Route {
    match why {
        Some(why) => Route::Past {
            group: Group(group.0.as_u128()),
            why,
            route: Box::new(route),
        },
        None => route,
    }
}

fn closed(why: Why) -> Option<Closed> {
    match why {
        Why::GroupBusy => Some(Closed::GroupBusy),
        Why::NobodyThere => Some(Closed::Unreachable),
        _ => None,
    }
}

fn forwarded(cause: routing::Cause) -> Option<Closed> {
    match cause {
        routing::Cause::GroupBusy => Some(Closed::GroupBusy),
        routing::Cause::NobodyThere => Some(Closed::Unreachable),
        routing::Cause::NoRings => Some(Closed::NoAnswer),
        _ => None,
    }
}

fn phone(account: &Account) -> Phone {
    Phone {
        login: account.login.login.clone(),
        generation: account.login.generation,
    }
}

/// Whether nothing follows and nothing came before.
fn is_alone(decision: &routing::Decision) -> bool {
    match decision {
        routing::Decision::Ring { otherwise, .. } | routing::Decision::Hunt { otherwise, .. } => {
            **otherwise == routing::Otherwise::default()
        }
        routing::Decision::Attend { .. }
        | routing::Decision::Trunk { .. }
        | routing::Decision::Refuse(_) => true,
        routing::Decision::Forward { .. } => false,
    }
}
