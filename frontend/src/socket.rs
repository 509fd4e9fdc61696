//! The page's only WebSocket: opened, read to its end, and told to the driver as it happens.

use std::{
    cell::RefCell,
    future::poll_fn,
    pin::Pin,
    rc::{Rc, Weak},
    task::{Context, Poll},
};

use futures_util::{
    Sink, Stream,
    future::{AbortHandle, abortable},
};
use gloo_net::websocket::{Message, State, WebSocketError, futures::WebSocket};
use parlor_shared::SUBPROTOCOL;

use crate::browser::task;

/// Closed without a code: the network broke, or it was never open.
const ABNORMAL: u16 = 1006;
/// Frames taken at once: what is ready is applied together and drawn once.
const BATCH: usize = 256;

/// What a socket says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It is open.
    Opened,
    /// These text frames came, in order: all that were ready.
    Frames(Vec<String>),
    /// It is closed, with this code. Nothing is heard after it.
    Closed(u16),
}

type Link = RefCell<WebSocket>;

/// A socket being opened, or open. Dropping it closes it; nothing is heard of that.
pub struct Socket {
    link: Option<Rc<Link>>,
    reading: AbortHandle,
}

impl std::fmt::Debug for Socket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Socket(made: {})", self.link.is_some())
    }
}

impl Socket {
    /// Begins to open the server's socket. `hear` is never called before this returns.
    pub fn open(url: &str, hear: impl Fn(Heard) + 'static) -> Self {
        let link = WebSocket::open_with_protocol(url, SUBPROTOCOL).ok();
        let link = link.map(|socket| Rc::new(RefCell::new(socket)));
        let read = link.as_ref().map(Rc::downgrade).unwrap_or_default();
        let alive = link.is_some();
        let (task, reading) = abortable(async move {
            if alive {
                run(&read, &hear).await;
            } else {
                hear(Heard::Closed(ABNORMAL));
            }
        });
        task::begin(async move {
            // Let go of, it ends without a word.
            let _ = task.await;
        });
        Self { link, reading }
    }

    /// Sends a text frame; on a socket that is not open it is lost, which its close tells.
    pub fn send(&self, text: String) {
        if let Some(link) = &self.link {
            // An open socket takes a frame at once: the browser does the buffering.
            let _ = Pin::new(&mut *link.borrow_mut()).start_send(Message::Text(text));
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

/// Reads to the end. It holds the socket only while it looks, so that letting go of it closes it.
async fn run(link: &Weak<Link>, hear: &dyn Fn(Heard)) {
    // Ready means "no longer connecting": open, or failed.
    if poll_fn(|context| ready(link, context)).await {
        hear(Heard::Opened);
    }
    loop {
        let (frames, code) = poll_fn(|context| batch(link, context)).await;
        if !frames.is_empty() {
            hear(Heard::Frames(frames));
        }
        if let Some(code) = code {
            return hear(Heard::Closed(code));
        }
    }
}

/// Whether it is open, once that is decided.
fn ready(link: &Weak<Link>, context: &mut Context<'_>) -> Poll<bool> {
    let Some(link) = link.upgrade() else { return Poll::Pending };
    let mut socket = link.borrow_mut();
    let decided = Pin::new(&mut *socket).poll_ready(context).is_ready();
    if decided { Poll::Ready(matches!(socket.state(), State::Open)) } else { Poll::Pending }
}

/// All text frames that are there, and the code of the close after them. An error is not yet the
/// end: the close that carries the code comes after it.
fn batch(link: &Weak<Link>, context: &mut Context<'_>) -> Poll<(Vec<String>, Option<u16>)> {
    let Some(link) = link.upgrade() else { return Poll::Pending };
    let mut socket = link.borrow_mut();
    let mut frames = Vec::new();
    while frames.len() < BATCH {
        match Pin::new(&mut *socket).poll_next(context) {
            Poll::Ready(Some(Ok(Message::Text(text)))) => frames.push(text),
            Poll::Ready(Some(Err(WebSocketError::ConnectionClose(close)))) => {
                return Poll::Ready((frames, Some(close.code)));
            }
            Poll::Ready(Some(Ok(Message::Bytes(_)) | Err(_))) => {}
            Poll::Ready(None) => return Poll::Ready((frames, Some(ABNORMAL))),
            Poll::Pending if frames.is_empty() => return Poll::Pending,
            Poll::Pending => break,
        }
    }
    Poll::Ready((frames, None))
}
