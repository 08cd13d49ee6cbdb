//! One connection, whatever is below it: messages are cut out of the stream, and what is queued is written.

use super::core::Core;
use crate::flow::Flow;
use crate::message::{Fault, Frame, Framer, FramingError, Message, Wire};
use bytes::{Bytes, BytesMut};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

/// A peer that does not read for so long is cut off.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// A connection proves within this time that it speaks SIP.
const FIRST_MESSAGE: Duration = Duration::from_secs(30);

/// Serves a connection that is in the table under the number in `flow`, until it ends or we stop.
pub(super) async fn serve(
    core: Arc<Core>,
    (reader, writer): (
        impl AsyncRead + Unpin,
        impl AsyncWrite + Unpin + Send + 'static,
    ),
    flow: Flow,
    queue: mpsc::Receiver<Bytes>,
    mut stop: watch::Receiver<bool>,
) {
    let mut writing = tokio::spawn(write(writer, queue));
    let is_written = tokio::select! {
        _ = stop.changed() => false,
        () = read(&core, reader, flow) => false,
        _ = &mut writing => true,
    };
    // Dropping the queue's sender lets the writer finish what is queued.
    core.lost(flow);
    if !is_written {
        let _ = writing.await;
    }
}

async fn write(mut writer: impl AsyncWrite + Unpin, mut queue: mpsc::Receiver<Bytes>) {
    while let Some(bytes) = queue.recv().await {
        let written = timeout(WRITE_TIMEOUT, async {
            writer.write_all(&bytes).await?;
            writer.flush().await
        });
        if !matches!(written.await, Ok(Ok(()))) {
            return;
        }
    }
    let _ = timeout(WRITE_TIMEOUT, writer.shutdown()).await;
}

async fn read(core: &Arc<Core>, mut reader: impl AsyncRead + Unpin, flow: Flow) {
    let mut framer = Framer::default();
    let mut patience = FIRST_MESSAGE.min(core.idle);
    while let Ok(Ok(1..)) = timeout(patience, reader.read_buf(framer.buffer())).await {
        match drain(core, &mut framer, flow) {
            Stream::Goes { had_message: true } => patience = core.idle,
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
