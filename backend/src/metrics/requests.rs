//! What clients without a socket ask for.

use prometheus::{IntCounter, Registry};

use super::counters;

/// The counters of their requests.
#[derive(Debug)]
pub(crate) struct RequestMetrics {
    /// Commands.
    pub(crate) commands: IntCounter,
    long_polls: IntCounter,
    short_polls: IntCounter,
}

impl RequestMetrics {
    pub(super) fn new(registry: &Registry) -> prometheus::Result<Self> {
        let name = "parlor_requests_total";
        let help = "Requests of clients without a socket, by what they ask for.";
        let all = counters(registry, name, help, &["kind"])?;
        Ok(Self {
            commands: all.with_label_values(&["command"]),
            long_polls: all.with_label_values(&["long_poll"]),
            short_polls: all.with_label_values(&["short_poll"]),
        })
    }

    /// A poll that may wait so long for its answer.
    pub(crate) fn poll(&self, wait_ms: u64) {
        if wait_ms > 0 { self.long_polls.inc() } else { self.short_polls.inc() }
    }
}
