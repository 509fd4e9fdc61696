//! The field one writes in, and what its keys mean.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{Length, send};
use crate::{
    browser::composer::{self, Key},
    components::{current_room, moving, words},
    store::ChatStore,
};

/// The field.
#[component]
pub(super) fn Field(
    /// Where it will be.
    field: NodeRef<html::Textarea>,
    /// How much is written in it.
    length: RwSignal<Length>,
) -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let room = current_room(store);
    let input = move |event| {
        let text = event_target_value(&event);
        length.set(Length::of(&text));
        if let Some(room) = store.current().get_untracked() {
            store.set_draft(&room, &text);
        }
        store.typing_now();
        composer::fit(field);
    };
    let press = move |event: KeyboardEvent| match composer::key(&event) {
        Key::Send => {
            event.prevent_default();
            send(store, field, length);
        }
        Key::Break | Key::Escape | Key::Up | Key::Other => {}
    };
    let label = moving(move || (words.get().composer.label)(&room.name.get()));
    view! {
        <textarea
            node_ref=field
            rows="1"
            dir="auto"
            data-testid="composer"
            aria-label=label
            placeholder=label
            aria-invalid=moving(move || (length.get().over() > 0).then_some("true"))
            on:keydown=press
            on:input=input
        ></textarea>
    }
}
