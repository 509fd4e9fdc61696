//! A real Redis Cluster of a test's own: three primaries, and a replica of each where that is wanted.

mod losses;
mod migration;
mod seats;

pub use losses::Loss;
pub use migration::Move;

use anyhow::{Context, Result};
use redis::{FromRedisValue, aio::MultiplexedConnection};

use self::losses::Away;
use crate::{
    RedisTls,
    eventually::Deadline,
    redis_server::{RedisServer, free_port},
};

/// How many primaries it has.
const PRIMARIES: usize = 3;
/// Each primary's slots.
const SLOTS: [(u16, u16); PRIMARIES] = [(0, 5460), (5461, 10_922), (10_923, 16_383)];
/// Replicas take over however long they were cut off. Nobody is told a host:
/// each client stays with the one by which it asked, and so with its own way to the servers.
const REPLICATED: [&str; 14] = [
    "--appendonly",
    "yes",
    "--appendfsync",
    "always",
    "--repl-diskless-sync-delay",
    "0",
    "--repl-ping-replica-period",
    "1",
    "--cluster-replica-validity-factor",
    "0",
    "--cluster-allow-replica-migration",
    "no",
    "--cluster-preferred-endpoint-type",
    "unknown-endpoint",
];

/// Running servers that agree on who has which slots. Dropping it ends and removes them.
#[derive(Debug)]
pub struct RedisCluster {
    /// The first three were the primaries at first, the others their replicas in the same order.
    servers: Vec<RedisServer>,
    /// Where they talk TLS, each one's.
    tls: Vec<RedisTls>,
    away: Option<Away>,
}

impl RedisCluster {
    /// Starts three primaries and waits until the cluster is whole.
    ///
    /// # Errors
    /// When a server does not start or they do not agree.
    pub async fn start() -> Result<Self> {
        Self::start_with(&[], PRIMARIES, Vec::new()).await
    }

    /// The same with a replica of each, all of them syncing before each answer. A replica takes over within a
    /// few seconds.
    ///
    /// # Errors
    /// As for [`RedisCluster::start`].
    pub async fn start_replicated() -> Result<Self> {
        let settings = [&REPLICATED[..], &["--cluster-node-timeout", "3000"]].concat();
        Self::start_with(&settings, 2 * PRIMARIES, Vec::new()).await
    }

    /// The same, where no replica takes over only because the machine is busy.
    ///
    /// # Errors
    /// As for [`RedisCluster::start`].
    pub async fn start_steady() -> Result<Self> {
        let settings = [&REPLICATED[..], &["--cluster-node-timeout", "60000"]].concat();
        Self::start_with(&settings, 2 * PRIMARIES, Vec::new()).await
    }

    /// Starts three primaries that talk TLS, to each other too.
    ///
    /// # Errors
    /// As for [`RedisCluster::start`].
    pub async fn start_behind_tls() -> Result<Self> {
        let tls = (0..PRIMARIES).map(|_| RedisTls::new()).collect::<Result<_>>()?;
        Self::start_with(&["--tls-cluster", "yes"], PRIMARIES, tls).await
    }

    async fn start_with(settings: &[&str], count: usize, tls: Vec<RedisTls>) -> Result<Self> {
        let (mut servers, mut buses) = (Vec::new(), Vec::new());
        for at in 0..count {
            let bus = free_port()?.to_string();
            let secure = tls.get(at).map(RedisTls::words).unwrap_or_default();
            let mut words = vec!["--cluster-enabled", "yes", "--cluster-port", &bus];
            words.extend(secure.iter().map(String::as_str).chain(settings.iter().copied()));
            servers.push(RedisServer::start_with(&words).await?);
            buses.push(bus);
        }
        let cluster = Self { servers, tls, away: None };
        for ((from, to), server) in SLOTS.iter().zip(&cluster.servers) {
            let (from, to) = (from.to_string(), to.to_string());
            let words = ["CLUSTER", "ADDSLOTSRANGE", &from, &to];
            ask::<()>(&mut server.client().await?, &words).await?;
        }
        cluster.meet(&buses).await?;
        cluster.replicate().await?;
        cluster.is_whole_again().await?;
        Ok(cluster)
    }

    /// Where it is, as `--redis-url` takes it.
    #[must_use]
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_empty() { "redis" } else { "rediss" };
        let hosts = self.ports().into_iter().map(|port| format!("127.0.0.1:{port}"));
        format!("{scheme}+cluster://{}", hosts.collect::<Vec<_>>().join(","))
    }

    /// Its servers; those that began as primaries first.
    pub fn servers(&mut self) -> &mut [RedisServer] {
        &mut self.servers
    }

    /// The ports of its servers, as they tell them to each other.
    #[must_use]
    pub fn ports(&self) -> Vec<u16> {
        if self.tls.is_empty() {
            self.servers.iter().map(RedisServer::port).collect()
        } else {
            self.tls.iter().map(|tls| tls.port).collect()
        }
    }

    async fn meet(&self, buses: &[String]) -> Result<()> {
        let Some((first, rest)) = self.servers.split_first() else { return Ok(()) };
        let mut client = first.client().await?;
        let others = rest.iter().zip(self.ports().into_iter().zip(buses).skip(1));
        for (at, (server, (port, bus))) in others.enumerate() {
            let port = port.to_string();
            ask::<()>(&mut client, &["CLUSTER", "MEET", "127.0.0.1", &port, bus]).await?;
            // Distinct from the start, so that nobody has to settle who is right.
            let epoch = (at + 2).to_string();
            let words = ["CLUSTER", "SET-CONFIG-EPOCH", &epoch];
            ask::<()>(&mut server.client().await?, &words).await.ok();
        }
        Ok(())
    }

    /// Makes each server beyond the primaries the replica of one of them, once it knows it.
    async fn replicate(&self) -> Result<()> {
        for (replica, primary) in self.servers.iter().skip(PRIMARIES).zip(&self.servers) {
            let id: String = ask(&mut primary.client().await?, &["CLUSTER", "MYID"]).await?;
            let words = ["CLUSTER", "REPLICATE", &id];
            let (mut client, known) =
                (replica.client().await?, Deadline::of("it knows its primary"));
            while ask::<()>(&mut client, &words).await.is_err() {
                known.looks_again().await?;
            }
        }
        Ok(())
    }

    fn server(&self, at: usize) -> Result<&RedisServer> {
        self.servers.get(at).context("no such server")
    }
}

/// Asks a server: `ask(&mut client, &["GET", "key"])`.
async fn ask<T: FromRedisValue>(client: &mut MultiplexedConnection, words: &[&str]) -> Result<T> {
    let (name, rest) = words.split_first().context("nothing to ask")?;
    Ok(redis::cmd(name).arg(rest).query_async(client).await?)
}
