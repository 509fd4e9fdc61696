//! What is kept in the browser, and what happens where it refuses to keep anything.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::KeyboardEventInit;

use crate::{peer::Peer, screen};

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
async fn what_was_not_confirmed_is_sent_again_by_the_next_page_under_the_same_id() {
    let screen = screen::open(Peer::with(&[("Lobby", &["one"])])).await;
    screen.until("the room is there", |screen| screen.row("one").is_some()).await;
    screen.write("hello");
    assert!(screen.enter(&KeyboardEventInit::new()));
    screen.until("it is sent", |screen| screen.peer.sends().len() == 1).await;
    let first = screen.peer.sends();
    rename_the_tab_of_every_record();
    drop(screen);

    let screen = screen::mount(Peer::with(&[("Lobby", &["one"])])).await;
    screen.until("it is sent again", |screen| screen.peer.sends().len() == 1).await;
    assert_eq!(screen.peer.sends(), first);
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
