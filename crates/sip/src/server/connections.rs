//! The open TCP connections and their way out.

use super::settings::ServerSettings;
use crate::lock;
use bytes::Bytes;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use tokio::sync::mpsc;

/// Messages that may wait for one slow peer.
const QUEUE: usize = 256;

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
        let mut table = lock(&self.table);
        let of_source = table.by_source.get(&source).copied().unwrap_or(0);
        if table.by_id.len() >= self.max || of_source >= self.max_per_source {
            return None;
        }
        table.last += 1;
        let id = table.last;
        let (sender, receiver) = mpsc::channel(QUEUE);
        table.by_id.insert(id, Open { source, sender });
        table.by_source.insert(source, of_source + 1);
        Some((id, receiver))
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

    /// False when the connection is gone or its peer does not read.
    pub(super) fn send(&self, id: u64, bytes: Bytes) -> bool {
        let sender = lock(&self.table)
            .by_id
            .get(&id)
            .map(|open| open.sender.clone());
        sender.is_some_and(|sender| sender.try_send(bytes).is_ok())
    }
}
