//! Logs on the embedded store.

use async_trait::async_trait;
use parlor_shared::{LogId, Page, Position, Record, RecordKey};

use super::{Embedded, view::View, write};
use crate::engine::{
    Broker, EngineError, LogTop, Outcome, PageRequest, Write,
    log::{changes, history},
};

#[async_trait]
impl Broker for Embedded {
    async fn write(&self, write: Write) -> Result<Outcome, EngineError> {
        Embedded::write(self, move |batch| write::write(batch, write)).await
    }

    async fn changes(&self, log: &LogId, after: Option<&Position>) -> Result<Page, EngineError> {
        let (log, after) = (log.clone(), after.cloned());
        self.read(move |reading| {
            let view = View::open(reading, &log.to_string())?;
            changes(&view, &log, &view.meta, &reading.epoch, after.as_ref())
        })
        .await
    }

    async fn page(&self, log: &LogId, request: PageRequest) -> Result<Page, EngineError> {
        let log = log.clone();
        self.read(move |reading| {
            let view = View::open(reading, &log.to_string())?;
            history(&view, &log, &view.meta, &reading.epoch, request)
        })
        .await
    }

    async fn record(&self, log: &LogId, key: &RecordKey) -> Result<Option<Record>, EngineError> {
        let (log, key) = (log.to_string(), key.clone());
        self.read(move |reading| {
            let found = View::open(reading, &log)?.record(key.as_str())?;
            Ok(found.map(|stored| stored.record))
        })
        .await
    }

    async fn records(&self, log: &LogId, prefix: &str) -> Result<Vec<Record>, EngineError> {
        let (log, prefix) = (log.to_string(), prefix.to_owned());
        self.read(move |reading| View::open(reading, &log)?.with_prefix(&prefix)).await
    }

    async fn top(&self, log: &LogId) -> Result<LogTop, EngineError> {
        let log = log.to_string();
        self.read(move |reading| Ok(View::open(reading, &log)?.meta.log_top(&reading.epoch))).await
    }

    async fn follow(&self, log: &LogId) -> Result<(), EngineError> {
        self.follows.add(log);
        Ok(())
    }

    async fn unfollow(&self, log: &LogId) {
        self.follows.remove(log);
    }
}
