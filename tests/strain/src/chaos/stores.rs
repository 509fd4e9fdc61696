//! Where the nodes of a run keep their logs, and what can happen to it.

use anyhow::{Context, Result};
use clap::ValueEnum;
use parlor_tests::{EngineKind, RedisSentinel, RedisServer, Store};

/// The kinds of stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// redb in a directory, and one node.
    Embedded,
    /// A Redis server that syncs before each answer.
    Redis,
    /// A primary and its replica under three sentinels: a fail-over may lose what was confirmed.
    Sentinel,
}

/// One of them. Dropping it ends and removes everything.
#[derive(Debug)]
pub(super) struct Stores {
    store: Store,
    sentinel: Option<RedisSentinel>,
}

impl Stores {
    pub(super) async fn begin(kind: Kind) -> Result<Self> {
        let (store, sentinel) = match kind {
            Kind::Embedded => (Store::new(EngineKind::Embedded).await?, None),
            Kind::Redis => (Store::new(EngineKind::Redis).await?, None),
            Kind::Sentinel => {
                let sentinel = RedisSentinel::start().await?;
                (Store::At(sentinel.url()), Some(sentinel))
            }
        };
        Ok(Self { store, sentinel })
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// Whether it may lose what it has confirmed.
    pub(super) fn may_lose(&self) -> bool {
        self.sentinel.is_some()
    }

    /// Kills Redis, or the server that is the primary now.
    pub(super) async fn kill(&mut self) -> Result<()> {
        if let Store::Redis(server) = &mut self.store {
            return server.kill();
        }
        let Some(sentinel) = &mut self.sentinel else { return Ok(()) };
        // The first primary may want a password by now; the first replica never does.
        if is_primary(sentinel.replica()).await.unwrap_or(false) {
            sentinel.replica().kill()
        } else {
            sentinel.primary().kill()
        }
    }

    /// Keeps the replica from hearing more, so that a fail-over loses something.
    pub(super) async fn part(&mut self) -> Result<()> {
        let Some(sentinel) = &mut self.sentinel else { return Ok(()) };
        // Where the roles have changed already, there is nothing to part.
        if !is_primary(sentinel.replica()).await.unwrap_or(false) {
            sentinel.parts_the_replica().await?;
        }
        Ok(())
    }

    /// Starts again whatever was killed.
    pub(super) async fn start(&mut self) -> Result<()> {
        if let Store::Redis(server) = &mut self.store {
            return start(server).await;
        }
        let Some(sentinel) = &mut self.sentinel else { return Ok(()) };
        start(sentinel.primary()).await?;
        start(sentinel.replica()).await
    }
}

async fn start(server: &mut RedisServer) -> Result<()> {
    if server.is_running() { Ok(()) } else { server.restart().await }
}

async fn is_primary(server: &RedisServer) -> Result<bool> {
    if !server.is_running() {
        return Ok(false);
    }
    let mut client = server.client().await?;
    let role: redis::Value = redis::cmd("ROLE").query_async(&mut client).await?;
    let redis::Value::Array(role) = role else { anyhow::bail!("an odd role") };
    let name: String = redis::from_redis_value(role.into_iter().next().context("no role")?)?;
    Ok(name == "master")
}
