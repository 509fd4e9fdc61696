//! A node's link to a Redis server, which can be cut, delayed, throttled, and emptied of announcements.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::{Instant, sleep_until},
};

use super::resp;

/// What is wrong with it now.
#[derive(Clone, Copy, Debug, Default)]
struct Mode {
    cut: bool,
    delay_ms: u64,
    bytes_a_second: u64,
    deaf: bool,
}

/// A TCP proxy at an address of its own. Dropping it cuts it for good.
#[derive(Debug)]
pub(super) struct Link {
    address: SocketAddr,
    mode: watch::Sender<Mode>,
    task: JoinHandle<()>,
}

impl Link {
    /// A whole link, from `own` (port 0 for any) to the server at a port of this machine.
    pub(super) async fn open(own: SocketAddr, port: u16) -> Result<Self> {
        let listener = TcpListener::bind(own).await?;
        let address = listener.local_addr()?;
        let (mode, watched) = watch::channel(Mode::default());
        let task = tokio::spawn(carry(listener, ([127, 0, 0, 1], port).into(), watched));
        Ok(Self { address, mode, task })
    }

    /// Where the node finds the server.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn cut(&self, cut: bool) {
        self.mode.send_modify(|mode| mode.cut = cut);
    }

    pub(super) fn delay(&self, delay_ms: u64) {
        self.mode.send_modify(|mode| mode.delay_ms = delay_ms);
    }

    pub(super) fn throttle(&self, bytes_a_second: u64) {
        self.mode.send_modify(|mode| mode.bytes_a_second = bytes_a_second);
    }

    pub(super) fn deafen(&self, deaf: bool) {
        self.mode.send_modify(|mode| mode.deaf = deaf);
    }

    /// As if nothing had ever been wrong.
    pub(super) fn heal(&self) {
        self.mode.send_replace(Mode::default());
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(listener: TcpListener, redis: SocketAddr, mode: watch::Receiver<Mode>) {
    while let Ok((near, _)) = listener.accept().await {
        if !mode.borrow().cut {
            tokio::spawn(connection(near, redis, mode.clone()));
        }
    }
}

async fn connection(near: TcpStream, redis: SocketAddr, mode: watch::Receiver<Mode>) {
    let Ok(far) = TcpStream::connect(redis).await else { return };
    // Small answers go at once.
    let _ = (near.set_nodelay(true), far.set_nodelay(true));
    let (asks, answers) = (near.into_split(), far.into_split());
    let listens = Arc::new(AtomicBool::new(false));
    let mut cut = mode.clone();
    tokio::select! {
        // Either end closing is the end; there is nobody to tell.
        _ = ask(asks.0, answers.1, mode.clone(), Arc::clone(&listens)) => {}
        _ = answer(answers.0, asks.1, mode, listens) => {}
        _ = cut.wait_for(|mode| mode.cut) => {}
    }
}

/// From the node to Redis; notes when the node listens to announcements on this connection.
async fn ask(
    mut near: impl AsyncRead + Unpin,
    mut far: impl AsyncWrite + Unpin,
    mode: watch::Receiver<Mode>,
    listens: Arc<AtomicBool>,
) -> Result<()> {
    let mut part = vec![0; 16 * 1024];
    loop {
        let read = near.read(&mut part).await?;
        anyhow::ensure!(read > 0, "closed");
        let asked = part.get(..read).unwrap_or_default();
        if asked.windows(10).any(|word| word.eq_ignore_ascii_case(b"SSUBSCRIBE")) {
            listens.store(true, Ordering::Relaxed);
        }
        hold(&mode, read).await;
        far.write_all(asked).await?;
    }
}

/// From Redis to the node. Of a connection that listens, announcements are left out while it is
/// deaf.
async fn answer(
    mut far: impl AsyncRead + Unpin,
    mut near: impl AsyncWrite + Unpin,
    mode: watch::Receiver<Mode>,
    listens: Arc<AtomicBool>,
) -> Result<()> {
    let (mut part, mut held) = (vec![0; 16 * 1024], Vec::new());
    loop {
        let read = far.read(&mut part).await?;
        anyhow::ensure!(read > 0, "closed");
        hold(&mode, read).await;
        let came = part.get(..read).unwrap_or_default();
        if !listens.load(Ordering::Relaxed) && held.is_empty() {
            near.write_all(came).await?;
            continue;
        }
        held.extend_from_slice(came);
        while let Some(length) = resp::whole(&held) {
            let answer: Vec<u8> = held.drain(..length).collect();
            if !(mode.borrow().deaf && resp::announces(&answer)) {
                near.write_all(&answer).await?;
            }
        }
    }
}

/// Holds bytes for as long as the link takes.
async fn hold(mode: &watch::Receiver<Mode>, bytes: usize) {
    let Mode { delay_ms, bytes_a_second, .. } = *mode.borrow();
    let slow_ms = (bytes as u64 * 1_000).checked_div(bytes_a_second).unwrap_or(0);
    if delay_ms + slow_ms > 0 {
        sleep_until(Instant::now() + Duration::from_millis(delay_ms + slow_ms)).await;
    }
}
