//! One task for each part of the calls: it owns its engine, so no lock is held and no message waits for another part.

use super::core::Core;
use super::settings::ServerSettings;
use crate::attend::{Attendants, Order};
use crate::call::{CallId, CallSettings, Engine, Question, shard_of};
use crate::directory::{Caller, Decision, Unavailable};
use crate::flow::Flow;
use crate::lock;
use crate::media::{Heard, PortKey};
use crate::message::Message;
use crate::metrics::Counter;
use crate::time::Time;
use crate::transaction::Kinds;
use rand::SeedableRng;
use rand::rngs::StdRng;
use ring::hmac;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// Messages that may wait for one shard; further ones are refused or left to the retransmission.
const QUEUE: usize = 4096;
/// Messages handled before the timers are looked at again.
const BURST: usize = 64;

/// What a shard is told.
pub(super) enum Input {
    Message {
        message: Box<Message>,
        flow: Flow,
        caller: Option<Caller>,
    },
    Decided {
        call: CallId,
        decision: Result<Box<Decision>, Unavailable>,
    },
    FlowLost(Flow),
    Order(Order),
    Heard {
        key: PortKey,
        heard: Heard,
    },
}

/// The way to all shards.
pub(super) struct Shards(Vec<mpsc::Sender<Input>>);

impl Shards {
    pub(super) fn new(count: usize) -> (Shards, Vec<mpsc::Receiver<Input>>) {
        let (senders, receivers) = (0..count.max(1)).map(|_| mpsc::channel(QUEUE)).unzip();
        (Shards(senders), receivers)
    }

