//! Going from room to room, again and again.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    peer::{Peer, listeners},
    screen,
};

/// How often the room is changed.
const TIMES: usize = 500;

#[wasm_bindgen_test]
async fn changing_rooms_leaves_nothing_behind() {
    let rooms: &[(&str, &[&str])] = &[("Lobby", &["one", "two"]), ("Garden", &["leaf", "tree"])];
    let screen = screen::open(Peer::with(rooms)).await;
    for name in ["Lobby", "Garden", "Lobby"] {
        screen.go(name).await;
        screen.settle().await;
    }
    let before = (screen.elements(), listeners());

    for _ in 0..TIMES {
        screen.go("Garden").await;
        screen.go("Lobby").await;
    }
    screen.until("the rows are there", |screen| screen.row("two").is_some()).await;
    screen.settle().await;

    assert_eq!((screen.elements(), listeners()), before);
}

#[wasm_bindgen_test]
async fn a_room_without_messages_shows_its_beginning() {
    let screen = screen::open(Peer::with(&[("Lobby", &[])])).await;
    screen.until("the room's beginning shows", |screen| screen.one("start").is_some()).await;
    assert!(screen.one("gap").is_none(), "nothing is loading any more");
    let said = screen.one("start").and_then(|start| start.text_content()).unwrap_or_default();
    let port = leptos::prelude::window().location().port().unwrap();
    assert!(said.contains(&format!("port {port}")), "how others come in: {said}");
}

#[wasm_bindgen_test]
async fn the_list_of_rooms_tells_what_was_said_last() {
    let rooms: &[(&str, &[&str])] = &[("Lobby", &["one", "two"]), ("Garden", &[])];
    let screen = screen::open(Peer::with(rooms)).await;
    screen.until("the rows are there", |screen| screen.row("two").is_some()).await;
    let last = |room: &web_sys::HtmlElement| {
        room.query_selector(".last").ok().flatten().and_then(|last| last.text_content())
    };
    let told = |screen: &screen::Screen| -> Vec<_> {
        screen.all("room").iter().map(|room| last(room).unwrap_or_default()).collect()
    };
    screen.until("both rooms are told of", |screen| told(screen) == ["Bob: two", ""]).await;
}

#[wasm_bindgen_test]
async fn a_page_that_is_taken_away_stops_listening() {
    drop(screen::open(Peer::with(&[("Lobby", &["one"])])).await);
    let before = listeners();
    let screen = screen::open(Peer::with(&[("Lobby", &["one"])])).await;
    screen.until("the room is there", |screen| screen.row("one").is_some()).await;
    assert!(listeners() > before, "the page listens while it is there");
    drop(screen);
    assert_eq!(listeners(), before);
}
