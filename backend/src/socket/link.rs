//! The TCP stream under a WebSocket: read here alone, written by whoever has something to say.

use std::{
    io,
    net::Shutdown,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use socket2::SockRef;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::protocol::{Role, WebSocketConfig},
};

use crate::{
    hub::{Connection, Frame},
    server::Wire,
};

/// The stream that an upgraded connection was, and what was read of it already; nothing when it came
/// by another listener than Parlor's.
pub(super) fn stream_of(upgraded: Upgraded) -> Option<(TcpStream, Vec<u8>)> {
    let parts = upgraded.downcast::<TokioIo<Box<Wire>>>().ok()?;
    let (stream, unread) = parts.io.into_inner().into_parts();
    // Copied: taken over, it would keep the 8 KiB it was read into.
    Some((stream, [&parts.read_buf, unread.as_slice()].concat()))
}

/// What is read, as WebSocket messages. What the protocol itself answers, pongs above all, goes out
/// through the outbox, between two frames.
pub(super) type Messages = WebSocketStream<Incoming>;

/// The messages that come over `link`, the first of them perhaps in `read` already. In a box: a future
/// that is given something keeps room for it twice.
pub(super) async fn messages(
    link: Arc<TcpStream>,
    read: Vec<u8>,
    connection: Arc<Connection>,
    config: WebSocketConfig,
) -> Box<Messages> {
    let incoming = Incoming { link, connection };
    Box::new(WebSocketStream::from_partially_read(incoming, read, Role::Server, Some(config)).await)
}

/// Nothing more is written to `link`.
pub(super) fn end_writing(link: &TcpStream) {
    // A client that is gone need not be told.
    let _ = SockRef::from(link).shutdown(Shutdown::Write);
}

/// Writes all of a frame. Waits for as long as the client takes nothing.
pub(super) async fn write_all(link: &TcpStream, frame: &Frame) -> io::Result<()> {
    let mut rest = frame.wire();
    while !rest.is_empty() {
        link.writable().await?;
        match link.try_write(rest) {
            Ok(written) => rest = rest.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The reading half.
#[derive(Debug)]
pub(super) struct Incoming {
    link: Arc<TcpStream>,
    connection: Arc<Connection>,
}

impl AsyncRead for Incoming {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            ready!(self.link.poll_read_ready(cx))?;
            match self.link.try_read(buf.initialize_unfilled()) {
                Ok(read) => {
                    buf.advance(read);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Incoming {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        frames: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.connection.outbox.push(Frame::ready(frames));
        Poll::Ready(Ok(frames.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
