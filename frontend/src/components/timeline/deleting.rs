//! A message being taken back: six seconds to think again, no dialog.

use leptos::prelude::*;

use super::message::Work;
use crate::{
    browser::timer::Alarm,
    components::{moving, words},
    store::{ChatStore, RowKey},
};

/// How long it can be undone, in milliseconds.
const UNDO_MS: f64 = 6_000.0;

/// What stands in the text's place meanwhile. Leaving the room does not wait.
#[component]
pub(super) fn Deleting(
    /// Its key.
    key: RowKey,
    /// What is being done with it.
    work: RwSignal<Work>,
) -> impl IntoView {
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
    view! {
        <p class="deleted" role="status">
            {moving(move || words.get().timeline.deleted)}
            <button class="button" data-kind="plain" data-testid="undo" on:click=undo>
                {moving(move || words.get().timeline.undo)}
            </button>
        </p>
    }
}
