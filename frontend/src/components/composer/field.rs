//! The field one writes in, and what its keys mean.

use super::{Length, send};
use crate::{
    browser::{
        composer::{self, Key},
        element::{Element, FieldPlace, KeyboardEvent, el},
    },
    components::{current_room, words},
    live::Live,
    store::ChatStore,
};

/// The field.
pub(super) fn written_field(field: FieldPlace, length: Live<Length>) -> Element {
    let words = words();
    let store = ChatStore::here();
    let room = current_room(store);
    let input = move |text: String| {
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
    let label = move || (words.get().composer.label)(&room.name.get());
    el("textarea")
        .bind(field)
        .attr("rows", "1")
        .attr("dir", "auto")
        .attr("data-testid", "composer")
        .attr_by("aria-label", label)
        .attr_by("placeholder", label)
        .attr_by("aria-invalid", move || (length.get().over() > 0).then_some("true"))
        .on_key(press)
        .on_input(input)
}
