//! A TCP proxy that counts what goes through it.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::Result;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

use super::traffic::{Direction, Reader, Traffic};

/// The proxy. Dropping it cuts everything.
#[derive(Debug)]
pub(super) struct Counter {
    url: String,
    traffic: Shared,
    task: JoinHandle<()>,
}

#[derive(Clone, Debug, Default)]
struct Shared(Arc<Mutex<Traffic>>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Traffic> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counter {
    /// One before the server at `url` (`http://127.0.0.1:<port>`).
    pub(super) async fn before(url: &str) -> Result<Self> {
        let server: SocketAddr = url.trim_start_matches("http://").parse()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (url, traffic) = (format!("http://{}", listener.local_addr()?), Shared::default());
        let counts = traffic.clone();
        let task = tokio::spawn(async move {
            let mut carried = JoinSet::new();
            while let Ok((near, _)) = listener.accept().await {
                carried.spawn(carry(near, server, counts.clone()));
            }
        });
        Ok(Self { url, traffic, task })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// What went through so far.
    pub(super) fn traffic(&self) -> Traffic {
        *self.traffic.lock()
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(near: TcpStream, server: SocketAddr, traffic: Shared) -> Result<()> {
    let far = TcpStream::connect(server).await?;
    // The ends do the same: nothing waits for more to go with it.
    near.set_nodelay(true)?;
    far.set_nodelay(true)?;
    let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
    let up = copy(near_in, far_out, Reader::new(Direction::Up), traffic.clone());
    let down = copy(far_in, near_out, Reader::new(Direction::Down), traffic);
    // Either end closing is the end.
    tokio::select! { ended = up => ended, ended = down => ended }
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut reader: Reader,
    traffic: Shared,
) -> Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        let some = buffer.get(..read).unwrap_or_default();
        if some.is_empty() {
            return Ok(());
        }
        reader.reads(some, &mut traffic.lock());
        to.write_all(some).await?;
    }
}
