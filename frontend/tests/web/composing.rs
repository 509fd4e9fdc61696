//! The composer: which Enter sends, and where a draft stays.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::KeyboardEventInit;

use crate::{peer::Peer, screen};

#[wasm_bindgen_test]
async fn enter_sends_but_not_while_an_input_method_composes() {
    let screen = screen::open(Peer::with(&[("Lobby", &["one"])])).await;
    screen.until("the room is there", |screen| screen.row("one").is_some()).await;
    screen.write("nihao");
    let composing = KeyboardEventInit::new();
    composing.set_is_composing(true);
    let late = KeyboardEventInit::new();
    late.set_key_code(229);
    let shift = KeyboardEventInit::new();
    shift.set_shift_key(true);

    for init in [composing, late, shift] {
        assert!(!screen.enter(&init), "the browser keeps this Enter");
    }
    screen.settle().await;
    assert!(screen.peer.sends().is_empty());
    assert_eq!(screen.written().as_deref(), Some("nihao"));

    assert!(screen.enter(&KeyboardEventInit::new()));
    screen.until("it is sent", |screen| screen.peer.sends().len() == 1).await;
    assert_eq!(screen.written().as_deref(), Some(""));
}

#[wasm_bindgen_test]
async fn a_draft_stays_with_its_room() {
    let rooms: &[(&str, &[&str])] = &[("Lobby", &["one"]), ("Garden", &["leaf"])];
    let screen = screen::open(Peer::with(rooms)).await;
    screen.go("Lobby").await;
    screen.write("half a thought");

    screen.go("Garden").await;
    screen.until("the field is empty", |screen| screen.written().as_deref() == Some("")).await;
    screen.until("a pencil marks the lobby", |screen| screen.all("draft").len() == 1).await;
    screen.go("Lobby").await;

    let back = |text: &str| text == "half a thought";
    screen.until("it is back", |screen| screen.written().as_deref().is_some_and(back)).await;
}

#[wasm_bindgen_test]
async fn a_draft_survives_the_page() {
    let screen = screen::open(Peer::with(&[("Lobby", &["one"])])).await;
    screen.until("the room is there", |screen| screen.row("one").is_some()).await;
    screen.write("half a thought");
    drop(screen);

    let screen = screen::mount(Peer::with(&[("Lobby", &["one"])])).await;
    let back = |text: &str| text == "half a thought";
    screen.until("it is back", |screen| screen.written().as_deref().is_some_and(back)).await;
}
