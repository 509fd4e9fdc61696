//! Redis stores for the conformance suite: one server, and three primaries of a cluster.

use std::sync::{
    Arc, Weak,
    atomic::{AtomicU64, Ordering},
};

use async_trait::async_trait;
use parlor::engine::{Delivery, Engine, redis};
use tokio::sync::Mutex;

use crate::{EngineFactory, Fsync, RedisCluster, RedisServer};

/// A server of a test's own. Opening the store again kills the server first and starts it anew.
#[derive(Debug, Default)]
pub struct RedisFactory {
    server: Mutex<Option<RedisServer>>,
}

#[async_trait]
impl EngineFactory for RedisFactory {
    #[expect(clippy::expect_used, reason = "a test without a store cannot go on")]
    async fn open(&self, delivery: Arc<dyn Delivery>) -> Engine {
        let mut held = self.server.lock().await;
        if let Some(server) = held.as_mut() {
            server.restart().await.expect("the server comes back");
        } else {
            *held = Some(RedisServer::start(Fsync::Always).await.expect("a server starts"));
        }
        let url = held.as_ref().map(RedisServer::url).unwrap_or_default();
        redis::connect(&url, "parlor", delivery).await.expect("the store opens")
    }
}

/// A part of a cluster, under a prefix of its own. Tests that run at the same time share the cluster; the
/// last of them ends it.
#[derive(Debug, Default)]
pub struct RedisClusterFactory {
    held: Mutex<Option<(Arc<RedisCluster>, String)>>,
}

/// The cluster now running, while a test holds it.
static SHARED: Mutex<Weak<RedisCluster>> = Mutex::const_new(Weak::new());
/// Prefixes given so far.
static PREFIXES: AtomicU64 = AtomicU64::new(0);

#[async_trait]
impl EngineFactory for RedisClusterFactory {
    #[expect(clippy::expect_used, reason = "a test without a store cannot go on")]
    async fn open(&self, delivery: Arc<dyn Delivery>) -> Engine {
        let mut held = self.held.lock().await;
        if held.is_none() {
            let number = PREFIXES.fetch_add(1, Ordering::Relaxed);
            *held = Some((shared_cluster().await, format!("test-{number}")));
        }
        let (cluster, prefix) = held.as_ref().expect("just made");
        redis::connect(&cluster.url(), prefix, delivery).await.expect("the store opens")
    }
}

#[expect(clippy::expect_used, reason = "a test without a store cannot go on")]
async fn shared_cluster() -> Arc<RedisCluster> {
    let mut shared = SHARED.lock().await;
    if let Some(running) = shared.upgrade() {
        return running;
    }
    let cluster = Arc::new(RedisCluster::start().await.expect("a cluster starts"));
    *shared = Arc::downgrade(&cluster);
    cluster
}
