//! Two people at their browsers talk.

use parlor_tests::{EngineKind, Visitor};

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
    a_name_somebody_has_is_refused_in_place_with_a_free_one_to_take
);
