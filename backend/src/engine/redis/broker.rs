//! Logs in Redis: each method is one script, one round trip.

mod reply;
mod snapshot;

use std::sync::Arc;

use async_trait::async_trait;
use parlor_shared::{
    Entry, LogId, Page, Position, Record, RecordKey, Role,
    limits::{
        CATCH_UP_RECORDS, DEDUPE_COMMANDS, DEDUPE_MS, EPOCHS_KEPT, NEWEST_MESSAGES, PAGE_BYTES,
        PAGE_RECORDS,
    },
};
use redis::ScriptInvocation;

use self::{
    reply::{Counters, Written},
    snapshot::{NewestNeeded, Snapshot},
};
use super::{
    keys::{Keys, LogKeys},
    primaries::Primaries,
    scripts::{CHANGES, HISTORY, RECORDS, TOP, WRITE},
};
use crate::engine::{
    Broker, EngineError, Expect, LogTop, Outcome, PageRequest, Target, Write,
    log::{self, RECORD_OVERHEAD},
};

/// The store of logs.
#[derive(Debug)]
pub(super) struct RedisBroker {
    primaries: Arc<Primaries>,
    keys: Arc<Keys>,
}

impl RedisBroker {
    pub(super) fn new(primaries: Arc<Primaries>, keys: Arc<Keys>) -> Self {
        Self { primaries, keys }
    }

    /// What changed and, on demand, the newest page, at one moment.
    async fn snapshot(
        &self,
        log: &LogId,
        after: Option<&Position>,
        newest: bool,
    ) -> Result<(Counters, Snapshot), EngineError> {
        let keys = self.keys.log(log);
        let after = after.map_or(String::new(), |after| after.offset.to_string());
        let mut script = CHANGES.key(keys.meta());
        script.key(keys.messages()).key(keys.states()).key(keys.revs()).key(keys.others());
        script.arg(after).arg(u8::from(newest)).arg(PAGE_RECORDS).arg(PAGE_BYTES);
        script.arg(NEWEST_MESSAGES).arg(CATCH_UP_RECORDS).arg(RECORD_OVERHEAD);
        let (counters, count, changed, messages, others): (
            Vec<String>,
            usize,
            Vec<String>,
            Vec<String>,
            Vec<String>,
        ) = self.primaries.script(&keys.meta(), &script).await?;
        let newest = newest.then_some((messages.as_slice(), others.as_slice()));
        Ok((Counters::read(&counters)?, Snapshot::read(count, &changed, newest)?))
    }
}

#[async_trait]
impl Broker for RedisBroker {
    async fn write(&self, write: Write) -> Result<Outcome, EngineError> {
        let keys = self.keys.log(&write.log);
        let body = serde_json::to_string(&write.change.body)
            .map_err(|error| EngineError::Corrupt(error.to_string()))?;
        let script = write_script(&keys, &write, &body);
        let reply: Vec<String> = self.primaries.script(&keys.meta(), &script).await?;
        let mark = keys.mark();
        match reply::outcome(&reply)? {
            reply::Outcome::Written(written) => {
                self.primaries.replicated(mark, written.epoch.clone()).await?;
                Ok(Outcome::Written(entry(write, written)))
            }
            // What was in doubt the first time is so until it is on the replicas.
            reply::Outcome::Repeat { outcome, present } => {
                self.primaries.replicated(mark, present).await?;
                Ok(outcome)
            }
            reply::Outcome::Done(outcome) => Ok(outcome),
        }
    }

    async fn changes(&self, log: &LogId, after: Option<&Position>) -> Result<Page, EngineError> {
        let mut newest = after.is_none();
        loop {
            let (counters, snapshot) = self.snapshot(log, after, newest).await?;
            let Counters { meta, present } = &counters;
            match log::changes(&snapshot, log, meta, present, after) {
                Ok(page) => return Ok(page),
                // Rare: the position does not hold, or too much changed. Asked again, whole.
                Err(NewestNeeded) if !newest => newest = true,
                Err(NewestNeeded) => return Err(EngineError::Corrupt(log.to_string())),
            }
        }
    }

