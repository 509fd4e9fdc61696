//! The contract of presence: who is connected, on any node.

use std::collections::HashMap;

use async_trait::async_trait;
use parlor_shared::PersonId;

use super::EngineError;

/// Everybody connected anywhere, with the name they go by.
pub type Online = HashMap<PersonId, String>;

/// Leases of nodes on their people. A node renews its lease every 10 s with all its people; a
/// lease not renewed for 30 s is gone with them. Presence is never durable.
#[async_trait]
pub trait Presence: Send + Sync {
    /// Replaces this node's people and renews its lease.
    ///
    /// # Errors
    /// [`EngineError`] when the store does not answer; the next call says it all again.
    async fn renew(&self, people: Online) -> Result<(), EngineError>;

    /// The people of every node with a lease.
    ///
    /// # Errors
    /// [`EngineError`] when the store does not answer.
    async fn online(&self) -> Result<Online, EngineError>;
}
