//! Real people's browsers on a real server in a process of its own, every scenario on both engines.
//!
//! The server is the release binary with the page inside, which `cargo xtask test` builds and names
//! in `PARLOR_BIN`.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod accessible;
mod airplane;
mod aloud;
mod away;
mod banner;
mod blocked;
mod broken;
mod composing;
mod disposal;
mod folding;
mod keyboard;
mod lan;
mod long_history;
mod name;
mod notifying;
mod outage;
mod scrolling;
mod settings;
mod small_things;
mod tabs;
mod talk;
mod transports;
mod update;
mod words;

use parlor_tests::on_both_engines;

/// A server with its page, on a store of its own.
struct House {
    store: parlor_tests::Store,
    node: parlor_tests::NodeProcess,
}

impl House {
    /// The server with its page.
    fn binary() -> String {
        std::env::var("PARLOR_BIN").expect("run by `cargo xtask test`")
    }

    async fn open(kind: parlor_tests::EngineKind) -> Self {
        Self::keeping(kind, 100).await
    }

    /// One whose rooms keep so many messages.
    async fn keeping(kind: parlor_tests::EngineKind, keep: u32) -> Self {
        let store = parlor_tests::Store::new(kind).await.unwrap();
        let node = parlor_tests::NodeProcess::start(&Self::binary(), &store, keep).await.unwrap();
        Self { store, node }
    }
}
