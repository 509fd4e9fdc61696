//! Writing: what an input method composes, what is pasted, what is typed elsewhere.

use parlor_shared::limits::TEXT_SCALARS;
use parlor_tests::{EngineKind, Visitor};
use thirtyfour::Key;

use crate::House;

/// What is written in the composer.
const WRITTEN: &str = "return document.querySelector('[data-testid=composer]').value";

/// Puts a text into the composer that is as much too long as a person may find it.
const A_LONG_TEXT: &str = "
    const field = document.querySelector('[data-testid=composer]');
    field.focus();
    field.value = '长'.repeat(LENGTH);";

async fn ada(house: &House) -> Visitor {
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.is_lit().await;
    ada
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn enter_ends_what_an_input_method_composes_and_only_the_next_one_sends() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = ada(&house).await;
    ada.clicks("composer").await;
    for syllables in ["n", "ni", "ni h", "ni hao"] {
        ada.composes(syllables).await;
    }

    ada.enters_what_is_composed().await;
    assert_eq!(ada.look::<String>(WRITTEN).await, "ni hao");
    ada.commits("你好").await;
    assert_eq!(ada.look::<String>(WRITTEN).await, "你好");
    assert!(ada.rows().await.is_empty(), "nothing is said yet");

    ada.presses(Key::Enter).await;
    ada.sees("你好").await;
    assert_eq!(ada.look::<String>(WRITTEN).await, "");
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paste_over_the_limit_is_kept_whole_and_counted_and_not_sent() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = ada(&house).await;
    ada.finds("composer").await;
    let length = TEXT_SCALARS + 7;
    ada.look::<()>(&A_LONG_TEXT.replace("LENGTH", &length.to_string())).await;
    for command in ["selectAll", "cut", "paste"] {
        ada.edits(command).await;
    }

    let counter = ada.shows("[data-testid=counter][data-over]").await.text().await.unwrap();
    assert!(counter.contains('7'), "{counter}");
    ada.presses(Key::Enter).await;
    assert_eq!(ada.look::<String>(WRITTEN).await.chars().count(), length);
    assert!(ada.rows().await.is_empty(), "it is not sent");

    for _ in 0..7 {
        ada.presses(Key::Backspace).await;
    }
    ada.presses(Key::Enter).await;
    ada.shows("[data-state=ink]").await;
    assert_eq!(ada.look::<String>(WRITTEN).await, "");
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_typed_goes_to_the_composer_but_not_while_a_dialog_is_open() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = ada(&house).await;
    ada.clicks("room-title").await;
    let elsewhere = "return document.activeElement === document.body";
    ada.until("the composer has not the focus", elsewhere).await;

    ada.types("hello 你").await;
    assert_eq!(ada.look::<String>(WRITTEN).await, "hello 你");

    ada.look::<()>("document.activeElement.blur()").await;
    ada.look::<()>("document.querySelector('#broke').showModal()").await;
    ada.types("lost").await;
    assert_eq!(ada.look::<String>(WRITTEN).await, "hello 你");
    ada.leaves().await;
}
