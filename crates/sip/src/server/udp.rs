//! One task for each datagram socket.

use super::core::Core;
use std::io::ErrorKind;
use std::sync::Arc;
use tokio::sync::watch;

/// Datagrams handled before other tasks get their turn.
const BURST: usize = 64;

/// Serves the socket at this index until `stop` changes.
pub(super) async fn serve(core: Arc<Core>, index: usize, mut stop: watch::Receiver<bool>) {
    let (bound, socket) = &core.udp[index];
    let mut buffer = vec![0; crate::message::MAX_MESSAGE + 1];
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            _ = socket.readable() => {}
        }
        for _ in 0..BURST {
            match socket.try_recv_from(&mut buffer) {
                Ok((length, peer)) => core.datagram(&buffer[..length], peer, *bound),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                // ICMP errors of earlier datagrams: the timers of their transactions notice.
                Err(_) => {}
            }
        }
        tokio::task::yield_now().await;
    }
}
