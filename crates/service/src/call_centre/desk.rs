//! The desk that all calls for call centres come to: it feeds each queue with what the engine tells, and tells the engine
//! what the queue wants.
//!
//! Everything passes through one task, so that each queue sees what happens in one order. Agents' states are in the store and
//! survive a restart; waiting calls end with the process, because the engine does.

mod board;
mod hours;
mod one;
mod own_calls;
mod phone;
mod sounds;
mod writing;

pub use board::{Board, LiveWall, OwnCall, OwnQueue, TalkingCaller, WaitingCaller};
use hours::moment;
pub(crate) use phone::by_phone;

use std::{collections::HashMap, sync::Arc, time::Duration};

use model::{JournalAction, JournalEntry, UserId, VirtualUserId, call_centre::OtherCall};
use sip::attend::{Attendants, AttendedCall, Notice, Order, Orders};
use tokio::sync::{
    broadcast::{Receiver, error::RecvError},
    mpsc,
};
use uuid::Uuid;

use crate::{Env, Result, directory::PhoneDirectory};
use one::Desk;

/// So much may wait for the desk.
const WAITING: usize = 65_536;
/// Nothing is due for longer than this without being looked at.
const LONGEST: Duration = Duration::from_secs(3600);

/// Where the engine tells what happens to attended calls.
pub struct Door(mpsc::Sender<Notice>);

impl Attendants for Door {
    fn notice(&self, notice: Notice) {
        if self.0.try_send(notice).is_err() {
            tracing::error!("a notice about an attended call was lost: the desk is too slow");
        }
    }
}

/// A door for the engine, and what comes through it.
#[must_use]
pub fn door() -> (Door, mpsc::Receiver<Notice>) {
    let (sender, receiver) = mpsc::channel(WAITING);
    (Door(sender), receiver)
}

/// The desks of all call centres that had calls.
pub struct Desks {
    pub(super) env: Arc<Env>,
    pub(super) directory: Arc<PhoneDirectory>,
    orders: Arc<dyn Orders>,
    desks: HashMap<VirtualUserId, Desk>,
    calls: HashMap<AttendedCall, VirtualUserId>,
    /// Calls of agents who say what they are doing, with those who are available once they have hung up.
    by_phone: HashMap<AttendedCall, Option<phone::Agent>>,
}

