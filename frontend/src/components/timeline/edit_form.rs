//! Changing what one said, in its place.

use std::{rc::Rc, sync::Arc};

use leptos::prelude::{on_cleanup, untrack};
use parlor_shared::limits;

use super::message::of;
use crate::{
    browser::{
        composer::{self, Key},
        element::{Element, FieldPlace, FramePlace, KeyboardEvent, el},
        focus,
    },
    components::{Desk, Worded},
    live::{Reading, afterwards},
    store::{ChatStore, Row, RowKey},
};

/// The field in the text's place. Enter saves, Esc leaves the text as it was.
pub(super) fn edit_form(key: RowKey, row: Reading<Arc<Row>>, place: FramePlace) -> Element {
    let (store, desk) = (ChatStore::here(), Desk::here());
    let origin = focus::now();
    let end: Rc<dyn Fn()> = Rc::new(move || {
        desk.editing.set(None);
        origin.give_back(place);
    });
    on_cleanup(move || forget(desk, key));
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
    let ended = Rc::clone(&end);
    let save = move || {
        let Some(now) = field.now().map(|field| field.value()) else { return };
        if now != before && limits::check_text(&now).is_ok() {
            store.edit(key, &now);
        }
        ended();
    };
    let save: Rc<dyn Fn()> = Rc::new(save);
    let (sent, left) = (Rc::clone(&save), Rc::clone(&end));
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
                .on_key(move |event| press(&event, save.as_ref(), left.as_ref()))
                .on("input", move |_| composer::fit(field)),
        )
        .child(ends(end))
}

/// A message whose row goes is not being changed any more.
fn forget(desk: Desk, key: RowKey) {
    if desk.editing.try_get_untracked() == Some(Some(key)) {
        desk.editing.set(None);
    }
}

/// What a key means while a text is being changed.
fn press(event: &KeyboardEvent, save: &dyn Fn(), leave: &dyn Fn()) {
    // The list around the field moves between rows by the same keys.
    event.stop_propagation();
    match composer::key(event) {
        Key::Send => {
            event.prevent_default();
            save();
        }
        Key::Escape => leave(),
        Key::Break | Key::Up | Key::Down | Key::Other => {}
    }
}

/// Keep the change, or leave the text as it was.
fn ends(leave: Rc<dyn Fn()>) -> Element {
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
                .on_click(move |_| leave())
                .say(|words| words.timeline.cancel),
        )
}
