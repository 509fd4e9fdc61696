//! What an operator can see of a node: counters on the way, gauges when asked. Labels are small
//! fixed sets, made once at start; no id, name or text is ever one.
//!
//! Whoever counts holds the counter itself, an atomic: nothing is looked up and nothing locked on
//! the way of a message.

mod gauges;
mod hub;
mod links;
mod requests;
mod store;

use prometheus::{IntCounterVec, Opts, Registry, TextEncoder, process_collector::ProcessCollector};

pub(crate) use gauges::Gauges;
pub use hub::{HubMetrics, Source};
pub(crate) use links::LinkMetrics;
pub(crate) use requests::RequestMetrics;
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
    /// What was asked for without one.
    pub(crate) requests: RequestMetrics,
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
            requests: RequestMetrics::new(&registry)?,
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
    use std::collections::BTreeSet;

    use super::Metrics;

    /// The names of metrics in a text, without what a histogram's parts add.
    fn names(text: &str) -> BTreeSet<&str> {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let ours = |word: &&str| word.starts_with("parlor_") || word.starts_with("process_");
        let whole = |word: &str| {
            ["_bucket", "_count", "_sum"]
                .iter()
                .find_map(|part| word.strip_suffix(part))
                .map(str::len)
        };
        words
            .filter(ours)
            .map(|word| whole(word).and_then(|end| word.get(..end)).unwrap_or(word))
            .collect()
    }

    #[test]
    fn the_dashboard_and_the_document_name_what_there_is() {
        let told = Metrics::new().unwrap().text().unwrap();
        let told = names(&told);
        let dashboard = names(include_str!("../../docs/grafana.json"));
        let unknown: Vec<_> = dashboard.difference(&told).collect();
        assert!(unknown.is_empty(), "the dashboard asks for {unknown:?}");
        let document = names(include_str!("../../docs/operations.md"));
        let missing: Vec<_> =
            told.difference(&document).filter(|name| name.starts_with("parlor_")).collect();
        assert!(missing.is_empty(), "docs/operations.md says nothing of {missing:?}");
        let unknown: Vec<_> =
            document.difference(&told).filter(|name| **name != "process_").collect();
        assert!(unknown.is_empty(), "docs/operations.md tells of {unknown:?}");
    }

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
            "parlor_requests_total{kind=\"long_poll\"} 0",
        ] {
            assert!(text.lines().any(|said| said == line), "{line} is not in\n{text}");
        }
    }
}
