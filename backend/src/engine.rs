//! Where logs live. Three small contracts, implemented twice and chosen by configuration at start.
//!
//! The engine knows neither axum nor the hub: what it announces goes to a [`Delivery`].

mod broker;
mod delivery;
mod directory;
pub mod embedded;
mod error;
pub mod log;
mod presence;
pub mod redis;
mod unreadable;

use std::sync::Arc;

pub use broker::{Broker, Change, Expect, Grant, LogTop, Outcome, PageRequest, Target, Write};
pub use delivery::{Announcement, Delivery};
pub use directory::{
    Account, Directory, NAME_HELD_MS, NameOf, NameOutcome, RenameOutcome, RoomOutcome, SESSION_MS,
    SessionToken,
};
pub use error::EngineError;
pub use presence::{Online, Presence};

/// The three contracts of one store, as the node uses them.
#[derive(Clone)]
pub struct Engine {
    /// Logs: write, changes, page, follow.
    pub broker: Arc<dyn Broker>,
    /// Who is connected, on any node.
    pub presence: Arc<dyn Presence>,
    /// Accounts, sessions, names, rooms.
    pub directory: Arc<dyn Directory>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Engine")
    }
}
