//! Which room is shown, in the model, in the address bar and in what is kept.

use parlor_model::{Changes, Intent, Link};
use parlor_shared::RoomId;

use super::Driver;
use crate::{browser::location, store::NoticeWord};

impl Driver {
    /// Shows a room, here and in the address bar.
    pub(in crate::store) fn open(&self, room: &RoomId) {
        location::show(Some(room));
        self.show(Some(room));
    }

    /// Shows no room, here and in the address bar.
    pub(in crate::store) fn close(&self) {
        location::show(None);
        self.show(None);
    }

    /// Shows what the address bar already says.
    pub(in crate::store) fn show(&self, room: Option<&RoomId>) {
        if let Some(room) = room {
            self.0.records.set_last_room(room);
        }
        self.intend(room.cloned().map_or(Intent::Close, Intent::Open));
        // The model sees no change in a room it does not know yet; the screen shows that one too.
        self.changed(Changes::default());
    }

    /// Ceases to be a member of a room.
    pub(in crate::store) fn leave(&self, room: &RoomId) {
        self.0.leaving.borrow_mut().push(room.clone());
        self.intend(Intent::Leave(room.clone()));
    }

    /// A room was made or joined here: it opens, and a form that waits for it is told.
    pub(super) fn entered(&self, room: &RoomId) {
        let name = self.ask(|client| client.chat().room(room).map(|room| room.name().to_owned()));
        let making = name.flatten().and_then(|name| self.take_making(|making| making.name == name));
        self.open(room);
        if let Some(making) = making {
            let _ = making.done.send(Ok(room.clone()));
        }
    }

    /// One is no longer a member: a word, unless it was one's own wish.
    pub(super) fn left(&self, room: RoomId) {
        let wished = self.0.leaving.borrow().contains(&room);
        self.0.leaving.borrow_mut().retain(|leaving| *leaving != room);
        if self.ask(|client| client.chat().open() == Some(&room)) == Some(true) {
            self.open(&RoomId::lobby());
        }
        if !wished {
            self.0.mirror.notice(NoticeWord::Left(room));
        }
    }

    /// A room that is none of the person's cannot be shown: the lobby always can.
    pub(super) fn find_place(&self) {
        let lost = self.ask(|client| {
            let chat = client.chat();
            let known = chat.open().is_none_or(|open| chat.room(open).is_some());
            client.link().link == Link::Connected && !chat.rooms().is_empty() && !known
        });
        if lost == Some(true) {
            location::begin(&RoomId::lobby());
            self.show(Some(&RoomId::lobby()));
        }
    }
}
