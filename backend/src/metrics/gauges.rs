//! What is so now: read off the node when somebody asks.

use prometheus::{IntGauge, Opts, Registry};

/// The gauges; set just before they are told.
#[derive(Debug)]
pub(crate) struct Gauges {
    pub(crate) connections: IntGauge,
    pub(crate) followed_logs: IntGauge,
    pub(crate) outbox_bytes: IntGauge,
    pub(crate) outbox_bytes_limit: IntGauge,
    pub(crate) engine_up: IntGauge,
    pub(crate) stopping: IntGauge,
}

impl Gauges {
    pub(super) fn new(registry: &Registry) -> prometheus::Result<Self> {
        let gauge = |name, help| {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone()))?;
            prometheus::Result::Ok(gauge)
        };
        let build = Opts::new("parlor_build_info", "Always 1; the label is what counts.");
        let build = IntGauge::with_opts(build.const_label("version", env!("CARGO_PKG_VERSION")))?;
        build.set(1);
        registry.register(Box::new(build))?;
        Ok(Self {
            connections: gauge("parlor_connections", "Connections now.")?,
            followed_logs: gauge("parlor_followed_logs", "Logs this node listens to now.")?,
            outbox_bytes: gauge("parlor_outbox_bytes", "Bytes that wait to be sent now.")?,
            outbox_bytes_limit: gauge(
                "parlor_outbox_bytes_limit",
                "Bytes that may wait (--outbox-mib).",
            )?,
            engine_up: gauge("parlor_engine_up", "Whether the store answered just now.")?,
            stopping: gauge("parlor_stopping", "Whether the node takes its leave.")?,
        })
    }
}
