//! A client that stops reading: it costs nobody anything, and comes back complete.

use std::time::{Duration, Instant};

use parlor_model::{Client, Link};
use parlor_shared::{Action, Body, CloseCode, Event, Number, Record, Retry};
use parlor_tests::{
    Actor, Dial, EngineKind, Mirror, NodeProcess, Raw, Session, Store, eventually, fresh_command,
    wait_ms,
};
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::Message;

use crate::{
    cast::{Stage, lobby, lobby_log, page, send},
    on_both_engines, over_long_polls,
    stop::SERVER,
};

over_long_polls!(a_slow_page_that_comes_back_too_late_says_how_many_were_not_kept);
on_both_engines!(
    a_client_that_stops_reading_is_closed_as_slow_and_costs_nobody_anything,
    a_slow_page_that_comes_back_too_late_says_how_many_were_not_kept,
);

pub(crate) const MIB: u64 = 1024 * 1024;
/// Texts of 8 KiB.
const LENGTH: usize = 8 * 1024;

pub(crate) struct Pair {
    talker: Raw,
    listener: Raw,
    said: usize,
}

impl Pair {
    pub(crate) async fn new(url: &str) -> Self {
        let talker = Session::begin(url, "Ada").await.unwrap();
        let listener = Session::begin(url, "Bob").await.unwrap();
        let (talker, _) = Raw::enter(url, &talker).await.unwrap();
        let (mut listener, _) = Raw::enter(url, &listener).await.unwrap();
        listener.follow(&lobby_log(), None).await.unwrap();
        Self { talker, listener, said: 0 }
    }

    /// Says one text after another, each when the one before was heard; the median time to the
    /// listener.
    pub(crate) async fn talk(&mut self, count: usize) -> Duration {
        let mut times = Vec::with_capacity(count);
        for _ in 0..count {
            self.said += 1;
            let text = format!("{} {}", self.said, "字".repeat(LENGTH / 3 - 10));
            let begun = Instant::now();
            let heard = self.listener.until(|event| holds(&event, &text).then(|| begun.elapsed()));
            let (heard, ()) = tokio::join!(heard, says(&mut self.talker, &text));
            times.push(heard.unwrap());
        }
        times.sort();
        times.get(count / 2).copied().unwrap()
    }
}

/// Says it, again while the store is not to be had: on a busy machine it may be late to answer.
async fn says(talker: &mut Raw, text: &str) {
    let id = fresh_command();
    let said = eventually("it is said", async || {
        let reply = talker.ask_as(id, send(&lobby(), text)).await.unwrap();
        if let Err(problem) = &reply {
            assert_ne!(problem.retry(), Retry::Final, "{problem:?}");
        }
        reply.ok().map(drop)
    });
    said.await.unwrap();
}

/// Whether an event brings the message, as an entry or, where the node had to read, among changes.
fn holds(event: &Event, text: &str) -> bool {
    let says = |record: &Record| matches!(&record.body, Body::Message(message) if message.text.as_deref() == Some(text));
    match event {
        Event::Entry(entry) => says(&entry.record),
        Event::Changes(page) => page.records.iter().any(says),
        _ => false,
    }
}

/// Follows the lobby with hardly any buffer, and from then on does not read.
async fn stops_reading(url: &str, session: &Session) -> (Raw, Mirror) {
    let dial = Dial::new(url).unwrap().token(&session.token).unwrap().receive_buffer(4_096);
    let mut raw = dial.connect().await.unwrap();
    let mut mirror = Mirror::new(lobby_log());
    mirror.follow(&mut raw).await.unwrap();
    (raw, mirror)
}

/// Reads a frame now and then, a third as fast as people talk (`usual` is the time of one text),
/// until told to hurry; gives the close code.
async fn sip(mut raw: Raw, usual: Duration, told: watch::Receiver<bool>) -> u16 {
    let pause_ms = (usual.as_millis() as u64 * 3).max(25);
    loop {
        if let Message::Close(frame) = raw.frame().await.unwrap() {
            return frame.unwrap().code.into();
        }
        if !*told.borrow() {
            wait_ms(pause_ms).await;
        }
    }
}

