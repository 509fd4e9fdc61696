//! What was said and is not confirmed yet: in order, kept across reloads, sent once.

mod record;

use parlor_shared::{CommandId, Number, Offset, Problem, RoomId};

pub use record::{OutboxRecord, Trouble};

use crate::{Ordered, RowKey, link::retry_ms};

/// Records an outbox takes.
pub const OUTBOX_RECORDS: usize = 200;
/// Bytes of text an outbox takes.
pub const OUTBOX_BYTES: usize = 1024 * 1024;
/// An entry that has not come this long after its reply is asked about, in milliseconds. Until then
/// the server may find out by itself: it looks at the top of its logs every 10 s.
const ENTRY_MS: u64 = 12_000;

/// A record on its way.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) record: OutboxRecord,
    pub(crate) key: RowKey,
    pub(crate) stage: Stage,
}

/// How far a record has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Not on the present link; parked if it has a trouble.
    Waiting,
    /// Transmitted on the present link, no reply yet.
    Asked,
    /// The server has it; its entry has not come yet.
    Written {
        offset: Offset,
        number: Number,
        /// When the reply came.
        at_ms: u64,
    },
}

impl Item {
    /// Whether the server has it.
    pub(crate) fn is_written(&self) -> bool {
        self.written_at().is_some()
    }

    /// Where in its log the server has it.
    pub(crate) fn written_at(&self) -> Option<Offset> {
        match self.stage {
            Stage::Written { offset, .. } => Some(offset),
            Stage::Waiting | Stage::Asked => None,
        }
    }
}

/// What storage must be told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Keep {
    Save(OutboxRecord),
    Forget(CommandId),
}

/// A room that must wait before its next attempt.
#[derive(Clone, Debug, Default)]
struct Hold {
    until_ms: u64,
    failures: u32,
    /// What the server said the last time.
    cause: Option<Problem>,
}

/// Everything unconfirmed, in the order it was said.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    items: Vec<Item>,
    holds: Ordered<RoomId, Hold>,
    /// For storage, since the last time it was asked.
    pub(crate) journal: Vec<Keep>,
}

