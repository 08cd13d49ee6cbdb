//! One task for each TCP listener and each connection.

use super::core::Core;
use crate::flow::{Flow, Transport};
use crate::message::{Fault, Frame, Framer, FramingError, Message, Wire};
use bytes::{Bytes, BytesMut};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

/// A peer that does not read for so long is cut off.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// A connection proves within this time that it speaks SIP.
const FIRST_MESSAGE: Duration = Duration::from_secs(30);
/// Pause after `accept` failed, usually for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections until `stop` changes.
pub(super) async fn listen(
    core: Arc<Core>,
    listener: TcpListener,
    idle: Duration,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let accepted = tokio::select! {
            _ = stop.changed() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => accept(&core, stream, peer, idle, stop.clone()),
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

fn accept(
    core: &Arc<Core>,
    stream: TcpStream,
    peer: SocketAddr,
    idle: Duration,
    mut stop: watch::Receiver<bool>,
) {
    let (Ok(bound), Ok(())) = (stream.local_addr(), stream.set_nodelay(true)) else {
        return;
    };
    let Some((id, queue)) = core.connections.open(peer.ip()) else {
        return;
    };
    let flow = Flow {
        transport: Transport::Tcp(id),
        local: core.locals.towards(peer, bound),
        peer,
    };
    let (reader, writer) = stream.into_split();
    let core = Arc::clone(core);
    tokio::spawn(async move {
        let writing = tokio::spawn(write(writer, queue));
        tokio::select! {
            _ = stop.changed() => {}
            () = read(&core, reader, flow, idle) => {}
        }
        // Dropping the queue's sender lets the writer finish what is queued.
        core.connections.close(id);
        core.shards.flow_lost(flow);
        let _ = writing.await;
    });
}

async fn write(mut writer: OwnedWriteHalf, mut queue: mpsc::Receiver<Bytes>) {
    while let Some(bytes) = queue.recv().await {
        if !matches!(
            timeout(WRITE_TIMEOUT, writer.write_all(&bytes)).await,
            Ok(Ok(()))
        ) {
            return;
        }
    }
    let _ = timeout(WRITE_TIMEOUT, writer.shutdown()).await;
}

async fn read(core: &Arc<Core>, mut reader: OwnedReadHalf, flow: Flow, idle: Duration) {
    let mut framer = Framer::default();
    let mut patience = FIRST_MESSAGE.min(idle);
    while let Ok(Ok(1..)) = timeout(patience, reader.read_buf(framer.buffer())).await {
        match drain(core, &mut framer, flow) {
            Stream::Goes { had_message: true } => patience = idle,
            Stream::Goes { had_message: false } => {}
            Stream::Ends => return,
        }
    }
}

enum Stream {
    Goes { had_message: bool },
    Ends,
}

/// Handles all messages that are complete.
fn drain(core: &Arc<Core>, framer: &mut Framer, flow: Flow) -> Stream {
    let mut had_message = false;
    loop {
        match framer.next_frame() {
            Ok(None) => return Stream::Goes { had_message },
            Ok(Some(Frame::Ping)) => {
                had_message = true;
                if let Some(id) = flow.transport.connection() {
                    core.connections.send(id, Bytes::from_static(b"\r\n"));
                }
            }
            Ok(Some(Frame::Message(bytes))) => {
                let Ok(message) = Message::parse(bytes, Wire::Stream) else {
                    return Stream::Ends;
                };
                had_message = true;
                core.message(message, flow);
            }
            Err(FramingError::BadLength(head)) => {
                refuse_length(core, head, flow);
                return Stream::Ends;
            }
            Err(FramingError::Garbage) => return Stream::Ends,
        }
    }
}

fn refuse_length(core: &Arc<Core>, head: BytesMut, flow: Flow) {
    if let Ok(mut message) = Message::parse(head, Wire::Stream) {
        message.fault = Some(Fault {
            code: 400,
            why: "Bad Content-Length",
        });
        core.message(message, flow);
    }
}
