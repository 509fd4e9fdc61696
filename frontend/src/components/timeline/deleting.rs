//! A message being taken back: six seconds to think again, no dialog.

use leptos::prelude::on_cleanup;

use super::message::Work;
use crate::{
    browser::{
        element::{Element, el},
        timer::Alarm,
    },
    components::Worded,
    live::{Live, keep},
    store::{ChatStore, RowKey},
};

/// How long it can be undone, in milliseconds.
const UNDO_MS: f64 = 6_000.0;

/// What stands in the text's place meanwhile. Leaving the room does not wait.
pub(super) fn deleting(key: RowKey, work: Live<Work>) -> Element {
    let store = ChatStore::here();
    // Asked now: when the room is left, the row is gone before this is.
    let place = store.place(key);
    let undone = Live::new(false);
    let alarm = Alarm::default();
    alarm.set(UNDO_MS, move || work.set(Work::None));
    keep(alarm);
    on_cleanup(move || {
        if let Some((room, number)) = place
            && undone.try_get_untracked() == Some(false)
        {
            store.delete(room, number);
        }
    });
    let undo = move |_| {
        undone.set(true);
        work.set(Work::None);
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
