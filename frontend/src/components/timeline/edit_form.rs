//! Changing what one said, in its place.

use std::sync::Arc;

use leptos::{ev::KeyboardEvent, html, prelude::*};
use parlor_shared::limits;

use super::message::{Work, of};
use crate::{
    browser::composer::{self, Key},
    browser::element::{Element, el},
    components::words,
    store::{ChatStore, Row, RowKey},
};

/// The field in the text's place. Enter saves, Esc leaves the text as it was.
pub(super) fn edit_form(key: RowKey, row: ReadSignal<Arc<Row>>, work: RwSignal<Work>) -> Element {
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
    el("form")
        .class("edit")
        .on_submit(move || save.run(()))
        .child(
            el("textarea")
                .bind(field)
                .class("field")
                .attr("rows", "1")
                .attr("dir", "auto")
                .attr("data-testid", "edit-field")
                .attr_by("aria-label", move || words.get().timeline.edit)
                .on_key(move |event| press(&event, save, work))
                .on("input", move |_| composer::fit(field)),
        )
        .child(ends(work))
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
fn ends(work: RwSignal<Work>) -> Element {
    let words = words();
    el("div")
        .class("acts")
        .child(
            el("button")
                .class("button")
                .attr("data-kind", "main")
                .attr("data-testid", "save")
                .text_by(move || words.get().timeline.save),
        )
        .child(
            el("button")
                .attr("type", "button")
                .class("button")
                .attr("data-kind", "plain")
                .on_click(move |_| work.set(Work::None))
                .text_by(move || words.get().timeline.cancel),
        )
}
