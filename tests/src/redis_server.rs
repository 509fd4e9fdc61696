//! A real `redis-server` of a test's own: on a free port, in a directory that goes with it.

use std::{
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// How many ports are tried, and servers started, when somebody else takes them.
const PORTS_TRIED: u32 = 20;

/// When an append is synced to disk; the server's `appendfsync`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fsync {
    /// Before each answer: a kill loses nothing.
    Always,
    /// About once a second.
    EverySecond,
}

/// A running server. Dropping it kills it and removes its directory.
#[derive(Debug)]
pub struct RedisServer {
    dir: TempDir,
    port: u16,
    settings: Vec<String>,
    process: Option<Child>,
}

impl RedisServer {
    /// Starts a server with an append-only file and waits until it answers.
    ///
    /// # Errors
    /// When `redis-server` is not installed or does not answer within 15 s.
    pub async fn start(fsync: Fsync) -> Result<Self> {
        let fsync = match fsync {
            Fsync::Always => "always",
            Fsync::EverySecond => "everysec",
        };
        Self::start_with(&["--appendonly", "yes", "--appendfsync", fsync]).await
    }

    /// Starts a server with settings as on its command line: `&["--maxmemory", "2mb"]`.
    ///
    /// # Errors
    /// As for [`RedisServer::start`].
    pub async fn start_with(settings: &[&str]) -> Result<Self> {
        let mut last = None;
        for _ in 0..PORTS_TRIED {
            let settings = settings.iter().map(|s| (*s).to_owned()).collect();
            let mut server =
                Self { dir: tempfile::tempdir()?, port: free_port()?, settings, process: None };
            match server.restart().await {
                Ok(()) => return Ok(server),
                Err(error) => last = Some(error),
            }
        }
        Err(last.context("no port was tried")?)
    }

    /// Where it listens, as `--redis-url` takes it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// The port it listens on, also while it is down.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts it again, on the same port and directory, and waits until it has loaded its data.
    ///
    /// # Errors
    /// As for [`RedisServer::start`].
    pub async fn restart(&mut self) -> Result<()> {
        self.kill()?;
        let child = Command::new("redis-server")
            .args(["--port", &self.port.to_string(), "--bind", "127.0.0.1", "--save", ""])
            .args(&self.settings)
            .arg("--dir")
            .arg(self.dir.path())
            .stdout(Stdio::null())
            .spawn()
            .context("redis-server cannot be started: is it installed?")?;
        self.process = Some(child);
        self.wait_for_answer().await
    }

    /// Kills it as a crash would (SIGKILL) and waits until it is gone. Does nothing if it is down.
    ///
    /// # Errors
    /// When the process cannot be signalled.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.process.take() {
            child.kill().context("redis-server cannot be killed")?;
            child.wait().context("redis-server does not end")?;
        }
        Ok(())
    }

    /// Whether it was started and not killed since.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.process.is_some()
    }

    /// Stops it from running at all (SIGSTOP): links stay open, nothing answers.
    ///
    /// # Errors
    /// When it is not running.
    pub fn pause(&self) -> Result<()> {
        self.signal(Signal::SIGSTOP)
    }

    /// Lets it run on after [`RedisServer::pause`].
    ///
    /// # Errors
    /// When it is not running.
    pub fn resume(&self) -> Result<()> {
        self.signal(Signal::SIGCONT)
    }

    /// A link to it, for a test that looks into the store or sets it up.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn client(&self) -> Result<redis::aio::MultiplexedConnection> {
        let client = redis::Client::open(self.url())?;
        let patient = redis::AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        Ok(client.get_multiplexed_async_connection_with_config(&patient).await?)
    }

    fn signal(&self, signal: Signal) -> Result<()> {
        let child = self.process.as_ref().context("redis-server is not running")?;
        kill(Pid::from_raw(child.id().try_into()?), signal)?;
        Ok(())
    }

    async fn wait_for_answer(&mut self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if pings(self.port).await {
                return Ok(());
            }
            if let Some(status) = self.process.as_mut().context("not started")?.try_wait()? {
                bail!("redis-server ended: {status}");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        bail!("redis-server does not answer on port {}", self.port)
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        // A test that ends has nobody to tell; the process is gone in either case.
        let _ = self.kill();
    }
}

/// Whether a server on `port` answers a ping; one that still loads its data does not.
async fn pings(port: u16) -> bool {
    async fn ask(port: u16) -> Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.write_all(b"PING\r\n").await?;
        let mut answer = [0; 7];
        stream.read_exact(&mut answer).await?;
        ensure!(&answer == b"+PONG\r\n" || &answer == b"-NOAUTH", "not ready");
        Ok(())
    }
    ask(port).await.is_ok()
}

/// An address of this machine that nobody listens on now.
///
/// # Errors
/// When none is found.
pub fn free_address() -> Result<SocketAddr> {
    Ok(SocketAddr::from(([127, 0, 0, 1], free_port()?)))
}

/// A port nobody listens on now, and that this process has not given before: a server that is down
/// for a while finds it free again. Below those that the system gives to outgoing links.
pub(crate) fn free_port() -> Result<u16> {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    let first = std::process::id().wrapping_mul(97);
    for _ in 0..PORTS_TRIED {
        let next = first.wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed)) % 12_000;
        let port = u16::try_from(20_000 + next)?;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port is free")
}
