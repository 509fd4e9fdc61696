//! What a run came to, and how it is told.

use std::{fmt, time::Duration};

use super::{
    crowd::Crowd,
    ledger::Run,
    talk::{Circle, lost},
};

/// One run's figures.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Clients that were connected.
    pub clients: usize,
    /// Messages that arrived, summed over the clients.
    pub deliveries: u64,
    /// How long it went on.
    pub took: Duration,
    /// From the wish to say it to its arrival, in microseconds: median, 90, 99, 99.9 per cent, all.
    pub latency_us: [u64; 5],
    /// Deliveries that never came.
    pub lost: u64,
    /// Deliveries that came again.
    pub repeated: u64,
    /// Deliveries behind a later one.
    pub out_of_order: u64,
    /// Processor time of the server.
    pub processor: Option<Duration>,
    /// Bytes resident per connection.
    pub bytes_each: Option<f64>,
    /// What only this scenario has, by name.
    pub more: Vec<(&'static str, String)>,
}

impl Figures {
    /// What a crowd's ledgers say after `took`.
    pub(super) fn of(crowd: &Crowd, circles: &[Circle], took: Duration) -> Self {
        let counted = Self::counted(&crowd.run, crowd.members.len(), took);
        Self { lost: lost(crowd, circles), ..counted }
    }

    /// What a run has counted after `took`.
    pub(super) fn counted(run: &Run, clients: usize, took: Duration) -> Self {
        let latencies = run.latencies();
        let latency_us = [0.5, 0.9, 0.99, 0.999, 1.0].map(|part| latencies.value_at_quantile(part));
        Self {
            clients,
            deliveries: run.arrived(),
            took,
            latency_us,
            repeated: run.repeated(),
            out_of_order: run.out_of_order(),
            ..Self::default()
        }
    }

    /// Deliveries each second.
    #[must_use]
    pub fn per_second(&self) -> f64 {
        self.deliveries as f64 / self.took.as_secs_f64().max(f64::EPSILON)
    }

    /// The server's processor seconds for a million deliveries.
    #[must_use]
    pub fn processor_per_million(&self) -> Option<f64> {
        let seconds = self.processor?.as_secs_f64();
        (self.deliveries > 0).then(|| seconds * 1e6 / self.deliveries as f64)
    }

    /// Whether nothing was lost, repeated or out of order.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        (self.lost, self.repeated, self.out_of_order) == (0, 0, 0)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} clients", self.clients)?;
        if self.deliveries > 0 {
            let [half, ninety, most, nearly, all] = self.latency_us.map(|us| us as f64 / 1e3);
            write!(f, ", {} deliveries in {:.1} s", self.deliveries, self.took.as_secs_f64())?;
            write!(f, " ({:.0}/s)", self.per_second())?;
            write!(f, "; ms p50 {half:.1} p90 {ninety:.1} p99 {most:.1} p99.9 {nearly:.1}")?;
            write!(f, " max {all:.1}; lost {} repeated {}", self.lost, self.repeated)?;
            write!(f, " out of order {}", self.out_of_order)?;
        }
        if let Some(seconds) = self.processor_per_million() {
            write!(f, "; CPU s per million {seconds:.2}")?;
        }
        if let Some(bytes) = self.bytes_each {
            write!(f, "; KiB per connection {:.1}", bytes / 1024.0)?;
        }
        self.more.iter().try_for_each(|(name, value)| write!(f, "; {name} {value}"))
    }
}
