//! Several tabs of one person: whatever becomes of the one that holds what is unsent, it is sent once.

use parlor_tests::{Actor, EngineKind, Visitor};
use thirtyfour::WindowHandle;

use crate::House;

/// Ada with two tabs and without a network; the first of them, which is in front, holds a message.
async fn two_tabs(house: &House) -> (Visitor, Actor, WindowHandle, WindowHandle) {
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    let first = ada.tab().await;
    let second = ada.opens_a_tab().await;
    ada.finds("composer").await;
    ada.is_lit().await;
    ada.goes_to(&first).await;
    ada.is_lit().await;
    ada.goes_offline().await;
    ada.says("held by the first tab").await;
    ada.sees_as("held by the first tab", "pencil").await;
    (ada, bob, first, second)
}

fn times_said(bob: &Actor) -> usize {
    bob.texts().iter().filter(|text| *text == "held by the first tab").count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_tab_held_is_sent_once_by_the_other() {
    let house = House::open(EngineKind::Embedded).await;
    let (ada, bob, _, second) = two_tabs(&house).await;

    ada.tab_crashes(&second).await;
    ada.comes_back().await;

    ada.sees("held by the first tab").await;
    bob.sees("held by the first tab").await.unwrap();
    ada.says("afterwards").await;
    bob.sees("afterwards").await.unwrap();
    assert_eq!(times_said(&bob), 1);
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_frozen_tab_held_is_sent_by_the_other_and_not_again_once_it_thaws() {
    let house = House::open(EngineKind::Embedded).await;
    let (ada, bob, first, second) = two_tabs(&house).await;

    ada.tab_is("frozen").await;
    ada.goes_to(&second).await;
    ada.comes_back().await;
    ada.sees("held by the first tab").await;
    bob.sees("held by the first tab").await.unwrap();

    ada.goes_to(&first).await;
    ada.tab_is("active").await;
    ada.is_lit().await;
    ada.sees("held by the first tab").await;
    ada.says("afterwards").await;
    bob.sees("afterwards").await.unwrap();
    assert_eq!(times_said(&bob), 1);
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_of_the_only_page_keeps_what_was_unsent_for_the_next() {
    let house = House::open(EngineKind::Embedded).await;
    let (ada, bob, first, second) = two_tabs(&house).await;
    ada.goes_to(&second).await;
    ada.closes_the_page().await;
    ada.goes_to(&first).await;

    ada.tab_crashes(&second).await;
    ada.wire.mend();
    ada.opens_the_page().await;

    ada.sees("held by the first tab").await;
    bob.sees("held by the first tab").await.unwrap();
    assert_eq!(times_said(&bob), 1);
    ada.leaves().await;
}
