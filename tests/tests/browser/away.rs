//! Somebody was away while the others talked on.

use parlor_shared::RoomId;
use parlor_tests::{Actor, EngineKind, Visitor, eventually};

use crate::{House, on_both_engines};

/// A third person at a browser who saw "before", and somebody who talks on while they are away.
async fn gathering(house: &House) -> (Visitor, Actor) {
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let carol = Visitor::enters(house.node.url(), "Carol").await;
    bob.says("before");
    carol.sees("before").await;
    carol.goes_offline().await;
    (carol, bob)
}

/// Says `message 1` to `message <count>`, each time no more than an outbox takes.
async fn goes_on(bob: &Actor, count: u64) -> Vec<String> {
    let texts: Vec<String> = (1..=count).map(|n| format!("message {n}")).collect();
    let mut said = 1;
    for some in texts.chunks(100) {
        for text in some {
            bob.says(text);
        }
        said += some.len() as u64;
        bob.until("so much is said", |client| {
            let lobby = client.chat().room(&RoomId::lobby());
            lobby.is_some_and(|room| room.timeline().last_number() == said)
        })
        .await
        .unwrap();
    }
    texts
}

async fn who_was_offline_during_30_messages_gets_them_in_order_once_under_the_new_line(
    kind: EngineKind,
) {
    let house = House::open(kind).await;
    let (carol, bob) = gathering(&house).await;
    let said = goes_on(&bob, 30).await;

    carol.comes_back().await;

    carol.sees("message 30").await;
    assert_eq!(carol.news().await, said);
    let all: Vec<String> = carol.rows().await.into_iter().map(|(text, _)| text).collect();
    assert_eq!(all, [vec!["before".to_owned()], said].concat());
    assert!(!carol.has("not-kept").await);
    carol.leaves().await;
}

async fn who_was_offline_during_250_messages_gets_the_last_100_and_is_told_of_150_not_kept(
    kind: EngineKind,
) {
    let house = House::open(kind).await;
    let (carol, bob) = gathering(&house).await;
    let said = goes_on(&bob, 250).await;

    carol.comes_back().await;

    carol.sees("message 250").await;
    let edge = carol.finds("not-kept").await.text().await.unwrap();
    assert!(edge.contains("150"), "{edge}");
    let kept = eventually("the last 100 stand", async || {
        let all: Vec<String> = carol.rows().await.into_iter().map(|(text, _)| text).collect();
        let kept: Vec<String> = all.into_iter().filter(|text| text != "before").collect();
        (kept.len() >= 100).then_some(kept)
    })
    .await
    .unwrap();
    assert_eq!(kept, said.get(150..).unwrap());
    carol.leaves().await;
}

async fn what_was_said_offline_is_sent_once_the_network_is_back(kind: EngineKind) {
    let house = House::open(kind).await;
    let (carol, bob) = gathering(&house).await;

    carol.says("from the tunnel").await;
    carol.sees_as("from the tunnel", "pencil").await;
    carol.comes_back().await;

    carol.sees("from the tunnel").await;
    bob.sees("from the tunnel").await.unwrap();
    carol.leaves().await;
}

on_both_engines!(
    who_was_offline_during_30_messages_gets_them_in_order_once_under_the_new_line,
    who_was_offline_during_250_messages_gets_the_last_100_and_is_told_of_150_not_kept,
    what_was_said_offline_is_sent_once_the_network_is_back
);
