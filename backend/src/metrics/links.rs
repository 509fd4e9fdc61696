//! Connections: how many began, and why each ended.

use parlor_shared::CloseCode;
use prometheus::{IntCounter, IntCounterVec, Registry};

use super::counters;

/// What a connection that the client ended is counted under.
const GONE: &str = "gone";

/// The counters of connections.
#[derive(Debug)]
pub(crate) struct LinkMetrics {
    opened: IntCounter,
    closed: IntCounterVec,
}

impl LinkMetrics {
    pub(super) fn new(registry: &Registry) -> prometheus::Result<Self> {
        let help = "Connections that began.";
        let opened = IntCounter::new("parlor_connections_opened_total", help)?;
        registry.register(Box::new(opened.clone()))?;
        let name = "parlor_connections_closed_total";
        let help = "Connections that ended or were refused, by close code; gone: by the client.";
        let closed = counters(registry, name, help, &["code"])?;
        let codes = CloseCode::ALL.iter().map(|code| code.reason()).chain([GONE]);
        codes.for_each(|code| closed.with_label_values(&[code]).reset());
        Ok(Self { opened, closed })
    }

    /// One begins.
    pub(crate) fn opened(&self) {
        self.opened.inc();
    }

    /// One ended; without a code it was the client's doing.
    pub(crate) fn closed(&self, code: Option<CloseCode>) {
        self.closed.with_label_values(&[code.map_or(GONE, CloseCode::reason)]).inc();
    }
}
