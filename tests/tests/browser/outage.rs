//! The server or its Redis goes away, and comes back.

use parlor_tests::{EngineKind, Store, Visitor};

use crate::{House, on_both_engines};

async fn a_killed_server_loses_nothing_that_a_page_was_about_to_say(kind: EngineKind) {
    let mut house = House::open(kind).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.says("before the crash").await;
    ada.sees("before the crash").await;

    house.node.kill().unwrap();
    ada.finds("banner").await;
    ada.says("during the crash").await;
    house.node.restart().await.unwrap();
    ada.is_lit().await;

    ada.sees("before the crash").await;
    ada.sees("during the crash").await;
    ada.leaves().await;
}

on_both_engines!(a_killed_server_loses_nothing_that_a_page_was_about_to_say);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_keeps_a_message_in_pencil_while_redis_is_away_and_inks_it_after() {
    let mut house = House::open(EngineKind::Redis).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.says("before the outage").await;
    ada.sees("before the outage").await;

    let Store::Redis(server) = &mut house.store else { unreachable!("it was asked for") };
    server.kill().unwrap();
    ada.says("during the outage").await;
    ada.sees_as("during the outage", "pencil").await;
    ada.finds("held").await;
    server.restart().await.unwrap();

    ada.sees("during the outage").await;
    ada.sees("before the outage").await;
    ada.leaves().await;
}
