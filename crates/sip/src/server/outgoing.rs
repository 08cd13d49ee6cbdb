//! Connections that we open: to a phone that listens where its last one came from, and to the carrier.
//!
//! A connection opened anew keeps its number, so that dialogs and registrations on it go on (RFC 3261 §18.1.1).

use super::core::Core;
use super::{stream, tls};
use crate::dialog::inner_uri;
use crate::flow::{Flow, Transmit, Transport};
use crate::message::{Message, Name, Scheme, Uri, Wire};
use bytes::{Bytes, BytesMut};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

/// Connections being opened at once.
pub(super) const MAX_CONNECTING: usize = 256;
/// Long enough for one lost packet; the caller waits meanwhile.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(4);

/// The carrier as the other end of a connection with TLS.
pub(super) struct Carrier {
    pub(super) config: Arc<ClientConfig>,
    pub(super) name: ServerName<'static>,
}

impl Carrier {
    pub(super) fn new(settings: &crate::TrunkSettings) -> io::Result<Carrier> {
        let (host, _) = settings.host_port();
        Ok(Carrier {
            config: tls::client(settings.roots.as_deref())?,
            name: ServerName::try_from(host.to_owned()).map_err(io::Error::other)?,
        })
    }
}

/// Opens the connection of a request anew and sends it there; false when there is nowhere to connect to.
pub(super) fn connect(core: &Arc<Core>, out: &Transmit) -> bool {
    let (Some(id), Some(peer)) = (out.flow.transport.connection(), target(core, out)) else {
        return false;
    };
    let Ok(permit) = Arc::clone(&core.connecting).try_acquire_owned() else {
        return false;
    };
    let Some(queue) = core.connections.reopen(id, peer.ip()) else {
        return false;
    };
    core.connections.send(id, out.bytes.clone());
    let flow = out.flow.towards(peer);
    let core = Arc::clone(core);
    tokio::spawn(async move {
        let mut stop = core.stop.clone();
        let opened = tokio::select! {
            _ = stop.changed() => return core.lost(flow),
            opened = timeout(CONNECT_TIMEOUT, TcpStream::connect(peer)) => opened,
        };
        drop(permit);
        match opened {
            Ok(Ok(stream)) => serve(core, stream, flow, queue).await,
            Ok(Err(_)) | Err(_) => core.lost(flow),
        }
    });
    true
}

async fn serve(core: Arc<Core>, stream: TcpStream, flow: Flow, queue: mpsc::Receiver<Bytes>) {
    let _ = stream.set_nodelay(true);
    let stop = core.stop.clone();
    let Transport::Tls(_) = flow.transport else {
        return stream::serve(core, stream.into_split(), flow, queue, stop).await;
    };
    let Some(carrier) = &core.carrier else {
        return core.lost(flow);
    };
    let connector = TlsConnector::from(Arc::clone(&carrier.config));
    let shaking = connector.connect(carrier.name.clone(), stream);
    match timeout(core.handshake, shaking).await {
        Ok(Ok(stream)) => {
            let halves = tokio::io::split(stream);
            stream::serve(core, halves, flow, queue, stop).await;
        }
        Ok(Err(error)) => {
            tracing::warn!(%error, peer = %flow.peer, "no TLS with the carrier");
            core.lost(flow);
        }
        Err(_) => core.lost(flow),
    }
}

/// Where a request whose connection is gone may be sent. A phone is connected to only at the address it came from:
/// behind NAT there is nobody at its contact, and nobody else is to be reached by naming a contact. A phone has no
/// certificate that could be checked, so over TLS it has to come back by itself.
fn target(core: &Core, out: &Transmit) -> Option<SocketAddr> {
    if out.bytes.starts_with(b"SIP/2.0 ") {
        return None;
    }
    let trunk = core.trunk.as_ref().and_then(|trunk| trunk.flow());
    if let Some(trunk) = trunk.filter(|trunk| trunk.transport == out.flow.transport) {
        return Some(trunk.peer);
    }
    let Transport::Tcp(_) = out.flow.transport else {
        return None;
    };
    let message = Message::parse(BytesMut::from(&out.bytes[..]), Wire::Stream).ok()?;
    let route = message.list(Name::Route).next();
    let hop = route.map_or(message.uri(), |route| inner_uri(message.get(route)));
    let uri = Uri::parse(hop).filter(|uri| uri.scheme != Scheme::Sips)?;
    uri.socket()
        .filter(|address| address.ip() == out.flow.peer.ip())
}
