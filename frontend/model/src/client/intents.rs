//! What the person wants.

use parlor_shared::{Action, CommandId, Problem, RoomId};

use super::{Client, requests::KEPT};
use crate::{Asked, Changes, Intent, Notice, Now};

impl Client {
    pub(super) fn intent(&mut self, intent: Intent, now: Now) {
        let id = self.mint();
        let chat = &mut self.chat;
        let changes = match intent {
            Intent::Open(room) => chat.open_room(Some(&room)),
            Intent::Close => chat.open_room(None),
            Intent::Send { room, text } => chat.say(id, room, text, now),
            Intent::Retry(failed) => chat.retry(failed, id),
            Intent::Discard(failed) => chat.discard(failed),
            Intent::Resend { failed, text } => chat.resend(failed, id, text, now),
            Intent::Adopt(records) => chat.adopt(records),
            Intent::Seen { room, number } => chat.seen(&room, number),
            Intent::LoadOlder { room, before } => chat.load_older(&room, before),
            Intent::FindRooms { query } => chat.find(query),
            Intent::FindMore => chat.find_more(),
            Intent::Roster(room) => chat.want_people(&room),
            Intent::Typing(room) => return self.typing(&room, now),
            Intent::Edit { room, number, text } => {
                let asked = Asked::Edit(room.clone(), number);
                self.request(id, Action::Edit { room, number, text }, asked)
            }
            Intent::Delete { room, number } => {
                let asked = Asked::Delete(room.clone(), number);
                self.request(id, Action::Delete { room, number }, asked)
            }
            Intent::CreateRoom { name } => {
                let asked = Asked::CreateRoom(name.clone());
                self.request(id, Action::CreateRoom { name }, asked)
            }
            Intent::Join(room) => {
                self.request(id, Action::Join { room: room.clone() }, Asked::Join(room))
            }
            Intent::Leave(room) => {
                self.request(id, Action::Leave { room: room.clone() }, Asked::Leave(room))
            }
        };
        self.changes.merge(changes);
    }

    /// Keeps a request until it is decided.
    fn request(&mut self, id: CommandId, action: Action, asked: Asked) -> Changes {
        if self.requests.has_room() {
            self.requests.add(id, action, asked);
            return Changes::default();
        }
        let problem = Problem::TooManyInFlight { max: KEPT as u32 };
        Changes { notices: vec![Notice::Refused { asked, problem }], ..Changes::default() }
    }

    /// Says "I am writing" where that is news; it is never kept for later.
    fn typing(&mut self, room: &RoomId, now: Now) {
        let may = self.machine.connected() && self.wire.has_room();
        if may && self.chat.may_type(room, now.mono_ms) {
            self.ask(Action::Typing { room: room.clone() }, crate::chat::About::Nothing);
        }
    }
}
