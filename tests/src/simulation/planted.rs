//! Bugs planted in the simulation's own adaptors, to see that the checks catch them.

use parlor_model::Client;
use parlor_shared::{Event, LogId, Outcome, Page, Position, Record};

use parlor::engine::log::MemoryLog;

/// Which bugs are planted. The code under test has none of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Planted {
    /// The store believes every position at or below its top, whatever the epoch.
    pub ignore_epochs: bool,
    /// The client takes each state that comes for the newest, whatever its `rev`.
    pub ignore_rev: bool,
    /// The store does not know a command that it has seen before.
    pub ignore_repeats: bool,
}

impl Planted {
    /// The position as the store checks it.
    pub(super) fn position(self, log: &MemoryLog, after: Position) -> Position {
        let top = log.top();
        if !self.ignore_epochs || after.offset > top.position.offset {
            return after;
        }
        let mut newest_first = top.epochs.pairs().iter().rev();
        let under = newest_first.find(|(_, first)| *first <= after.offset);
        under.map_or(after.clone(), |(epoch, _)| Position { epoch: epoch.clone(), ..after })
    }

    /// An event as it reaches the client.
    pub(super) fn event(self, client: &Client, mut event: Event) -> Event {
        if !self.ignore_rev {
            return event;
        }
        match &mut event {
            Event::Entry(entry) => newest(client, &entry.log, &mut entry.record),
            Event::Changes(page) | Event::Ok { result: Outcome::Page(page), .. } => {
                all_newest(client, page);
            }
            Event::Ok { .. }
            | Event::Welcome(_)
            | Event::Error { .. }
            | Event::Interrupted { .. }
            | Event::Typing { .. }
            | Event::Presence { .. }
            | Event::Ping
            | Event::Restarting { .. }
            | Event::Unknown => {}
        }
        event
    }
}

fn all_newest(client: &Client, page: &mut Page) {
    for record in &mut page.records {
        newest(client, &page.log, record);
    }
}

/// Makes a record look newer than the one that the client holds.
fn newest(client: &Client, log: &LogId, record: &mut Record) {
    let LogId::Room(room) = log else { return };
    let Some(known) = client.chat().room(room) else { return };
    let held = known.timeline().records().find(|held| held.key == record.key);
    if let Some(held) = held.filter(|held| held.rev > record.rev) {
        record.rev = held.rev + 1;
    }
}
