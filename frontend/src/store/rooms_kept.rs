//! The rooms kept for a page that is opened without a network: written soon after they changed, and
//! at once when the page is hidden, since it may never be seen again.

use std::{cell::RefCell, rc::Rc};

use parlor_model::{Changes, Chat, KeptRoom, Notice, OrderedSet};
use parlor_shared::{Person, RoomId, encode, read};

use super::driver::Driver;
use crate::browser::{cache, task, timer::Alarm};

/// How long changes are gathered before they are written, in milliseconds.
const GATHER_MS: f64 = 500.0;

/// Which rooms are to be written.
#[derive(Default)]
pub(super) struct RoomsKept {
    changed: RefCell<OrderedSet<RoomId>>,
    alarm: Alarm,
}

/// The rooms kept of a person.
pub(super) async fn rooms_of(person: &Person) -> Vec<KeptRoom> {
    let texts = cache::texts(&name_of(person)).await;
    // What a newer build wrote and this one cannot read comes from the server.
    texts.iter().filter_map(|text| read(text)).collect()
}

/// Forgets the rooms kept of a person.
pub(super) fn erase(person: &Person) {
    let name = name_of(person);
    task::begin(async move { cache::erase(&name).await });
}

impl RoomsKept {
    /// Nothing is to be written any more.
    pub(super) fn stop(&self) {
        self.alarm.clear();
        drop(self.changed.take());
    }
}

impl Driver {
    /// Notes which rooms are to be written.
    pub(super) fn keep_soon(&self, changes: &Changes) {
        let kept = &self.0.rooms_kept;
        let left = changes.notices.iter().filter_map(|notice| match notice {
            Notice::Left(room) => Some(room.clone()),
            Notice::Forked { .. }
            | Notice::Refused { .. }
            | Notice::OutboxFull
            | Notice::Entered(_) => None,
        });
        // What was read shows in the list only, and is mostly read in the open room.
        let open = self.ask(|client| client.chat().open().cloned()).flatten();
        let open = open.filter(|_| changes.rooms);
        kept.changed.borrow_mut().extend(changes.timelines.clone());
        for room in left.chain(open) {
            kept.changed.borrow_mut().insert(room);
        }
        if kept.changed.borrow().is_empty() || kept.alarm.is_set() {
            return;
        }
        let driver = Rc::downgrade(&self.0);
        kept.alarm.set(GATHER_MS, move || {
            if let Some(parts) = driver.upgrade() {
                Self(parts).keep_now();
            }
        });
    }

    /// Writes the rooms that changed.
    pub(super) fn keep_now(&self) {
        let kept = &self.0.rooms_kept;
        kept.alarm.clear();
        let changed = kept.changed.take();
        let texts = self.ask(|client| {
            let chat = client.chat();
            let texts = changed.iter().filter_map(|room| text_of(chat, room)).collect();
            (name_of(chat.person()), texts)
        });
        if let Some((name, texts)) = texts {
            task::begin(async move { cache::keep(&name, texts).await });
        }
    }
}

/// What is to be written of a room: nothing where it is not the person's any more, and no change
/// where it is being read.
fn text_of(chat: &Chat, room: &RoomId) -> Option<(String, Option<String>)> {
    let joined = chat.room(room).is_some_and(|known| known.joined());
    let text = chat.kept(room).map(|kept| encode(&kept));
    (text.is_some() || !joined).then(|| (room.to_string(), text))
}

fn name_of(person: &Person) -> String {
    format!("parlor.{}", person.id)
}
