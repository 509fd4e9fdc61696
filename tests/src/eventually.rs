//! Waiting for a condition, with a deadline; the only place where tests let time pass.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long anything may take that is bound to happen, on a busy machine of two cores.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(10);
/// Between two looks that cost something.
const LONG_PAUSE: Duration = Duration::from_millis(200);

/// Looks until `check` gives something.
///
/// # Errors
/// When it has not within [`PATIENCE`]; names `what` was waited for.
pub async fn eventually<T>(what: &str, mut check: impl AsyncFnMut() -> Option<T>) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = check().await {
            return Ok(found);
        }
        if Instant::now() > deadline {
            bail!("{what}: not within {PATIENCE:?}");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// The same for loops whose future must be `Send`, which an async closure's is not everywhere.
#[derive(Debug)]
pub(crate) struct Deadline {
    what: &'static str,
    at: Instant,
}

impl Deadline {
    /// Waits for `what` from now on.
    pub(crate) fn of(what: &'static str) -> Self {
        Self { what, at: Instant::now() + PATIENCE }
    }

    /// Pauses before the next look.
    ///
    /// # Errors
    /// When [`PATIENCE`] is over.
    pub(crate) async fn looks_again(&self) -> Result<()> {
        if Instant::now() > self.at {
            bail!("{}: not within {PATIENCE:?}", self.what);
        }
        tokio::time::sleep(LONG_PAUSE).await;
        Ok(())
    }
}

/// Waits as long as a server asked to wait.
pub async fn wait_ms(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}
