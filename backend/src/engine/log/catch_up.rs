//! What changed since a position, and what was said before a number.

use std::ops::ControlFlow;

use parlor_shared::{
    Epoch, LogId, Number, Page, Position, Record, Reset,
    limits::{CATCH_UP_RECORDS, NEWEST_MESSAGES, PAGE_BYTES, PAGE_RECORDS},
};

use super::{LogMeta, LogView, RECORD_OVERHEAD, StoredRecord};
use crate::engine::PageRequest;

/// What changed since `after`, as [`crate::engine::Broker::changes`] promises it.
///
/// # Errors
/// When the view cannot be read.
pub fn changes<V: LogView>(
    view: &V,
    log: &LogId,
    meta: &LogMeta,
    present: &Epoch,
    after: Option<&Position>,
) -> Result<Page, V::Error> {
    let page = |reset, records, position, more| Page {
        log: log.clone(),
        reset,
        records,
        position,
        more,
        first_kept: meta.first_kept,
        last_number: meta.last_number,
    };
    let top = meta.position(present);
    let reset = match after {
        None => Reset::Start,
        Some(after) if !meta.epochs.holds(after, meta.top) => Reset::Forked,
        Some(after) => match since(view, meta, after)? {
            Some(Since { records, until: None }) => return Ok(page(None, records, top, false)),
            Some(Since { records, until: Some(until) }) => {
                return Ok(page(None, records, until, true));
            }
            None => Reset::TooMany,
        },
    };
    Ok(page(Some(reset), newest(view, meta)?, top, false))
}

/// Messages before a number, oldest first, as [`crate::engine::Broker::page`] promises it.
///
/// # Errors
/// When the view cannot be read.
pub fn history<V: LogView>(
    view: &V,
    log: &LogId,
    meta: &LogMeta,
    present: &Epoch,
    request: PageRequest,
) -> Result<Page, V::Error> {
    let mut room = Room::new(request.limit.clamp(1, PAGE_RECORDS), PAGE_BYTES);
    let before = request.before.min(meta.last_number + 1);
    let lowest = messages(view, meta, before, &mut room)?;
    let mut records = room.records;
    records.reverse();
    Ok(Page {
        log: log.clone(),
        reset: None,
        records,
        position: meta.position(present),
        more: lowest > meta.first_kept,
        first_kept: meta.first_kept,
        last_number: meta.last_number,
    })
}

/// As many of `records` as a page takes, in their order, and whether some are left.
#[must_use]
pub fn one_page(records: Vec<Record>) -> (Vec<Record>, bool) {
    let mut room = Room::new(PAGE_RECORDS, PAGE_BYTES);
    for record in records {
        // What cannot be written never came from a store.
        let body = serde_json::to_string(&record.body).map_or(0, |body| body.len());
        let bytes = RECORD_OVERHEAD + record.key.as_str().len() + body;
        match room.take(StoredRecord { record, bytes }) {
            Taken::Yes => {}
            Taken::Full => return (room.records, true),
        }
    }
    (room.records, false)
}

/// Changed records in order, and where they end if there are more.
struct Since {
    records: Vec<Record>,
    until: Option<Position>,
}

/// The first page since a position that holds; none when it is better to start afresh: when more
/// than 500 records changed, or the page would end where no kept epoch can name the place.
fn since<V: LogView>(
    view: &V,
    meta: &LogMeta,
    after: &Position,
) -> Result<Option<Since>, V::Error> {
    if view.count_changed(after.offset, CATCH_UP_RECORDS + 1)? > CATCH_UP_RECORDS {
        return Ok(None);
    }
    let mut room = Room::new(PAGE_RECORDS, PAGE_BYTES);
    let mut full = false;
    view.visit_changed(after.offset, &mut |stored| match room.take(stored) {
        Taken::Yes => ControlFlow::Continue(()),
        Taken::Full => {
            full = true;
            ControlFlow::Break(())
        }
    })?;
    if !full {
        return Ok(Some(Since { records: room.records, until: None }));
    }
    let until = room.records.last().and_then(|last| meta.position_at(last.rev));
    Ok(until.map(|until| Since { records: room.records, until: Some(until) }))
}

/// The newest page: every record that is neither message nor member, and the newest messages, in
/// order of `rev`. The first are few and come whole; messages fill what they leave of 256 KiB.
fn newest<V: LogView>(view: &V, meta: &LogMeta) -> Result<Vec<Record>, V::Error> {
    let others = view.others()?;
    let taken: usize = others.iter().map(|stored| stored.bytes).sum();
    let mut room = Room::new(NEWEST_MESSAGES, PAGE_BYTES.saturating_sub(taken));
    messages(view, meta, meta.last_number + 1, &mut room)?;
    let mut records = room.records;
    records.extend(others.into_iter().map(|stored| stored.record));
    records.sort_by_key(|record| record.rev);
    Ok(records)
}

/// Takes messages below `before`, newest first, while there is room; the lowest number reached.
fn messages<V: LogView>(
    view: &V,
    meta: &LogMeta,
    before: Number,
    room: &mut Room,
) -> Result<Number, V::Error> {
    let mut lowest = before;
    while lowest > meta.first_kept && room.left > 0 {
        if let Some(stored) = view.message(lowest - 1)? {
            match room.take(stored) {
                Taken::Yes => {}
                Taken::Full => break,
            }
        }
        lowest -= 1;
    }
    Ok(lowest)
}

/// What still fits on a page. One record always does.
struct Room {
    records: Vec<Record>,
    left: usize,
    bytes_left: usize,
}

/// Whether a record was taken.
enum Taken {
    Yes,
    Full,
}

impl Room {
    fn new(records: usize, bytes: usize) -> Self {
        Self { records: Vec::new(), left: records, bytes_left: bytes }
    }

    fn take(&mut self, stored: StoredRecord) -> Taken {
        let fits = self.records.is_empty() || stored.bytes <= self.bytes_left;
        if self.left == 0 || !fits {
            return Taken::Full;
        }
        self.left -= 1;
        self.bytes_left = self.bytes_left.saturating_sub(stored.bytes);
        self.records.push(stored.record);
        Taken::Yes
    }
}
