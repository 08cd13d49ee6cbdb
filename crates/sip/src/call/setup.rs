//! A new call: the caller's leg, the question, the decision.

use super::leg::{Asked, Leg};
use super::reliable::Reliable;
use super::state::{Call, CallState, Miss};
use super::{CallId, Engine, Question, Timer, user_of};
use crate::dialog::Dialog;
use crate::directory::{
    Attempt, CallRecord, Caller, Decision, Otherwise, Party, Phone, Route, Sides, Unavailable,
};
use crate::flow::Flow;
use crate::message::{Message, Method};
use crate::time::Time;
use crate::transaction::TransactionId;
use crate::visit::Leave;
use smallvec::SmallVec;
use std::time::Duration;

const DEFAULT_HOPS: u32 = 70;

impl Engine {
    /// An INVITE outside a dialog.
    pub(super) fn begin(
        &mut self,
        now: Time,
        flow: Flow,
        id: TransactionId,
        request: Message,
        caller: Option<Caller>,
    ) {
        let is_invite = request.method() == Some(Method::Invite);
        let Some(caller) = caller.filter(|_| is_invite) else {
            return self.refuse_stray(now, flow, (id, &request), 481);
        };
        let Some(target) = request
            .contacts()
            .next()
            .map(|contact| request.get(contact.uri).to_vec())
        else {
            return self.refuse_stray(now, flow, (id, &request), 400);
        };
        if let Some(code) = self.objection(&request, &caller) {
            return self.refuse_stray(now, flow, (id, &request), code);
        }
        self.metrics.calls.add();
        if matches!(caller, Caller::Trunk { .. }) {
            self.metrics.trunk_calls.add();
        }
        let (call, leg) = (self.calls.vacant_key(), self.legs.vacant_key());
        let random = self.transactions.random();
        let dialog = Dialog::called(&request, &target, &self.tag(leg, random), flow);
        self.legs.insert(Leg::new(
            call,
            random,
            dialog,
            login_of(&caller).map(Into::into),
        ));
        self.legs[leg].reliable = Reliable::of(&request);
        self.handling = Some(leg);
        self.transactions.set_user(id, user_of(leg));
        self.answer(now, leg, (id, &request), 100);
        let dialled = self.dialled(&request, &caller);
        self.calls
            .insert(new_call(leg, &request, &caller, dialled.clone(), now));
        self.last_number += 1;
        self.running += 1;
        self.calls[call].number = self.last_number;
        self.legs[leg].asked = Some(Asked {
            id,
            request,
            accepted: None,
        });
        if let Some(login) = login_of(&caller) {
            self.hold_place(login);
        }
        self.recount(leg);
        let call = CallId {
            index: call,
            number: self.last_number,
        };
        self.questions.push_back(Question {
            call,
            attempt: Attempt { caller, dialled },
        });
    }

    /// The directory's answer. A call that ended meanwhile is left alone.
    pub fn decided(&mut self, now: Time, id: CallId, decision: Result<Decision, Unavailable>) {
        let Some(call) = self
            .calls
            .get_mut(id.index)
            .filter(|call| call.number == id.number)
        else {
            return;
        };
        if call.state != CallState::Routing {
            return;
        }
        self.handling = Some(call.caller);
        match decision {
            Ok(decision) => {
                // A transferred caller stays who they are.
                if call.presented == Party::default() {
                    call.presented = decision.presented;
                }
                call.record.sides = decision.sides;
                let refusal = self.over_limit(id.index, decision.limit);
                let route = refusal.map_or(decision.route, Route::Refuse);
                self.follow(now, id.index, route);
            }
            Err(Unavailable) => {
                self.metrics.overloaded.add();
                self.give_up(now, id.index, 503);
            }
        }
    }

    /// Carries out a route.
    pub(super) fn follow(&mut self, now: Time, call: usize, route: Route) {
        match route {
            Route::Refuse(refusal) => {
                self.calls[call].record.why = refusal.why;
                self.give_up(now, call, refusal.code);
            }
            Route::Offer {
                phones,
                ring_for,
                otherwise,
            } => self.offer(now, call, &phones, ring_for, otherwise),
            Route::Hunt(hunt) => self.hunt(now, call, *hunt),
            Route::PickUp { group, logins } => self.pick_up(now, call, group, &logins),
            Route::Trunk { number } => self.offer_trunk(now, call, &number),
            Route::Attend(attendant) => self.attend(now, call, attendant),
            Route::Park(park) => self.park(now, call, *park),
            Route::Retrieve(retrieve) => self.retrieve(now, call, &retrieve),
            Route::Past { group, why, route } => {
                let how = match *route {
                    Route::Refuse(_) => Leave::Refused(why),
                    _ => Leave::Forwarded(why),
                };
                self.calls[call].visit(now, group);
                self.calls[call].leave_group(now, how);
                self.follow(now, call, *route);
            }
            Route::As { shown, route } => {
                self.show(call, shown);
                self.follow(now, call, *route);
            }
        }
    }

    fn offer(
        &mut self,
        now: Time,
        call: usize,
        phones: &[Phone],
        ring_for: Duration,
        otherwise: Otherwise,
    ) {
        self.calls[call].state = CallState::Ringing;
        self.calls[call].best = None;
        self.calls[call].is_outside = false;
        self.calls[call].otherwise = otherwise;
        let rung = phones.iter().flat_map(|phone| {
            let bindings = self.location.get(&phone.login, now).into_iter();
            let own = bindings.filter(|binding| binding.generation == phone.generation);
            own.map(|binding| (phone.login.as_str(), binding))
        });
        let rung: Vec<_> = rung.collect();
        self.calls[call].is_forked = rung.len() > 1;
        for (login, binding) in &rung {
            self.ring_phone(now, call, login, binding);
        }
        if self.calls[call].branches.is_empty() {
            return self.missed(now, call, Miss::Unreachable);
        }
        self.ring_until(call, now + ring_for);
    }

    pub(super) fn ring_until(&mut self, call: usize, end: Time) {
        self.calls[call].ring_end = Some(end);
        self.timers.add(end, Timer::Ring(call));
    }
}

pub(super) fn login_of(caller: &Caller) -> Option<&str> {
    match caller {
        Caller::Phone(login) => Some(&login.login),
        Caller::Transferor { login } => Some(login),
        Caller::Trunk { .. } => None,
    }
}

fn new_call(leg: usize, request: &Message, caller: &Caller, dialled: String, now: Time) -> Call {
    Call {
        number: 0,
        caller: leg,
        branches: SmallVec::new(),
        closing: SmallVec::new(),
        winner: None,
        is_forked: false,
        state: CallState::Routing,
        best: None,
        ring_end: None,
        presented: Party::default(),
        is_withheld: false,
        keeps_identity: false,
        otherwise: Otherwise::default(),
        hunting: None,
        hops: request
            .max_forwards
            .unwrap_or(DEFAULT_HOPS)
            .saturating_sub(1),
        transfer: None,
        attended: None,
        alert: None,
        left_by: None,
        is_ours: false,
        is_taken_elsewhere: false,
        ends_at: None,
        enterprise: None,
        is_outside: false,
        is_over_trunk: matches!(caller, Caller::Trunk { .. }),
        record: CallRecord {
            caller: login_of(caller).map(str::to_owned),
            sides: Sides::default(),
            dialled,
            answered_by: None,
            rang: false,
            started: now,
            answered: None,
            ended: now,
            code: 0,
            why: String::new(),
            visits: Vec::new(),
        },
    }
}
