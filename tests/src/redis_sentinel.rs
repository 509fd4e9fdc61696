//! A real primary with one replica, watched by three sentinels, of a test's own.

use std::{
    fs,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result};
use redis::{FromRedisValue, aio::MultiplexedConnection};
use tempfile::TempDir;

use crate::{RedisServer, RedisTls, eventually, redis_server::free_port};

/// Sentinels, and how many must agree that the primary is gone.
const SENTINELS: usize = 3;
const QUORUM: usize = 2;
/// What they call the primary.
const NAME: &str = "main";

/// Everything of it. Dropping it ends and removes all.
#[derive(Debug)]
pub struct RedisSentinel {
    primary: RedisServer,
    replica: RedisServer,
    sentinels: Vec<Sentinel>,
    password: Option<&'static str>,
    /// Of the first primary, where they talk TLS.
    tls: Option<RedisTls>,
    _dir: TempDir,
}

/// One that watches.
#[derive(Debug)]
struct Sentinel {
    port: u16,
    tls: Option<RedisTls>,
    child: Child,
}

impl RedisSentinel {
    /// Starts it all and waits until everybody knows everybody.
    ///
    /// # Errors
    /// When a server does not start or they do not find each other.
    pub async fn start() -> Result<Self> {
        Self::start_with(None).await
    }

    /// The same where servers and sentinels want a password.
    ///
    /// # Errors
    /// As for [`RedisSentinel::start`].
    pub async fn start_with(password: Option<&'static str>) -> Result<Self> {
        let mut settings = Vec::new();
        if let Some(password) = password {
            settings =
                ["--requirepass", password, "--masterauth", password].map(str::to_owned).into();
        }
        Self::start_servers(password, None, [settings.clone(), settings]).await
    }

    /// The same where servers and sentinels talk TLS, to each other too.
    ///
    /// # Errors
    /// As for [`RedisSentinel::start`].
    pub async fn start_behind_tls() -> Result<Self> {
        let (primary, replica) = (RedisTls::new()?, RedisTls::new()?);
        let settings = [primary.words(), replica.words()];
        Self::start_servers(None, Some(primary), settings).await
    }

    async fn start_servers(
        password: Option<&'static str>,
        tls: Option<RedisTls>,
        [first, second]: [Vec<String>; 2],
    ) -> Result<Self> {
        let primary = server(&first, &[]).await?;
        let port = tls.as_ref().map_or(primary.port(), |tls| tls.port);
        let replica = server(&second, &["--replicaof", &format!("127.0.0.1 {port}")]).await?;
        let (dir, sentinels) = (tempfile::tempdir()?, Vec::new());
        let mut watch = Self { primary, replica, sentinels, password, tls, _dir: dir };
        for _ in 0..SENTINELS {
            let sentinel = watch.sentinel(port)?;
            watch.sentinels.push(sentinel);
        }
        watch.wait_until_whole().await?;
        Ok(watch)
    }

    /// Where it is, as `--redis-url` takes it; sentinels alone are named.
    #[must_use]
    pub fn url(&self) -> String {
        let port =
            |sentinel: &Sentinel| sentinel.tls.as_ref().map_or(sentinel.port, |tls| tls.port);
        let hosts = self.sentinels.iter().map(|sentinel| format!("127.0.0.1:{}", port(sentinel)));
        let hosts = hosts.collect::<Vec<_>>().join(",");
        let scheme = if self.tls.is_some() { "rediss" } else { "redis" };
        match self.password {
            None => format!("{scheme}+sentinel://{hosts}/{NAME}"),
            Some(password) => {
                format!(
                    "{scheme}+sentinel://:{password}@{hosts}/{NAME}?sentinel_password={password}"
                )
            }
        }
    }

    /// The server that was the primary at first.
    pub fn primary(&mut self) -> &mut RedisServer {
        &mut self.primary
    }

    /// The server that was the replica at first.
    pub fn replica(&mut self) -> &mut RedisServer {
        &mut self.replica
    }

    /// Ends a sentinel.
    ///
    /// # Errors
    /// When there is no such one, or it cannot be ended.
    pub fn end_sentinel(&mut self, index: usize) -> Result<()> {
        let sentinel = self.sentinels.get_mut(index).context("no such sentinel")?;
        sentinel.child.kill()?;
        sentinel.child.wait()?;
        Ok(())
    }

    /// Waits until the replica has all that was written.
    ///
    /// # Errors
    /// When it does not get there.
    pub async fn replica_has_all(&self) -> Result<()> {
        let mut client = self.primary.client().await?;
        eventually("the replica has all", async || {
            // A mark is written, since WAIT waits for what its own link wrote.
            ask::<()>(&mut client, &["SET", "mark", "1"]).await.ok()?;
            let there = ask::<u32>(&mut client, &["WAIT", "1", "1000"]).await.ok()?;
            (there >= 1).then_some(())
        })
        .await
    }

