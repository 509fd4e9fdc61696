//! Waiting for a condition, with a deadline; the only place where tests let time pass.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long anything may take that is bound to happen, on a busy machine of two cores.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(10);

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

/// Waits as long as a server asked to wait.
pub async fn wait_ms(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}
