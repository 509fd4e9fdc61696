//! The one handle components hold: reads as signals, verbs as methods. It owns no logic: the model
//! decides, the driver carries out, the mirror shows.

mod drafts;
mod driver;
mod mirror;
mod records;
mod session;
mod shapes;
mod verbs;
mod watch;
mod window;

use std::sync::Arc;

use leptos::prelude::*;
use parlor_shared::{Number, Person, Problem, RoomId};

use crate::browser::storage::Storage;
use driver::Driver;
use mirror::Mirror;
pub use parlor_model::{
    Asked, Heard, Link, LinkView, LocalDay, MessageRow, MessageState, Row, RowKey,
};
pub use shapes::{Notice, NoticeWord, PersonView, RoomView, RosterView, SearchView, Session};
pub use watch::{Stage, Watch};

/// The chat, for components: `expect_context::<ChatStore>()`.
#[derive(Clone, Copy)]
pub struct ChatStore {
    mirror: Mirror,
    driver: StoredValue<Driver, LocalStorage>,
}

impl std::fmt::Debug for ChatStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChatStore")
    }
}

impl ChatStore {
    /// A store without anybody; [`begin`](Self::begin) asks who is there. Call it under the root
    /// owner: its signals live as long as that.
    #[must_use]
    pub fn new(storage: Storage) -> Self {
        let mirror = Mirror::new();
        Self { mirror, driver: StoredValue::new_local(Driver::new(mirror, storage)) }
    }
}

/// Reads. All are cheap; a signal changes only when what it shows changes. They are plain
/// `ReadSignal`s: each type behind the wider `Signal` would cost the page four ways of reading it.
impl ChatStore {
    /// Who is signed in.
    #[must_use]
    pub fn session(self) -> ReadSignal<Session> {
        self.mirror.session.read_only()
    }

    /// Who is here, if anybody.
    #[must_use]
    pub fn me(self) -> Signal<Option<Person>> {
        let session = self.mirror.session;
        Signal::derive(move || session.with(Session::person))
    }

    /// The connection, for the lamp and the banner.
    #[must_use]
    pub fn link(self) -> ReadSignal<LinkView> {
        self.mirror.link.read_only()
    }

    /// One's own rooms, in the sidebar's order.
    #[must_use]
    pub fn rooms(self) -> ReadSignal<Vec<RoomId>> {
        self.mirror.rooms.read_only()
    }

    /// One room's line in the sidebar; `None` once it was left.
    #[must_use]
    pub fn room(self, room: &RoomId) -> Option<ArcReadSignal<Arc<RoomView>>> {
        self.mirror.room(room)
    }

    /// The room that is open.
    #[must_use]
    pub fn current(self) -> ReadSignal<Option<RoomId>> {
        self.mirror.current.read_only()
    }

    /// The open room's rows, top to bottom: the keys of a `<For>`. At most 300 of them are here;
    /// which, follows the view.
    #[must_use]
    pub fn rows(self) -> ReadSignal<Vec<RowKey>> {
        self.mirror.rows.read_only()
    }

    /// One row; `None` once it is gone from [`rows`](Self::rows).
    #[must_use]
    pub fn row(self, key: RowKey) -> Option<ArcReadSignal<Arc<Row>>> {
        self.mirror.row(key)
    }

    /// The number of the open room's last message; 0 for none.
    #[must_use]
    pub fn last_number(self) -> ReadSignal<Number> {
        self.mirror.last_number.read_only()
    }

    /// Unread messages of all rooms.
    #[must_use]
    pub fn unread(self) -> ReadSignal<u64> {
        self.mirror.unread.read_only()
    }

    /// Who is in the open room.
    #[must_use]
    pub fn roster(self) -> ReadSignal<Arc<RosterView>> {
        self.mirror.roster.read_only()
    }

    /// Who is writing in the open room, oneself left out.
    #[must_use]
    pub fn typing(self) -> ReadSignal<Vec<Person>> {
        self.mirror.typing.read_only()
    }

    /// Why what was said in the open room waits, if the server asked for it.
    #[must_use]
    pub fn held(self) -> Signal<Option<Problem>> {
        self.mirror.held.into()
    }

    /// What the last search found.
    #[must_use]
    pub fn search(self) -> ReadSignal<Arc<SearchView>> {
        self.mirror.search.read_only()
    }

    /// What there is to tell outside the timeline.
    #[must_use]
    pub fn notices(self) -> ReadSignal<Vec<Notice>> {
        self.mirror.notices.read_only()
    }

    /// Messages of others to read aloud, gathered over 1.5 s; never history.
    #[must_use]
    pub fn spoken(self) -> ReadSignal<Arc<[Heard]>> {
        self.mirror.spoken.read_only()
    }

    /// Goes up when another tab changed a draft: read it again where the composer is not focused.
    #[must_use]
    pub fn drafts_elsewhere(self) -> ReadSignal<u32> {
        self.mirror.drafts_elsewhere.read_only()
    }
}

/// For the file that moves the timeline.
impl ChatStore {
    /// Calls `call` before and after rows change, until the [`Watch`] is dropped.
    #[must_use]
    pub fn watch(self, call: impl Fn(Stage) + 'static) -> Watch {
        self.mirror.watches.get_value().add(call)
    }

    /// Keeps the rows drawn now, whatever comes below them.
    pub fn hold_rows(self) {
        self.mirror.window.update_value(|window| window.hold());
    }

    /// Draws the last rows, and what comes.
    pub fn show_end(self) {
        self.mirror.move_window(window::Window::follow_end);
    }

    /// Draws earlier rows, if there are any that are not drawn.
    #[must_use]
    pub fn show_earlier(self) -> bool {
        self.mirror.move_window(window::Window::earlier)
    }

    /// Draws later rows, if there are any that are not drawn.
    #[must_use]
    pub fn show_later(self) -> bool {
        self.mirror.move_window(window::Window::later)
    }

    /// Whether there are rows below those drawn.
    #[must_use]
    pub fn more_below(self) -> bool {
        self.mirror.window.try_with_value(window::Window::more_below).unwrap_or(false)
    }
}
