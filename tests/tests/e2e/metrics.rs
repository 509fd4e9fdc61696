//! Metrics: counters move by exactly what happened, say nothing they must not, and are told only to
//! whoever may read them.

use parlor::Config;
use parlor_shared::{Action, LogId, Reset};
use parlor_tests::{
    Dial, EngineKind, Mirror, Node, Readings, Store, eventually, fresh_command, roomy,
};

use crate::{
    cast::{Stage, lobby, send},
    on_both_engines,
    polls::Caller,
};

on_both_engines!(
    counters_move_by_exactly_what_happened,
    a_catch_up_is_counted_with_its_size_its_cause_and_what_may_be_lost,
    neither_ids_nor_names_nor_texts_are_told,
    requests_are_counted_by_what_they_ask_for,
);

const WRITTEN: &str = r#"parlor_writes_total{kind="message",result="written"}"#;
const REPEAT: &str = r#"parlor_writes_total{kind="message",result="repeat"}"#;
const EDITED: &str = r#"parlor_writes_total{kind="record",result="written"}"#;
const DELIVERED: &str = "parlor_entries_delivered_total";

async fn read(node: &Node) -> Readings {
    Readings::of(node.url()).await.unwrap()
}

/// Waits until each sample has risen by so much since `before`, and then gives all.
async fn risen(node: &Node, before: &Readings, by: &[(&str, f64)]) -> Readings {
    let mut last = before.clone();
    let met = eventually("the counters move", async || {
        last = read(node).await;
        by.iter().all(|(name, rise)| last.rise(before, name) == *rise).then_some(())
    })
    .await;
    let rises: Vec<_> = by.iter().map(|(name, _)| (name, last.rise(before, name))).collect();
    assert!(met.is_ok(), "{by:?} was to come, and came {rises:?}");
    last
}

async fn counters_move_by_exactly_what_happened(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    // Bob's coming in is an entry too.
    bob.says("all set").await;
    ada.sees("all set").await;
    bob.sees("all set").await;
    let before = risen(&stage.node, &read(&stage.node).await, &[]).await;
    assert_eq!(before.value("parlor_connections"), 2.0);
    assert_eq!(before.value("parlor_engine_up"), 1.0);
    assert!(before.value("parlor_followed_logs") >= 1.0);

    let id = fresh_command();
    ada.raw.ask_as(id, send(&lobby(), "once")).await.unwrap().unwrap();
    ada.raw.ask_as(id, send(&lobby(), "once")).await.unwrap().unwrap();
    let number = ada.says("twice").await;
    let edit = Action::Edit { room: lobby(), number, text: "thrice".to_owned() };
    ada.raw.done(edit).await.unwrap();
    bob.sees("thrice").await;
    let after = [(WRITTEN, 2.0), (REPEAT, 1.0), (EDITED, 1.0), (DELIVERED, 6.0)];
    let after = risen(&stage.node, &before, &after).await;
    assert_eq!(after.asked("room", "write") - before.asked("room", "write"), 4.0);

    let held = after.value("parlor_connections_opened_total");
    assert_eq!(held, 2.0);
    drop(bob);
    let gone = r#"parlor_connections_closed_total{code="gone"}"#;
    let last = risen(&stage.node, &after, &[(gone, 1.0)]).await;
    assert_eq!(last.value("parlor_connections"), 1.0);
    assert_eq!(last.value("parlor_outbox_bytes"), 0.0);
}

