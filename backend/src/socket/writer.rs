//! The writing half: drains the outbox, and closes with a code that arrives if anything can.

use std::{future::poll_fn, task::Poll, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::{Sink, SinkExt, StreamExt};
use parlor_shared::CloseCode;
use tokio::time::{error::Elapsed, sleep, timeout};

use super::reader;
use crate::hub::{Outbox, Step};

/// How long one frame may take to leave before the client counts as slow.
const STALL: Duration = Duration::from_secs(20);
/// How long what waits, and then the close frame, may take to leave.
const GOODBYE: Duration = Duration::from_secs(5);
/// How long the client may take to close its side, so that the close frame is not overtaken by a
/// reset.
const LINGER: Duration = Duration::from_secs(1);

/// Writes until the connection is closed or broken.
pub(super) async fn run<S>(sink: &mut S, outbox: &Outbox)
where
    S: Sink<Message, Error = axum::Error> + Unpin,
{
    let code = tokio::select! {
        code = drain(sink, outbox) => code,
        code = overdue(outbox) => Some(code),
    };
    if let Some(code) = code {
        // The goodbye's room is taken when it is needed, not for as long as the connection lives.
        Box::pin(close(sink, code)).await;
    }
}

/// Refuses a connection that never began.
pub(super) async fn refuse(socket: WebSocket, code: CloseCode) {
    let (mut sink, mut stream) = socket.split();
    close(&mut sink, code).await;
    linger(&mut stream, false).await;
}

/// Waits a moment for the client to close its side. A stream that is broken can only be waited
/// with, not read.
pub(super) async fn linger<S>(stream: &mut S, broken: bool)
where
    S: StreamExt<Item = reader::Message> + Unpin,
{
    let closed = async { while let Some(Ok(_)) = stream.next().await {} };
    // Whoever does not close in time is cut off.
    let in_time = timeout(LINGER, closed).await;
    if broken && in_time.is_ok() {
        sleep(LINGER / 2).await;
    }
}

/// Sends what waits, frame by frame; says with which code to close, or nothing when it is broken.
async fn drain<S>(sink: &mut S, outbox: &Outbox) -> Option<CloseCode>
where
    S: Sink<Message, Error = axum::Error> + Unpin,
{
    loop {
        let (written, rest) = match outbox.step() {
            Step::Send(frame) => (unstalled(sink.feed(Message::Text(frame))).await, false),
            Step::Rest => (unstalled(sink.flush()).await, true),
            Step::Close(code) => return Some(code),
        };
        match written {
            Ok(Ok(())) if rest => outbox.wait().await,
            Ok(Ok(())) => {}
            Ok(Err(_)) => return None,
            Err(_) => return Some(CloseCode::Slow),
        }
    }
}

/// What `write` gives, unless it stalls. A write that is done at once sets no clock: nearly all are.
async fn unstalled<T>(write: impl Future<Output = T>) -> Result<T, Elapsed> {
    tokio::pin!(write);
    match poll_fn(|cx| Poll::Ready(write.as_mut().poll(cx))).await {
        Poll::Ready(written) => Ok(written),
        Poll::Pending => Box::pin(timeout(STALL, write)).await,
    }
}

/// Waits until the connection should have been closed by now: at once when it is slow.
async fn overdue(outbox: &Outbox) -> CloseCode {
    let code = outbox.closing().await;
    if code != CloseCode::Slow {
        Box::pin(sleep(GOODBYE)).await;
    }
    code
}

async fn close<S>(sink: &mut S, code: CloseCode)
where
    S: Sink<Message, Error = axum::Error> + Unpin,
{
    let frame = CloseFrame { code: code.code(), reason: code.reason().into() };
    // Whoever takes nothing any more is cut off.
    let _ = timeout(GOODBYE, sink.send(Message::Close(Some(frame)))).await;
}
