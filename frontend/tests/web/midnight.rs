//! What changes when a day ends while the page is open.

use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    keys::tell,
    peer::{Peer, TIME},
    screen::{self, Screen},
};

/// Sets the browser's clock to a moment, from which it goes on; nothing for the true one.
fn clock(at: Option<u64>) {
    let set = "
        globalThis.TrueDate ??= Date;
        globalThis.Date = class extends TrueDate {
            constructor(...given) { given.length ? super(...given) : super(Date.now()); }
            static now() { return TrueDate.now() + Date.ahead; }
        };
        Date.ahead = AT - TrueDate.now();";
    let script = match at {
        Some(at) => set.replace("AT", &at.to_string()),
        None => "globalThis.Date = globalThis.TrueDate".to_owned(),
    };
    js_sys::eval(&script).unwrap();
}

#[wasm_bindgen_test]
async fn today_becomes_yesterday_at_midnight_without_a_reload() {
    clock(Some(TIME + 60_000));
    let screen = screen::open(Peer::with(&[("Lobby", &["one"])])).await;
    let day = |screen: &Screen| screen.one("day").and_then(|day| day.text_content());
    screen.until("it was said today", |screen| day(screen).as_deref() == Some("Today")).await;

    clock(Some(TIME + 86_400_000));
    // The page looks every few seconds, and at once when it gets the keyboard back.
    tell(&window(), "focus");
    screen.until("that is yesterday", |screen| day(screen).as_deref() == Some("Yesterday")).await;
    drop(screen);
    clock(None);
}
