//! The one handle components hold: reads as values to follow, verbs as methods. It owns no logic: the model
//! decides, the driver carries out, the mirror shows.

mod drafts;
mod driver;
mod mirror;
mod records;
mod rooms_kept;
mod session;
mod shapes;
mod verbs;
mod watch;
mod window;

use std::sync::Arc;

use leptos::prelude::expect_context;
use parlor_shared::{Number, Person, Problem, RoomId};

use crate::{
    browser::storage::Storage,
    live::{Live, Reading},
};
use driver::Driver;
use mirror::Mirror;
pub use parlor_model::{
    Asked, Heard, Link, LinkView, LocalDay, MessageRow, MessageState, Row, RowKey, Way,
};
pub use shapes::{
    Missed, Notice, NoticeWord, PersonView, RoomView, RosterView, SearchView, Session,
};
pub use watch::{Stage, Watch};

/// The chat, for components: `ChatStore::here()`.
#[derive(Clone, Copy)]
pub struct ChatStore(Live<Driver>);

impl std::fmt::Debug for ChatStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChatStore")
    }
}

impl ChatStore {
    /// A store without anybody; [`begin`](Self::begin) asks who is there. Call it under the root
    /// owner: its values live as long as that.
    #[must_use]
    pub fn new(storage: Storage) -> Self {
        Self(Live::new(Driver::new(Mirror::new(), storage)))
    }

    /// The store of the page that the caller is a part of.
    #[must_use]
    pub fn here() -> Self {
        expect_context()
    }

    fn mirror(self) -> Mirror {
        self.0.get_untracked().0.mirror
    }
}

/// Reads. All are cheap; a value changes only when what it shows changes.
impl ChatStore {
    /// Who is signed in.
    #[must_use]
    pub fn session(self) -> Reading<Session> {
        self.mirror().session.reading()
    }

    /// Who is here, if anybody.
    #[must_use]
    pub fn me(self) -> Option<Person> {
        self.session().with(Session::person)
    }

    /// The connection, for the lamp and the banner.
    #[must_use]
    pub fn link(self) -> Reading<LinkView> {
        self.mirror().link.reading()
    }

    /// One's own rooms, in the sidebar's order.
    #[must_use]
    pub fn rooms(self) -> Reading<Vec<RoomId>> {
        self.mirror().rooms.reading()
    }

    /// One room's line in the sidebar; `None` once it was left.
    #[must_use]
    pub fn room(self, room: &RoomId) -> Option<Reading<Arc<RoomView>>> {
        self.mirror().room(room)
    }

    /// The room that is open.
    #[must_use]
    pub fn current(self) -> Reading<Option<RoomId>> {
        self.mirror().current.reading()
    }

    /// The open room's rows, top to bottom: their keys. At most 300 of them are here;
    /// which, follows the view.
    #[must_use]
    pub fn rows(self) -> Reading<Vec<RowKey>> {
        self.mirror().rows.reading()
    }

    /// One row; `None` once it is gone from [`rows`](Self::rows).
    #[must_use]
    pub fn row(self, key: RowKey) -> Option<Reading<Arc<Row>>> {
        self.mirror().row(key)
    }

    /// The number of the open room's last message; 0 for none.
    #[must_use]
    pub fn last_number(self) -> Reading<Number> {
        self.mirror().last_number.reading()
    }

    /// Unread messages of all rooms.
    #[must_use]
    pub fn unread(self) -> Reading<u64> {
        self.mirror().unread.reading()
    }

    /// Who is in the open room.
    #[must_use]
    pub fn roster(self) -> Reading<Arc<RosterView>> {
        self.mirror().roster.reading()
    }

    /// Who is writing in the open room, oneself left out.
    #[must_use]
    pub fn typing(self) -> Reading<Vec<Person>> {
        self.mirror().typing.reading()
    }

    /// Why what was said in the open room waits, if the server asked for it.
    #[must_use]
    pub fn held(self) -> Reading<Option<Problem>> {
        self.mirror().held.reading()
    }

    /// What the last search found.
    #[must_use]
    pub fn search(self) -> Reading<Arc<SearchView>> {
        self.mirror().search.reading()
    }

    /// What there is to tell outside the timeline.
    #[must_use]
    pub fn notices(self) -> Reading<Vec<Notice>> {
        self.mirror().notices.reading()
    }

    /// Messages of others to read aloud, gathered over 1.5 s; never history.
    #[must_use]
    pub fn spoken(self) -> Reading<Arc<[Heard]>> {
        self.mirror().spoken.reading()
    }

    /// What was said while nobody looked, by room; for notifications.
    #[must_use]
    pub fn missed(self) -> Reading<Arc<[Missed]>> {
        self.mirror().missed.reading()
    }

    /// Goes up when another tab changed a draft: read it again where the composer is not focused.
    #[must_use]
    pub fn drafts_elsewhere(self) -> Reading<u32> {
        self.mirror().drafts_elsewhere.reading()
    }
}

/// For the file that moves the timeline.
impl ChatStore {
    /// Calls `call` before and after rows change, until the [`Watch`] is dropped.
    #[must_use]
    pub fn watch(self, call: impl Fn(Stage) + 'static) -> Watch {
        self.mirror().watches.get_untracked().add(call)
    }

    /// Keeps the rows drawn now, whatever comes below them.
    pub fn hold_rows(self) {
        self.mirror().window.change(window::Window::hold);
    }

    /// Draws the last rows, and what comes.
    pub fn show_end(self) {
        self.mirror().move_window(window::Window::follow_end);
    }

    /// Draws the *new* line, if there is one that is not drawn.
    #[must_use]
    pub fn show_new(self) -> bool {
        self.mirror().move_window(window::Window::show_new)
    }

    /// Draws earlier rows, if there are any that are not drawn.
    #[must_use]
    pub fn show_earlier(self) -> bool {
        self.mirror().move_window(window::Window::earlier)
    }

    /// Draws later rows, if there are any that are not drawn.
    #[must_use]
    pub fn show_later(self) -> bool {
        self.mirror().move_window(window::Window::later)
    }

    /// Whether there are rows below those drawn.
    #[must_use]
    pub fn more_below(self) -> bool {
        self.mirror().window.try_with_untracked(window::Window::more_below).unwrap_or(false)
    }
}
