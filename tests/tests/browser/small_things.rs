//! What is read by looking, taken back and undone, copied, and asked for by a finger that rests.

use parlor_shared::RoomId;
use parlor_tests::{Actor, Device, EngineKind, Visitor, eventually};
use serde_json::json;

use crate::House;

/// So long, in milliseconds of the page, a glance would have had to last twice over.
const TWO_LOOKS: &str = "await new Promise(done => setTimeout(done, 2500))";

/// Presses the last of these.
const PRESS_LAST: &str = "[...document.querySelectorAll('[data-testid=WHICH]')].at(-1).click()";

/// Marks everything from the first message to the last.
const MARK_ALL: &str = "
    const texts = [...document.querySelectorAll('[data-testid=text]')];
    getSelection().setBaseAndExtent(texts[0], 0, texts.at(-1), texts.at(-1).childNodes.length)";

const WRITTEN: &str = "return document.querySelector('[data-testid=composer]').value";

/// Where the last message is.
const PLACE: &str = "
    const place = [...document.querySelectorAll('[data-testid=text]')].at(-1).getBoundingClientRect();
    return [place.left + 20, place.top + place.height / 2]";

async fn presses_last(visitor: &Visitor, which: &str) {
    visitor.look::<()>(&PRESS_LAST.replace("WHICH", which)).await;
}

/// How far a person has read the lobby, by what another device of theirs is told.
fn read_of(device: &Actor) -> u64 {
    device.look(|client| client.chat().room(&RoomId::lobby()).map_or(0, |room| room.read()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_looked_at_for_a_second_is_read_on_every_device_and_nothing_else_is() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    let phone = ada.on_another_device(house.node.url()).await;
    let reads = async |number: u64| {
        eventually("it is read on the phone", async || (read_of(&phone) == number).then_some(()))
            .await
            .unwrap();
    };
    bob.says("one");
    ada.sees("one").await;
    reads(1).await;

    ada.looks_away().await;
    bob.says("two");
    ada.sees("two").await;
    ada.runs(TWO_LOOKS).await;
    assert_eq!(read_of(&phone), 1, "nobody has looked");

    ada.looks_again().await;
    reads(2).await;
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_taken_back_can_be_undone_and_is_gone_at_once_when_the_room_is_left() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.makes_room("Attic").await;
    ada.turns_to("Lobby").await;
    ada.says("a slip").await;
    ada.sees("a slip").await;

    presses_last(&ada, "delete").await;
    ada.clicks("undo").await;
    ada.sees("a slip").await;
    // Longer than the six seconds that a thought may take.
    ada.runs("await new Promise(done => setTimeout(done, 7000))").await;
    assert_eq!(bob.texts(), ["a slip"]);

    presses_last(&ada, "delete").await;
    ada.finds("undo").await;
    ada.turns_to("Attic").await;
    // What would have to wait now is never sent.
    ada.closes_the_page().await;
    bob.until("it is gone", |client| {
        let rows = client.chat().rows(&RoomId::lobby(), &|_| 0);
        rows.iter().any(|(_, row)| row.message().is_some_and(|message| message.deleted))
    })
    .await
    .unwrap();
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_messages_are_copied_with_who_said_them_and_when() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    bob.says("where is the key?");
    ada.sees("where is the key?").await;
    ada.says("under the mat").await;
    ada.sees("under the mat").await;

    ada.look::<()>("document.activeElement.blur()").await;
    ada.look::<()>(MARK_ALL).await;
    ada.edits("copy").await;
    ada.finds("composer").await.click().await.unwrap();
    ada.edits("paste").await;

    let written = eventually("it is pasted", async || {
        let written: String = ada.look(WRITTEN).await;
        (!written.is_empty()).then_some(written)
    });
    let written = written.await.unwrap();
    let shape: Vec<String> = written
        .lines()
        .map(|line| line.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect())
        .collect();
    assert_eq!(shape, ["Bob 00:00 where is the key?", "Ada 00:00 under the mat"], "{written}");
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finger_that_rests_on_a_message_opens_a_sheet_with_wide_targets() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.says("under the mat").await;
    ada.sees("under the mat").await;
    ada.holds(Device::Phone).await;
    let (x, y): (f64, f64) = ada.look(PLACE).await;

    let finger = json!({"type": "touchStart", "touchPoints": [{"x": x, "y": y}]});
    ada.devtools("Input.dispatchTouchEvent", finger).await;
    ada.finds("message-menu").await;
    ada.devtools("Input.dispatchTouchEvent", json!({"type": "touchEnd", "touchPoints": []})).await;
    let heights: Vec<f64> = ada
        .look(
            "return [...document.querySelectorAll('[data-testid=message-menu] button')]
                .map(button => button.getBoundingClientRect().height)",
        )
        .await;
    assert!(heights.len() == 3 && heights.iter().all(|height| *height >= 44.0), "{heights:?}");
    ada.clicks("menu-edit").await;
    ada.finds("edit-field").await;
    ada.leaves().await;
}
