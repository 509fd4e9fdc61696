//! The page's own logic in a real browser: its store, its components and its edges, with the far
//! end of the socket in the test. The whole way to a server is `tests/`' affair.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test's helpers fail as loudly as the test"
)]

mod composing;
mod keeping;
mod keys;
mod menus;
mod midnight;
mod naming;
mod peer;
mod rooms;
mod rows;
mod screen;
mod scrolling;
mod shortcuts;
mod switching;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
