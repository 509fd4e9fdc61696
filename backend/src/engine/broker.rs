//! The contract of a store of logs: write, changes, page, follow.

use async_trait::async_trait;
use parlor_shared::{
    Body, CommandId, Entry, EpochHistory, LogId, Number, Offset, Page, PersonId, Position, Record,
    RecordKey, Role,
};

use super::EngineError;

/// Logs of rooms and persons. One instance serves one node; all methods may be called at once.
///
/// Time is the store's, in ms UTC, never earlier than the entry before in the same log.
#[async_trait]
pub trait Broker: Send + Sync {
    /// Writes one change, atomically with its checks, in this order: the repeat, the role, the
    /// revision. When this returns [`Outcome::Written`], the change is as durable as the store is
    /// set to make it, and only then is it announced. Announces each entry at most once from here;
    /// the caller feeds the returned entry to its own hub as well.
    ///
    /// # Errors
    /// [`EngineError::Away`]: nothing was done. [`EngineError::Timeout`]: it may have been; the
    /// same write again tells.
    ///
    /// # Cancel safety
    /// Dropping the future may leave the change written; the same write again tells.
    async fn write(&self, write: Write) -> Result<Outcome, EngineError>;

    /// What changed since a position: records with a higher `rev`, in order of `rev`, at most 100
    /// and 256 KiB. Starts afresh ([`Page::reset`], with the newest 50 messages and every record
    /// that is neither message nor member) without a position, when the position does not hold,
    /// and when more than 500 records changed. A log nobody wrote to is empty: top 0 under the
    /// store's present epoch.
    ///
    /// # Errors
    /// [`EngineError`] as for reads: `Away` or `Timeout`.
    async fn changes(&self, log: &LogId, after: Option<&Position>) -> Result<Page, EngineError>;

    /// Messages by number, for scrolling back: `more` says whether older ones are kept.
    ///
    /// # Errors
    /// As for [`Broker::changes`].
    async fn page(&self, log: &LogId, request: PageRequest) -> Result<Page, EngineError>;

    /// One record, if it is there.
    ///
    /// # Errors
    /// As for [`Broker::changes`].
    async fn record(&self, log: &LogId, key: &RecordKey) -> Result<Option<Record>, EngineError>;

    /// Every record whose key begins with `prefix`, in no order. Meant for members and memberships
    /// (at most 10,000), not for messages.
    ///
    /// # Errors
    /// As for [`Broker::changes`].
    async fn records(&self, log: &LogId, prefix: &str) -> Result<Vec<Record>, EngineError>;

    /// Where the log is now.
    ///
    /// # Errors
    /// As for [`Broker::changes`].
    async fn top(&self, log: &LogId) -> Result<LogTop, EngineError>;

    /// From when this returns, every change of `log` by any node is announced to this node's
    /// [`super::Delivery`]. Following twice is as following once.
    ///
    /// # Errors
    /// `Away`; the engine then keeps trying by itself and announces a doubt once it listens.
    async fn follow(&self, log: &LogId) -> Result<(), EngineError>;

    /// Stops the announcements; a few may still come.
    async fn unfollow(&self, log: &LogId);
}

/// One change, asked for.
#[derive(Clone, Debug)]
pub struct Write {
    /// Which log.
    pub log: LogId,
    /// Who asks.
    pub author: PersonId,
    /// The author's command; with the author and the log it tells a repeat.
    pub command: CommandId,
    /// The least role the author must have in this log; none for a join and for person logs.
    pub needs: Option<Role>,
    /// What changes.
    pub change: Change,
    /// How many messages the log keeps from now on; each write trims to it.
    pub keep: u32,
}

/// What a write does to one record.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which record.
    pub target: Target,
    /// Its new state. (A `serde_json` form of it is what the store keeps.)
    pub body: Body,
    /// A role given or taken along with it, in the same step.
    pub grant: Option<Grant>,
}

/// Which record a write is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A new message: the store gives it the next number and the key `message:<number>`.
    NewMessage,
    /// A record by key.
    Key(RecordKey, Expect),
}

/// Which state of a record the writer saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Whatever is there is replaced.
    Anything,
    /// Nothing is there yet.
    Absent,
    /// The record has this `rev`.
    Rev(Offset),
}

/// A role of a person in a room's log, kept beside the records so that the store can check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Whose.
    pub person: PersonId,
    /// The role given; none takes it away.
    pub role: Option<Role>,
}

/// What came of a write.
#[derive(Clone, Debug, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "nearly every outcome is an entry; a box would save nothing. (Not `expect`: with some \
              dependencies' features a JSON value is small enough for clippy.)"
)]
#[must_use]
pub enum Outcome {
    /// It was written.
    Written(Entry),
    /// It had been written before: the original answer.
    Repeat {
        /// The original's offset.
        offset: Offset,
        /// The original's message number.
        number: Option<Number>,
    },
    /// The author lacks the role. Nothing was written.
    Forbidden,
    /// The record has another `rev` (0: it is not there). Nothing was written.
    Conflict {
        /// The `rev` it has.
        rev: Offset,
    },
}

/// Which messages of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Messages with a lower number.
    pub before: Number,
    /// At most this many, 1 to 100.
    pub limit: usize,
}

/// Where a log is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogTop {
    /// Its newest change; offset 0 under the store's present epoch for an empty log.
    pub position: Position,
    /// Which epochs wrote which part of it.
    pub epochs: EpochHistory,
    /// The highest message number.
    pub last_number: Number,
    /// The lowest message number kept; `last_number + 1` when none is.
    pub first_kept: Number,
}
