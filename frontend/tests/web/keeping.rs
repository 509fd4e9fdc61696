//! What is kept in the browser, and what happens where it refuses to keep anything.

use parlor_page::browser::cache;
use parlor_shared::Outcome;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::KeyboardEventInit;

use crate::{peer::Peer, screen};

/// What is said before the page goes.
const SAID: [&str; 4] = ["alpha", "beta", "gamma", "delta"];

/// Makes every write to storage fail, as a full or forbidden one does, until it is dropped.
struct Refusing;

impl Refusing {
    fn begin() -> Self {
        let script = "globalThis.kept ??= Storage.prototype.setItem;
            Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); };";
        js_sys::eval(script).unwrap();
        Self
    }
}

impl Drop for Refusing {
    fn drop(&mut self) {
        js_sys::eval("Storage.prototype.setItem = globalThis.kept;").unwrap();
    }
}

#[wasm_bindgen_test]
async fn where_the_browser_keeps_nothing_messages_are_sent_and_a_word_is_said() {
    let screen = screen::open(Peer::with(&[("Lobby", &["one"])])).await;
    screen.until("the room is there", |screen| screen.row("one").is_some()).await;
    let refusing = Refusing::begin();

    screen.write("hello");
    assert!(screen.enter(&KeyboardEventInit::new()));
    screen.until("it is sent", |screen| screen.peer.sends().len() == 1).await;
    screen.until("a word is said", |screen| screen.all("notice").len() == 1).await;

    assert_eq!(screen.peer.sends()[0].1, "hello");
    drop(refusing);
}

#[wasm_bindgen_test]
async fn the_next_page_sends_what_was_not_confirmed_in_order_and_under_the_same_ids() {
    let screen = screen::open(Peer::with(&[("Lobby", &["one"])])).await;
    screen.until("the room is there", |screen| screen.row("one").is_some()).await;
    for text in SAID {
        screen.write(text);
        assert!(screen.enter(&KeyboardEventInit::new()));
        screen.until("it shows", |screen| screen.row(text).is_some()).await;
        // One cannot say two things in one millisecond, as a test can.
        screen.settle().await;
    }
    screen.until("the first is sent", |screen| screen.peer.sends().len() == 1).await;
    let first = screen.peer.sends()[0].0;
    rename_the_tab_of_every_record();
    drop(screen);

    let screen = screen::mount(Peer::with(&[("Lobby", &["one"])])).await;
    for sent in 1..=SAID.len() {
        screen.until("the next is sent", |screen| screen.peer.sends().len() == sent).await;
        let (offset, number) = (sent as u64 + 1, Some(sent as u64 + 1));
        let id = screen.peer.sends()[sent - 1].0;
        screen.peer.grants(id, Outcome::Written { offset, number });
    }
    let sends = screen.peer.sends();
    assert_eq!(sends[0].0, first);
    assert_eq!(sends.into_iter().map(|(_, text)| text).collect::<Vec<_>>(), SAID);
}

/// This document lives on, and holds its lock: the records must seem to be of a tab that is dead.
fn rename_the_tab_of_every_record() {
    let script = "for (const key of Object.keys(localStorage)) {
        const parts = key.split('.');
        if (parts[2] !== 'outbox') continue;
        localStorage.setItem([...parts.slice(0, 3), 'gone', parts[4]].join('.'), localStorage.getItem(key));
        localStorage.removeItem(key);
    }";
    js_sys::eval(script).unwrap();
}

#[wasm_bindgen_test]
async fn a_page_without_a_server_shows_the_rooms_the_last_one_kept() {
    let screen = screen::open(Peer::with(&[("Lobby", &["one", "two"]), ("Tea", &["mint"])])).await;
    screen.until("the room is there", |screen| screen.row("two").is_some()).await;
    let kept = async |text: &str| cache::texts("parlor.ada").await.concat().contains(text);
    while !(kept("\"two\"").await && kept("\"mint\"").await) {
        screen.settle().await;
    }
    drop(screen);

    let screen = screen::mount(Peer::away()).await;

    screen.until("the rows are there", |screen| screen.all("row").len() == 2).await;
    assert_eq!(screen.state("two").as_deref(), Some("ink"));
    screen.go("Tea").await;
    assert_eq!(screen.all("row").len(), 1);
    assert!(screen.row("mint").is_some());
}
