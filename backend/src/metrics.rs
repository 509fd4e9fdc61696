//! What an operator can see of a node: counters on the way, gauges when asked. Labels are small
//! fixed sets, made once at start; no id, name or text is ever one.
//!
//! Whoever counts holds the counter itself, an atomic: nothing is looked up and nothing locked on
//! the way of a message.

mod gauges;
mod hub;
mod links;
mod store;

use prometheus::{IntCounterVec, Opts, Registry, TextEncoder, process_collector::ProcessCollector};

pub(crate) use gauges::Gauges;
pub use hub::{HubMetrics, Source};
pub(crate) use links::LinkMetrics;
pub(crate) use store::{Operation, StoreMetrics, WriteCounts};

/// Everything a node counts.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    /// What the store did.
    pub(crate) store: StoreMetrics,
    /// What the hub did.
    pub(crate) hub: HubMetrics,
    /// Connections that came and went.
    pub(crate) links: LinkMetrics,
    gauges: Gauges,
}

impl Metrics {
    /// All at zero.
    ///
    /// # Errors
    /// When two metrics have one name, which a test would find.
    pub fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        registry.register(Box::new(ProcessCollector::for_self()))?;
        Ok(Self {
            store: StoreMetrics::new(&registry)?,
            hub: HubMetrics::new(&registry)?,
            links: LinkMetrics::new(&registry)?,
            gauges: Gauges::new(&registry)?,
            registry,
        })
    }

    /// What has its value only while it is asked for.
    pub(crate) fn gauges(&self) -> &Gauges {
        &self.gauges
    }

    /// All of it in Prometheus' text format.
    ///
    /// # Errors
    /// When a metric has no samples, which none of ours can.
    pub(crate) fn text(&self) -> prometheus::Result<String> {
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}

/// A family of counters, registered.
fn counters(
    registry: &Registry,
    name: &str,
    help: &str,
    labels: &[&str],
) -> prometheus::Result<IntCounterVec> {
    let family = IntCounterVec::new(Opts::new(name, help), labels)?;
    registry.register(Box::new(family.clone()))?;
    Ok(family)
}

#[cfg(test)]
mod tests {
    use super::Metrics;

    #[test]
    fn every_metric_has_its_own_name_and_is_there_from_the_start() {
        let text = Metrics::new().unwrap().text().unwrap();
        for line in [
            "parlor_writes_total{kind=\"message\",result=\"written\"} 0",
            "parlor_engine_operation_seconds_count{of=\"room\",operation=\"changes\"} 0",
            "parlor_engine_failures_total{error=\"timeout\",of=\"room\",operation=\"write\"} 0",
            "parlor_entries_delivered_total 0",
            "parlor_catch_up_records_count{source=\"recent\"} 0",
            "parlor_resets_total{cause=\"forked\"} 0",
            "parlor_connections_closed_total{code=\"slow\"} 0",
            "parlor_connections 0",
        ] {
            assert!(text.lines().any(|said| said == line), "{line} is not in\n{text}");
        }
    }
}
