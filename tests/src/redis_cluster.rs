//! A real Redis Cluster of a test's own: three primaries, no replicas.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use redis::aio::MultiplexedConnection;

use crate::redis_server::{RedisServer, free_port};

/// How long the primaries may take to agree.
const PATIENCE: Duration = Duration::from_secs(20);
/// Each primary's slots.
const SLOTS: [(u16, u16); 3] = [(0, 5460), (5461, 10_922), (10_923, 16_383)];

/// Three running primaries that agree on who has which slots.
#[derive(Debug)]
pub struct RedisCluster {
    primaries: Vec<RedisServer>,
}

impl RedisCluster {
    /// Starts three primaries and waits until the cluster is whole.
    ///
    /// # Errors
    /// When a server does not start or they do not agree within 20 s.
    pub async fn start() -> Result<Self> {
        let mut primaries = Vec::new();
        for (from, to) in SLOTS {
            let bus = free_port()?.to_string();
            let settings = ["--cluster-enabled", "yes", "--cluster-port", &bus];
            let server = RedisServer::start_with(&settings).await?;
            let mut client = server.client().await?;
            let mut slots = redis::cmd("CLUSTER");
            slots.arg("ADDSLOTSRANGE").arg(from).arg(to).exec_async(&mut client).await?;
            primaries.push((server, bus));
        }
        meet(&primaries).await?;
        let cluster = Self { primaries: primaries.into_iter().map(|(server, _)| server).collect() };
        for server in &cluster.primaries {
            wait_until_whole(&mut server.client().await?).await?;
        }
        Ok(cluster)
    }

    /// Where it is, as `--redis-url` takes it.
    #[must_use]
    pub fn url(&self) -> String {
        let hosts = self.primaries.iter().map(|server| format!("127.0.0.1:{}", server.port()));
        format!("redis+cluster://{}", hosts.collect::<Vec<_>>().join(","))
    }

    /// Its three primaries.
    pub fn primaries(&mut self) -> &mut [RedisServer] {
        &mut self.primaries
    }
}

async fn meet(primaries: &[(RedisServer, String)]) -> Result<()> {
    let Some((first, rest)) = primaries.split_first() else { return Ok(()) };
    let mut client = first.0.client().await?;
    for (epoch, (server, bus)) in rest.iter().enumerate() {
        let mut meet = redis::cmd("CLUSTER");
        meet.arg("MEET").arg("127.0.0.1").arg(server.port()).arg(bus);
        meet.exec_async(&mut client).await?;
        // Distinct from the start, so that nobody has to settle who is right.
        let mut own = redis::cmd("CLUSTER");
        own.arg("SET-CONFIG-EPOCH")
            .arg(epoch + 2)
            .exec_async(&mut server.client().await?)
            .await
            .ok();
    }
    Ok(())
}

/// Waits until a primary knows all slots covered, by all three.
async fn wait_until_whole(client: &mut MultiplexedConnection) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let mut info = redis::cmd("CLUSTER");
        let info: String = info.arg("INFO").query_async(client).await?;
        if info.contains("cluster_state:ok") && info.contains("cluster_size:3") {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("the cluster does not become whole")
}
