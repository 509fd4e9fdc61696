//! When a room counts as read: visible, with the keyboard, at its end, for a second.

use super::{listener::Listener, page, timer::Alarm};
use crate::{
    live::{Reading, afterwards, keep},
    store::ChatStore,
};

/// How long it must be looked at, in milliseconds.
const LOOK_MS: f64 = 1_000.0;

/// Watches the open room for as long as the caller's owner lives.
pub fn watch(at_end: Reading<bool>) {
    let store = ChatStore::here();
    let alarm = Alarm::default();
    let look = {
        let alarm = alarm.clone();
        move || alarm.set(LOOK_MS, move || note(store, at_end))
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
        if at_end.get() {
            look();
        }
    });
    keep((alarm, listeners));
}

fn note(store: ChatStore, at_end: Reading<bool>) {
    if at_end.try_get_untracked() == Some(true) && page::attended() {
        store.seen();
    }
}
