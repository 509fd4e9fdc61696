//! What was said while nobody looked: told of a moment later, unless it was read meanwhile, here or
//! on another device; and forgotten again once it is read.

use std::{rc::Rc, sync::Arc};

use parlor_model::{Changes, Chat, Heard};
use parlor_shared::RoomId;

use super::Driver;
use crate::{
    browser::{notify, page},
    store::Missed,
};

/// How long a message may be read before it is told of, in milliseconds: whoever looks at it on
/// another device has read it after a second.
const READ_FIRST_MS: f64 = 2_500.0;

impl Driver {
    /// Notes what came, and takes back what was told of rooms that are read by now.
    pub(super) fn ring_soon(&self, changes: &Changes) {
        if changes.rooms {
            self.hush_read();
        }
        if changes.heard.is_empty() || page::attended() {
            return;
        }
        self.0.unseen.borrow_mut().extend(changes.heard.iter().cloned());
        let driver = Rc::downgrade(&self.0);
        self.0.bell.set(READ_FIRST_MS, move || {
            if let Some(parts) = driver.upgrade() {
                Self(parts).ring();
            }
        });
    }

    fn ring(&self) {
        let unseen = self.0.unseen.take();
        if page::attended() {
            return;
        }
        let missed = self.ask(|client| self.missed_of(client.chat(), unseen)).unwrap_or_default();
        let mut rung = self.0.rung.borrow_mut();
        for room in &missed {
            rung.insert(room.last.room.clone());
        }
        self.0.mirror.missed.set(Arc::from(missed));
    }

    fn hush_read(&self) {
        let read = |room: &RoomId| {
            let unread = |chat: &Chat| chat.room(room).is_none_or(|room| room.unread() == 0);
            self.ask(|client| unread(client.chat())).unwrap_or(true)
        };
        let rung = self.0.rung.take();
        for room in rung.iter() {
            if read(room) {
                notify::hush(room.as_str());
            } else {
                self.0.rung.borrow_mut().insert(room.clone());
            }
        }
    }

    /// By room: the last message that is still unread, and how many there are.
    fn missed_of(&self, chat: &Chat, unseen: Vec<Heard>) -> Vec<Missed> {
        let mut rooms: Vec<Missed> = Vec::new();
        for heard in unseen {
            let Some(room) = chat.room(&heard.room).filter(|room| room.read() < heard.number)
            else {
                continue;
            };
            match rooms.iter_mut().find(|missed| missed.last.room == heard.room) {
                Some(missed) => (missed.last, missed.count) = (heard, missed.count + 1),
                None => rooms.push(Missed { room: self.called(room), last: heard, count: 1 }),
            }
        }
        rooms
    }
}