    /// Gives the message back when its shard has no room.
    pub(super) fn pass(
        &self,
        message: Message,
        flow: Flow,
        caller: Option<Caller>,
    ) -> Result<(), Box<Message>> {
        let shard = &self.0[shard_of(&message, self.0.len())];
        let input = Input::Message {
            message: Box::new(message),
            flow,
            caller,
        };
        match shard.try_send(input) {
            Err(mpsc::error::TrySendError::Full(Input::Message { message, .. })) => Err(message),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    pub(super) fn flow_lost(&self, flow: Flow) {
        for shard in &self.0 {
            // A shard without room finds out by its timers.
            let _ = shard.try_send(Input::FlowLost(flow));
        }
    }
}

impl Shards {
    /// False when the call's shard has no room.
    pub(super) fn order(&self, order: Order) -> bool {
        let shard = self.0.get(usize::from(order.call().shard));
        shard.is_some_and(|shard| shard.try_send(Input::Order(order)).is_ok())
    }

    /// What a caller pressed is lost when its shard has no room.
    pub(super) fn heard(&self, key: PortKey, heard: Heard) {
        if let Some(shard) = self.0.get(usize::from(key.shard)) {
            let _ = shard.try_send(Input::Heard { key, heard });
        }
    }
}

/// One engine and its queue.
pub(super) struct Shard {
    core: Arc<Core>,
    engine: Engine,
    attendants: Option<Arc<dyn Attendants>>,
    inputs: mpsc::Receiver<Input>,
    answers: mpsc::Sender<Input>,
    retransmitted: u64,
    /// The transactions as they were counted last.
    kinds: Kinds,
}

impl Shard {
    pub(super) fn new(
        core: &Arc<Core>,
        settings: &ServerSettings,
        number: u8,
        inputs: mpsc::Receiver<Input>,
    ) -> Shard {
        let calls = CallSettings {
            shard: number,
            ..settings.calls.clone()
        };
        let (location, metrics) = (Arc::clone(&core.location), Arc::clone(&core.metrics));
        Shard {
            engine: Engine::new(calls, rng(&settings.secret, number), location, metrics)
                .with_media(settings.media.clone())
                .with_own_calls(Arc::clone(&core.own_calls)),
            attendants: settings.attendants.clone(),
            answers: core.shards.0[usize::from(number)].clone(),
            core: Arc::clone(core),
            inputs,
            retransmitted: 0,
            kinds: Kinds::default(),
        }
    }

    /// Runs until `stop` changes.
    pub(super) async fn run(mut self, mut stop: watch::Receiver<bool>) {
        loop {
            let wait = self
                .engine
                .next_timeout()
                .map(|at| at.since(self.core.clock.now()));
            tokio::select! {
                _ = stop.changed() => return,
                input = self.inputs.recv() => match input {
                    Some(input) => self.take_all(input),
                    None => return,
                },
                () = tokio::time::sleep(wait.unwrap_or(Duration::MAX)), if wait.is_some() => {}
            }
            let now = self.core.clock.now();
            self.guarded(|engine| engine.timeout(now));
            self.carry_out(now);
            tokio::task::yield_now().await;
        }
    }

    fn take_all(&mut self, first: Input) {
        let mut next = Some(first);
        for _ in 0..BURST {
            let Some(input) = next else { return };
            let now = self.core.clock.now();
            self.take(input, now);
            self.carry_out(now);
            next = self.inputs.try_recv().ok();
        }
        if let Some(input) = next {
            let now = self.core.clock.now();
            self.take(input, now);
        }
    }

    fn take(&mut self, input: Input, now: Time) {
        match input {
            Input::Message {
                message,
                flow,
                caller,
            } => {
                self.guarded(|engine| engine.receive(now, flow, *message, caller));
            }
            Input::Decided { call, decision } => {
                let decision = decision.map(|decision| *decision);
                self.guarded(|engine| engine.decided(now, call, decision));
            }
            Input::FlowLost(flow) => self.guarded(|engine| engine.flow_lost(now, flow)),
            Input::Order(order) => self.guarded(|engine| engine.order(now, order)),
            Input::Heard { key, heard } => self.guarded(|engine| engine.heard(key, heard)),
        }
    }

    /// A panic ends the call it happened in, not the process.
    fn guarded(&mut self, work: impl FnOnce(&mut Engine)) {
        let engine = &mut self.engine;
        let result = catch_unwind(AssertUnwindSafe(|| work(engine)));
        if result.is_err() {
            self.core.metrics.panicked.add();
            self.engine.abandon(self.core.clock.now());
        }
    }

    /// Does what the engine wants done outside.
    fn carry_out(&mut self, now: Time) {
        while let Some(question) = self.engine.poll_question() {
            self.ask(question, now);
        }
        while let Some(out) = self.engine.poll_transmit() {
            let is_sent = self.core.send(&out);
            if !is_sent && out.flow.is_reliable() {
                self.guarded(|engine| engine.flow_lost(now, out.flow));
            }
        }
        while let Some(notice) = self.engine.poll_notice() {
            if let Some(attendants) = &self.attendants {
                attendants.notice(notice);
            }
        }
        while let Some(answer) = self.engine.poll_taken() {
            self.core.events.hunt_answered(&answer);
        }
        let mut records = Vec::new();
        while let Some(record) = self.engine.poll_record() {
            records.push(record);
        }
        if !records.is_empty() {
            lock(&self.core.records).extend(records);
            self.core.to_record.notify_one();
        }
        let retransmitted = self.engine.retransmitted();
        self.core
            .metrics
            .retransmitted
            .add_many(retransmitted - self.retransmitted);
        self.retransmitted = retransmitted;
        self.count_transactions();
    }

    fn count_transactions(&mut self) {
        let (before, after) = (self.kinds, self.engine.transactions());
        if before == after {
            return;
        }
        let metrics = &self.core.metrics;
        let change =
            |counter: &Counter, of: fn(&Kinds) -> usize| counter.change(of(&before), of(&after));
        change(&metrics.invite_servers, |kinds| kinds.invite_servers);
        change(&metrics.invite_clients, |kinds| kinds.invite_clients);
        change(&metrics.other_servers, |kinds| kinds.other_servers);
        change(&metrics.other_clients, |kinds| kinds.other_clients);
        self.kinds = after;
    }

    /// An answer from memory is used at once. A directory that panics has no answer; it ends no other call.
    fn ask(&mut self, question: Question, now: Time) {
        let core = Arc::clone(&self.core);
        let call = question.call;
        let mut work = Box::pin(async move { core.directory.route(&question.attempt).await });
        let first = catch_unwind(AssertUnwindSafe(|| {
            work.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        }));
        match first {
            Ok(Poll::Ready(decision)) => {
                return self.guarded(|engine| engine.decided(now, call, decision));
            }
            Err(_) => return self.guarded(|engine| engine.decided(now, call, Err(Unavailable))),
            Ok(Poll::Pending) => {}
        }
        let answers = self.answers.clone();
        tokio::spawn(async move {
            let decision = tokio::spawn(work).await.unwrap_or(Err(Unavailable));
            let decision = decision.map(Box::new);
            let _ = answers.send(Input::Decided { call, decision }).await;
        });
    }
}

/// A generator of its own for each shard.
pub(super) fn rng(secret: &[u8; 32], number: u8) -> StdRng {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let mut seed = [0; 32];
    seed.copy_from_slice(hmac::sign(&key, &[b's', number]).as_ref());
    StdRng::from_seed(seed)
}
