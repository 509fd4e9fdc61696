//! Changing what one said, in its place.

use std::{rc::Rc, sync::Arc};

use leptos::prelude::untrack;
use parlor_shared::limits;

use super::message::{Work, of};
use crate::{
    browser::{
        composer::{self, Key},
        element::{Element, FieldPlace, KeyboardEvent, el},
    },
    components::Worded,
    live::{Live, Reading, afterwards},
    store::{ChatStore, Row, RowKey},
};

/// The field in the text's place. Enter saves, Esc leaves the text as it was.
pub(super) fn edit_form(key: RowKey, row: Reading<Arc<Row>>, work: Live<Work>) -> Element {
    let store = ChatStore::here();
    let field = FieldPlace::new();
    // What others do to the row meanwhile does not touch what is being written.
    let before = untrack(|| of(row, |it| it.text.clone()).flatten()).unwrap_or_default();
    let start = before.clone();
    afterwards(move || {
        if let Some(element) = field.get() {
            element.set_value(&start);
            let _ = element.focus();
            composer::fit(field);
        }
    });
    let save = move || {
        let Some(now) = field.now().map(|field| field.value()) else { return };
        if now != before && limits::check_text(&now).is_ok() {
            store.edit(key, &now);
        }
        work.set(Work::None);
    };
    let save: Rc<dyn Fn()> = Rc::new(save);
    let sent = Rc::clone(&save);
    el("form")
        .class("edit")
        .on_submit(move || sent())
        .child(
            el("textarea")
                .bind(field)
                .class("field")
                .attr("rows", "1")
                .attr("dir", "auto")
                .attr("data-testid", "edit-field")
                .attr_say("aria-label", |words| words.timeline.edit)
                .on_key(move |event| press(&event, save.as_ref(), work))
                .on("input", move |_| composer::fit(field)),
        )
        .child(ends(work))
}

/// What a key means while a text is being changed.
fn press(event: &KeyboardEvent, save: &dyn Fn(), work: Live<Work>) {
    // The list around the field moves between rows by the same keys.
    event.stop_propagation();
    match composer::key(event) {
        Key::Send => {
            event.prevent_default();
            save();
        }
        Key::Escape => work.set(Work::None),
        Key::Break | Key::Up | Key::Other => {}
    }
}

/// Keep the change, or leave the text as it was.
fn ends(work: Live<Work>) -> Element {
    el("div")
        .class("acts")
        .child(
            el("button")
                .class("button")
                .attr("data-kind", "main")
                .attr("data-testid", "save")
                .say(|words| words.timeline.save),
        )
        .child(
            el("button")
                .attr("type", "button")
                .class("button")
                .attr("data-kind", "plain")
                .on_click(move |_| work.set(Work::None))
                .say(|words| words.timeline.cancel),
        )
}
