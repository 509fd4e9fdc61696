//! The page was loaded once, and from then on there is no network.

use parlor_tests::{Actor, EngineKind, Visitor};

use crate::{House, on_both_engines};

/// Whether the service worker holds the page, and what is in the rooms is kept.
const ALL_IS_KEPT: &str = "
    await navigator.serviceWorker.ready;
    const held = async (text) => {
        for (const name of await caches.keys())
            for (const kept of await (await caches.open(name)).matchAll())
                if (kept.url === '' && (await kept.text()).includes(text)) return true;
        return false;
    };
    while (!(await held('tea is ready') && await held('welcome, all')))
        await new Promise((done) => setTimeout(done, 50));";

/// The texts of the rows, from the top.
async fn texts(visitor: &Visitor) -> Vec<String> {
    visitor.rows().await.into_iter().map(|(text, _)| text).collect()
}

async fn a_page_loaded_once_works_without_a_network_from_start_to_finish(kind: EngineKind) {
    let house = House::open(kind).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    bob.says("welcome, all");
    let carol = Visitor::enters(house.node.url(), "Carol").await;
    carol.sees("welcome, all").await;
    carol.makes_room("Kitchen").await;
    carol.says("tea is ready").await;
    carol.sees("tea is ready").await;
    carol.runs(ALL_IS_KEPT).await;

    carol.wire.cut();
    carol.reloads().await;
    let first = carol.tab().await;
    carol.turns_to("Lobby").await;
    carol.sees("welcome, all").await;
    carol.says("lobby 1").await;
    carol.turns_to("Kitchen").await;
    carol.sees("tea is ready").await;
    for text in ["kitchen 1", "kitchen 2"] {
        carol.says(text).await;
    }
    let other = carol.opens_a_tab().await;
    carol.goes_to(&first).await;
    carol.tab_crashes(&other).await;
    carol.turns_to("Kitchen").await;
    carol.sees_as("kitchen 2", "pencil").await;
    carol.says("kitchen 3").await;
    carol.turns_to("Lobby").await;
    for text in ["lobby 2", "lobby 3"] {
        carol.says(text).await;
        carol.sees_as(text, "pencil").await;
    }
    assert_eq!(texts(&carol).await, ["welcome, all", "lobby 1", "lobby 2", "lobby 3"]);

    carol.comes_back().await;

    for text in ["lobby 1", "lobby 2", "lobby 3"] {
        carol.sees(text).await;
        bob.sees(text).await.unwrap();
    }
    assert_eq!(texts(&carol).await, ["welcome, all", "lobby 1", "lobby 2", "lobby 3"]);
    carol.turns_to("Kitchen").await;
    for text in ["kitchen 1", "kitchen 2", "kitchen 3"] {
        carol.sees(text).await;
    }
    assert_eq!(texts(&carol).await, ["tea is ready", "kitchen 1", "kitchen 2", "kitchen 3"]);
    carol.leaves().await;
}

on_both_engines!(a_page_loaded_once_works_without_a_network_from_start_to_finish);
