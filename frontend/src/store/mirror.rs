//! The signals: what the model says, held so that components redraw only what changed.

use std::sync::Arc;

use leptos::prelude::*;
use parlor_model::{Changes, Client, Heard, Link, LinkView, Ordered, Row, RowKey};
use parlor_shared::{Number, Person, Problem, RoomId};

use super::{
    Notice, NoticeWord, RoomView, RosterView, SearchView, Session, Stage, records::Records, shapes,
    watch::Watches, window::Window,
};
use crate::browser::clock;

/// Every signal of the store. Made once, under the root owner, so the handles stay good.
#[derive(Clone, Copy)]
pub(super) struct Mirror {
    pub(super) session: RwSignal<Session>,
    pub(super) link: RwSignal<LinkView>,
    pub(super) rooms: RwSignal<Vec<RoomId>>,
    pub(super) current: RwSignal<Option<RoomId>>,
    pub(super) rows: RwSignal<Vec<RowKey>>,
    pub(super) last_number: RwSignal<Number>,
    pub(super) unread: RwSignal<u64>,
    pub(super) roster: RwSignal<Arc<RosterView>>,
    pub(super) typing: RwSignal<Vec<Person>>,
    pub(super) held: RwSignal<Option<Problem>>,
    pub(super) search: RwSignal<Arc<SearchView>>,
    pub(super) notices: RwSignal<Vec<Notice>>,
    pub(super) spoken: RwSignal<Arc<[Heard]>>,
    pub(super) drafts_elsewhere: RwSignal<u32>,
    pub(super) window: StoredValue<Window>,
    pub(super) watches: StoredValue<Watches, LocalStorage>,
    room: StoredValue<Signals<RoomId, RoomView>>,
    row: StoredValue<Signals<RowKey, Row>>,
    noticed: StoredValue<u64>,
}

type Signals<K, V> = Ordered<K, ArcRwSignal<Arc<V>>>;

impl Mirror {
    /// Empty signals.
    pub(super) fn new() -> Self {
        let link = LinkView { link: Link::Idle, since_ms: 0, without_since_ms: None };
        Self {
            session: RwSignal::new(Session::Asking),
            link: RwSignal::new(link),
            rooms: RwSignal::default(),
            current: RwSignal::default(),
            rows: RwSignal::default(),
            last_number: RwSignal::default(),
            unread: RwSignal::default(),
            roster: RwSignal::default(),
            typing: RwSignal::default(),
            held: RwSignal::default(),
            search: RwSignal::default(),
            notices: RwSignal::default(),
            spoken: RwSignal::new(Arc::from([])),
            drafts_elsewhere: RwSignal::default(),
            window: StoredValue::new(Window::default()),
            watches: StoredValue::new_local(Watches::default()),
            room: StoredValue::default(),
            row: StoredValue::default(),
            noticed: StoredValue::default(),
        }
    }

    /// Whether the page is gone that this was made for.
    pub(super) fn gone(&self) -> bool {
        self.session.is_disposed()
    }

    /// One room's signal.
    pub(super) fn room(&self, room: &RoomId) -> Option<ArcReadSignal<Arc<RoomView>>> {
        self.room.try_with_value(|rooms| rooms.get(room).map(ArcRwSignal::read_only)).flatten()
    }

    /// One row's signal.
    pub(super) fn row(&self, key: RowKey) -> Option<ArcReadSignal<Arc<Row>>> {
        self.row.try_with_value(|rows| rows.get(&key).map(ArcRwSignal::read_only)).flatten()
    }

    /// What a row shows now.
    pub(super) fn row_now(&self, key: RowKey) -> Option<Arc<Row>> {
        self.row(key).and_then(|row| row.try_get_untracked())
    }

