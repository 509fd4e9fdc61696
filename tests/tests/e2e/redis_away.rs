//! Redis goes and comes back: the page shows it, writes are to be tried again, the server lives.

use std::time::Duration;

use parlor_model::{MessageState, Row};
use parlor_shared::Retry;
use parlor_tests::{
    Actor, EngineKind, NodeProcess, Raw, Session, Store, eventually, fresh_command, wait_ms,
};

use crate::{
    cast::{lobby, send},
    stop::SERVER,
};

/// The server beside its own Redis.
fn redis(store: &mut Store) -> &mut parlor_tests::RedisServer {
    match store {
        Store::Redis(server) => server,
        Store::Embedded(_) | Store::At(_) => panic!("this is about Redis"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_killed_and_back_costs_nothing_but_time() {
    let mut store = Store::new(EngineKind::Redis).await.unwrap();
    let mut node = NodeProcess::start(SERVER, &store, 1_000).await.unwrap();
    let ada = Actor::enter(node.url(), "Ada").await.unwrap();
    let bob = Actor::enter(node.url(), "Bob").await.unwrap();
    let session = Session::begin(node.url(), "Cem").await.unwrap();
    let (mut raw, _) = Raw::enter(node.url(), &session).await.unwrap();
    ada.says("before");
    bob.sees("before").await.unwrap();

    redis(&mut store).kill().unwrap();
    ada.says("meanwhile");
    let id = fresh_command();
    let refused = raw.ask_as(id, send(&lobby(), "from Cem")).await.unwrap().unwrap_err();
    assert_ne!(refused.retry(), Retry::Final, "{refused:?}");
    let pencil = |row: &Row| {
        matches!(row, Row::Message(row) if row.text.as_deref() == Some("meanwhile")
            && row.state == MessageState::Pencil)
    };
    let written = async || ada.rows().iter().any(pencil).then_some(());
    eventually("what Ada says stands in pencil", written).await.unwrap();

    let before = node.processor_time().unwrap();
    wait_ms(3_000).await;
    let used = node.processor_time().unwrap() - before;
    assert!(used < Duration::from_millis(900), "it spins: {used:?} in 3 s");
    assert!(node.is_running().unwrap());
    let health = reqwest::get(format!("{}/healthz", node.url())).await.unwrap();
    assert!(health.status().is_success());
    let ready = reqwest::get(format!("{}/readyz", node.url())).await.unwrap();
    assert_eq!(ready.status(), 503, "a node without its store is not ready");

    redis(&mut store).restart().await.unwrap();
    bob.sees("meanwhile").await.unwrap();
    ada.sees("meanwhile").await.unwrap();
    let again = async || raw.ask_as(id, send(&lobby(), "from Cem")).await.unwrap().ok().map(drop);
    let mut again = again;
    eventually("the same command is done", &mut again).await.unwrap();
    bob.sees("from Cem").await.unwrap();
    for text in ["before", "meanwhile", "from Cem"] {
        assert_eq!(bob.texts().iter().filter(|seen| *seen == text).count(), 1, "{text}");
    }
    ada.says("after");
    bob.sees("after").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_hangs_leaves_the_write_to_be_asked_again() {
    let mut store = Store::new(EngineKind::Redis).await.unwrap();
    let node = NodeProcess::start(SERVER, &store, 1_000).await.unwrap();
    let ada = Actor::enter(node.url(), "Ada").await.unwrap();
    let bob = Actor::enter(node.url(), "Bob").await.unwrap();
    ada.says("before");
    bob.sees("before").await.unwrap();
    redis(&mut store).pause().unwrap();
    ada.says("into the silence");
    // Longer than the engine waits for an answer.
    wait_ms(6_000).await;
    redis(&mut store).resume().unwrap();
    bob.sees("into the silence").await.unwrap();
    ada.sees("into the silence").await.unwrap();
    assert_eq!(bob.texts(), ["before", "into the silence"]);
    drop(node);
}
