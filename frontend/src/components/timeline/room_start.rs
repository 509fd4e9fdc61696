//! Where the room begins; an empty chair while nobody has spoken.

use crate::{
    browser::element::{Element, el},
    components::{Drawing, current_room, drawing, words},
    store::{ChatStore, RowKey},
};

/// The beginning.
pub(super) fn room_start(key: RowKey) -> Element {
    let words = words();
    let store = ChatStore::here();
    let name = current_room(store).name;
    let rows = store.rows();
    // Nothing but this row.
    let empty = move || rows.with(|rows| rows.len() < 2);
    let hint = move || {
        let words = &words.get().timeline;
        if empty() { words.empty } else { words.start_hint }
    };
    el("li")
        .class("start")
        .attr("data-testid", "start")
        .attr("data-row", key.0)
        .attr_by("data-empty", empty)
        .when(empty, || drawing(Drawing::Chair))
        .child(el("h2").text_by(move || (words.get().timeline.start)(&name.get())))
        .child(el("p").text_by(hint))
}