async fn a_client_that_stops_reading_is_closed_as_slow_and_costs_nobody_anything(kind: EngineKind) {
    let store = Store::new(kind).await.unwrap();
    // No ping before the end: who reads as slowly as this would find it too late to answer.
    let settings = [("PARLOR_PING", "3600")];
    let node = NodeProcess::start_with(SERVER, &store, 20_000, &settings).await.unwrap();
    let mut pair = Pair::new(node.url()).await;
    pair.talk(50).await;

    let rest = node.resident().unwrap();
    let without = pair.talk(400).await;
    let usual = node.resident().unwrap().saturating_sub(rest);

    let session = Session::begin(node.url(), "Slow").await.unwrap();
    let (raw, mut mirror) = stops_reading(node.url(), &session).await;
    let sips = Session::begin(node.url(), "Sips").await.unwrap();
    let (sipping, _) = stops_reading(node.url(), &sips).await;
    let (hurry, told) = watch::channel(false);
    let sipping = tokio::spawn(sip(sipping, without, told));
    let held = mirror.last_number;
    let rest = node.resident().unwrap();
    // 8 MiB: more than the network's buffers and the outbox together.
    let with = pair.talk(1_000).await;
    let grown = node.resident().unwrap().saturating_sub(rest);
    let again = pair.talk(200).await;
    assert!(grown < usual * 5 / 2 + 6 * MIB, "{} KiB, {} KiB without", grown >> 10, usual >> 10);
    let without = without.max(again).max(Duration::from_millis(1));
    assert!(with < without * 2, "{with:?} with a slow client, {without:?} without");

    // Whoever reads, if too slowly, finds the goodbye behind what was already on its way. Whoever
    // does not read at all is let go of; both come back.
    hurry.send_replace(true);
    assert_eq!(sipping.await.unwrap(), CloseCode::Slow.code());
    drop(raw);
    let (mut raw, _) = Raw::enter(node.url(), &session).await.unwrap();
    mirror.follow(&mut raw).await.unwrap();
    complete(&mut raw, &mut mirror, held).await;
    let numbers: Vec<Number> = mirror.messages().into_keys().filter(|n| *n > held).collect();
    assert_eq!(numbers, (held + 1..=mirror.last_number).collect::<Vec<_>>());
    assert_eq!(mirror.last_number, 1_650);
}

/// Scrolls back until everything since `held` is there.
async fn complete(raw: &mut Raw, mirror: &mut Mirror, held: Number) {
    loop {
        let lowest = mirror.messages().into_keys().find(|number| *number > held).unwrap();
        if lowest <= held + 1 {
            return;
        }
        let history = Action::History { room: lobby(), before: lowest, limit: 100 };
        for record in page(raw.done(history).await.unwrap()).records {
            parlor_shared::put(&mut mirror.records, record);
        }
    }
}

async fn a_slow_page_that_comes_back_too_late_says_how_many_were_not_kept(kind: EngineKind) {
    let store = Store::new(kind).await.unwrap();
    let node = NodeProcess::start(SERVER, &store, 100).await.unwrap();
    let mut pair = Pair::new(node.url()).await;
    let slow = Actor::enter(node.url(), "Slow").await.unwrap();
    pair.talk(20).await;
    slow.until("it has 20", |client| {
        let room = client.chat().room(&lobby());
        room.is_some_and(|room| room.timeline().last_number() == 20)
    })
    .await
    .unwrap();
    slow.stops_reading();
    pair.talk(1_000).await;
    slow.reads_on();
    slow.until("it has all that is kept", |client| {
        let room = client.chat().room(&lobby());
        room.is_some_and(|room| room.live() && room.timeline().last_number() == 1_020)
    })
    .await
    .unwrap();
    // Some came before it stopped reading or lay in the network's buffers: those it has.
    let numbers: Vec<Number> = slow.numbers();
    let (old, kept): (Vec<_>, Vec<_>) = numbers.into_iter().partition(|number| *number <= 920);
    assert_eq!(kept, (921..=1_020).collect::<Vec<_>>());
    assert_eq!(old, (1..=old.len() as u64).collect::<Vec<_>>(), "without holes before the tear");
    assert!(old.len() < 920, "it was never slow");
    assert_eq!(slow.not_kept(), 920 - old.len() as u64);
}

#[tokio::test]
async fn a_page_that_hung_and_lost_its_network_reads_again_once_it_has_both_back() {
    let stage = Stage::new(EngineKind::Embedded).await;
    let hung = Actor::open(stage.node.url(), &stage.session("Hung").await);
    hung.is_connected().await.unwrap();
    for _ in 0..3 {
        hung.stops_reading();
        hung.goes_offline();
        let waits = |client: &Client| matches!(client.link().link, Link::Waiting { .. });
        hung.until("it waits for a network", waits).await.unwrap();
        hung.reads_on();
        hung.comes_back();
        hung.is_connected().await.unwrap();
    }
}
