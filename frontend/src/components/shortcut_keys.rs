//! What the page's shortcuts do.

use crate::{
    browser::{
        composer, page,
        shortcuts::{self, Shortcut, Step},
        timeline::Scroll,
    },
    components::Desk,
    store::ChatStore,
};
use parlor_shared::RoomId;

/// Listens for them, for as long as the conversation is there.
pub(crate) fn shortcut_keys(scroll: Scroll) {
    let (store, desk) = (ChatStore::here(), Desk::here());
    shortcuts::listen(move |shortcut| match shortcut {
        Shortcut::Switcher => {
            if !page::something_open() {
                desk.switcher.set(true);
            }
        }
        Shortcut::Sheet => desk.shortcuts.set(true),
        Shortcut::Room(step) => go(store, step, |_| true),
        Shortcut::Unread(step) => go(store, step, |room| unread(store, room)),
        Shortcut::Leave => leave(store, desk, scroll),
    });
}

/// Opens the next room of that kind, up or down the sidebar; after the last comes the first.
fn go(store: ChatStore, step: Step, wanted: impl Fn(&RoomId) -> bool) {
    let (rooms, current) = (store.rooms().get_untracked(), store.current().get_untracked());
    let at = rooms.iter().position(|room| current.as_ref() == Some(room));
    let (above, below) = rooms.split_at(at.unwrap_or(0));
    let below = below.split_at(usize::from(at.is_some())).1;
    let next = match step {
        Step::After => below.iter().chain(above).find(|room| wanted(room)),
        Step::Before => above.iter().rev().chain(below.iter().rev()).find(|room| wanted(room)),
    };
    if let Some(room) = next {
        store.open(room);
    }
}

fn unread(store: ChatStore, room: &RoomId) -> bool {
    let view = store.room(room);
    view.is_some_and(|view| view.try_with_untracked(|view| view.unread > 0) == Some(true))
}

/// Closes the people where they lie over the conversation; else the room is read, and one is at its end.
fn leave(store: ChatStore, desk: Desk, scroll: Scroll) {
    if desk.people.get_untracked() && page::narrow() {
        desk.people.set(false);
        page::focus("people-button");
    } else if store.current().get_untracked().is_some() {
        store.seen();
        scroll.to_end();
        composer::focus();
    }
}
