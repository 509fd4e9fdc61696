//! One connection through a wire, and what the network does to it.

use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, Result},
    net::TcpStream,
    sync::watch,
    time::{Instant, sleep_until},
};

use super::{Network, Sockets};

/// The answer of a network that refuses an upgrade.
const REFUSAL: &[u8] = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
/// How a command begins that goes by a request of its own.
const COMMAND: &[u8] = b"POST /api/v1/commands ";
/// Ends the head of an answer.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// Carries a connection from the near end, until either end closes or the network is cut.
pub(super) async fn relay(
    mut near: TcpStream,
    far: std::net::SocketAddr,
    mut state: watch::Receiver<Network>,
    swallows: Arc<AtomicBool>,
) -> Result<()> {
    let mut start = [0; 8];
    let peeked = near.peek(&mut start).await?;
    let socket = start.get(..peeked) == Some(b"GET /ws ");
    let network = *state.borrow_and_update();
    if !network.whole {
        return Ok(());
    }
    match network.sockets {
        Sockets::Refused if socket => return near.write_all(REFUSAL).await,
        Sockets::Silent if socket => {
            // Nothing comes of it until the network is another one.
            let _ = state.changed().await;
            return Ok(());
        }
        Sockets::Pass | Sockets::Refused | Sockets::Silent | Sockets::Eaten => {}
    }
    let far = TcpStream::connect(far).await?;
    let mut cut = state.clone();
    tokio::select! {
        ended = Relay { near, far, socket, opened: false, swallows }.run(state) => ended,
        // Also while an end takes nothing.
        _ = cut.wait_for(|network| !network.whole) => Ok(()),
    }
}

struct Relay {
    near: TcpStream,
    far: TcpStream,
    /// Whether it is a WebSocket's.
    socket: bool,
    /// Whether the answer's head has passed.
    opened: bool,
    /// Whether the next command is swallowed; shared by all connections.
    swallows: Arc<AtomicBool>,
}

impl Relay {
    async fn run(mut self, mut state: watch::Receiver<Network>) -> Result<()> {
        let (mut up, mut down) = ([0; 16 * 1024], [0; 16 * 1024]);
        loop {
            let network = *state.borrow_and_update();
            let eats = self.socket && network.sockets == Sockets::Eaten;
            let patience = network.waits.filter(|_| !self.socket);
            let cut = Instant::now() + patience.unwrap_or_default();
            tokio::select! {
                read = self.near.read(&mut up) => {
                    let bytes = up.get(..read?).filter(|bytes| !bytes.is_empty());
                    let Some(bytes) = bytes else { return Ok(()) };
                    if bytes.starts_with(COMMAND) && self.swallows.swap(false, Relaxed) {
                        // It stays open, whatever its ends do.
                        return pending().await;
                    }
                    if !(eats && self.opened) {
                        self.far.write_all(bytes).await?;
                    }
                }
                read = self.far.read(&mut down) => {
                    let bytes = down.get(..read?).filter(|bytes| !bytes.is_empty());
                    let Some(bytes) = bytes else { return Ok(()) };
                    let passes = if eats { self.head(bytes) } else { bytes };
                    self.opened = true;
                    self.near.write_all(passes).await?;
                }
                // The network may be another one now.
                changed = state.changed() => if changed.is_err() { return Ok(()) },
                () = sleep_until(cut), if patience.is_some() => {
                    return Ok(());
                }
            }
        }
    }

    /// What passes of an answer whose frames are eaten.
    fn head<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        if self.opened {
            return &[];
        }
        let end = bytes.windows(HEAD_END.len()).position(|four| four == HEAD_END);
        let end = end.map_or(bytes.len(), |at| at + HEAD_END.len());
        bytes.get(..end).unwrap_or_default()
    }
}
