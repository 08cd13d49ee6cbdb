//! Telling the store what happened, behind the phones' backs.

use super::core::Core;
use crate::lock;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::{MissedTickBehavior, interval, sleep};

/// Gathers a batch; short, because what was not yet stored is lost with the process. Under load, batches grow while the
/// store writes the one before.
const GATHER: Duration = Duration::from_millis(2);
/// A call that is over can wait: one commit for many.
const GATHER_CALLS: Duration = Duration::from_millis(250);
const BATCH: usize = 500;
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(500);
const LAST_ATTEMPTS: usize = 5;
/// Eight of sixty-four parts each second.
const SWEEP: Duration = Duration::from_millis(125);

/// What is stored by a task of its own.
#[derive(Clone, Copy)]
pub(super) enum Stored {
    Registrations,
    Calls,
}

impl Stored {
    fn gather(self) -> Duration {
        match self {
            Stored::Registrations => GATHER,
            Stored::Calls => GATHER_CALLS,
        }
    }

    fn wanted(self, core: &Core) -> &Notify {
        match self {
            Stored::Registrations => &core.to_store,
            Stored::Calls => &core.to_record,
        }
    }

    /// False when the store refused something; it is queued again.
    async fn write(self, core: &Core) -> bool {
        match self {
            Stored::Registrations => write_location(core).await,
            Stored::Calls => write_records(core).await,
        }
    }
}

/// Stores until `stop` changes, then what is left.
pub(super) async fn write_behind(core: Arc<Core>, what: Stored, mut stop: watch::Receiver<bool>) {
    let wanted = what.wanted(&core);
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            () = async {
                wanted.notified().await;
                sleep(what.gather()).await;
            } => {}
        }
        if !what.write(&core).await {
            sleep(PAUSE_AFTER_FAILURE).await;
            wanted.notify_one();
        }
    }
    for _ in 0..LAST_ATTEMPTS {
        if what.write(&core).await {
            return;
        }
        sleep(PAUSE_AFTER_FAILURE).await;
    }
}

async fn write_location(core: &Core) -> bool {
    loop {
        let batch = core.location.changes().take(BATCH);
        if batch.is_empty() {
            return true;
        }
        core.storing.store(batch.len(), Ordering::Relaxed);
        let is_stored = core.events.location_changed(&batch).await.is_ok();
        if !is_stored {
            core.location.changes().put_back(batch);
        }
        core.storing.store(0, Ordering::Relaxed);
        core.stored.notify_waiters();
        if !is_stored {
            return false;
        }
    }
}

async fn write_records(core: &Core) -> bool {
    let mut batch = std::mem::take(&mut *lock(&core.records));
    if batch.is_empty() || core.events.calls_ended(&batch).await.is_ok() {
        return true;
    }
    let mut newer = lock(&core.records);
    batch.append(&mut newer);
    *newer = batch;
    false
}

/// Removes expired registrations, a part of the table at a time.
pub(super) async fn sweep(core: Arc<Core>, mut stop: watch::Receiver<bool>) {
    let mut ticks = interval(SWEEP);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for part in 0usize.. {
        tokio::select! {
            _ = stop.changed() => return,
            _ = ticks.tick() => {}
        }
        core.location.sweep(part, core.clock.now());
        if !core.location.changes().is_empty() {
            core.to_store.notify_one();
        }
    }
}
