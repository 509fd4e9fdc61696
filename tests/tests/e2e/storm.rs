//! The storm: 2,000 clients of one room are cut at once and come back with 100 missed messages each. The
//! store is asked about the room a few times, not 2,000.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use futures_util::{StreamExt, TryStreamExt, future::try_join_all, stream};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use parlor::Config;
use parlor_shared::{Event, LogId, Position};
use parlor_tests::{
    EngineKind, Node, Raw, Readings, RedisMonitor, Session, Store, eventually, roomy,
};
use tokio::sync::Mutex;

use crate::cast::{lobby, lobby_log, send};

const CLIENTS: usize = 2_000;
const PERSONS: usize = 100;
/// Messages said while everybody was away.
const MISSED: u64 = 100;
/// Between two looks at a log's top, which a node takes whatever happens.
const LOOK: Duration = Duration::from_secs(10);
/// Connections begun at once before the storm.
const AT_ONCE: usize = 100;

/// Storms in one process would measure each other.
static ALONE: Mutex<()> = Mutex::const_new(());

/// The clients of some nodes, and what they held when they were cut.
struct Crowd {
    sessions: Vec<Session>,
    held: Position,
}

fn config() -> Config {
    Config { connections_per_address: 1_000_000, keep: 10_000, ..roomy() }
}

async fn nodes(store: &Store, count: usize) -> Vec<Node> {
    let mut nodes = Vec::new();
    for _ in 0..count {
        let node = Node::start_with(store, config()).await.unwrap();
        // A node that starts looks whether the lobby is made. That is no part of a storm.
        eventually("the lobby is made", async || {
            (Readings::of(node.url()).await.unwrap().asked("room", "write") > 0.0).then_some(())
        })
        .await
        .unwrap();
        nodes.push(node);
    }
    nodes
}

fn lobby_is(log: &LogId) -> bool {
    *log == lobby_log()
}

/// Both ends of every connection are in this process.
fn allow_many_files() {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    assert!(most > 3 * CLIENTS as u64, "this system allows {most} files: ulimit -Hn");
    setrlimit(Resource::RLIMIT_NOFILE, most, most).unwrap();
}

impl Crowd {
    async fn gather(nodes: &[Node]) -> Self {
        allow_many_files();
        let first = nodes.first().unwrap().url();
        // One more than come back: who speaks meanwhile.
        let names = (0..=PERSONS).map(|n| format!("Person {n}"));
        let sessions: Vec<Session> = stream::iter(names)
            .map(async |name| Session::begin(first, &name).await)
            .buffered(8)
            .try_collect()
            .await
            .unwrap();
        let crowd = Self { sessions, held: nowhere() };
        let seats = stream::iter(0..CLIENTS).map(|n| crowd.enters(nodes, n, None));
        let seated: Vec<(Raw, Position)> =
            seats.buffer_unordered(AT_ONCE).try_collect().await.unwrap();
        let held: BTreeSet<u64> = seated.iter().map(|(_, position)| position.offset).collect();
        assert_eq!(held.len(), 1, "all hold the same before they are cut");
        let held = seated.first().unwrap().1.clone();
        // Here they are all cut.
        drop(seated);
        for node in nodes {
            eventually("the node notices", async || {
                let now = Readings::of(node.url()).await.unwrap();
                (now.value("parlor_connections") == 0.0).then_some(())
            })
            .await
            .unwrap();
        }
        Self { held, ..crowd }
    }

    /// One client connects and follows the lobby to its top.
    async fn enters(
        &self,
        nodes: &[Node],
        n: usize,
        after: Option<Position>,
    ) -> Result<(Raw, Position)> {
        let node = nodes.get(n % nodes.len()).context("no node")?;
        let session = self.sessions.get(n / nodes.len() % PERSONS).context("no session")?;
        let (mut raw, welcome) = Raw::enter(node.url(), session).await?;
        ensure!(welcome.rooms.len() == 1, "the welcome names the lobby");
        let missed = after.is_some();
        let pages = raw.follow(&lobby_log(), after).await?;
        let messages = pages.iter().flat_map(|page| &page.records);
        let mut numbers: Vec<u64> = messages.filter_map(|record| record.number).collect();
        // What the page does not have yet comes at once as entries.
        while missed && numbers.len() < MISSED as usize {
            if let Event::Entry(entry) = raw.next().await?
                && lobby_is(&entry.log)
            {
                numbers.extend(entry.record.number);
            }
        }
        // More, where others went on talking.
        let in_order = numbers.iter().copied().eq(1..=numbers.len() as u64);
        ensure!(!missed || in_order, "{numbers:?}");
        let last = pages.last().context("no page")?;
        Ok((raw, last.position.clone()))
    }

    /// One more at the first node, who has seen nothing of the room yet.
    async fn one_of_them(&self, nodes: &[Node]) -> Raw {
        let url = nodes.first().unwrap().url();
        Raw::enter(url, self.sessions.last().unwrap()).await.unwrap().0
    }

    async fn comes_back(&self, nodes: &[Node]) -> Vec<Raw> {
        let all = (0..CLIENTS).map(|n| self.enters(nodes, n, Some(self.held.clone())));
        let back = try_join_all(all).await.unwrap();
        back.into_iter().map(|(raw, _)| raw).collect()
    }
}

fn nowhere() -> Position {
    Position { epoch: parlor_shared::Epoch::new("none").unwrap(), offset: 0 }
}