async fn a_catch_up_is_counted_with_its_size_its_cause_and_what_may_be_lost(kind: EngineKind) {
    let stage = Stage::with(kind, Config { keep: 10, ..roomy() }).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    ada.says("before").await;
    bob.sees("before").await;
    let (session, held) = bob.leaves_the_stage();
    for n in 0..3 {
        ada.says(&format!("missed {n}")).await;
    }
    let rise = |one: &Readings, before: &Readings, what: &str| {
        let of = |source| format!("parlor_catch_up_records_{what}{{source=\"{source}\"}}");
        one.rise(before, &of("recent")) + one.rise(before, &of("store"))
    };
    let before = read(&stage.node).await;
    let bob = stage.back(session, held).await;
    let after = read(&stage.node).await;
    assert_eq!((rise(&after, &before, "count"), rise(&after, &before, "sum")), (1.0, 3.0));
    assert_eq!(after.rise(&before, "parlor_catch_ups_beyond_kept_total"), 0.0);

    let (session, held) = bob.leaves_the_stage();
    for n in 0..20 {
        ada.says(&format!("too much {n}")).await;
    }
    let before = read(&stage.node).await;
    let bob = stage.back(session, held).await;
    let after = read(&stage.node).await;
    assert_eq!((rise(&after, &before, "count"), rise(&after, &before, "sum")), (1.0, 10.0));
    assert_eq!(after.rise(&before, "parlor_catch_ups_beyond_kept_total"), 1.0);

    let (session, mut held) = bob.leaves_the_stage();
    let position = held.position.as_mut().unwrap();
    position.offset += 1_000;
    let bob = stage.back(session, held).await;
    assert_eq!(bob.mirror.resets, [Reset::Start, Reset::Forked]);
    let new = stage.back(bob.session, Mirror::new(crate::cast::lobby_log())).await;
    let last = read(&stage.node).await;
    assert_eq!(last.rise(&after, r#"parlor_resets_total{cause="forked"}"#), 1.0);
    assert_eq!(last.rise(&after, r#"parlor_resets_total{cause="start"}"#), 1.0);
    drop(new);
}

async fn neither_ids_nor_names_nor_texts_are_told(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Adalbert").await;
    ada.says("s3cret").await;
    let named = |text: &str| [text.to_owned(), ada.id().to_string(), ada.session.token.clone()];
    let text = read(&stage.node).await.text;
    for word in named("s3cret").iter().chain(&named("Adalbert")).chain(&named("lobby")) {
        assert!(!text.contains(word), "{word} is in the metrics");
    }
    assert!(matches!(ada.mirror.log, LogId::Room(_)));
}

async fn requests_are_counted_by_what_they_ask_for(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    let before = read(&stage.node).await;
    let poll = ada.begins().await;
    ada.says("anyone?").await;
    ada.says("no one.").await;
    ada.asks(&poll).await.unwrap();
    let after = read(&stage.node).await;
    for (kind, rise) in [("command", 2.0), ("long_poll", 1.0), ("short_poll", 1.0)] {
        let name = format!("parlor_requests_total{{kind=\"{kind}\"}}");
        assert_eq!(after.rise(&before, &name), rise, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_does_not_read_is_counted_as_slow() {
    let stage = Stage::new(EngineKind::Embedded).await;
    let session = stage.session("Bob").await;
    let dial = Dial::new(stage.node.url()).unwrap().token(&session.token).unwrap();
    let mut bob = dial.receive_buffer(4_096).connect().await.unwrap();
    bob.next().await.unwrap();
    bob.follow(&crate::cast::lobby_log(), None).await.unwrap();
    let mut ada = stage.guest("Ada").await;
    let before = read(&stage.node).await;
    let long = "x".repeat(parlor_shared::limits::TEXT_SCALARS);
    for _ in 0..600 {
        ada.says(&long).await;
    }
    let slow = r#"parlor_connections_closed_total{code="slow"}"#;
    risen(&stage.node, &before, &[(slow, 1.0)]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_away_is_seen_and_so_is_its_return() {
    let mut stage = Stage::new(EngineKind::Redis).await;
    let mut ada = stage.guest("Ada").await;
    let up = async |stage: &Stage, wanted: f64| {
        eventually("the store is seen to go or come", async || {
            let readings = read(&stage.node).await;
            (readings.value("parlor_engine_up") == wanted).then_some(readings)
        })
        .await
        .unwrap()
    };
    up(&stage, 1.0).await;
    let Store::Redis(server) = &mut stage.store else { panic!("this is about Redis") };
    server.kill().unwrap();
    let before = up(&stage, 0.0).await;
    ada.raw.ask(send(&lobby(), "into the void")).await.unwrap().unwrap_err();
    let after = read(&stage.node).await;
    let failed = r#"parlor_writes_total{kind="message",result="away"}"#;
    assert_eq!(after.rise(&before, failed), 1.0);
    let Store::Redis(server) = &mut stage.store else { panic!("this is about Redis") };
    server.restart().await.unwrap();
    up(&stage, 1.0).await;
}

async fn status(url: &str, header: Option<(&str, &str)>) -> u16 {
    let mut request = reqwest::Client::new().get(format!("{url}/metrics"));
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_port_tells_them_to_this_machine_and_never_through_a_proxy() {
    let store = Store::new(EngineKind::Embedded).await.unwrap();
    let node = Node::start(&store).await.unwrap();
    assert_eq!(status(node.url(), None).await, 200);
    for name in ["x-forwarded-for", "forwarded", "x-real-ip", "via"] {
        assert_eq!(status(node.url(), Some((name, "1.2.3.4"))).await, 404, "{name}");
    }
    node.stop().await.unwrap();
    let public = Some("https://chat.example.org".to_owned());
    for config in
        [Config { behind_proxy: true, ..roomy() }, Config { public_url: public, ..roomy() }]
    {
        let node = Node::start_with(&store, config).await.unwrap();
        assert_eq!(status(node.url(), None).await, 404);
        node.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_of_their_own_tells_them_and_then_the_main_port_does_not() {
    let store = Store::new(EngineKind::Embedded).await.unwrap();
    let address = parlor_tests::free_address().unwrap();
    let config = Config { metrics_listen: Some(address), behind_proxy: true, ..roomy() };
    let node = Node::start_with(&store, config).await.unwrap();
    let own = format!("http://{address}");
    eventually("metrics are told", async || reqwest::get(format!("{own}/metrics")).await.ok())
        .await
        .unwrap();
    assert_eq!(status(&own, Some(("x-forwarded-for", "1.2.3.4"))).await, 200);
    assert_eq!(reqwest::get(format!("{own}/readyz")).await.unwrap().status(), 200);
    assert_eq!(reqwest::get(&own).await.unwrap().status(), 404, "and nothing else");
    assert_eq!(status(node.url(), None).await, 404);
}
