//! How an engine tells its node what happened.

use parlor_shared::{Entry, LogId};

/// Something the engine heard.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "nearly every announcement is an entry")]
pub enum Announcement {
    /// A followed log changed. May come twice, late, out of order or not at all: the node sorts
    /// entries by offset, ignores what it has, and reads the changes where one is missing.
    Entry(Entry),
    /// Announcements of this log may have been missed (the link was cut, the store changed hands):
    /// read its changes.
    Doubt(LogId),
}

/// Where announcements go. Given to the engine when it is opened.
pub trait Delivery: Send + Sync {
    /// Takes one announcement. Never blocks and never waits for a client.
    fn deliver(&self, announcement: Announcement);
}
