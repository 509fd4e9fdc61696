//! Goodbyes: announced, spread, and nothing lost.

use std::time::{Duration, Instant};

use parlor_shared::{CloseCode, Event};
use parlor_tests::{Actor, EngineKind, Mirror, NodeProcess, Raw, Session, Store, eventually};

use crate::{
    cast::{lobby, lobby_log, send},
    on_both_engines, over_long_polls, over_short_polls,
};

on_both_engines!(
    a_stopping_node_tells_its_clients_when_to_come_back,
    what_was_confirmed_before_a_stop_is_there_after_it,
);
over_long_polls!(
    a_stopping_node_tells_its_clients_when_to_come_back,
    what_was_confirmed_before_a_stop_is_there_after_it,
);
// Who does not wait at a node cannot be told by it when to come back.
over_short_polls!(what_was_confirmed_before_a_stop_is_there_after_it);

/// The server's own program, as this package builds it.
pub(crate) const SERVER: &str = env!("CARGO_BIN_EXE_parlor-node");

/// How long a stopping node still accepts.
const LEAD: Duration = Duration::from_secs(2);

struct Goodbye {
    told: Instant,
    delay_ms: u64,
    closed: Instant,
    code: u16,
}

async fn goodbye(mut raw: Raw) -> Goodbye {
    let restarting = |event| {
        if let Event::Restarting { delay_ms } = event { Some(delay_ms) } else { None }
    };
    let delay_ms = raw.until(restarting).await.unwrap();
    let told = Instant::now();
    let code = raw.closed().await.unwrap();
    Goodbye { told, delay_ms, closed: Instant::now(), code }
}

async fn a_stopping_node_tells_its_clients_when_to_come_back(kind: EngineKind) {
    let store = Store::new(kind).await.unwrap();
    let mut node = NodeProcess::start(SERVER, &store, 100).await.unwrap();
    let mut guests = Vec::new();
    for number in 0..12 {
        let session = Session::begin(node.url(), &format!("Guest {number} x")).await.unwrap();
        let (raw, _) = Raw::enter(node.url(), &session).await.unwrap();
        guests.push(tokio::spawn(goodbye(raw)));
    }
    let late = Session::begin(node.url(), "Late").await.unwrap();

    let asked = Instant::now();
    node.terminate().unwrap();
    let readyz = format!("{}/readyz", node.url());
    eventually("not ready any more", async || {
        reqwest::get(&readyz).await.ok().filter(|answer| answer.status() == 503).map(drop)
    })
    .await
    .unwrap();
    // In the first two seconds newcomers are still let in: their load balancer may not know yet. A
    // machine too busy to ask in that time shows nothing.
    let newcomer = Raw::enter(node.url(), &late).await;
    assert!(newcomer.is_ok() || asked.elapsed() > LEAD, "{newcomer:?}");

    let mut goodbyes = Vec::new();
    for guest in guests {
        goodbyes.push(guest.await.unwrap());
    }
    goodbyes.sort_by_key(|goodbye| goodbye.closed);
    for goodbye in &goodbyes {
        assert_eq!(goodbye.code, CloseCode::Restarting.code());
        assert!(goodbye.delay_ms <= 1_000);
        assert!(goodbye.told <= goodbye.closed);
    }
    let (first, last) = (goodbyes.first().unwrap(), goodbyes.last().unwrap());
    assert!(last.closed - first.closed > Duration::from_millis(500), "all at once");
    assert!(last.closed - asked < Duration::from_secs(15), "{:?}", last.closed - asked);
    eventually("the process has ended", async || (!node.is_running().unwrap()).then_some(()))
        .await
        .unwrap();
    assert!(asked.elapsed() < Duration::from_secs(20), "{:?}", asked.elapsed());
}

async fn what_was_confirmed_before_a_stop_is_there_after_it(kind: EngineKind) {
    let store = Store::new(kind).await.unwrap();
    let mut node = NodeProcess::start(SERVER, &store, 10_000).await.unwrap();
    let session = Session::begin(node.url(), "Ada").await.unwrap();
    let bob = Actor::enter(node.url(), "Bob").await.unwrap();
    let (mut raw, _) = Raw::enter(node.url(), &session).await.unwrap();
    node.terminate().unwrap();
    // Writes until it is closed; a refusal while it stops must be one that may be tried again.
    let mut confirmed = Vec::new();
    for number in 0.. {
        let text = format!("message {number}");
        match raw.ask(send(&lobby(), text.clone())).await {
            Ok(Ok(_)) => confirmed.push(text),
            Ok(Err(problem)) => assert_ne!(problem.retry(), parlor_shared::Retry::Final),
            Err(_) => break,
        }
    }
    eventually("the process has ended", async || (!node.is_running().unwrap()).then_some(()))
        .await
        .unwrap();
    node.restart().await.unwrap();
    bob.is_connected().await.unwrap();
    assert!(!confirmed.is_empty());
    bob.sees(confirmed.last().unwrap()).await.unwrap();
    let (mut raw, _) = Raw::enter(node.url(), &session).await.unwrap();
    let mut mirror = Mirror::new(lobby_log());
    mirror.follow(&mut raw).await.unwrap();
    let last = mirror.texts().pop().unwrap();
    assert!(confirmed.last().unwrap() <= &last || confirmed.contains(&last));
    assert!(mirror.last_number >= confirmed.len() as u64);
}
