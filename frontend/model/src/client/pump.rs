//! Sends whatever can be sent now: after every input, from the state alone.

use parlor_shared::{Action, Command, CommandId, LogId, RoomId, encode, limits};

use super::Client;
use crate::{Now, chat::About, timeline::HISTORY};

impl Client {
    /// Everything that is wanted and may go out, the most urgent first.
    pub(super) fn pump(&mut self, now: Now) {
        if !self.machine.connected() {
            return;
        }
        let doubtful = self.chat.park_doubtful(now.wall_ms);
        self.changes.merge(doubtful);
        self.chat.ask_about_replies(now.mono_ms);
        self.pump_follows(now.mono_ms);
        self.pump_requests(now.mono_ms);
        let rooms: Vec<RoomId> = self.chat.rooms.keys().cloned().collect();
        for room in &rooms {
            self.pump_send(room, now);
            self.pump_history(room);
            self.pump_read(room, now.mono_ms);
            self.pump_people(room);
        }
        self.pump_found();
        self.pump_strays();
    }

    /// When [`crate::Input::Timer`] has something to do. What is due already and could not go out
    /// waits for a reply to make room, not for the clock.
    pub(super) fn due_ms(&self, now_ms: u64) -> Option<u64> {
        let typing = self.chat.rooms.values().filter_map(|room| room.people.due_ms());
        let always = self.machine.due_ms().into_iter().chain(self.rest_due_ms()).chain(typing);
        let linked = self
            .chat
            .rooms
            .values()
            .flat_map(|room| {
                let reply = self.chat.outbox.overdue_ms(room.id()).filter(|_| room.live());
                [room.log.due_ms(), room.read_due_ms(), reply]
            })
            .chain([self.chat.own_log.due_ms(), self.requests.due_ms(), self.chat.outbox.due_ms()])
            .flatten()
            .filter(|due| self.machine.connected() && *due > now_ms);
        always.chain(linked).min()
    }

    /// The own log first, then the room on screen, then the others.
    fn pump_follows(&mut self, now_ms: u64) {
        let own = LogId::Person(self.chat.person.id.clone());
        let open = self.chat.open.clone().into_iter();
        let rooms = open.chain(self.chat.rooms.keys().cloned()).map(LogId::Room);
        for log in std::iter::once(own).chain(rooms).collect::<Vec<_>>() {
            if !self.wire.may_follow() {
                return;
            }
            let Some(from) = self.chat.ask_follow(&log, now_ms) else {
                continue;
            };
            self.wire.asks_anew(&log);
            let action = Action::Follow { log: log.clone(), after: from.clone() };
            self.ask(action, About::Follow { log, from });
        }
    }

    fn pump_requests(&mut self, now_ms: u64) {
        while self.wire.has_room() {
            let Some((command, asked)) = self.requests.next(now_ms) else {
                return;
            };
            self.transmit(&command, About::Request(asked));
        }
    }

    /// The next message of a room, once its catch-up has met the top: an echo confirms it before
    /// it is sent again.
    fn pump_send(&mut self, room: &RoomId, now: Now) {
        if !self.wire.has_room() || !self.chat.room(room).is_some_and(|known| known.live()) {
            return;
        }
        let Some(item) = self.chat.outbox.next(room, now.mono_ms) else {
            return;
        };
        let (id, text) = (item.record.id, item.record.text.clone());
        self.chat.outbox.asked(id, now.wall_ms);
        let action = Action::Send { room: room.clone(), text };
        self.transmit(&Command { id, action }, About::Send { room: room.clone() });
    }

    fn pump_history(&mut self, room: &RoomId) {
        if !self.wire.has_room() {
            return;
        }
        if let Some((before, resets)) = self.chat.ask_history(room) {
            let action = Action::History { room: room.clone(), before, limit: HISTORY as u32 };
            self.ask(action, About::History { room: room.clone(), resets });
        }
    }

    fn pump_read(&mut self, room: &RoomId, now_ms: u64) {
        if !self.wire.has_room() {
            return;
        }
        let Some(known) = self.chat.rooms.get_mut(room) else {
            return;
        };
        if let (Some(number), Some(position)) = (known.read_to_tell(now_ms), &known.log.held) {
            let position = position.clone();
            known.told_read(number, now_ms);
            let action = Action::Read { room: room.clone(), position, number };
            self.ask(action, About::Read { room: room.clone(), number });
        }
    }

    fn pump_people(&mut self, room: &RoomId) {
        if !self.wire.has_room() {
            return;
        }
        let Some(known) = self.chat.rooms.get_mut(room).filter(|known| known.live()) else {
            return;
        };
        if let Some(after) = known.people.wanted.take() {
            let action = Action::Roster { room: room.clone(), after: after.clone() };
            self.ask(action, About::Roster { room: room.clone(), after });
        }
    }

    fn pump_found(&mut self) {
        if !std::mem::take(&mut self.chat.found.wanted) {
            return;
        }
        let query = self.chat.found.query.clone();
        let after = self.chat.found.rooms.last().map(|room| room.room.clone());
        let first = after.is_none();
        self.ask(Action::FindRooms { query, after }, About::FindRooms { first });
    }

    /// What waits for rooms that the person is not in will not be taken.
    fn pump_strays(&mut self) {
        if self.chat.own_log.phase != crate::chat::Phase::Live {
            return;
        }
        let joined = |room: &RoomId| self.chat.room(room).is_some_and(|known| known.joined());
        let waiting = self.chat.outbox.items().filter(|item| !item.is_written());
        let rooms = waiting.map(|item| item.record.room.clone());
        let strays: Vec<RoomId> = rooms.filter(|room| !joined(room)).collect();
        for room in strays {
            self.chat.show_left(&room);
            let changes = self.chat.park_strays(&room);
            self.changes.merge(changes);
        }
    }

    /// Asks the socket whether anybody is there.
    pub(super) fn ping(&mut self) {
        self.ask(Action::Ping, About::Nothing);
    }

    /// Transmits a command that is forgotten with the link.
    pub(super) fn ask(&mut self, action: Action, about: About) {
        let id: CommandId = self.mint();
        self.transmit(&Command { id, action }, about);
    }

    fn transmit(&mut self, command: &Command, about: About) {
        let frame = encode(command);
        debug_assert!(frame.len() <= limits::FRAME_BYTES);
        self.wire.asked(command.id, about);
        self.carry(command, frame);
    }
}
