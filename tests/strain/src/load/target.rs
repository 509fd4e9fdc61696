//! The server that is driven: one that runs somewhere, or one of this program's own.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use parlor_tests::{Bridge, EngineKind, NodeProcess, Store, Usage, Way};

/// Messages kept: nobody who is away for a while is to miss any.
const KEEP: u32 = 10_000;
/// Limits that one machine playing everybody would run into.
const SETTINGS: [(&str, &str); 5] = [
    ("PARLOR_SENDS", "1000000"),
    ("PARLOR_REQUESTS", "1000000"),
    ("PARLOR_SESSIONS_PER_HOUR", "1000000"),
    ("PARLOR_ROOMS_PER_DAY", "1000000"),
    ("PARLOR_CONNECTIONS_PER_ADDRESS", "1000000"),
];

/// A server, and its process where it is known.
#[derive(Debug)]
pub struct Target {
    url: String,
    /// Where clients have no sockets.
    bridge: Option<Bridge>,
    usage: Option<Usage>,
    /// Dropped with the target, the node before its store.
    own: Option<(NodeProcess, Store)>,
}

impl Target {
    /// Starts `binary` over an empty store, its limits raised.
    ///
    /// # Errors
    /// When it does not become ready.
    pub async fn start(binary: &Path, engine: EngineKind) -> Result<Self> {
        Self::start_keeping(binary, engine, KEEP).await
    }

    /// The same; each room keeps so many messages.
    ///
    /// # Errors
    /// When it does not become ready.
    pub async fn start_keeping(binary: &Path, engine: EngineKind, keep: u32) -> Result<Self> {
        let store = Store::new(engine).await?;
        let binary = binary.to_string_lossy();
        let node = NodeProcess::start_with(&binary, &store, keep, &SETTINGS).await?;
        let (url, usage) = (node.url().to_owned(), Some(node.usage()?));
        Ok(Self { url, bridge: None, usage, own: Some((node, store)) })
    }

    /// A server that runs at `url`, as process `pid` if that is known.
    #[must_use]
    pub fn running(url: &str, pid: Option<u32>) -> Self {
        let (url, usage) = (url.trim_end_matches('/').to_owned(), pid.map(Usage::of));
        Self { url, bridge: None, usage, own: None }
    }

    /// The same server, reached by polls.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn over(self, way: Way) -> Result<Self> {
        Ok(Self { bridge: Some(Bridge::to(&self.url, way).await?), ..self })
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        self.bridge.as_ref().map_or(&self.url, Bridge::url)
    }

    /// What its process has used, where that is known.
    #[must_use]
    pub fn usage(&self) -> Option<Usage> {
        self.usage
    }

    /// That a server of this program's own runs.
    ///
    /// # Errors
    /// How it ended.
    pub fn is_alive(&self) -> Result<()> {
        self.own.as_ref().map_or(Ok(()), |(node, _)| node.is_alive())
    }

    /// Bytes in its store, and keys where there are keys; of a server of this program's own.
    ///
    /// # Errors
    /// When it is another's, or the store cannot be asked.
    pub async fn stored(&self) -> Result<(u64, u64)> {
        let (_, store) = self.own.as_ref().context("its store is not known")?;
        if let Some(data) = store.data() {
            let sizes = fs::read_dir(data)?.map(|entry| Ok(entry?.metadata()?.len()));
            return Ok((sizes.sum::<Result<u64>>()?, 0));
        }
        let client = redis::Client::open(store.redis_url().context("no URL")?)?;
        let mut link = client.get_multiplexed_async_connection().await?;
        let keys: u64 = redis::cmd("DBSIZE").query_async(&mut link).await?;
        let info: String = redis::cmd("INFO").arg("memory").query_async(&mut link).await?;
        let used = info.lines().find_map(|line| line.strip_prefix("used_memory_dataset:"));
        Ok((used.context("no used_memory_dataset")?.trim().parse()?, keys))
    }
}
