//! The page `/transports`: one conversation over short polling, long polling and WebSocket at once,
//! measured in the visitor's own browser.

use parlor_page::browser::element::{Element, el, mount};

fn main() {
    if let Some(body) = leptos::prelude::document().body() {
        // The page is there for as long as the tab.
        std::mem::forget(mount(&body, page));
    }
}

fn page() -> Element {
    el("main").class("lesson").child(el("h1").text("Transports"))
}
