//! Telling the store what happened, behind the phones' backs.

use super::core::Core;
use crate::lock;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep};

/// Gathers a batch; short, because what was not yet stored is lost with the process. Under load, batches grow while the
/// store writes the one before.
const GATHER: Duration = Duration::from_millis(2);
const BATCH: usize = 500;
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(500);
const LAST_ATTEMPTS: usize = 5;
/// Eight of sixty-four parts each second.
const SWEEP: Duration = Duration::from_millis(125);

/// Stores registrations and call records until `stop` changes, then what is left.
pub(super) async fn write_behind(core: Arc<Core>, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            () = core.to_store.notified() => sleep(GATHER).await,
        }
        if !write_all(&core).await {
            sleep(PAUSE_AFTER_FAILURE).await;
            core.to_store.notify_one();
        }
    }
    for _ in 0..LAST_ATTEMPTS {
        if write_all(&core).await {
            return;
        }
        sleep(PAUSE_AFTER_FAILURE).await;
    }
}

/// False when the store refused something; it is queued again.
async fn write_all(core: &Core) -> bool {
    write_location(core).await & write_records(core).await
}

async fn write_location(core: &Core) -> bool {
    loop {
        let batch = core.location.changes().take(BATCH);
        if batch.is_empty() {
            return true;
        }
        if core.events.location_changed(&batch).await.is_err() {
            core.location.changes().put_back(batch);
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
