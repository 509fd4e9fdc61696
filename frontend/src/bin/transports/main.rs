//! The page `/transports`: one conversation over short polling, long polling and WebSocket at once,
//! measured in the visitor's own browser.

mod card;
mod carrier;
mod figures;
mod follower;
mod lesson;
mod page;
mod room;
mod run;
mod speech;
mod stage;
mod status;
mod strip;
mod summary;
mod tally;
mod transport;
mod trouble;
mod words;

use parlor_page::browser::{broken, element::mount};

fn main() {
    broken::watch();
    if let Some(body) = leptos::prelude::document().body() {
        // The page is there for as long as the tab.
        std::mem::forget(mount(&body, page::page));
    }
}

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
