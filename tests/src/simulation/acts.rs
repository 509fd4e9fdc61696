//! What people do: say, change, take back, scroll, read, retry, give up.

use parlor_model::{Input, Intent, MessageRow, MessageState, Row};
use parlor_shared::RoomId;

use super::{agenda::Happening, world::World};

impl World {
    /// A person does something, and will do the next thing soon.
    pub(super) fn act(&mut self, device: usize) {
        if self.now >= self.quiet_at {
            return;
        }
        let room = self.store.rooms[self.dice.place(self.store.rooms.len())].clone();
        let intents = match self.dice.between(0, 99) {
            0..45 => self.says(device, &room),
            45..58 => self.changes(device, &room),
            58..70 => self.scrolls(device, &room).into_iter().collect(),
            70..82 => self.reads(device, &room),
            82..92 => self.minds_failed_rows(device, &room),
            92..96 => self.comes_or_goes(device),
            _ => vec![Intent::Open(room)],
        };
        for intent in intents {
            if let Intent::Discard(id) = &intent {
                self.devices[device].testimony.discarded.insert(*id);
            }
            self.input(device, Input::Intent(intent), &[]);
        }
        let next = self.now + self.dice.between(50, 2_500);
        self.agenda.set(next, Happening::Act(device));
    }

    /// Says something, in answer to all that shows.
    fn says(&mut self, device: usize, room: &RoomId) -> Vec<Intent> {
        self.sees(device, room);
        let texts = 0..self.dice.between(1, 3);
        let text = |n| format!("{device} at {} {n}", self.now);
        texts.map(|n| Intent::Send { room: room.clone(), text: text(n) }).collect()
    }

    /// Edits or deletes one of one's own messages.
    fn changes(&mut self, device: usize, room: &RoomId) -> Vec<Intent> {
        let own: Vec<u64> = self
            .messages(device, room)
            .into_iter()
            .filter(|row| row.own && !row.deleted)
            .filter_map(|row| row.number)
            .collect();
        if own.is_empty() {
            return Vec::new();
        }
        let number = own[self.dice.place(own.len())];
        let room = room.clone();
        if self.dice.percent(30) {
            return vec![Intent::Delete { room, number }];
        }
        vec![Intent::Edit { room, number, text: format!("changed at {}", self.now) }]
    }

    fn scrolls(&mut self, device: usize, room: &RoomId) -> Option<Intent> {
        let rows = self.devices[device].client.chat().rows(room, &|_| 0).into_iter();
        let gap = rows.rev().find_map(|(_, row)| match row {
            Row::Gap { before, upper, .. } => Some((before, upper)),
            Row::Message(_)
            | Row::Day(_)
            | Row::New
            | Row::NotKept(_)
            | Row::Loading
            | Row::Start => None,
        });
        let (before, upper) = gap?;
        let before = if self.dice.percent(50) { before } else { upper };
        Some(Intent::LoadOlder { room: room.clone(), before })
    }

    /// Reads down to the last message that stands.
    fn reads(&mut self, device: usize, room: &RoomId) -> Vec<Intent> {
        let number = self.sees(device, room);
        vec![Intent::Seen { room: room.clone(), number }]
    }

    /// Notes that a person saw the messages that stand; says the number of the last.
    fn sees(&mut self, device: usize, room: &RoomId) -> u64 {
        let mut rows = self.messages(device, room);
        rows.retain(|row| row.state == MessageState::Ink);
        let number = rows.iter().filter_map(|row| row.number).max().unwrap_or(0);
        let saw = rows.into_iter().map(|row| (room.clone(), row.author, row.command));
        self.devices[device].testimony.saw.extend(saw);
        number
    }

    fn minds_failed_rows(&mut self, device: usize, room: &RoomId) -> Vec<Intent> {
        let failed: Vec<MessageRow> = self
            .messages(device, room)
            .into_iter()
            .filter(|row| !matches!(row.state, MessageState::Ink | MessageState::Pencil))
            .collect();
        if failed.is_empty() {
            return Vec::new();
        }
        let id = failed[self.dice.place(failed.len())].command;
        vec![if self.dice.percent(80) { Intent::Retry(id) } else { Intent::Discard(id) }]
    }

    /// Leaves the room beside the lobby, or joins it; whoever is out stays out for less long.
    fn comes_or_goes(&mut self, device: usize) -> Vec<Intent> {
        let Some(room) = self.store.rooms.get(1).cloned() else {
            return Vec::new();
        };
        let chat = self.devices[device].client.chat();
        let joined = chat.room(&room).is_some_and(|known| known.joined());
        if joined && self.dice.percent(50) {
            return Vec::new();
        }
        vec![if joined { Intent::Leave(room) } else { Intent::Join(room) }]
    }

    /// The message rows of a room on a device.
    pub(super) fn messages(&self, device: usize, room: &RoomId) -> Vec<MessageRow> {
        let rows = self.devices[device].client.chat().rows(room, &|_| 0).into_iter();
        rows.filter_map(|(_, row)| match row {
            Row::Message(row) => Some(row),
            Row::Day(_)
            | Row::New
            | Row::NotKept(_)
            | Row::Gap { .. }
            | Row::Loading
            | Row::Start => None,
        })
        .collect()
    }
}
