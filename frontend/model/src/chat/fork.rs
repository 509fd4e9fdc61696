//! When the store lost what had been confirmed: what of one's own is gone becomes failed rows.

use parlor_shared::{Body, CommandId, Number, Offset, Page, PersonId, Record, RoomId};

use super::{Chat, Keys, Room};
use crate::{
    Changes, Notice, OutboxRecord, RowKey,
    outbox::{Item, Outbox, Stage},
};

/// One's own message that was confirmed and may be gone.
#[derive(Clone, Debug)]
pub(crate) struct Suspect {
    record: OutboxRecord,
    key: RowKey,
    number: Number,
    /// The person has been told that the past is another.
    told: bool,
    /// It had been trimmed before that, as far as is known.
    trimmed: bool,
}

/// What was held of a room before a reset told that its past is void.
pub(crate) struct Past {
    own: Vec<Suspect>,
    seen: Vec<(PersonId, CommandId, Number)>,
}

impl Past {
    /// Remembers everything confirmed in the room: messages, and replies whose entry did not come.
    pub(crate) fn of(room: &mut Room, outbox: &mut Outbox, me: &PersonId) -> Self {
        let mut past = Self { own: Vec::new(), seen: Vec::new() };
        let kept_from = room.timeline.kept_from();
        for (number, record, message) in room.timeline.messages() {
            past.seen.push((message.author.clone(), message.command, number));
            if message.author == *me
                && let (Some(text), Some(key)) = (&message.text, room.timeline.key(number))
            {
                let record = said(room, record, message.command, text.clone());
                past.own.push(Suspect {
                    record,
                    key,
                    number,
                    told: true,
                    trimmed: number < kept_from,
                });
            }
        }
        let written: Vec<CommandId> = outbox
            .of_room(room.id())
            .filter(|item| item.is_written())
            .map(|item| item.record.id)
            .collect();
        past.own.extend(written.into_iter().filter_map(|id| suspect(outbox.take(id)?)));
        let answered = std::mem::take(&mut room.answered).into_iter();
        past.own.extend(answered.map(|suspect| Suspect { told: true, ..suspect }));
        past
    }

    /// After the page that starts afresh is in place: puts the suspects in the room, and counts
    /// what is surely gone.
    pub(crate) fn settle(self, room: &mut Room, page: &Page) -> u64 {
        let lowest = page.records.iter().filter_map(|record| record.number).min();
        let from = lowest.unwrap_or(page.last_number.saturating_add(1));
        let gone = self.seen.iter().filter(|(author, command, number)| {
            *number >= from && room.timeline.said(author, *command).is_none()
        });
        let lost = gone.count() as u64;
        room.suspects.extend(self.own);
        lost
    }
}

fn said(room: &Room, record: &Record, id: CommandId, text: String) -> OutboxRecord {
    let (room, said_ms) = (room.id().clone(), record.time);
    OutboxRecord { id, room, text, said_ms, sent_ms: Some(record.time), trouble: None }
}

/// A written outbox item, taken out, as a suspect.
pub(crate) fn suspect(item: Item) -> Option<Suspect> {
    match item.stage {
        Stage::Written { number, .. } => Some(Suspect {
            record: item.record,
            key: item.key,
            number,
            told: false,
            trimmed: false,
        }),
        Stage::Waiting | Stage::Asked => None,
    }
}

/// Judges the suspects of a room by what is loaded now. Found ones are fine; those whose place is
/// taken or was never reached are gone; the others wait for older messages. Whether one from before
/// the first kept message was trimmed or lost, only what was known earlier tells; in doubt a failed
/// row is the safe answer: Retry gets the original's numbers if it was trimmed.
pub(crate) fn judge(room: &mut Room, outbox: &mut Outbox, me: &PersonId) -> Changes {
    let mut changes = Changes::default();
    if room.suspects.is_empty() {
        return changes;
    }
    let lowest = room.timeline.lowest_of_newest();
    let mut lost = 0;
    for suspect in std::mem::take(&mut room.suspects) {
        let number = suspect.number;
        let trimmed = number < room.timeline.first_kept();
        if room.timeline.said(me, suspect.record.id).is_some() || (trimmed && suspect.trimmed) {
            continue;
        }
        if trimmed || number > room.timeline.last_number() || number >= lowest {
            lost += u64::from(!suspect.told);
            outbox.add_lost(suspect.record, suspect.key);
            changes.timeline(room.id());
        } else {
            room.suspects.push(suspect);
        }
    }
    if lost > 0 {
        changes.notices.push(Notice::Forked { room: room.id().clone(), lost });
    }
    changes
}

impl Chat {
    /// Confirms what is one's own in `record`: the pending row becomes this one and keeps its key.
    pub(crate) fn confirm(&mut self, record: &Record) -> Option<RowKey> {
        let Body::Message(message) = &record.body else {
            return None;
        };
        if message.author != self.person.id {
            return None;
        }
        self.outbox.take(message.command).map(|item| item.key)
    }

    /// The position held is on the log's past: so are the replies from before it. What was trimmed
    /// of them cannot be lost any more.
    pub(crate) fn past_holds(&mut self, room: &RoomId) {
        if let Some(known) = self.rooms.get_mut(room) {
            let kept_from = known.timeline.kept_from();
            known.answered.retain(|answered| answered.number >= kept_from);
        }
    }

    /// Looks at replies whose entry should have come by now, being at or below `offset`: it was
    /// trimmed, or lost.
    pub(crate) fn settle_written(&mut self, room: &RoomId, offset: Offset) -> Changes {
        let Some(known) = self.rooms.get_mut(room) else {
            return Changes::default();
        };
        let due: Vec<CommandId> = self
            .outbox
            .of_room(room)
            .filter(|item| item.written_at().is_some_and(|at| at <= offset))
            .map(|item| item.record.id)
            .collect();
        known.suspects.extend(due.into_iter().filter_map(|id| suspect(self.outbox.take(id)?)));
        judge(known, &mut self.outbox, &self.person.id)
    }

    pub(crate) fn keys(&mut self) -> &mut Keys {
        &mut self.keys
    }
}
