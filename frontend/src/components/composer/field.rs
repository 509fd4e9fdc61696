//! The field one writes in, and what its keys mean.

use super::{Length, send};
use crate::{
    browser::{
        composer::{self, Key},
        element::{Element, FieldPlace, KeyboardEvent, el},
        timeline::Scroll,
    },
    components::{Desk, current_room, words},
    live::Live,
    store::{ChatStore, MessageRow, Row, RowKey},
};

/// The field.
pub(super) fn written_field(field: FieldPlace, length: Live<Length>, scroll: Scroll) -> Element {
    let (words, desk) = (words(), Desk::here());
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
        Key::Up => {
            let empty = field.now().is_some_and(|field| field.value().is_empty());
            if let Some(row) = last_own(store).filter(|_| empty && scroll.is_at_end()) {
                event.prevent_default();
                desk.editing.set(Some(row));
            }
        }
        Key::Break | Key::Escape | Key::Down | Key::Other => {}
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

/// One's own last message that stands in ink.
fn last_own(store: ChatStore) -> Option<RowKey> {
    let rows = store.rows().get_untracked();
    rows.into_iter()
        .rev()
        .find(|row| store.row(*row).is_some_and(|row| can_change(&row.get_untracked())))
}

fn can_change(row: &Row) -> bool {
    row.message().is_some_and(MessageRow::can_change)
}
