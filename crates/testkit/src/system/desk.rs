//! Callers of call centres, without a network: the desk is told what the call engine would tell it.

use std::sync::{Arc, Mutex, PoisonError};

use model::{User, VirtualUserId};
use service::call_centre::Desks;
use sip::{
    attend::{Attendant, AttendedCall, Ended, Notice, Order, Orders},
    directory::{Party, Route, Sides},
};

use crate::TestSystem;

/// An engine that writes down what it is told to do.
#[derive(Default)]
struct Ordered(Mutex<Vec<Order>>);

impl Orders for Ordered {
    fn order(&self, order: Order) -> bool {
        let mut orders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        orders.push(order);
        true
    }

    /// Nobody has calls of their own here.
    fn watch(&self, _login: &str) -> bool {
        false
    }

    fn forget(&self, _login: &str) {}
}

/// The desk that all calls for call centres come to.
pub struct TestDesk {
    desks: Desks,
    orders: Arc<Ordered>,
    calls: u64,
}

impl TestSystem {
    /// A desk without calls, as after a start.
    #[must_use]
    pub fn desk(&self) -> TestDesk {
        let orders = Arc::new(Ordered::default());
        TestDesk {
            desks: Desks::new(self.env.clone(), self.directory(), orders.clone()),
            orders,
            calls: 0,
        }
    }
}

impl TestDesk {
    /// Somebody of this name calls the call centre.
    pub async fn call(&mut self, centre: VirtualUserId, name: &str) -> AttendedCall {
        let presented = Party {
            number: "+4915123456789".to_owned(),
            name: name.to_owned(),
        };
        let attendant = Attendant(centre.0.as_u128());
        self.enter(attendant, Sides::default(), presented).await
    }

    async fn enter(
        &mut self,
        attendant: Attendant,
        sides: Sides,
        presented: Party,
    ) -> AttendedCall {
        self.calls += 1;
        let call = AttendedCall::numbered(self.calls);
        let entered = Notice::Entered {
            call,
            attendant,
            sides: Box::new(sides),
            presented,
        };
        self.desks.notice(entered).await;
        call
    }

    /// The phone that rings for the call is answered.
    pub async fn answer(&mut self, call: AttendedCall) {
        let orders = self.taken(call);
        let offer = orders.iter().rev().find_map(|order| match order {
            Order::Offer { offer, .. } => Some(*offer),
            Order::Play { .. }
            | Order::Withdraw { .. }
            | Order::Send { .. }
            | Order::Hangup { .. } => None,
        });
        let connected = Notice::Connected {
            call,
            offer: offer.expect("no phone rings"),
            login: None,
        };
        self.desks.notice(connected).await;
    }

    /// The caller hangs up.
    pub async fn hang_up(&mut self, call: AttendedCall) {
        let why = Ended::Caller;
        self.desks.notice(Notice::Ended { call, why }).await;
    }

    /// The user's phone dials a code; answers the status with which that is refused, `None` after the tone.
    pub async fn dial(&mut self, system: &TestSystem, user: &User, code: &str) -> Option<u16> {
        let decision = system.route(user, code).await;
        let Route::Attend(attendant) = decision.route else {
            panic!("{code}: {:?}", decision.route);
        };
        let call = self
            .enter(attendant, decision.sides, decision.presented)
            .await;
        let refused = self.taken(call).into_iter().find_map(|order| match order {
            Order::Hangup { code, .. } => Some(code),
            Order::Play { .. }
            | Order::Offer { .. }
            | Order::Withdraw { .. }
            | Order::Send { .. } => None,
        });
        let why = Ended::Ordered;
        self.desks.notice(Notice::Ended { call, why }).await;
        refused
    }

    /// What was ordered for a call, in order.
    fn taken(&self, call: AttendedCall) -> Vec<Order> {
        let orders = self.orders.0.lock();
        let orders = orders.unwrap_or_else(PoisonError::into_inner);
        let own = orders.iter().filter(|order| order.call() == call);
        own.cloned().collect()
    }
}
