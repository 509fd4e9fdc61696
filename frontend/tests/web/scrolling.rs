//! The view stays where it is held, whatever happens around it.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, KeyboardEventInit};

use crate::{
    peer::{Peer, bob, message},
    screen::{self, Screen},
};

/// A page with 120 messages of Bob's in the lobby, the last 50 of them loaded, at their end.
async fn long_room() -> Screen {
    let said: Vec<String> = (1..=120).map(|number| format!("line {number}.")).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let screen = screen::open(Peer::with(&[("Lobby", &said)])).await;
    screen.dress();
    screen.until("the last message shows", |screen| screen.row("line 120.").is_some()).await;
    screen.until("the view is at the end", |screen| to_end(&screen.scroller()) < 1.0).await;
    screen
}

/// Moves the view up, and names a message in it with its place.
async fn look_up(screen: &Screen) -> (Element, f64) {
    let scroller = screen.scroller();
    scroller.set_scroll_top(scroller.scroll_height() / 2);
    // A scroll is told with the next frame, which a busy machine draws late.
    screen.until("the page has noticed", |screen| screen.one("jump").is_some()).await;
    screen.settle().await;
    let edge = scroller.get_bounding_client_rect().top();
    let below = |row: &web_sys::HtmlElement| row.get_bounding_client_rect().top() > edge;
    let row: Element = screen.all("row").into_iter().find(below).unwrap().into();
    let top = row.get_bounding_client_rect().top();
    (row, top)
}

fn moved((row, top): &(Element, f64)) -> f64 {
    (row.get_bounding_client_rect().top() - top).abs()
}

fn to_end(scroller: &Element) -> f64 {
    f64::from(scroller.scroll_height() - scroller.scroll_top() - scroller.client_height())
}

#[wasm_bindgen_test]
async fn at_the_end_the_view_follows_what_comes() {
    let screen = long_room().await;
    screen.peer.announces("lobby", message(121, 121, &bob(), "the latest"));
    screen.until("it shows", |screen| screen.row("the latest").is_some()).await;
    screen.settle().await;
    assert!(to_end(&screen.scroller()) < 1.0);
}

#[wasm_bindgen_test]
async fn further_up_the_view_stays_when_messages_come_below() {
    let screen = long_room().await;
    let held = look_up(&screen).await;
    screen.peer.announces("lobby", message(121, 121, &bob(), "the latest"));
    screen.until("it is there", |screen| screen.row("the latest").is_some()).await;
    screen.settle().await;
    assert!(moved(&held) < 1.0, "moved by {}", moved(&held));
    assert!(to_end(&screen.scroller()) > 50.0);
}

#[wasm_bindgen_test]
async fn what_one_says_oneself_brings_the_view_to_the_end() {
    let screen = long_room().await;
    look_up(&screen).await;
    screen.write("mine");
    assert!(screen.enter(&KeyboardEventInit::new()));
    screen.until("it shows", |screen| screen.row("mine").is_some()).await;
    screen.until("the view is at the end", |screen| to_end(&screen.scroller()) < 1.0).await;
}

#[wasm_bindgen_test]
async fn a_room_opens_at_the_new_line_also_when_it_lies_beyond_the_first_page() {
    let said: Vec<String> = (1..=120).map(|number| format!("line {number}.")).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let screen = screen::open(Peer::with(&[("Lobby", &said)]).read_up_to(40)).await;
    screen.dress();
    screen.until("the last message shows", |screen| screen.row("line 120.").is_some()).await;
    let first_new = |screen: &Screen| {
        screen.peer.tells_history();
        let line = screen.one("new-line")?.get_bounding_client_rect();
        let view = screen.scroller().get_bounding_client_rect();
        let seen = line.top() >= view.top() && line.bottom() <= view.bottom();
        (seen && screen.row("line 41.").is_some()).then_some(())
    };
    screen.until("the line is in view", |screen| first_new(screen).is_some()).await;
}

#[wasm_bindgen_test]
async fn the_view_stays_when_older_messages_come_above() {
    let screen = long_room().await;
    let held = look_up(&screen).await;
    let rows = screen.all("row").len();
    screen.until("older ones are asked for", |screen| screen.peer.tells_history() > 0).await;
    screen.until("older ones are there", |screen| screen.all("row").len() > rows).await;
    screen.settle().await;
    assert!(moved(&held) < 1.0, "moved by {}", moved(&held));
}

#[wasm_bindgen_test]
async fn the_view_stays_when_a_message_above_grows() {
    let screen = long_room().await;
    let held = look_up(&screen).await;
    let tall = "tall\n".repeat(8);
    screen.peer.announces("lobby", message(72, 121, &bob(), &tall));
    screen.until("it is taller", |screen| screen.row("tall").is_some()).await;
    screen.settle().await;
    assert!(moved(&held) < 1.0, "moved by {}", moved(&held));
}

#[wasm_bindgen_test]
async fn the_view_stays_when_the_composer_grows() {
    let screen = long_room().await;
    let held = look_up(&screen).await;
    screen.write("a\nb\nc\nd\ne");
    screen.settle().await;
    assert!(moved(&held) < 1.0, "moved by {}", moved(&held));
}

#[wasm_bindgen_test]
async fn at_the_end_the_view_stays_there_when_the_composer_grows() {
    let screen = long_room().await;
    screen.write("a\nb\nc\nd\ne");
    screen.settle().await;
    assert!(to_end(&screen.scroller()) < 1.0);
}
