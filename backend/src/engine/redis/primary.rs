//! One primary of the store, and which slots are whose.

use std::{ops::RangeInclusive, sync::Arc};

use super::{connection::Connection, replication::Replication, subscriber::Subscriber};

/// One primary: its two connections.
#[derive(Debug)]
pub(super) struct Primary {
    /// Its `host:port`.
    pub(super) address: String,
    /// For commands.
    pub(super) connection: Connection,
    /// For announcements.
    pub(super) subscriber: Subscriber,
    /// Its replicas, if they are waited for.
    pub(super) replication: Option<Replication>,
}

/// Slots and the primary that has them; gaps are possible while a cluster is in trouble.
pub(super) type Owners = Vec<(RangeInclusive<u16>, Arc<Primary>)>;

/// The primary that has a slot among `owners`.
pub(super) fn owner(owners: &Owners, slot: u16) -> Option<Arc<Primary>> {
    let found = owners.iter().find(|(slots, _)| slots.contains(&slot));
    found.map(|(_, primary)| Arc::clone(primary))
}
