//! The store of logs, measured.

use std::sync::Arc;

use async_trait::async_trait;
use parlor_shared::{LogId, Page, Position, Record, RecordKey};

use super::timed;
use crate::{
    engine::{Broker, EngineError, LogTop, Outcome, PageRequest, Target, Write},
    metrics::{Operation, StoreMetrics, WriteCounts},
};

/// A broker and its measures.
pub(super) struct Metered {
    inner: Arc<dyn Broker>,
    messages: WriteCounts,
    others: WriteCounts,
    write: Operation,
    changes: Operation,
    page: Operation,
    record: Operation,
    records: Operation,
    top: Operation,
    follow: Operation,
}

impl Metered {
    pub(super) fn new(inner: Arc<dyn Broker>, store: &StoreMetrics) -> Self {
        Self {
            inner,
            messages: store.writes("message"),
            others: store.writes("record"),
            write: store.operation("write"),
            changes: store.operation("changes"),
            page: store.operation("page"),
            record: store.operation("record"),
            records: store.operation("records"),
            top: store.operation("top"),
            follow: store.operation("follow"),
        }
    }
}

#[async_trait]
impl Broker for Metered {
    async fn write(&self, write: Write) -> Result<Outcome, EngineError> {
        let counts = match write.change.target {
            Target::NewMessage => &self.messages,
            Target::Key(..) => &self.others,
        };
        let outcome = timed(&self.write, self.inner.write(write)).await;
        counts.note(&outcome);
        outcome
    }

    async fn changes(&self, log: &LogId, after: Option<&Position>) -> Result<Page, EngineError> {
        timed(&self.changes, self.inner.changes(log, after)).await
    }

    async fn page(&self, log: &LogId, request: PageRequest) -> Result<Page, EngineError> {
        timed(&self.page, self.inner.page(log, request)).await
    }

    async fn record(&self, log: &LogId, key: &RecordKey) -> Result<Option<Record>, EngineError> {
        timed(&self.record, self.inner.record(log, key)).await
    }

    async fn records(&self, log: &LogId, prefix: &str) -> Result<Vec<Record>, EngineError> {
        timed(&self.records, self.inner.records(log, prefix)).await
    }

    async fn top(&self, log: &LogId) -> Result<LogTop, EngineError> {
        timed(&self.top, self.inner.top(log)).await
    }

    async fn follow(&self, log: &LogId) -> Result<(), EngineError> {
        timed(&self.follow, self.inner.follow(log)).await
    }

    async fn unfollow(&self, log: &LogId) {
        self.inner.unfollow(log).await;
    }
}