/// Works until the engine or the journal ends.
pub async fn run(
    mut desks: Desks,
    mut notices: mpsc::Receiver<Notice>,
    mut entries: Receiver<Arc<JournalEntry>>,
) {
    loop {
        let pause = desks.pause();
        tokio::select! {
            notice = notices.recv() => match notice {
                Some(notice) => desks.notice(notice).await,
                None => return,
            },
            entry = entries.recv() => match entry {
                Ok(entry) => desks.journal(&entry).await,
                Err(RecvError::Lagged(_)) => desks.look_again(None).await,
                Err(RecvError::Closed) => return,
            },
            () = elapsed(pause) => desks.timers().await,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "what a queue does next is due at a time of its own"
)]
async fn elapsed(pause: Duration) {
    tokio::time::sleep(pause).await;
}

impl Desks {
    /// Desks without calls, which give their orders to this engine.
    #[must_use]
    pub fn new(env: Arc<Env>, directory: Arc<PhoneDirectory>, orders: Arc<dyn Orders>) -> Self {
        Self {
            env,
            directory,
            orders,
            desks: HashMap::new(),
            calls: HashMap::new(),
            by_phone: HashMap::new(),
        }
    }

    /// How long until something is due.
    #[must_use]
    pub fn pause(&self) -> Duration {
        let next = self.desks.values().filter_map(Desk::next_timeout).min();
        let Some(next) = next else { return LONGEST };
        let wait = next.0.saturating_sub(self.env.now().0);
        Duration::from_millis(u64::try_from(wait).unwrap_or_default()).min(LONGEST)
    }

    /// Takes what the engine tells.
    pub async fn notice(&mut self, notice: Notice) {
        if let Notice::OwnCalls { login } = &notice {
            return self.own_calls(login).await;
        }
        if self.is_said_by_phone(&notice).await {
            return;
        }
        let (call, id) = match &notice {
            Notice::Entered {
                call, attendant, ..
            } => (*call, VirtualUserId(Uuid::from_u128(attendant.0))),
            Notice::OfferFailed { call, .. }
            | Notice::Connected { call, .. }
            | Notice::Digit { call, .. }
            | Notice::Played { call }
            | Notice::Ended { call, .. } => match self.calls.get(call) {
                Some(id) => (*call, *id),
                None => return,
            },
            Notice::OwnCalls { .. } => return,
        };
        match &notice {
            Notice::Entered { .. } => {
                self.calls.insert(call, id);
            }
            Notice::Ended { .. } => {
                self.calls.remove(&call);
            }
            Notice::OfferFailed { .. }
            | Notice::Connected { .. }
            | Notice::Digit { .. }
            | Notice::Played { .. }
            | Notice::OwnCalls { .. } => {}
        }
        if !self.open(id).await {
            let code = 480;
            self.order(Order::Hangup { call, code });
            return;
        }
        self.at(id, async |desk, desks| desk.notice(desks, notice).await)
            .await;
    }

    /// Does what has become due.
    pub async fn timers(&mut self) {
        let now = self.env.now();
        let is_due = |desk: &Desk| desk.next_timeout().is_some_and(|next| next <= now);
        let due = self.desks.iter().filter(|(_, desk)| is_due(desk));
        for id in due.map(|(id, _)| *id).collect::<Vec<_>>() {
            self.at(id, async |desk, desks| desk.timer(desks).await)
                .await;
        }
    }

    /// Takes what administrators, agents and others have changed.
    pub async fn journal(&mut self, entry: &JournalEntry) {
        use JournalAction as Did;
        let entry = &entry.entry;
        let of_centre = VirtualUserId(entry.entity.id);
        if matches!(entry.action, Did::CallCentreModified | Did::AgentStateSet) {
            self.look_again(Some(of_centre)).await;
        } else if entry.action == Did::CallCentreDeleted {
            self.at(of_centre, async |desk, desks| desk.close(desks).await)
                .await;
        } else if matches!(
            entry.action,
            Did::UserActivated
                | Did::UserModified
                | Did::UserDeleted
                | Did::CallServicesSet
                | Did::ScheduleSet
                | Did::AudioSet
                | Did::AudioRemoved
        ) {
            let is_concerned = |desk: &Desk| entry.enterprise == Some(desk.enterprise());
            let concerned = self.desks.iter().filter(|(_, desk)| is_concerned(desk));
            for id in concerned.map(|(id, _)| *id).collect::<Vec<_>>() {
                self.look_again(Some(id)).await;
            }
        }
    }

    /// Reads one call centre again, or all that have a desk.
    pub async fn look_again(&mut self, one: Option<VirtualUserId>) {
        let known = self.desks.keys().copied();
        let asked: Vec<_> = known
            .filter(|id| one.is_none_or(|one| one == *id))
            .collect();
        for id in asked {
            self.at(id, async |desk, desks| desk.look_again(desks).await)
                .await;
        }
    }

    /// Whether there is a desk now; it is made for the first call.
    async fn open(&mut self, id: VirtualUserId) -> bool {
        if self.desks.contains_key(&id) {
            return true;
        }
        match Desk::read(self, id).await {
            Ok(Some(desk)) => {
                self.desks.insert(id, desk);
                true
            }
            Ok(None) => false,
            Err(error) => {
                failed(&error);
                false
            }
        }
    }

    /// Lets one desk do something; what it does to agents is told to the others, what is to be seen stands on the board.
    async fn at(
        &mut self,
        id: VirtualUserId,
        deed: impl AsyncFnOnce(&mut Desk, &mut Self) -> Result<()>,
    ) {
        let Some(mut desk) = self.desks.remove(&id) else {
            return;
        };
        let before = desk.talking();
        if let Err(error) = deed(&mut desk, self).await {
            failed(&error);
        }
        let after = desk.talking();
        self.env.board.put(id, desk.wall());
        self.env.live.tell_centre(id);
        if desk.is_over() {
            self.env.board.remove(id);
        } else {
            self.desks.insert(id, desk);
        }
        let begun = after.iter().filter(|agent| !before.contains(agent));
        let ended = before.iter().filter(|agent| !after.contains(agent));
        let begun = begun.map(|agent| (*agent, true));
        let changed: Vec<_> = begun.chain(ended.map(|agent| (*agent, false))).collect();
        for (agent, has_begun) in changed {
            self.tell_others(id, agent, has_begun).await;
        }
    }

    async fn tell_others(&mut self, own: VirtualUserId, agent: UserId, has_begun: bool) {
        let others = self.desks.iter().filter(|(id, _)| **id != own);
        let others = others
            .filter(|(_, desk)| desk.has(agent))
            .map(|(id, _)| *id);
        for id in others.collect::<Vec<_>>() {
            let Some(mut desk) = self.desks.remove(&id) else {
                continue;
            };
            let call = OtherCall::OtherQueue;
            if let Err(error) = desk.other_call(self, agent, call, has_begun).await {
                failed(&error);
            }
            self.env.board.put(id, desk.wall());
            self.env.live.tell_centre(id);
            self.desks.insert(id, desk);
        }
    }

    /// Gives the engine an order; `false` when it has no room for it.
    pub(super) fn order(&self, order: Order) -> bool {
        let is_taken = self.orders.order(order);
        if !is_taken {
            tracing::warn!("the engine had no room for an order about an attended call");
        }
        is_taken
    }
}

fn failed(error: &crate::Error) {
    tracing::error!(
        error = error as &dyn std::error::Error,
        "a call centre's desk failed"
    );
}