    /// Keeps the replica from hearing more, as a broken network between the two would: the primary
    /// wants a password of whoever comes from now on, and sends the replica away.
    ///
    /// # Errors
    /// When the primary cannot be asked.
    pub async fn parts_the_replica(&mut self) -> Result<()> {
        let mut client = self.primary.client().await?;
        ask::<()>(&mut client, &["CONFIG", "SET", "requirepass", "only-for-those-here"]).await?;
        ask::<i64>(&mut client, &["CLIENT", "KILL", "TYPE", "replica"]).await?;
        Ok(())
    }

    /// Has the replica told the password, so that it comes back to its primary.
    ///
    /// # Errors
    /// When the replica cannot be asked.
    pub async fn joins_the_replica(&mut self) -> Result<()> {
        let mut client = self.replica.client().await?;
        ask(&mut client, &["CONFIG", "SET", "masterauth", "only-for-those-here"]).await
    }

    fn sentinel(&self, watched: u16) -> Result<Sentinel> {
        let port = free_port()?;
        let file = self._dir.path().join(format!("{port}.conf"));
        let mut lines = vec![
            format!("port {port}"),
            "bind 127.0.0.1".to_owned(),
            format!("dir {}", self._dir.path().display()),
            format!("sentinel monitor {NAME} 127.0.0.1 {watched} {QUORUM}"),
            format!("sentinel down-after-milliseconds {NAME} 1000"),
            format!("sentinel failover-timeout {NAME} 10000"),
        ];
        if let Some(password) = self.password {
            lines.push(format!("requirepass {password}"));
            lines.push(format!("sentinel sentinel-pass {password}"));
            lines.push(format!("sentinel auth-pass {NAME} {password}"));
        }
        let tls = self.tls.as_ref().map(|_| RedisTls::new()).transpose()?;
        let secure = tls.iter().flat_map(RedisTls::settings);
        lines.extend(secure.map(|(name, value)| format!("{name} {value}")));
        fs::write(&file, lines.join("\n"))?;
        let child = Command::new("redis-server")
            .arg(&file)
            .arg("--sentinel")
            .stdout(Stdio::null())
            .spawn()
            .context("redis-server cannot be started: is it installed?")?;
        Ok(Sentinel { port, tls, child })
    }

    async fn wait_until_whole(&self) -> Result<()> {
        let ports: Vec<u16> = self.sentinels.iter().map(|sentinel| sentinel.port).collect();
        for port in ports {
            eventually("the sentinels find each other and the replica", async || {
                self.knows_all(port).await.ok().filter(|whole| *whole).map(drop)
            })
            .await?;
        }
        Ok(())
    }

    async fn knows_all(&self, port: u16) -> Result<bool> {
        let login = self.password.map_or_else(String::new, |password| format!(":{password}@"));
        let client = redis::Client::open(format!("redis://{login}127.0.0.1:{port}"))?;
        let mut client = client.get_multiplexed_async_connection().await?;
        let told = ask::<std::collections::HashMap<String, String>>(
            &mut client,
            &["SENTINEL", "MASTER", NAME],
        );
        let told = told.await?;
        let is = |field: &str, wanted: &str| told.get(field).is_some_and(|held| held == wanted);
        let replicas = ask::<Vec<std::collections::HashMap<String, String>>>(
            &mut client,
            &["SENTINEL", "REPLICAS", NAME],
        );
        let up = replicas
            .await?
            .iter()
            .any(|replica| replica.get("master-link-status").is_some_and(|status| status == "ok"));
        Ok(is("num-other-sentinels", "2") && is("num-slaves", "1") && is("flags", "master") && up)
    }
}

impl Drop for RedisSentinel {
    fn drop(&mut self) {
        for sentinel in &mut self.sentinels {
            // A test that ends has nobody to tell; the process is gone in either case.
            let _ = sentinel.child.kill();
            let _ = sentinel.child.wait();
        }
    }
}

/// A server that syncs before each answer.
async fn server(settings: &[String], more: &[&str]) -> Result<RedisServer> {
    let mut words = vec!["--appendonly", "yes", "--appendfsync", "always"];
    words.extend(["--repl-diskless-sync-delay", "0"]);
    words.extend(settings.iter().map(String::as_str).chain(more.iter().copied()));
    RedisServer::start_with(&words).await
}

async fn ask<T: FromRedisValue>(client: &mut MultiplexedConnection, words: &[&str]) -> Result<T> {
    let (name, rest) = words.split_first().context("nothing to ask")?;
    Ok(redis::cmd(name).arg(rest).query_async(client).await?)
}
