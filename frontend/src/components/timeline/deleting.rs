//! A message being taken back: six seconds to think again, no dialog.

use leptos::prelude::*;

use super::message::Work;
use crate::{
    browser::{
        element::{Element, el},
        timer::Alarm,
    },
    components::words,
    store::{ChatStore, RowKey},
};

/// How long it can be undone, in milliseconds.
const UNDO_MS: f64 = 6_000.0;

/// What stands in the text's place meanwhile. Leaving the room does not wait.
pub(super) fn deleting(key: RowKey, work: RwSignal<Work>) -> Element {
    let words = words();
    let store = expect_context::<ChatStore>();
    let undone = StoredValue::new(false);
    let alarm = StoredValue::new_local(Alarm::default());
    let done = move || {
        work.try_set(Work::None);
    };
    alarm.with_value(|alarm| alarm.set(UNDO_MS, done));
    on_cleanup(move || {
        if undone.try_get_value() == Some(false) {
            store.delete(key);
        }
    });
    let undo = move |_| {
        undone.set_value(true);
        work.set(Work::None);
    };
    el("p")
        .class("deleted")
        .attr("role", "status")
        .text_by(move || words.get().timeline.deleted)
        .child(
            el("button")
                .class("button")
                .attr("data-kind", "plain")
                .attr("data-testid", "undo")
                .on_click(undo)
                .text_by(move || words.get().timeline.undo),
        )
}
