//! Where a test's nodes keep their logs: a store of its own, on either engine.

use std::path::PathBuf;

use anyhow::Result;
use tempfile::TempDir;

use crate::{Fsync, RedisServer};

/// Which engine a scenario runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineKind {
    /// redb in a directory.
    Embedded,
    /// A Redis server that syncs before each answer.
    Redis,
}

/// A store that outlives the nodes on it. Dropping it removes everything.
#[derive(Debug)]
pub enum Store {
    /// The data directory.
    Embedded(TempDir),
    /// The server.
    Redis(Box<RedisServer>),
    /// Redis servers that somebody else holds, by the URL that leads to them.
    At(String),
}

impl Store {
    /// A new, empty store.
    ///
    /// # Errors
    /// When there is no place for it, or no Redis server on this machine.
    pub async fn new(kind: EngineKind) -> Result<Self> {
        Ok(match kind {
            EngineKind::Embedded => Self::Embedded(tempfile::tempdir()?),
            EngineKind::Redis => Self::Redis(Box::new(RedisServer::start(Fsync::Always).await?)),
        })
    }

    /// The data directory, for the embedded engine.
    #[must_use]
    pub fn data(&self) -> Option<PathBuf> {
        match self {
            Self::Embedded(dir) => Some(dir.path().to_owned()),
            Self::Redis(_) | Self::At(_) => None,
        }
    }

    /// The URL, for Redis.
    #[must_use]
    pub fn redis_url(&self) -> Option<String> {
        match self {
            Self::Embedded(_) => None,
            Self::Redis(server) => Some(server.url()),
            Self::At(url) => Some(url.clone()),
        }
    }
}
