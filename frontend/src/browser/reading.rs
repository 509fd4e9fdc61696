//! When a room counts as read: visible, with the keyboard, at its end, for a second.

use leptos::prelude::*;

use super::{listener::Listener, page, timer::Alarm};
use crate::store::ChatStore;

/// How long it must be looked at, in milliseconds.
const LOOK_MS: f64 = 1_000.0;

/// Watches the open room for as long as the caller's owner lives.
pub fn watch(at_end: ReadSignal<bool>) {
    let store = expect_context::<ChatStore>();
    let alarm = Alarm::default();
    let look = {
        let alarm = alarm.clone();
        move || alarm.set(LOOK_MS, move || note(store, at_end))
    };
    let heard = leptos::prelude::window();
    let listeners: Vec<_> = ["focus", "pageshow"]
        .map(|name| {
            let look = look.clone();
            Listener::on(&heard, name, move |_| look())
        })
        .into();
    Effect::new(move |_| {
        let _ = (store.current().get(), store.last_number().get());
        if at_end.get() {
            look();
        }
    });
    let held = StoredValue::new_local((alarm, listeners));
    on_cleanup(move || {
        held.try_update_value(|(alarm, listeners)| {
            alarm.clear();
            listeners.clear();
        });
    });
}

fn note(store: ChatStore, at_end: ReadSignal<bool>) {
    if at_end.try_get_untracked() == Some(true) && page::attended() {
        store.seen();
    }
}
