//! kill -9 under load: what anybody saw confirmed is there afterwards, once, in one order for all.

mod load;

use parlor_tests::{EngineKind, NodeProcess, Store};

use crate::{on_both_engines, stop::SERVER};
use load::Load;

on_both_engines!(twenty_kills_under_load_lose_and_repeat_nothing);

const ROUNDS: usize = 20;
/// Messages confirmed in a round before the kill.
const CONFIRMED: usize = 30;

async fn twenty_kills_under_load_lose_and_repeat_nothing(kind: EngineKind) {
    let mut store = Store::new(kind).await.unwrap();
    let mut node = NodeProcess::start(SERVER, &store, 100_000).await.unwrap();
    let mut load = Load::new(node.url()).await.unwrap();
    for round in 0..ROUNDS {
        let running = load.start(CONFIRMED).await.unwrap();
        node.kill().unwrap();
        // Every other time the store's own server crashes as well.
        if let (Store::Redis(server), 1) = (&mut store, round % 2) {
            server.restart().await.unwrap();
        }
        running.ends(&mut load).await;
        node.restart().await.unwrap();
        load.check().await.unwrap();
    }
    let (confirmed, there) = load.totals();
    assert!(confirmed >= ROUNDS * CONFIRMED, "{confirmed} confirmed");
    assert!(there >= confirmed, "{there} of {confirmed} are there");
}