    /// Shows what changed, with as few writes as it takes.
    pub(super) fn publish(&self, client: &Client, records: &Records, changes: &Changes) {
        let chat = client.chat();
        if changes.link {
            set(self.link, client.link());
        }
        if changes.rooms {
            self.draw_rooms(client, records);
        }
        let open = chat.open().cloned();
        let moved = set(self.current, open.clone());
        let Some(room) = open else { return self.draw_rows(Vec::new(), true) };
        if moved || changes.timelines.contains(&room) {
            self.draw_rows(chat.rows(&room, &clock::offset_minutes), moved);
        }
        let known = chat.room(&room);
        if moved || changes.people.contains(&room) {
            set(self.roster, Arc::new(known.map(shapes::roster).unwrap_or_default()));
        }
        if moved || changes.typing.contains(&room) {
            set(self.typing, known.map(shapes::typing).unwrap_or_default());
        }
        if moved || changes.timelines.contains(&room) {
            set(self.last_number, known.map_or(0, |room| room.timeline().last_number()));
            set(self.held, chat.held(&room).cloned());
        }
    }

    /// Shows what a search found.
    pub(super) fn draw_search(&self, client: &Client) {
        set(self.search, Arc::new(shapes::search(client.chat().found())));
    }

    /// Shows the sidebar.
    pub(super) fn draw_rooms(&self, client: &Client, records: &Records) {
        let chat = client.chat();
        let views: Vec<_> = chat
            .rooms()
            .into_iter()
            .map(|room| (room.id().clone(), shapes::room(chat, room, records)))
            .collect();
        let ids = views.iter().map(|(room, _)| room.clone()).collect();
        self.room.update_value(|signals| assign(signals, &views));
        set(self.rooms, ids);
        set(self.unread, chat.unread());
    }

    /// Tells something once.
    pub(super) fn notice(&self, word: NoticeWord) {
        let id = self.noticed.try_update_value(|id| {
            *id += 1;
            *id
        });
        self.notices.update(|notices| {
            notices.retain(|notice| notice.word != word);
            notices.extend(id.map(|id| Notice { id, word }));
        });
    }

    /// Moves the window on the rows. Says whether that changed what is drawn.
    pub(super) fn move_window(&self, act: impl FnOnce(&mut Window) -> bool) -> bool {
        let moved = self.window.try_update_value(act).unwrap_or(false);
        if moved {
            self.between(|| self.show_window());
        }
        moved
    }

    /// Everything empty, as before anybody signed in.
    pub(super) fn clear(&self) {
        set(self.current, None);
        set(self.rooms, Vec::new());
        set(self.unread, 0);
        set(self.roster, Arc::default());
        set(self.typing, Vec::new());
        set(self.held, None);
        set(self.search, Arc::default());
        set(self.notices, Vec::new());
        self.draw_rows(Vec::new(), true);
        self.room.update_value(Ordered::clear);
    }

    fn draw_rows(&self, rows: Vec<(RowKey, Row)>, moved: bool) {
        self.window.update_value(|window| {
            window.fill(rows);
            if moved {
                window.follow_end();
            }
        });
        self.between(|| self.show_window());
    }

    fn show_window(&self) {
        let keys = self.window.try_with_value(|window| {
            self.row.update_value(|signals| assign(signals, window.drawn()));
            window.drawn().iter().map(|(key, _)| *key).collect()
        });
        set(self.rows, keys.unwrap_or_default());
    }

    fn between(&self, act: impl FnOnce()) {
        if let Some(watches) = self.watches.try_get_value() {
            watches.tell(Stage::Before);
            act();
            watches.tell(Stage::After);
        }
    }
}

/// Writes a signal if that changes it. Says whether it did.
pub(super) fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) -> bool {
    let differs = signal.try_with_untracked(|held| *held != value).unwrap_or(false);
    if differs {
        let _ = signal.try_set(value);
    }
    differs
}

/// Makes one signal per value hold it, and lets go of those without a value.
fn assign<K, V>(signals: &mut Signals<K, V>, values: &[(K, V)])
where
    K: Clone + Ord,
    V: Clone + PartialEq + Send + Sync + 'static,
{
    let mut kept = Ordered::default();
    for (key, value) in values {
        let signal =
            signals.remove(key).unwrap_or_else(|| ArcRwSignal::new(Arc::new(value.clone())));
        if signal.try_with_untracked(|held| **held != *value).unwrap_or(false) {
            signal.set(Arc::new(value.clone()));
        }
        kept.insert(key.clone(), signal);
    }
    *signals = kept;
}