async fn readings(nodes: &[Node]) -> Vec<Readings> {
    try_join_all(nodes.iter().map(|node| Readings::of(node.url()))).await.unwrap()
}

/// The storm itself, with what it may cost.
async fn storm(name: &str, store: &Store, nodes: &[Node], crowd: &Crowd) {
    let before = readings(nodes).await;
    let monitor = match store {
        Store::Redis(server) => Some(RedisMonitor::start(server).await.unwrap()),
        Store::Embedded(_) | Store::At(_) => None,
    };
    let begun = Instant::now();
    let mut back = crowd.comes_back(nodes).await;
    let took = begun.elapsed();
    let after = readings(nodes).await;
    let sum = |of: fn(&Readings) -> f64| -> f64 {
        let rises = after.iter().zip(&before).map(|(after, before)| of(after) - of(before));
        rises.sum()
    };
    let (rooms, persons) = (sum(|r| r.reads_of("room")), sum(|r| r.reads_of("person")));
    let sessions = sum(|r| r.asked("directory", "session"));
    let recent = sum(|r| r.value(r#"parlor_catch_up_records_count{source="recent"}"#));
    println!(
        "{name}: {CLIENTS} clients back in {took:?} on {} nodes: {rooms} reads of the room, \
         {persons} of persons' logs, {sessions} of sessions; {recent} answered at once",
        nodes.len()
    );
    let looks = nodes.len() as f64 * (took.as_secs_f64() / LOOK.as_secs_f64()).floor();
    // After so long, what was read is read anew.
    let allowed = 3.0 * nodes.len() as f64 + 2.0 * looks;
    assert!(rooms <= allowed, "{rooms} reads of the room");
    // Each connection reads its person's log once, and each owner of such a log once or twice.
    assert!(persons <= (CLIENTS + 2 * PERSONS * nodes.len()) as f64, "{persons} of persons");
    if let Some(monitor) = monitor {
        let seen = monitor.count("{room:lobby}").await.unwrap();
        println!("{name}: Redis itself saw {seen} commands about the room");
        assert!(seen as f64 <= allowed, "Redis saw {seen} commands about the room");
    }
    let mut speaker = crowd.one_of_them(nodes).await;
    speaker.done(send(&lobby(), "welcome back")).await.unwrap();
    for raw in &mut back {
        let next = |event| match event {
            Event::Entry(entry) if lobby_is(&entry.log) => entry.record.number,
            _ => None,
        };
        assert_eq!(raw.until(next).await.unwrap(), MISSED + 1);
    }
}

async fn says_what_they_miss(speaker: &mut Raw) {
    for n in 1..=MISSED {
        speaker.done(send(&lobby(), format!("missed {n}"))).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_on_nodes_that_heard_what_was_missed_hardly_asks_redis() {
    let _alone = ALONE.lock().await;
    let store = Store::new(EngineKind::Redis).await.unwrap();
    let nodes = nodes(&store, 2).await;
    let crowd = Crowd::gather(&nodes).await;
    let mut speaker = crowd.one_of_them(&nodes).await;
    says_what_they_miss(&mut speaker).await;
    storm("warm", &store, &nodes, &crowd).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_on_nodes_that_just_started_reads_once_for_everybody() {
    let _alone = ALONE.lock().await;
    let store = Store::new(EngineKind::Redis).await.unwrap();
    let first = nodes(&store, 2).await;
    let crowd = Crowd::gather(&first).await;
    let mut speaker = crowd.one_of_them(&first).await;
    says_what_they_miss(&mut speaker).await;
    drop(speaker);
    for node in first {
        node.stop().await.unwrap();
    }
    let nodes = nodes(&store, 2).await;
    storm("cold", &store, &nodes, &crowd).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_in_a_room_that_goes_on_talking_reads_no_more_than_is_said() {
    let _alone = ALONE.lock().await;
    let store = Store::new(EngineKind::Redis).await.unwrap();
    let nodes = nodes(&store, 2).await;
    let crowd = Crowd::gather(&nodes).await;
    let mut speaker = crowd.one_of_them(&nodes).await;
    says_what_they_miss(&mut speaker).await;
    let before = readings(&nodes).await;
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let talk = async {
        let mut said = 0;
        while stopped.try_recv().is_err() {
            speaker.done(send(&lobby(), format!("and so on {said}"))).await.unwrap();
            said += 1;
        }
        said
    };
    let back = async {
        let back = crowd.comes_back(&nodes).await;
        stop.send(()).unwrap();
        back
    };
    let (said, back) = tokio::join!(talk, back);
    let after = readings(&nodes).await;
    let rooms: f64 = after
        .iter()
        .zip(&before)
        .map(|(after, before)| after.reads_of("room") - before.reads_of("room"))
        .sum();
    println!("busy: {said} messages said meanwhile, {rooms} reads of the room");
    let allowed = nodes.len() * (said + 10);
    assert!(rooms <= allowed as f64, "{rooms} reads of the room for {said} messages");
    assert!(rooms < CLIENTS as f64, "{rooms} reads of the room");
    drop(back);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_on_the_embedded_store_reads_as_little() {
    let _alone = ALONE.lock().await;
    let store = Store::new(EngineKind::Embedded).await.unwrap();
    let nodes = nodes(&store, 1).await;
    let crowd = Crowd::gather(&nodes).await;
    let mut speaker = crowd.one_of_them(&nodes).await;
    says_what_they_miss(&mut speaker).await;
    storm("embedded", &store, &nodes, &crowd).await;
}
