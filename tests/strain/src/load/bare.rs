//! The bare server's run: its process, and clients that only read.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result};
use futures_util::{StreamExt, TryStreamExt, stream};
use parlor_tests::{Dial, Usage, Witness, eventually};
use tokio::task::AbortHandle;
use tokio_tungstenite::tungstenite::Message;

use super::{
    Figures, Scenario, Wish, ledger::Run, many_rooms::IN_A_ROOM, slow::ONE_OF, storm::MISSED,
};
use crate::address;

/// Sockets opened at once.
const AT_ONCE: usize = 64;

pub(super) async fn play(scenario: Scenario, wish: &Wish, strain: &Path) -> Result<Figures> {
    let run = Run::new()?;
    let clients = match scenario {
        // A bare loop would wait for whoever does not read.
        Scenario::Slow => wish.clients - wish.clients / ONE_OF,
        Scenario::FanOut | Scenario::ManyRooms | Scenario::Idle | Scenario::Storm => wish.clients,
    };
    let mut server = Server::start(strain, scenario, wish, clients, &run)?;
    let empty = server.usage().resident()?;
    if scenario == Scenario::Storm {
        return storm(server, &run, clients).await;
    }
    let _readers = readers(&server.url, &run, clients, AT_ONCE).await?;
    let grown = server.usage().resident()?.saturating_sub(empty);
    let (begun, before) = (Instant::now(), server.usage().processor_time()?);
    server.go()?;
    let mut server = tokio::task::spawn_blocking(move || server.done().map(|()| server)).await??;
    let took = begun.elapsed();
    let frames = u64::from(wish.rate * wish.seconds);
    let group = if scenario == Scenario::ManyRooms { IN_A_ROOM } else { clients };
    let expected = frames * group as u64;
    let there = async || (run.arrived() >= expected).then_some(());
    eventually("every ready frame has arrived", there).await?;
    let mut figures = Figures::counted(&run, clients, took);
    figures.processor = Some(server.usage().processor_time()?.saturating_sub(before));
    if scenario == Scenario::Idle {
        figures.bytes_each = Some(grown as f64 / clients.max(1) as f64);
    }
    server.go()?;
    Ok(figures)
}

/// All at once, as after a cut: the handshake is part of it.
async fn storm(server: Server, run: &Run, clients: usize) -> Result<Figures> {
    run.counts_from_now();
    let (begun, before) = (Instant::now(), server.usage().processor_time()?);
    let _readers = readers(&server.url, run, clients, clients).await?;
    let expected = clients as u64 * u64::from(MISSED);
    let there = async || (run.arrived() >= expected).then_some(());
    eventually("every page has arrived", there).await?;
    let took = begun.elapsed();
    let mut figures = Figures::counted(run, clients, took);
    figures.processor = Some(server.usage().processor_time()?.saturating_sub(before));
    figures.more.push(("everybody complete after, s", format!("{:.2}", took.as_secs_f64())));
    Ok(figures)
}

/// Sockets that are read and counted, and no more.
async fn readers(url: &str, run: &Run, clients: usize, at_once: usize) -> Result<Vec<Reader>> {
    let opened = (0..clients).map(|number| Reader::open(url, run, number));
    stream::iter(opened).buffer_unordered(at_once).try_collect().await
}

/// One of them.
struct Reader(AbortHandle);

impl Reader {
    async fn open(url: &str, run: &Run, number: usize) -> Result<Self> {
        let (mut ledger, _) = run.ledger(None);
        let mut raw = Dial::new(url)?.from_address(address(url, number)).connect().await?;
        let reading = tokio::spawn(async move {
            while let Ok(Message::Text(text)) = raw.frame_whenever().await {
                ledger.arrives(&text);
            }
        });
        Ok(Self(reading.abort_handle()))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The process of the bare server. Dropping it ends it.
struct Server {
    child: Child,
    orders: ChildStdin,
    says: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    fn start(
        strain: &Path,
        scenario: Scenario,
        wish: &Wish,
        sockets: usize,
        run: &Run,
    ) -> Result<Self> {
        let mut command = Command::new(strain);
        let number = |name: &str, value: u64| [name.to_owned(), value.to_string()];
        command
            .arg("limit")
            .args(number("--sockets", sockets as u64))
            .args(number("--rate", wish.rate.into()))
            .args(number("--seconds", wish.seconds.into()))
            .args(number("--text-bytes", wish.text_bytes as u64))
            .args(["--run", &format!("{:x}", run.id())]);
        match scenario {
            Scenario::ManyRooms => command.arg("--rooms"),
            Scenario::Storm => command.arg("--storm"),
            Scenario::FanOut | Scenario::Idle | Scenario::Slow => &mut command,
        };
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let orders = child.stdin.take().context("no input")?;
        let mut says = BufReader::new(child.stdout.take().context("no output")?);
        let mut place = String::new();
        says.read_line(&mut place)?;
        let url = format!("http://{}", place.trim());
        Ok(Self { child, orders, says, url })
    }

    fn usage(&self) -> Usage {
        Usage::of(self.child.id())
    }

    fn go(&mut self) -> Result<()> {
        Ok(self.orders.write_all(b"\n")?)
    }

    /// Waits until it has written everything.
    fn done(&mut self) -> Result<()> {
        let mut line = String::new();
        self.says.read_line(&mut line)?;
        anyhow::ensure!(line == "done\n", "the bare server ended: {line}");
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
