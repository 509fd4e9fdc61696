//! A message being taken back: six seconds to think again, no dialog.

use leptos::prelude::on_cleanup;

use crate::{
    browser::{
        element::{Element, FramePlace, el},
        focus,
        timer::Alarm,
    },
    components::{Desk, Worded},
    live::{Live, keep},
    store::{ChatStore, RowKey},
};

/// How long it can be undone, in milliseconds.
const UNDO_MS: f64 = 6_000.0;

/// What stands in the text's place meanwhile. Leaving the room does not wait.
pub(super) fn deleting(key: RowKey, row: FramePlace) -> Element {
    let (store, desk) = (ChatStore::here(), Desk::here());
    let end = move || {
        focus::keep_in(row, || desk.deleted(key));
    };
    // Asked now: when the room is left, the row is gone before this is.
    let place = store.place(key);
    let undone = Live::new(false);
    let alarm = Alarm::default();
    alarm.set(UNDO_MS, end);
    keep(alarm);
    on_cleanup(move || {
        desk.deleted(key);
        if let Some((room, number)) = place
            && undone.try_get_untracked() == Some(false)
        {
            store.delete(room, number);
        }
    });
    let undo = move |_| {
        undone.set(true);
        end();
    };
    el("p").class("deleted").attr("role", "status").say(|words| words.timeline.deleted).child(
        el("button")
            .class("button")
            .attr("data-kind", "plain")
            .attr("data-testid", "undo")
            .on_click(undo)
            .say(|words| words.timeline.undo),
    )
}