impl Outbox {
    pub(crate) fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter()
    }

    pub(crate) fn of_room<'a>(&'a self, room: &'a RoomId) -> impl Iterator<Item = &'a Item> {
        self.items.iter().filter(move |item| item.record.room == *room)
    }

    /// Whether one more text of this length can be taken.
    pub(crate) fn takes(&self, bytes: usize) -> bool {
        let held: usize = self.items.iter().map(|item| item.record.text.len()).sum();
        self.items.len() < OUTBOX_RECORDS && held + bytes <= OUTBOX_BYTES
    }

    /// Takes a record that storage knows already.
    pub(crate) fn restore(&mut self, record: OutboxRecord, key: RowKey) {
        if self.items.iter().all(|item| item.record.id != record.id) {
            self.items.push(Item { record, key, stage: Stage::Waiting });
        }
    }

    /// Takes a new record.
    pub(crate) fn add(&mut self, record: OutboxRecord, key: RowKey) {
        self.journal.push(Keep::Save(record.clone()));
        self.restore(record, key);
    }

    /// Puts what the server lost back, before everything else of its kind.
    pub(crate) fn add_lost(&mut self, mut record: OutboxRecord, key: RowKey) {
        if self.get(record.id).is_some() {
            return;
        }
        record.trouble = Some(Trouble::Lost);
        self.journal.push(Keep::Save(record.clone()));
        let place = self.items.partition_point(|item| item.record.said_ms <= record.said_ms);
        self.items.insert(place, Item { record, key, stage: Stage::Waiting });
    }

    pub(crate) fn get(&self, id: CommandId) -> Option<&Item> {
        self.items.iter().find(|item| item.record.id == id)
    }

    /// Takes a record out: it is confirmed, or given up.
    pub(crate) fn take(&mut self, id: CommandId) -> Option<Item> {
        let place = self.items.iter().position(|item| item.record.id == id)?;
        let item = self.items.remove(place);
        if !item.is_written() {
            self.journal.push(Keep::Forget(id));
        }
        Some(item)
    }

    /// The record waits for the person.
    pub(crate) fn park(&mut self, id: CommandId, trouble: Trouble) {
        if let Some(item) = self.items.iter_mut().find(|item| item.record.id == id) {
            item.stage = Stage::Waiting;
            item.record.trouble = Some(trouble);
            self.journal.push(Keep::Save(item.record.clone()));
        }
    }

    /// The person wants a parked record sent. In doubt, it becomes a new command, `fresh`.
    pub(crate) fn unpark(&mut self, id: CommandId, fresh: CommandId) {
        let Some(item) = self.items.iter_mut().find(|item| item.record.id == id) else {
            return;
        };
        let Some(trouble) = item.record.trouble.take() else {
            return;
        };
        item.record.sent_ms = None;
        if trouble == Trouble::InDoubt {
            item.record.id = fresh;
            self.journal.push(Keep::Forget(id));
        }
        self.journal.push(Keep::Save(item.record.clone()));
    }

    /// The server has it.
    pub(crate) fn written(&mut self, id: CommandId, offset: Offset, number: Number, at_ms: u64) {
        let Some(item) = self.items.iter_mut().find(|item| item.record.id == id) else {
            return;
        };
        item.stage = Stage::Written { offset, number, at_ms };
        let room = item.record.room.clone();
        self.journal.push(Keep::Forget(id));
        self.holds.remove(&room);
    }

    /// What was in flight in the room must wait because of `cause`; by `wait_ms` where the server
    /// named it.
    pub(crate) fn hold(
        &mut self,
        id: CommandId,
        now_ms: u64,
        cause: Problem,
        wait_ms: Option<u64>,
    ) {
        let Some(item) = self.items.iter_mut().find(|item| item.record.id == id) else {
            return;
        };
        item.stage = Stage::Waiting;
        let hold = self.holds.or_insert_with(item.record.room.clone(), Hold::default);
        let wait = wait_ms.unwrap_or_else(|| retry_ms(hold.failures));
        hold.failures = hold.failures.saturating_add(1);
        hold.until_ms = now_ms.saturating_add(wait);
        hold.cause = Some(cause);
    }

    /// Why what waits in the room waits, if the server asked for it.
    pub(crate) fn held(&self, room: &RoomId) -> Option<&Problem> {
        let waits = self.of_room(room).any(|item| item.record.trouble.is_none());
        self.holds.get(room).filter(|_| waits)?.cause.as_ref()
    }

    /// The room goes on by itself.
    pub(crate) fn release(&mut self, room: &RoomId) {
        self.holds.remove(room);
    }

    /// When the room's log is to be asked what became of a reply whose entry has not come.
    pub(crate) fn overdue_ms(&self, room: &RoomId) -> Option<u64> {
        let due = |item: &Item| match item.stage {
            Stage::Written { at_ms, .. } => Some(at_ms.saturating_add(ENTRY_MS)),
            Stage::Waiting | Stage::Asked => None,
        };
        self.of_room(room).filter_map(due).min()
    }

    /// The next record of the room to transmit; none while one is in flight or the room is held.
    pub(crate) fn next(&self, room: &RoomId, now_ms: u64) -> Option<&Item> {
        if self.holds.get(room).is_some_and(|hold| now_ms < hold.until_ms) {
            return None;
        }
        let open = |item: &&Item| item.record.trouble.is_none() && !item.is_written();
        let mut items = self.items.iter().filter(|item| item.record.room == *room);
        items.find(open).filter(|item| item.stage == Stage::Waiting)
    }

    /// Notes that a record is being transmitted; saved before it is.
    pub(crate) fn asked(&mut self, id: CommandId, wall_ms: u64) {
        let Some(item) = self.items.iter_mut().find(|item| item.record.id == id) else {
            return;
        };
        item.stage = Stage::Asked;
        if item.record.sent_ms.is_none() {
            item.record.sent_ms = Some(wall_ms);
            self.journal.push(Keep::Save(item.record.clone()));
        }
    }

    /// The link is gone: what was in flight is undecided.
    pub(crate) fn cut(&mut self) {
        for item in self.items.iter_mut().filter(|item| item.stage == Stage::Asked) {
            item.stage = Stage::Waiting;
        }
        self.holds.clear();
    }

    /// When the next held room may go on.
    pub(crate) fn due_ms(&self) -> Option<u64> {
        let waits = |room: &&RoomId| self.of_room(room).any(|item| item.record.trouble.is_none());
        self.holds.iter().filter(|(room, _)| waits(room)).map(|(_, hold)| hold.until_ms).min()
    }
}
