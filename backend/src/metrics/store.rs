//! What was asked of the store, how long it took, and what came of it.

use std::time::Duration;

use prometheus::{Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, Registry};

use super::counters;
use crate::engine::{EngineError, Outcome};

/// From a read out of memory to the 5 s after which a call is given up.
const SECONDS: &[f64] = &[
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
    5.0,
];

/// The families of which [`Operation`]s and [`WriteCounts`] are parts.
#[derive(Debug)]
pub(crate) struct StoreMetrics {
    seconds: HistogramVec,
    failures: IntCounterVec,
    writes: IntCounterVec,
}

/// One operation of the store.
#[derive(Debug)]
pub(crate) struct Operation {
    seconds: Histogram,
    away: IntCounter,
    timeout: IntCounter,
    corrupt: IntCounter,
}

/// Writes of one kind, by what came of them.
#[derive(Debug)]
pub(crate) struct WriteCounts {
    written: IntCounter,
    repeat: IntCounter,
    forbidden: IntCounter,
    conflict: IntCounter,
    away: IntCounter,
    timeout: IntCounter,
    corrupt: IntCounter,
}

impl StoreMetrics {
    pub(super) fn new(registry: &Registry) -> prometheus::Result<Self> {
        let name = "parlor_engine_operation_seconds";
        let help = "How long the store took, by operation and what it was about; the count is how \
                    often it was asked.";
        let options = HistogramOpts::new(name, help).buckets(SECONDS.to_vec());
        let seconds = HistogramVec::new(options, &["of", "operation"])?;
        registry.register(Box::new(seconds.clone()))?;
        let metrics = Self {
            seconds,
            failures: counters(
                registry,
                "parlor_engine_failures_total",
                "Operations the store did not answer as asked.",
                &["of", "operation", "error"],
            )?,
            writes: counters(
                registry,
                "parlor_writes_total",
                "Writes by what came of them; a repeat got its original answer.",
                &["kind", "result"],
            )?,
        };
        // There from the start, also before the first engine is opened.
        let _ = (metrics.operation("room", "changes"), metrics.operation("room", "write"));
        let _ = (metrics.writes("message"), metrics.writes("record"));
        Ok(metrics)
    }

    /// The part of one operation on one sort of what is kept.
    pub(crate) fn operation(&self, of: &'static str, name: &'static str) -> Operation {
        let failures = |error| self.failures.with_label_values(&[of, name, error]);
        Operation {
            seconds: self.seconds.with_label_values(&[of, name]),
            away: failures("away"),
            timeout: failures("timeout"),
            corrupt: failures("corrupt"),
        }
    }

    /// The part of one kind of writes.
    pub(crate) fn writes(&self, kind: &'static str) -> WriteCounts {
        let result = |result| self.writes.with_label_values(&[kind, result]);
        WriteCounts {
            written: result("written"),
            repeat: result("repeat"),
            forbidden: result("forbidden"),
            conflict: result("conflict"),
            away: result("away"),
            timeout: result("timeout"),
            corrupt: result("corrupt"),
        }
    }
}

impl Operation {
    /// Counts one answer.
    pub(crate) fn note<T>(&self, took: Duration, answer: &Result<T, EngineError>) {
        self.seconds.observe(took.as_secs_f64());
        match answer {
            Ok(_) => {}
            Err(EngineError::Away(_)) => self.away.inc(),
            Err(EngineError::Timeout) => self.timeout.inc(),
            Err(EngineError::Corrupt(_)) => self.corrupt.inc(),
        }
    }
}

impl WriteCounts {
    /// Counts one write.
    pub(crate) fn note(&self, outcome: &Result<Outcome, EngineError>) {
        let counter = match outcome {
            Ok(Outcome::Written(_)) => &self.written,
            Ok(Outcome::Repeat { .. }) => &self.repeat,
            Ok(Outcome::Forbidden) => &self.forbidden,
            Ok(Outcome::Conflict { .. }) => &self.conflict,
            Err(EngineError::Away(_)) => &self.away,
            Err(EngineError::Timeout) => &self.timeout,
            Err(EngineError::Corrupt(_)) => &self.corrupt,
        };
        counter.inc();
    }
}
