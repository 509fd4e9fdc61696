//! Bugs planted in the simulation's own adaptors, to see that the checks catch them.

use parlor_model::Client;
use parlor_shared::{
    Action, ClientFrame, Command, Event, LogId, Outcome, Page, Position, Record,
    decode_client_frame, encode,
};

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
    /// The answer to a poll leaves its last entry out.
    pub forget_entries: bool,
    /// A poll that begins anew is told nothing of what came since the positions it names.
    pub ignore_positions: bool,
    /// A node takes the client that comes by a socket instead of polls to be one change further.
    pub skip_changes: bool,
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
    pub(super) fn event(self, client: &Client, event: &mut Event) {
        if !self.ignore_rev {
            return;
        }
        match event {
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
    }

    /// What the answer to a poll tells, which `begins` a connection or goes on.
    pub(super) fn told(self, mut events: Vec<Event>, begins: bool) -> Vec<Event> {
        let known = |event: &Event| !matches!(event, Event::Changes(page) if page.reset.is_none());
        if begins && self.ignore_positions {
            events.retain(known);
        }
        let last = events.iter().rposition(|event| matches!(event, Event::Entry(_)));
        if let Some(last) = last.filter(|_| self.forget_entries) {
            events.remove(last);
        }
        events
    }

    /// A frame of a socket that took the place of polls, as it reaches the node.
    pub(super) fn frame(self, frame: String) -> String {
        match decode_client_frame(&frame) {
            Ok(ClientFrame::Command(Command { id, action: Action::Follow { log, after } }))
                if self.skip_changes =>
            {
                let after = after.map(|held| Position { offset: held.offset + 1, ..held });
                encode(&Command { id, action: Action::Follow { log, after } })
            }
            Ok(_) | Err(_) => frame,
        }
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
