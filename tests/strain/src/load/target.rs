//! The server that is driven: one that runs somewhere, or one of this program's own.

use std::path::Path;

use anyhow::Result;
use parlor_tests::{EngineKind, NodeProcess, Store, Usage};

/// Messages kept: nobody who is away for a while is to miss any.
const KEEP: u32 = 10_000;
/// Limits that one machine playing everybody would run into.
const SETTINGS: [(&str, &str); 4] = [
    ("PARLOR_SENDS", "1000000"),
    ("PARLOR_SESSIONS_PER_HOUR", "1000000"),
    ("PARLOR_ROOMS_PER_DAY", "1000000"),
    ("PARLOR_CONNECTIONS_PER_ADDRESS", "1000000"),
];

/// A server, and its process where it is known.
#[derive(Debug)]
pub struct Target {
    url: String,
    usage: Option<Usage>,
    /// Dropped with the target, the node before its store.
    _own: Option<(NodeProcess, Store)>,
}

impl Target {
    /// Starts `binary` over an empty store, its limits raised.
    ///
    /// # Errors
    /// When it does not become ready.
    pub async fn start(binary: &Path, engine: EngineKind) -> Result<Self> {
        let store = Store::new(engine).await?;
        let binary = binary.to_string_lossy();
        let node = NodeProcess::start_with(&binary, &store, KEEP, &SETTINGS).await?;
        let (url, usage) = (node.url().to_owned(), Some(node.usage()?));
        Ok(Self { url, usage, _own: Some((node, store)) })
    }

    /// A server that runs at `url`, as process `pid` if that is known.
    #[must_use]
    pub fn running(url: &str, pid: Option<u32>) -> Self {
        Self { url: url.trim_end_matches('/').to_owned(), usage: pid.map(Usage::of), _own: None }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What its process has used, where that is known.
    #[must_use]
    pub fn usage(&self) -> Option<Usage> {
        self.usage
    }
}
