//! The open TCP connections and their way out.

use super::settings::ServerSettings;
use crate::flow::Transport;
use crate::location::Registration;
use crate::lock;
use bytes::Bytes;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use tokio::sync::mpsc;

/// Messages that may wait for one slow peer.
const QUEUE: usize = 256;

/// What became of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sent {
    Queued,
    /// The peer does not read.
    Stuck,
    /// There is no such connection.
    Gone,
}

struct Open {
    source: IpAddr,
    sender: mpsc::Sender<Bytes>,
}

#[derive(Default)]
struct Table {
    last: u64,
    by_id: HashMap<u64, Open>,
    by_source: HashMap<IpAddr, usize>,
}

pub(super) struct Connections {
    table: Mutex<Table>,
    max: usize,
    max_per_source: usize,
}

impl Connections {
    pub(super) fn new(settings: &ServerSettings) -> Connections {
        Connections {
            table: Mutex::default(),
            max: settings.max_connections,
            max_per_source: settings.max_connections_per_source,
        }
    }

    /// Takes a new connection in; `None` when there is no room for it.
    pub(super) fn open(&self, source: IpAddr) -> Option<(u64, mpsc::Receiver<Bytes>)> {
        let id = self.reserve();
        self.reopen(id, source).map(|queue| (id, queue))
    }

    /// A number for a connection that is opened when something is sent on it.
    pub(super) fn reserve(&self) -> u64 {
        let mut table = lock(&self.table);
        table.last += 1;
        table.last
    }

    /// Takes a connection in under a number it had before; `None` when it is open, or there is no room.
    pub(super) fn reopen(&self, id: u64, source: IpAddr) -> Option<mpsc::Receiver<Bytes>> {
        let mut table = lock(&self.table);
        let of_source = table.by_source.get(&source).copied().unwrap_or(0);
        let is_full = table.by_id.len() >= self.max || of_source >= self.max_per_source;
        if is_full || table.by_id.contains_key(&id) {
            return None;
        }
        let (sender, receiver) = mpsc::channel(QUEUE);
        table.by_id.insert(id, Open { source, sender });
        table.by_source.insert(source, of_source + 1);
        Some(receiver)
    }

    /// A stored registration, whose connection ended with the process that had it, under a number of its own.
    pub(super) fn renumbered(&self, mut stored: Registration) -> Registration {
        let transport = &mut stored.binding.flow.transport;
        *transport = match *transport {
            Transport::Udp => Transport::Udp,
            Transport::Tcp(_) => Transport::Tcp(self.reserve()),
            Transport::Tls(_) => Transport::Tls(self.reserve()),
        };
        stored
    }

    pub(super) fn close(&self, id: u64) {
        let mut table = lock(&self.table);
        let Some(open) = table.by_id.remove(&id) else {
            return;
        };
        let left = table
            .by_source
            .get(&open.source)
            .copied()
            .unwrap_or(0)
            .saturating_sub(1);
        if left == 0 {
            table.by_source.remove(&open.source);
        } else {
            table.by_source.insert(open.source, left);
        }
    }

    pub(super) fn send(&self, id: u64, bytes: Bytes) -> Sent {
        let table = lock(&self.table);
        match table.by_id.get(&id).map(|open| open.sender.try_send(bytes)) {
            Some(Ok(())) => Sent::Queued,
            Some(Err(_)) => Sent::Stuck,
            None => Sent::Gone,
        }
    }
}
