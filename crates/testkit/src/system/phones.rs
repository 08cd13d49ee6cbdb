//! Phones that log in and call, without a network: what they do is reported as the call engine reports it.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use model::{LoginName, Timestamp, User};
use service::{
    Clock, Device, Live, Registrations,
    directory::{CallEvents, PhoneDirectory},
};
use sip::{
    Directory, Events, Flow, Time, Transport,
    directory::{Attempt, CallRecord, Caller, Decision, Group},
    location::{Binding, Change, End, Registration},
    visit::{Bounce, Deed, Leave, Visit, VisitStep},
};
use store::SharedStore;
use uuid::Uuid;

use crate::{RepeatableRandom, TestSystem, sealing_key};

/// The phones that are logged in.
pub struct TestPhones {
    registrations: Mutex<HashMap<String, Vec<Registration>>>,
    directory: Arc<PhoneDirectory>,
    events: CallEvents,
}

/// How a call went.
#[derive(Clone, Copy, Debug)]
pub enum Call {
    /// They talked for this many seconds, after ringing for five.
    Answered(u64),
    /// It rang for five seconds, and the caller heard this status (RFC 3261 §21).
    Rang(u16),
    /// No phone rang, and the caller heard this status.
    Failed(u16),
}

impl TestPhones {
    pub(crate) fn new(store: &SharedStore, clock: Arc<dyn Clock>, live: Live) -> Self {
        let directory = Arc::new(PhoneDirectory::new(
            store.clone(),
            Arc::new(sealing_key()),
            clock,
            Arc::new(RepeatableRandom::new(12)),
        ));
        let random = Arc::new(RepeatableRandom::new(11));
        let events = CallEvents::new(store.clone(), random, directory.clone(), live);
        Self {
            registrations: Mutex::default(),
            directory,
            events,
        }
    }

    fn of(&self, login: &str) -> Vec<Registration> {
        let known = self.registrations.lock();
        let known = known.unwrap_or_else(PoisonError::into_inner);
        known.get(login).cloned().unwrap_or_default()
    }

    fn set(&self, login: &str, registrations: Vec<Registration>) {
        let known = self.registrations.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        known.insert(login.to_owned(), registrations);
    }
}

impl Registrations for TestPhones {
    fn is_registered(&self, login: &str) -> bool {
        !self.of(login).is_empty()
    }

    fn devices(&self, login: &str) -> Vec<Device> {
        let device = |Registration { binding, .. }: Registration| Device {
            user_agent: binding.user_agent.into(),
            address: binding.flow.peer,
            transport: binding.flow.transport.name(),
            since: Timestamp(i64::try_from(binding.since.unix_ms()).unwrap()),
        };
        self.of(login).into_iter().map(device).collect()
    }
}

impl TestSystem {
    /// The engine's view of the business.
    #[must_use]
    pub fn directory(&self) -> Arc<PhoneDirectory> {
        self.phones.directory.clone()
    }

    /// A phone that calls itself this logs in with the user's login details.
    pub async fn log_in_phone(&self, user: &User, user_agent: &str) {
        let login = LoginName::of(&user.number).as_str().to_owned();
        let mut registrations = self.phones.of(&login);
        let registration = self
            .registration(&login, registrations.len(), user_agent)
            .await;
        registrations.push(registration.clone());
        self.phones.set(&login, registrations);
        self.report(&[Change::Registered(registration)]).await;
    }

    /// All phones of the user take their leave.
    pub async fn log_out_phones(&self, user: &User) {
        let login = LoginName::of(&user.number);
        let ended = self.phones.of(login.as_str()).into_iter();
        let ended: Vec<_> = ended
            .map(|registration| Change::Ended(registration, End::Unregistered))
            .collect();
        self.phones.set(login.as_str(), Vec::new());
        self.report(&ended).await;
    }

    /// The user's phone dials this; the call begins now and is reported when it is over.
    pub async fn call(&self, caller: &User, dialled: &str, call: Call) {
        self.call_at_groups(caller, dialled, call, Vec::new()).await;
    }

