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
    room: Operations,
    person: Operations,
}

/// The measures of one sort of logs.
struct Operations {
    write: Operation,
    changes: Operation,
    page: Operation,
    record: Operation,
    records: Operation,
    top: Operation,
    follow: Operation,
}

impl Operations {
    fn new(of: &'static str, store: &StoreMetrics) -> Self {
        Self {
            write: store.operation(of, "write"),
            changes: store.operation(of, "changes"),
            page: store.operation(of, "page"),
            record: store.operation(of, "record"),
            records: store.operation(of, "records"),
            top: store.operation(of, "top"),
            follow: store.operation(of, "follow"),
        }
    }
}

impl Metered {
    pub(super) fn new(inner: Arc<dyn Broker>, store: &StoreMetrics) -> Self {
        let (messages, others) = (store.writes("message"), store.writes("record"));
        let (room, person) = (Operations::new("room", store), Operations::new("person", store));
        Self { inner, messages, others, room, person }
    }

    fn of(&self, log: &LogId) -> &Operations {
        match log {
            LogId::Room(_) => &self.room,
            LogId::Person(_) => &self.person,
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
        let operation = &self.of(&write.log).write;
        let outcome = timed(operation, self.inner.write(write)).await;
        counts.note(&outcome);
        outcome
    }

    async fn changes(&self, log: &LogId, after: Option<&Position>) -> Result<Page, EngineError> {
        timed(&self.of(log).changes, self.inner.changes(log, after)).await
    }

    async fn page(&self, log: &LogId, request: PageRequest) -> Result<Page, EngineError> {
        timed(&self.of(log).page, self.inner.page(log, request)).await
    }

    async fn record(&self, log: &LogId, key: &RecordKey) -> Result<Option<Record>, EngineError> {
        timed(&self.of(log).record, self.inner.record(log, key)).await
    }

    async fn records(&self, log: &LogId, prefix: &str) -> Result<Vec<Record>, EngineError> {
        timed(&self.of(log).records, self.inner.records(log, prefix)).await
    }

    async fn top(&self, log: &LogId) -> Result<LogTop, EngineError> {
        timed(&self.of(log).top, self.inner.top(log)).await
    }

    async fn follow(&self, log: &LogId) -> Result<(), EngineError> {
        timed(&self.of(log).follow, self.inner.follow(log)).await
    }

    async fn unfollow(&self, log: &LogId) {
        self.inner.unfollow(log).await;
    }
}
