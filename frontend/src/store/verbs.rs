//! What the person can do. What comes of it shows in the reads; refusals become rows or notices.

use futures_channel::oneshot;
use parlor_model::{Changes, Input, Intent, MessageRow, RowKey};
use parlor_shared::{CommandId, Number, Problem, RoomId, limits};

use crate::browser::worker;

use super::{
    ChatStore, Stage, Way,
    driver::{Driver, Making},
};

impl ChatStore {
    /// Shows a room, here and in the address bar.
    pub fn open(self, room: &RoomId) {
        self.with_driver(|driver| driver.open(room));
    }

    /// Shows no room: on a phone, the sidebar.
    pub fn close(self) {
        self.with_driver(Driver::close);
    }

    /// Says something in the open room, and forgets its draft.
    pub fn send(self, text: &str) {
        let Some(room) = self.room_now() else { return };
        self.mirror().watches.get_untracked().tell(Stage::Said);
        self.intend(Intent::Send { room: room.clone(), text: text.to_owned() });
        self.set_draft(&room, "");
    }

    /// Sends a refused or doubtful row again, under the same id.
    pub fn retry(self, row: RowKey) {
        if let Some(command) = self.command(row) {
            self.intend(Intent::Retry(command));
        }
    }

    /// Takes a refused or doubtful row away.
    pub fn discard(self, row: RowKey) {
        if let Some(command) = self.command(row) {
            self.intend(Intent::Discard(command));
        }
    }

    /// Changes what one said; a refused row becomes a new message with this text.
    pub fn edit(self, row: RowKey, text: &str) {
        let (Some(room), Some(message)) = (self.room_now(), self.message(row)) else { return };
        let text = text.to_owned();
        self.intend(match message.number {
            Some(number) => Intent::Edit { room, number, text },
            None => Intent::Resend { failed: message.command, text },
        });
    }

    /// Which message of which room stands in a row of the open room now.
    #[must_use]
    pub fn place(self, row: RowKey) -> Option<(RoomId, Number)> {
        self.room_now().zip(self.message(row)?.number)
    }

    /// Takes back what was said, whichever room is open. The undo of 6 s lies before it: call this
    /// when it has passed.
    pub fn delete(self, room: RoomId, number: Number) {
        self.intend(Intent::Delete { room, number });
    }

    /// Makes a room, and opens it once it is there.
    ///
    /// # Errors
    /// The server's refusal (`NameTaken` carries a free one), or `None` when one signed out first.
    pub async fn create_room(self, name: String) -> Result<RoomId, Option<Problem>> {
        let (done, answer) = oneshot::channel();
        let name = parlor_shared::limits::check_name(&name).map_err(Some)?;
        let making = Making { name: name.clone(), done };
        self.with_driver(|driver| driver.0.making(making)).ok_or(None)?;
        self.intend(Intent::CreateRoom { name });
        answer.await.map_err(|_| None)?.map_err(Some)
    }

    /// Looks for open rooms; the answer shows in [`search`](Self::search).
    pub fn find_rooms(self, query: &str) {
        // No room is called by a name that none may have.
        if query.chars().count() <= limits::NAME_SCALARS {
            self.intend(Intent::FindRooms { query: query.to_owned() });
        }
    }

    /// Loads the next page of what was found.
    pub fn find_more(self) {
        self.intend(Intent::FindMore);
    }

    /// Becomes a member, and opens the room once that is done.
    pub fn join(self, room: &RoomId) {
        self.intend(Intent::Join(room.clone()));
    }

    /// Ceases to be a member.
    pub fn leave(self, room: &RoomId) {
        self.with_driver(|driver| driver.leave(room));
    }

    /// Loads the messages above a gap, by its `before`. Harmless when repeated.
    pub fn load_older(self, before: Number) {
        if let Some(room) = self.room_now() {
            self.intend(Intent::LoadOlder { room, before });
        }
    }

    /// Loads who is in the open room; when the panel opens, and when the room changes under it.
    pub fn load_roster(self) {
        if let Some(room) = self.room_now() {
            self.intend(Intent::Roster(room));
        }
    }

    /// Notes that the person is writing; call it on every input.
    pub fn typing_now(self) {
        if let Some(room) = self.room_now() {
            self.intend(Intent::Typing(room));
        }
    }

    /// Notes that the open room was read to its end. `browser::reading` calls it.
    pub fn seen(self) {
        let Some(room) = self.room_now() else { return };
        let number = self.mirror().last_number.get_untracked();
        if number > 0 {
            self.intend(Intent::Seen { room, number });
        }
    }

    /// Connects at once: the banner's "try now".
    pub fn try_now(self) {
        self.with_driver(|driver| driver.feed(Input::Connect));
    }

    /// Takes a way to the server for good, or leaves it to the page.
    pub fn pin(self, way: Option<Way>) {
        self.with_driver(|driver| driver.feed(Input::Pin(way)));
    }

    /// Loads the newer build of the page that a notice told of.
    pub fn load_update(self) {
        self.with_driver(Driver::keep_now);
        worker::load();
    }

    /// Calls the rooms as the language of the moment does.
    pub fn call_rooms(self) {
        let all = || Changes { rooms: true, found: true, ..Changes::default() };
        self.with_driver(|driver| driver.changed(all()));
    }

    /// Takes a notice away.
    pub fn dismiss(self, id: u64) {
        self.mirror().notices.update(|notices| notices.retain(|notice| notice.id != id));
    }

    /// Nothing once the page is gone, which what waits for an answer may outlive.
    pub(super) fn with_driver<T>(self, act: impl FnOnce(&Driver) -> T) -> Option<T> {
        let driver = self.0.try_get_untracked()?;
        Some(act(&driver))
    }

    /// Whether the page is still there.
    pub(super) fn is_there(self) -> bool {
        !self.0.is_gone()
    }

    fn intend(self, intent: Intent) {
        self.with_driver(|driver| driver.intend(intent));
    }

    fn room_now(self) -> Option<RoomId> {
        let open = |driver: &Driver| driver.ask(|client| client.chat().open().cloned());
        self.with_driver(open)?.flatten()
    }

    fn message(self, row: RowKey) -> Option<MessageRow> {
        self.with_driver(|driver| driver.0.mirror.row_now(row))??.message().cloned()
    }

    fn command(self, row: RowKey) -> Option<CommandId> {
        self.message(row).map(|message| message.command)
    }
}
