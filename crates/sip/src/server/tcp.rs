//! One task for each listener of connections, plain or with TLS, and each connection.

use super::core::Core;
use super::stream;
use super::tls::Certificates;
use crate::flow::{Flow, Transport};
use bytes::Bytes;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

/// Pause after `accept` failed, usually for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections until `stop` changes; with certificates they speak TLS.
pub(super) async fn listen(
    core: Arc<Core>,
    listener: TcpListener,
    certificates: Option<Arc<Certificates>>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let accepted = tokio::select! {
            _ = stop.changed() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => accept(&core, stream, peer, certificates.clone(), &stop),
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

/// Takes its place in the table before anything is read, so that handshakes are bounded too.
fn accept(
    core: &Arc<Core>,
    stream: TcpStream,
    peer: SocketAddr,
    certificates: Option<Arc<Certificates>>,
    stop: &watch::Receiver<bool>,
) {
    let (Ok(bound), Ok(())) = (stream.local_addr(), stream.set_nodelay(true)) else {
        return;
    };
    let Some((id, queue)) = core.connections.open(peer.ip()) else {
        return;
    };
    let flow = Flow {
        transport: match certificates {
            Some(_) => Transport::Tls(id),
            None => Transport::Tcp(id),
        },
        local: core.locals.towards(peer, bound),
        peer,
    };
    let (core, stop) = (Arc::clone(core), stop.clone());
    match certificates {
        Some(certificates) => {
            tokio::spawn(shake_hands(core, stream, certificates, flow, queue, stop));
        }
        None => {
            tokio::spawn(stream::serve(core, stream.into_split(), flow, queue, stop));
        }
    }
}

async fn shake_hands(
    core: Arc<Core>,
    stream: TcpStream,
    certificates: Arc<Certificates>,
    flow: Flow,
    queue: mpsc::Receiver<Bytes>,
    mut stop: watch::Receiver<bool>,
) {
    let shaking = timeout(core.handshake, certificates.acceptor().accept(stream));
    let shaken = tokio::select! {
        _ = stop.changed() => return core.lost(flow),
        shaken = shaking => shaken,
    };
    match shaken {
        Ok(Ok(stream)) => {
            stream::serve(core, tokio::io::split(stream), flow, queue, stop).await;
        }
        Ok(Err(_)) | Err(_) => core.lost(flow),
    }
}
