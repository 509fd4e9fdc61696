//! Two people at their browsers talk.

use parlor_tests::{EngineKind, Visitor, Wire};

use crate::{House, on_both_engines};

async fn two_browsers_talk_in_a_room(kind: EngineKind) {
    let house = House::open(kind).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    let bob = Visitor::enters(house.node.url(), "Bob").await;

    ada.says("is anybody here?").await;
    bob.sees("is anybody here?").await;
    bob.says("晚上好，Ada").await;

    ada.sees("晚上好，Ada").await;
    ada.sees("is anybody here?").await;
    ada.leaves().await;
    bob.leaves().await;
}

/// Comes in by a way chosen in the settings before.
async fn enters_by(house: &House, name: &str, way: &str) -> Visitor {
    let visitor = Visitor::arrives(Wire::to(house.node.url()).await.unwrap()).await;
    visitor.finds("name").await;
    visitor.look::<()>(&format!("localStorage.setItem('parlor.way', '{way}')")).await;
    visitor.reloads().await;
    visitor.gives(name).await;
    visitor.finds("composer").await;
    visitor
}

/// Two people talk, one is away for a while and comes back, and loads the page again.
async fn they_talk_by(kind: EngineKind, way: &str) {
    let house = House::open(kind).await;
    let ada = enters_by(&house, "Ada", way).await;
    let bob = enters_by(&house, "Bob", way).await;
    ada.says("is anybody here?").await;
    bob.sees("is anybody here?").await;
    bob.says("晚上好，Ada").await;
    ada.sees("晚上好，Ada").await;

    ada.goes_offline().await;
    ada.says("said without a network").await;
    for number in 0..3 {
        bob.says(&format!("while you were away {number}")).await;
    }
    ada.comes_back().await;
    for number in 0..3 {
        ada.sees(&format!("while you were away {number}")).await;
    }
    bob.sees("said without a network").await;

    ada.reloads().await;
    for text in ["is anybody here?", "晚上好，Ada", "said without a network"] {
        ada.sees(text).await;
        bob.sees(text).await;
    }
    ada.leaves().await;
    bob.leaves().await;
}

async fn they_talk_and_come_back_by_a_socket(kind: EngineKind) {
    they_talk_by(kind, "socket").await;
}

async fn they_talk_and_come_back_by_long_polls(kind: EngineKind) {
    they_talk_by(kind, "long").await;
}

async fn they_talk_and_come_back_by_short_polls(kind: EngineKind) {
    they_talk_by(kind, "short").await;
}

async fn a_name_somebody_has_is_refused_in_place_with_a_free_one_to_take(kind: EngineKind) {
    let house = House::open(kind).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;

    let other = Visitor::tries(house.node.url(), "ada").await;
    other.finds("refusal").await;
    other.finds("suggestion").await.click().await.unwrap();
    other.finds("composer").await;

    other.says("the second of my name").await;
    ada.sees("the second of my name").await;
    ada.leaves().await;
    other.leaves().await;
}

on_both_engines!(
    two_browsers_talk_in_a_room,
    they_talk_and_come_back_by_a_socket,
    they_talk_and_come_back_by_long_polls,
    they_talk_and_come_back_by_short_polls,
    a_name_somebody_has_is_refused_in_place_with_a_free_one_to_take
);