    async fn page(&self, log: &LogId, request: PageRequest) -> Result<Page, EngineError> {
        let keys = self.keys.log(log);
        let mut script = HISTORY.key(keys.meta());
        script.key(keys.messages()).arg(request.before);
        script.arg(request.limit.clamp(1, PAGE_RECORDS)).arg(PAGE_BYTES).arg(RECORD_OVERHEAD);
        let (counters, messages): (Vec<String>, Vec<String>) =
            self.primaries.script(&keys.meta(), &script).await?;
        let Counters { meta, present } = Counters::read(&counters)?;
        let snapshot = Snapshot::read(0, &[], Some((&messages, &[])))?;
        log::history(&snapshot, log, &meta, &present, request)
            .map_err(|NewestNeeded| EngineError::Corrupt(log.to_string()))
    }

    async fn record(&self, log: &LogId, key: &RecordKey) -> Result<Option<Record>, EngineError> {
        let keys = self.keys.log(log);
        let (hash, field) = match key.as_str().strip_prefix("message:") {
            Some(number) => (keys.messages(), number),
            None => (keys.states(), key.as_str()),
        };
        let mut command = redis::cmd("HGET");
        command.arg(&hash).arg(field);
        let value: Option<String> = self.primaries.command(&hash, &command).await?;
        value.map(|value| reply::stored(key, &value).map(|stored| stored.record)).transpose()
    }

    async fn records(&self, log: &LogId, prefix: &str) -> Result<Vec<Record>, EngineError> {
        let keys = self.keys.log(log);
        let mut script = RECORDS.key(keys.messages());
        script.key(keys.states()).arg(prefix);
        let flat: Vec<String> = self.primaries.script(&keys.states(), &script).await?;
        let stored = reply::stored_list(&flat)?;
        Ok(stored.into_iter().map(|stored| stored.record).collect())
    }

    async fn top(&self, log: &LogId) -> Result<LogTop, EngineError> {
        let meta = self.keys.log(log).meta();
        let script = TOP.key(&meta);
        let counters: Vec<String> = self.primaries.script(&meta, &script).await?;
        let Counters { meta, present } = Counters::read(&counters)?;
        Ok(meta.log_top(&present))
    }

    async fn follow(&self, log: &LogId) -> Result<(), EngineError> {
        self.primaries.follow(log).await
    }

    async fn unfollow(&self, log: &LogId) {
        self.primaries.unfollow(log).await;
    }
}

/// The write as `write.lua` takes it.
fn write_script(keys: &LogKeys, write: &Write, body: &str) -> ScriptInvocation<'static> {
    let (key, expect) = match &write.change.target {
        Target::NewMessage => ("", String::new()),
        Target::Key(key, Expect::Anything) => (key.as_str(), "any".to_owned()),
        Target::Key(key, Expect::Absent) => (key.as_str(), "absent".to_owned()),
        Target::Key(key, Expect::Rev(rev)) => (key.as_str(), rev.to_string()),
    };
    let grant = write.change.grant.as_ref();
    let mut script = WRITE.key(keys.meta());
    script.key(keys.messages()).key(keys.states()).key(keys.revs()).key(keys.others());
    script.key(keys.roles()).key(keys.done(&write.author)).key(keys.done_order(&write.author));
    script.key(keys.channel());
    script.arg(write.log.to_string()).arg(write.author.as_str()).arg(write.command.to_string());
    script.arg(role(write.needs)).arg(key).arg(expect).arg(body).arg(write.keep);
    script.arg(grant.map_or("", |grant| grant.person.as_str()));
    script.arg(role(grant.and_then(|grant| grant.role)));
    script.arg(DEDUPE_MS).arg(DEDUPE_COMMANDS).arg(EPOCHS_KEPT);
    script
}

/// A role as the scripts know it.
fn role(role: Option<Role>) -> &'static str {
    match role {
        None => "",
        Some(Role::Member) => "member",
        Some(Role::Moderator) => "moderator",
        Some(Role::Owner) => "owner",
    }
}

/// The entry that `write.lua` announced, put together from what it was given and what it gave.
fn entry(write: Write, written: Written) -> Entry {
    let key = match (write.change.target, written.number) {
        (Target::Key(key, _), _) => key,
        (Target::NewMessage, number) => RecordKey::message(number.unwrap_or_default()),
    };
    let record = Record {
        key,
        rev: written.offset,
        number: written.number,
        time: written.first_time,
        body: write.change.body,
    };
    Entry {
        log: write.log,
        epoch: written.epoch,
        offset: written.offset,
        time: written.time,
        author: write.author,
        command: write.command,
        record,
    }
}
