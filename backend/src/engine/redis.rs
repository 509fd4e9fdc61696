//! The engine on Redis 7.0 or later, or Valkey: many nodes share one store.
//!
//! One connection for commands and one for announcements to every primary, whatever the number of
//! clients; whatever must happen at once happens in one Lua script.

mod address;
mod backoff;
mod broker;
mod checks;
mod cluster;
mod connection;
mod directory;
mod error;
mod examine;
mod keys;
mod presence;
mod primaries;
mod primary;
mod replication;
mod scripts;
mod sentinel;
mod slot;
mod subscriber;
mod upkeep;
mod whereabouts;

use std::{sync::Arc, time::Duration};

pub use examine::{Examined, examine};

use self::{
    broker::RedisBroker, directory::RedisDirectory, keys::Keys, presence::RedisPresence,
    primaries::Primaries,
};
use super::{Delivery, Engine, EngineError};

/// How long one call to the store may take in all; beyond it nobody knows whether it was done.
const CALL: Duration = Duration::from_secs(5);
/// How long a node waits for its store when it starts.
const START: Duration = Duration::from_secs(15);

/// Connects to the store at `url` and keeps to keys that begin with `prefix`. Returns once every
/// primary answers and is checked; from then on, lost links come back by themselves.
///
/// # Errors
/// [`EngineError::Away`], naming the URL without its password, when the URL cannot be used, the
/// store does not answer within 15 s, or it is older than Redis 7.0.
pub async fn connect(
    url: &str,
    prefix: &str,
    delivery: Arc<dyn Delivery>,
) -> Result<Engine, EngineError> {
    connect_and_wait(url, prefix, 0, delivery).await
}

/// The same; each write is confirmed once so many `replicas` have it, which narrows what a fail-over
/// can lose. Where they do not within 3 s, it is [`EngineError::Timeout`]: it was written, others may
/// have heard of it, and the same again waits again.
///
/// # Errors
/// As for [`connect`].
pub async fn connect_and_wait(
    url: &str,
    prefix: &str,
    replicas: u32,
    delivery: Arc<dyn Delivery>,
) -> Result<Engine, EngineError> {
    let address = address::parse(url)?;
    // Fails only where one was chosen before, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let keys = Arc::new(Keys::new(prefix)?);
    let primaries = Primaries::connect(address, Arc::clone(&keys), delivery, replicas).await?;
    let primaries = Arc::new(primaries);
    whereabouts::keep_informed(&primaries);
    checks::run(&primaries).await?;
    Ok(Engine {
        broker: Arc::new(RedisBroker::new(Arc::clone(&primaries), Arc::clone(&keys))),
        presence: Arc::new(RedisPresence::new(Arc::clone(&primaries), Arc::clone(&keys))?),
        directory: Arc::new(RedisDirectory::new(primaries, keys)),
    })
}
