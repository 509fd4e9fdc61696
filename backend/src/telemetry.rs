//! Logs: to standard error, filtered as the configuration says. Never texts, tokens or addresses.

use tracing_subscriber::EnvFilter;

/// Starts logging. A filter that cannot be read is replaced by `info`, and said.
pub fn start(filter: &str) {
    let parsed = EnvFilter::try_new(filter);
    let refused = parsed.is_err();
    let filter_or_info = parsed.unwrap_or_else(|_| EnvFilter::new("info"));
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter_or_info)
        .with_writer(std::io::stderr)
        .try_init();
    if refused && started.is_ok() {
        tracing::warn!(filter, "the log filter cannot be read: logging at info");
    }
}
