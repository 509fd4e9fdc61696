//! What was shown and is no longer leaves nothing behind.

use parlor_tests::{EngineKind, Visitor};
use serde::Deserialize;
use serde_json::json;

use crate::House;

/// Goes from room to room, a hundred times, and back to the first.
const CHANGES: &str = "
    const rooms = [...document.querySelectorAll('.rooms [data-testid=room]')];
    const turn_of_the_page = () => new Promise(done => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { port1.close(); done(); };
        port2.postMessage(null);
    });
    const shown = () => document.querySelector('[data-testid=timeline]').dataset.room;
    for (let turn = 1; turn <= 100; turn++) {
        const room = rooms[turn % rooms.length];
        room.click();
        while (!room.href.endsWith(shown())) await turn_of_the_page();
    }";

/// What the browser counts.
#[derive(Deserialize)]
struct Metrics {
    metrics: Vec<Metric>,
}

#[derive(Deserialize)]
struct Metric {
    name: String,
    value: f64,
}

/// Listeners and nodes of the page that are still held, after the browser has cleaned up.
async fn held(visitor: &Visitor) -> (u64, u64) {
    visitor.devtools("Performance.enable", json!({})).await;
    visitor.devtools("HeapProfiler.collectGarbage", json!({})).await;
    let told = visitor.devtools("Performance.getMetrics", json!({})).await;
    let all: Metrics = serde_json::from_value(told).unwrap();
    let of = |name: &str| all.metrics.iter().find(|it| it.name == name).unwrap().value as u64;
    (of("JSEventListeners"), of("Nodes"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_changes_of_room_leave_no_listener_and_no_node_behind() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.is_lit().await;
    ada.makes_room("Garden").await;
    ada.says("a leaf").await;
    ada.sees("a leaf").await;
    ada.shows(".rooms li:first-child [data-testid=room]").await.click().await.unwrap();
    ada.says("one").await;
    ada.sees("one").await;

    ada.runs(CHANGES).await;
    let before = held(&ada).await;
    for _ in 0..10 {
        ada.runs(CHANGES).await;
    }
    let after = held(&ada).await;

    println!("listeners and nodes: {before:?} before, {after:?} after");
    assert!(after.0 <= before.0 + 5 && after.1 <= before.1 + 50, "{before:?}, then {after:?}");
    ada.leaves().await;
}