    /// The same of a call that came to groups.
    pub async fn call_at_groups(
        &self,
        caller: &User,
        dialled: &str,
        call: Call,
        visits: Vec<Visit>,
    ) {
        let login = LoginName::of(&caller.number);
        let account = self.phones.directory.login(login.as_str()).await.unwrap();
        let attempt = Attempt {
            caller: Caller::Phone(account.unwrap()),
            dialled: dialled.to_owned(),
        };
        let decision = self.phones.directory.route(&attempt).await.unwrap();
        let started = self.time();
        let after = |seconds: u64| Time::from_unix_ms(started.unix_ms() + seconds * 1000);
        let (answered, ended, code) = match call {
            Call::Answered(seconds) => (Some(after(5)), after(5 + seconds), 200),
            Call::Rang(code) => (None, after(5), code),
            Call::Failed(code) => (None, started, code),
        };
        let record = CallRecord {
            why: String::new(),
            caller: Some(login.as_str().to_owned()),
            sides: decision.sides,
            dialled: dialled.to_owned(),
            answered_by: None,
            rang: !matches!(call, Call::Failed(_)),
            started,
            answered,
            ended,
            code,
            visits,
        };
        self.phones.events.calls_ended(&[record]).await.unwrap();
    }

    /// The caller calls a group: the members' phones ring for ten seconds each, and the last one takes the call.
    pub async fn call_group(&self, caller: &User, group: Uuid, members: &[&User]) {
        let begins = self.time();
        let at = |s: u64| Time::from_unix_ms(begins.unix_ms() + s * 1000);
        let mut visit = Visit {
            group: Group(group.as_u128()),
            entered: begins,
            steps: Vec::new(),
            answered: None,
            left: Some((at(120), Leave::Talked)),
        };
        for (nth, member) in (0..).zip(members) {
            let who = member.number.digits().to_owned();
            let step = |s, deed| VisitStep {
                at: at(s),
                who: who.clone(),
                deed,
            };
            let end = 10 * (nth + 1);
            let is_last = end == 10 * members.len() as u64;
            let deed = match is_last {
                true => Deed::Answered,
                false => Deed::Bounced(Bounce::NoAnswer),
            };
            visit.answered = is_last.then(|| (who.clone(), at(end)));
            let steps = [step(10 * nth, Deed::Offered), step(end, deed)];
            visit.steps.extend(steps);
        }
        let call = Call::Answered(100);
        self.call_at_groups(caller, "group", call, vec![visit])
            .await;
    }

    /// Where a call of the user's phone goes.
    pub async fn route(&self, caller: &User, dialled: &str) -> Decision {
        let login = LoginName::of(&caller.number);
        let account = self.phones.directory.login(login.as_str()).await.unwrap();
        let attempt = Attempt {
            caller: Caller::Phone(account.unwrap()),
            dialled: dialled.to_owned(),
        };
        self.phones.directory.route(&attempt).await.unwrap()
    }

    /// Where a call from the carrier goes.
    pub async fn route_from_outside(&self, number: &str, dialled: &str) -> Decision {
        let attempt = Attempt {
            caller: Caller::Trunk {
                number: number.to_owned(),
            },
            dialled: dialled.to_owned(),
        };
        self.phones.directory.route(&attempt).await.unwrap()
    }

    async fn report(&self, changes: &[Change]) {
        self.phones.events.location_changed(changes).await.unwrap();
    }

    async fn registration(&self, login: &str, port: usize, user_agent: &str) -> Registration {
        let account = self.phones.directory.login(login).await.unwrap();
        let peer = SocketAddr::from(([198, 51, 100, 7], 5060 + u16::try_from(port).unwrap()));
        let flow = Flow {
            transport: Transport::Udp,
            local: SocketAddr::from(([192, 0, 2, 1], 5060)),
            peer,
        };
        let now = self.time();
        let expires = Time::from_unix_ms(now.unix_ms() + 3_600_000);
        let mut binding = Binding::stored(&format!("sip:{login}@{peer}"), flow, now, expires);
        binding.user_agent = user_agent.into();
        binding.generation = account
            .map(|account| account.generation)
            .unwrap_or_default();
        Registration {
            login: login.to_owned(),
            binding,
        }
    }

    /// Now, as the engine tells it.
    pub fn time(&self) -> Time {
        Time::from_unix_ms(u64::try_from(self.env.now().0).unwrap())
    }
}
