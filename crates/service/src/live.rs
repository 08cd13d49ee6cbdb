//! What happens, told as it happens: the journal, followed.

use std::{sync::Arc, time::Duration};

use model::{JournalEntry, VirtualUserId};
use store::JournalPlace;
use tokio::{sync::broadcast, time::timeout};

use crate::{Env, registrations::PhoneChanged};

/// How many entries a slow listener may lag behind before it has to look at everything anew.
const LAG: usize = 1024;

/// Hands committed journal entries to whoever listens, on every node, and what phones do on this one.
#[derive(Clone)]
pub struct Live {
    entries: broadcast::Sender<Arc<JournalEntry>>,
    phones: broadcast::Sender<PhoneChanged>,
    centres: broadcast::Sender<VirtualUserId>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            entries: broadcast::channel(LAG).0,
            phones: broadcast::channel(LAG).0,
            centres: broadcast::channel(LAG).0,
        }
    }
}

impl Live {
    /// Listens from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<JournalEntry>> {
        self.entries.subscribe()
    }

    /// Listens to the phones from now on.
    #[must_use]
    pub fn subscribe_phones(&self) -> broadcast::Receiver<PhoneChanged> {
        self.phones.subscribe()
    }

    /// Listens from now on to what happens in call centres on this node.
    #[must_use]
    pub fn subscribe_centres(&self) -> broadcast::Receiver<VirtualUserId> {
        self.centres.subscribe()
    }

    /// Tells that something has happened in a call centre.
    pub(crate) fn tell_centre(&self, id: VirtualUserId) {
        // Nobody listening any more is no failure.
        let _ = self.centres.send(id);
    }

    /// Whether anybody wants to know what phones do.
    pub(crate) fn has_phone_listeners(&self) -> bool {
        self.phones.receiver_count() > 0
    }

    /// Tells what a phone has done.
    pub(crate) fn tell_phone(&self, change: PhoneChanged) {
        // Nobody listening any more is no failure.
        let _ = self.phones.send(change);
    }
}

/// How long after a failure the journal is read again, though nothing new was committed.
const AGAIN: Duration = Duration::from_secs(1);

/// Follows the journal from a place on for as long as the store lives; failures are logged and tried again.
pub async fn follow(env: &Env, mut place: JournalPlace) {
    let mut changed = env.store.changed();
    loop {
        changed.mark_unchanged();
        let told = tell(env, &mut place).await;
        let pause = match &told {
            Ok(()) => Duration::MAX,
            Err(error) => {
                tracing::error!(
                    error = error as &dyn std::error::Error,
                    "following the journal failed"
                );
                AGAIN
            }
        };
        if let Ok(Err(_)) = timeout(pause, changed.changed()).await {
            return;
        }
    }
}

/// Tells everything behind `place`, whoever listens: who begins to while it is read misses nothing that follows.
async fn tell(env: &Env, place: &mut JournalPlace) -> store::Result<()> {
    loop {
        let entries = env.store.journal_after(*place).await?;
        if entries.is_empty() {
            return Ok(());
        }
        for (next, entry) in entries {
            *place = next;
            // Nobody listening any more is no failure.
            let _ = env.live.entries.send(Arc::new(entry));
        }
    }
}
