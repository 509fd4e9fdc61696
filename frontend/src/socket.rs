//! The page's only WebSocket: opened, read to its end, and told to the driver as it happens.

use std::{cell::RefCell, future::poll_fn, pin::Pin, rc::Rc};

use futures_util::{
    FutureExt, Sink, SinkExt, StreamExt,
    future::{AbortHandle, abortable},
    stream::SplitSink,
};
use gloo_net::websocket::{Message, State, WebSocketError, futures::WebSocket};
use parlor_shared::SUBPROTOCOL;
use wasm_bindgen_futures::spawn_local;

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

type Writer = Rc<RefCell<Option<SplitSink<WebSocket, Message>>>>;

/// A socket being opened, or open. Dropping it closes it; nothing is heard of that.
pub struct Socket {
    writer: Writer,
    reading: AbortHandle,
}

impl std::fmt::Debug for Socket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Socket(open: {})", self.writer.borrow().is_some())
    }
}

impl Socket {
    /// Begins to open the server's socket. `hear` is never called before this returns.
    pub fn open(url: String, hear: impl Fn(Heard) + 'static) -> Self {
        let writer = Writer::default();
        let (task, reading) = abortable(run(url, writer.clone(), hear));
        spawn_local(task.map(|_| ()));
        Self { writer, reading }
    }

    /// Sends a text frame; on a socket that is not open it is lost, which its close tells.
    pub fn send(&self, text: String) {
        if let Some(writer) = self.writer.borrow_mut().as_mut() {
            // An open socket takes a frame at once: the browser does the buffering.
            let _ = writer.send(Message::Text(text)).now_or_never();
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.reading.abort();
        let writer = self.writer.take();
        drop(writer);
    }
}

async fn run(url: String, writer: Writer, hear: impl Fn(Heard)) {
    let Ok(mut socket) = WebSocket::open_with_protocol(&url, SUBPROTOCOL) else {
        return hear(Heard::Closed(ABNORMAL));
    };
    // Ready means "no longer connecting": open, or failed.
    let _ = poll_fn(|context| Pin::new(&mut socket).poll_ready(context)).await;
    let open = matches!(socket.state(), State::Open);
    let (sink, stream) = socket.split();
    writer.replace(Some(sink));
    if open {
        hear(Heard::Opened);
    }
    let mut batches = stream.ready_chunks(BATCH);
    let mut code = None;
    while let Some(batch) = batches.next().await {
        let frames = texts(batch, &mut code);
        if !frames.is_empty() {
            hear(Heard::Frames(frames));
        }
        if code.is_some() {
            break;
        }
    }
    hear(Heard::Closed(code.unwrap_or(ABNORMAL)));
}

/// The text frames of a batch, and the code of the close in it. An error is not yet the end: the
/// close that carries the code comes after it.
fn texts(batch: Vec<Result<Message, WebSocketError>>, code: &mut Option<u16>) -> Vec<String> {
    let text = |item| match item {
        Ok(Message::Text(text)) => Some(text),
        Ok(Message::Bytes(_)) => None,
        Err(WebSocketError::ConnectionClose(close)) => {
            *code = Some(close.code);
            None
        }
        Err(_) => None,
    };
    batch.into_iter().filter_map(text).collect()
}
