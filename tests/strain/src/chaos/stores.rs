//! Where the nodes of a run keep their logs, and what can happen to it.

use anyhow::{Result, bail};
use clap::ValueEnum;
use parlor_tests::{EngineKind, Loss, RedisCluster, RedisSentinel, RedisServer, Store};

use super::ways::Ways;

/// The kinds of stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// redb in a directory, and one node.
    Embedded,
    /// A Redis server that syncs before each answer.
    Redis,
    /// A primary and its replica under three sentinels: a fail-over may lose what was confirmed.
    Sentinel,
    /// Three primaries and their replicas: slots move, and a fail-over may lose what was confirmed.
    Cluster,
    /// The same, where slots move and nobody dies: nothing may be lost.
    Resharding,
}

/// Redis servers that watch over each other.
#[derive(Debug)]
enum Group {
    Sentinel(RedisSentinel),
    Cluster(RedisCluster),
}

/// One of them. Dropping it ends and removes everything.
#[derive(Debug)]
pub(super) struct Stores {
    kind: Kind,
    store: Store,
    group: Option<Group>,
}

impl Stores {
    pub(super) async fn begin(kind: Kind) -> Result<Self> {
        let (store, group) = match kind {
            Kind::Embedded => (Store::new(EngineKind::Embedded).await?, None),
            Kind::Redis => (Store::new(EngineKind::Redis).await?, None),
            Kind::Sentinel => {
                let sentinel = RedisSentinel::start().await?;
                (Store::At(sentinel.url()), Some(Group::Sentinel(sentinel)))
            }
            Kind::Cluster => in_cluster(RedisCluster::start_replicated().await?),
            Kind::Resharding => in_cluster(RedisCluster::start_steady().await?),
        };
        Ok(Self { kind, store, group })
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// The ways of the node of this number, where they can be had.
    pub(super) async fn ways(&self, node: usize) -> Result<Option<Ways>> {
        Ok(match (&self.store, &self.group) {
            (Store::Redis(server), _) => Some(Ways::to(server.port()).await?),
            (_, Some(Group::Cluster(cluster))) => Some(Ways::to_all(&cluster.ports(), node).await?),
            // Sentinels name the primary's own address.
            (_, Some(Group::Sentinel(_)) | None) => None,
        })
    }

    /// The store's URL for a node that has these ways to it.
    pub(super) fn url_by(&self, ways: &Ways) -> String {
        let scheme = match self.group {
            Some(Group::Cluster(_)) => "redis+cluster",
            Some(Group::Sentinel(_)) | None => "redis",
        };
        let hosts = ways.addresses().map(|address| address.to_string());
        format!("{scheme}://{}", hosts.collect::<Vec<_>>().join(","))
    }

    /// Whether it may lose what it has confirmed.
    pub(super) fn may_lose(&self) -> bool {
        match self.kind {
            Kind::Sentinel | Kind::Cluster => true,
            Kind::Embedded | Kind::Redis | Kind::Resharding => false,
        }
    }

    /// Kills Redis, or the server that is the primary now.
    pub(super) async fn kill(&mut self) -> Result<()> {
        if let Store::Redis(server) = &mut self.store {
            return server.kill();
        }
        let Some(Group::Sentinel(sentinel)) = &mut self.group else { return Ok(()) };
        // Whichever is left takes over, or has already.
        if sentinel.primary().is_replica().await.unwrap_or(true) {
            sentinel.replica().kill()
        } else {
            sentinel.primary().kill()
        }
    }

    /// Keeps the replica from hearing more, so that a fail-over loses something.
    pub(super) async fn part(&mut self) -> Result<()> {
        let Some(Group::Sentinel(sentinel)) = &mut self.group else { return Ok(()) };
        // One that is away hears nothing anyway.
        if sentinel.primary().is_replica().await.unwrap_or(false) {
            sentinel.primary().stops_hearing_its_primary().await?;
        } else if sentinel.replica().is_replica().await.unwrap_or(false) {
            sentinel.replica().stops_hearing_its_primary().await?;
        }
        Ok(())
    }

    /// Takes the primary away that has the slot of `tag`.
    pub(super) async fn lose_owner(&mut self, tag: &str, loss: Loss) -> Result<()> {
        self.cluster()?.loses_the_owner_of(tag, loss).await
    }

    /// Keeps the replica of that primary from hearing more.
    pub(super) async fn part_owner(&mut self, tag: &str) -> Result<()> {
        self.cluster()?.parts_the_replica_for(tag).await
    }

    /// Moves the slot of `tag` with its keys to another primary.
    pub(super) async fn move_slot(&mut self, tag: &str) -> Result<()> {
        self.cluster()?.moves_the_slot_of(tag).await
    }

    /// Starts again whatever was killed; of a cluster, once a replica took over.
    pub(super) async fn start(&mut self) -> Result<()> {
        if let Store::Redis(server) = &mut self.store {
            return start(server).await;
        }
        match &mut self.group {
            Some(Group::Cluster(cluster)) => cluster.gets_everybody_back().await,
            Some(Group::Sentinel(sentinel)) => {
                join(sentinel.primary()).await?;
                join(sentinel.replica()).await
            }
            None => Ok(()),
        }
    }

    fn cluster(&mut self) -> Result<&mut RedisCluster> {
        match &mut self.group {
            Some(Group::Cluster(cluster)) => Ok(cluster),
            Some(Group::Sentinel(_)) | None => bail!("there is no cluster"),
        }
    }
}

fn in_cluster(cluster: RedisCluster) -> (Store, Option<Group>) {
    (Store::At(cluster.url()), Some(Group::Cluster(cluster)))
}

async fn start(server: &mut RedisServer) -> Result<()> {
    if server.is_running() { Ok(()) } else { server.restart().await }
}

/// Starts it, and lets it hear its primary where it has one.
async fn join(server: &mut RedisServer) -> Result<()> {
    start(server).await?;
    server.hears_its_primary_again().await
}
