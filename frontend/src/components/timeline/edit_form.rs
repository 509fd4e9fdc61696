//! Changing what one said, in its place.

use std::sync::Arc;

use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    html,
    prelude::*,
};
use parlor_shared::limits;

use super::message::{Work, of};
use crate::{
    browser::composer::{self, Key},
    components::{moving, words},
    store::{ChatStore, Row, RowKey},
};

/// The field in the text's place. Enter saves, Esc leaves the text as it was.
#[component]
pub(super) fn EditForm(
    /// Its key.
    key: RowKey,
    /// The row.
    row: ReadSignal<Arc<Row>>,
    /// What is being done with it.
    work: RwSignal<Work>,
) -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let field = NodeRef::<html::Textarea>::new();
    // What others do to the row meanwhile does not touch what is being written.
    let before = untrack(|| of(row, |it| it.text.clone()).flatten()).unwrap_or_default();
    let start = before.clone();
    field.on_load(move |element| {
        element.set_value(&start);
        let _ = element.focus();
        composer::fit(field);
    });
    let save = move || {
        let Some(now) = field.get_untracked().map(|field| field.value()) else { return };
        if now != before && limits::check_text(&now).is_ok() {
            store.edit(key, &now);
        }
        work.set(Work::None);
    };
    let save = Callback::new(move |()| save());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save.run(());
    };
    view! {
        <form class="edit" on:submit=submit>
            <textarea
                node_ref=field
                class="field"
                rows="1"
                dir="auto"
                data-testid="edit-field"
                aria-label=moving(move || words.get().timeline.edit)
                on:keydown=move |event| press(&event, save, work)
                on:input=move |_| composer::fit(field)
            ></textarea>
            <Ends work />
        </form>
    }
}

/// What a key means while a text is being changed.
fn press(event: &KeyboardEvent, save: Callback<()>, work: RwSignal<Work>) {
    // The list around the field moves between rows by the same keys.
    event.stop_propagation();
    match composer::key(event) {
        Key::Send => {
            event.prevent_default();
            save.run(());
        }
        Key::Escape => work.set(Work::None),
        Key::Break | Key::Up | Key::Other => {}
    }
}

/// Keep the change, or leave the text as it was.
#[component]
fn Ends(
    /// What is being done with the message.
    work: RwSignal<Work>,
) -> impl IntoView {
    let words = words();
    view! {
        <div class="acts">
            <button class="button" data-kind="main" data-testid="save">
                {moving(move || words.get().timeline.save)}
            </button>
            <button
                type="button"
                class="button"
                data-kind="plain"
                on:click=move |_| work.set(Work::None)
            >
                {moving(move || words.get().timeline.cancel)}
            </button>
        </div>
    }
}
