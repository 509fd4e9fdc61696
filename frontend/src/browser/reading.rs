//! When a room counts as read: visible, with the keyboard, at its end, for a second.

use super::{listener::Listener, page, timeline::Scroll, timer::Alarm};
use crate::{
    live::{afterwards, keep},
    store::ChatStore,
};

/// How long it must be looked at, in milliseconds.
const LOOK_MS: f64 = 1_000.0;

/// Watches the open room for as long as the caller's owner lives.
pub fn watch(scroll: Scroll) {
    let store = ChatStore::here();
    let alarm = Alarm::default();
    let look = {
        let alarm = alarm.clone();
        move || look(&alarm, store, scroll)
    };
    let window = leptos::prelude::window();
    let listeners: Vec<_> = ["focus", "pageshow"]
        .map(|name| {
            let look = look.clone();
            Listener::on(&window, name, move |_| look())
        })
        .into();
    afterwards(move || {
        let _ = (store.current().get(), store.last_number().get());
        if scroll.at_end().get() {
            look();
        }
    });
    keep((alarm, listeners));
}

/// Notes what was read once it has been looked at; as long as the *new* line may still come, it has not.
fn look(alarm: &Alarm, store: ChatStore, scroll: Scroll) {
    let again = alarm.clone();
    alarm.set(LOOK_MS, move || {
        if scroll.awaits() {
            look(&again, store, scroll);
        } else if scroll.is_at_end() && page::attended() {
            store.seen();
        }
    });
}
