//! The values that are followed: what the model says, held so that components redraw only what changed.

use std::sync::Arc;

use parlor_model::{Changes, Client, Heard, Link, LinkView, Ordered, Row, RowKey, Way};
use parlor_shared::{Number, Person, Problem, RoomId};

use super::{
    Missed, Notice, NoticeWord, RoomView, RosterView, SearchView, Session, Stage, records::Records,
    shapes, watch::Watches, window::Window,
};
use crate::{
    browser::clock,
    live::{Live, Reading, Shared},
};

/// Every value of the store. Made once, under the root owner, so the handles stay good.
#[derive(Clone, Copy)]
pub(super) struct Mirror {
    pub(super) session: Live<Session>,
    pub(super) link: Live<LinkView>,
    pub(super) rooms: Live<Vec<RoomId>>,
    pub(super) current: Live<Option<RoomId>>,
    pub(super) rows: Live<Vec<RowKey>>,
    pub(super) last_number: Live<Number>,
    pub(super) unread: Live<u64>,
    pub(super) roster: Live<Arc<RosterView>>,
    pub(super) typing: Live<Vec<Person>>,
    pub(super) held: Live<Option<Problem>>,
    pub(super) search: Live<Arc<SearchView>>,
    pub(super) notices: Live<Vec<Notice>>,
    pub(super) spoken: Live<Arc<[Heard]>>,
    pub(super) missed: Live<Arc<[Missed]>>,
    pub(super) drafts_elsewhere: Live<u32>,
    pub(super) window: Live<Window>,
    pub(super) watches: Live<Watches>,
    room: Live<Values<RoomId, RoomView>>,
    row: Live<Values<RowKey, Row>>,
    noticed: Live<u64>,
}

type Values<K, V> = Ordered<K, Shared<Arc<V>>>;

impl Mirror {
    /// Empty values.
    pub(super) fn new() -> Self {
        let (link, way) = (Link::Idle, Way::Socket);
        let link = LinkView { link, way, since_ms: 0, without_since_ms: None };
        Self {
            session: Live::new(Session::Asking),
            link: Live::new(link),
            rooms: Live::default(),
            current: Live::default(),
            rows: Live::default(),
            last_number: Live::default(),
            unread: Live::default(),
            roster: Live::default(),
            typing: Live::default(),
            held: Live::default(),
            search: Live::default(),
            notices: Live::default(),
            spoken: Live::new(Arc::from([])),
            missed: Live::new(Arc::from([])),
            drafts_elsewhere: Live::default(),
            window: Live::default(),
            watches: Live::default(),
            room: Live::default(),
            row: Live::default(),
            noticed: Live::default(),
        }
    }

    /// Whether the page is gone that this was made for.
    pub(super) fn gone(&self) -> bool {
        self.session.is_gone()
    }

    /// One room's value.
    pub(super) fn room(&self, room: &RoomId) -> Option<Reading<Arc<RoomView>>> {
        self.room.try_with_untracked(|rooms| rooms.get(room).map(Shared::reading)).flatten()
    }

    /// One row's value.
    pub(super) fn row(&self, key: RowKey) -> Option<Reading<Arc<Row>>> {
        self.row.try_with_untracked(|rows| rows.get(&key).map(Shared::reading)).flatten()
    }

    /// What a row shows now.
    pub(super) fn row_now(&self, key: RowKey) -> Option<Arc<Row>> {
        self.row.try_with_untracked(|rows| rows.get(&key)?.look(Arc::clone)).flatten()
    }

    /// Shows what changed, with as few writes as it takes.
    pub(super) fn publish(&self, client: &Client, records: &Records, changes: &Changes) {
        let chat = client.chat();
        if changes.link {
            self.link.put(client.link());
        }
        if changes.rooms {
            self.draw_rooms(client, records);
        }
        let open = chat.open().cloned();
        let moved = self.current.put(open.clone());
        let Some(room) = open else { return self.draw_rows(Vec::new(), true) };
        if moved || changes.timelines.contains(&room) {
            self.draw_rows(chat.rows(&room, &clock::offset_minutes), moved);
        }
        let known = chat.room(&room);
        if moved || changes.people.contains(&room) {
            self.roster.put(Arc::new(known.map(shapes::roster).unwrap_or_default()));
        }
        if moved || changes.typing.contains(&room) {
            self.typing.put(known.map(shapes::typing).unwrap_or_default());
        }
        if moved || changes.timelines.contains(&room) {
            self.last_number.put(known.map_or(0, |room| room.timeline().last_number()));
            self.held.put(chat.held(&room).cloned());
        }
    }

    /// Shows what a search found.
    pub(super) fn draw_search(&self, client: &Client, records: &Records) {
        self.search.put(Arc::new(shapes::search(client.chat().found(), records.language())));
    }

    /// Shows the sidebar.
    pub(super) fn draw_rooms(&self, client: &Client, records: &Records) {
        let (chat, language) = (client.chat(), records.language());
        let views: Vec<_> = chat
            .rooms()
            .into_iter()
            .map(|room| (room.id().clone(), shapes::room(chat, room, records, language)))
            .collect();
        let ids = views.iter().map(|(room, _)| room.clone()).collect();
        self.room.change(|values| assign(values, &views));
        self.rooms.put(ids);
        self.unread.put(chat.unread());
    }

    /// Tells something once.
    pub(super) fn notice(&self, word: NoticeWord) {
        let id = self.noticed.change(|id| {
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
        let moved = self.window.change(act).unwrap_or(false);
        if moved {
            self.between(|| self.show_window());
        }
        moved
    }

    /// Everything empty, as before anybody signed in.
    pub(super) fn clear(&self) {
        self.current.put(None);
        self.rooms.put(Vec::new());
        self.unread.put(0);
        self.roster.put(Arc::default());
        self.typing.put(Vec::new());
        self.held.put(None);
        self.search.put(Arc::default());
        self.notices.put(Vec::new());
        self.draw_rows(Vec::new(), true);
        self.room.change(Ordered::clear);
    }

    fn draw_rows(&self, rows: Vec<(RowKey, Row)>, moved: bool) {
        self.window.change(|window| {
            window.fill(rows);
            if moved {
                window.follow_end();
            }
        });
        self.between(|| self.show_window());
    }

    fn show_window(&self) {
        let keys = self.window.try_with_untracked(|window| {
            self.row.change(|values| assign(values, window.drawn()));
            window.drawn().iter().map(|(key, _)| *key).collect()
        });
        self.rows.put(keys.unwrap_or_default());
    }

    fn between(&self, act: impl FnOnce()) {
        if let Some(watches) = self.watches.try_get_untracked() {
            watches.tell(Stage::Before);
            act();
            watches.tell(Stage::After);
        }
    }
}

/// Makes one value per key hold what it should, and lets go of those without.
fn assign<K, V>(values: &mut Values<K, V>, wanted: &[(K, V)])
where
    K: Clone + Ord,
    V: Clone + PartialEq + 'static,
{
    let mut kept = Ordered::default();
    for (key, now) in wanted {
        let value = values.remove(key).unwrap_or_else(|| Shared::new(Arc::new(now.clone())));
        if value.look(|held| **held != *now) == Some(true) {
            value.put(Arc::new(now.clone()));
        }
        kept.insert(key.clone(), value);
    }
    *values = kept;
}
