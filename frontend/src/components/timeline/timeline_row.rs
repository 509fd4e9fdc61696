//! One row of the timeline, whatever it is; what it is seldom changes, what it says may.

use std::mem::discriminant;

use super::{day_line, message, not_kept_edge, older_gap, room_start};
use crate::{
    browser::element::{Element, el, several},
    components::Worded,
    store::{ChatStore, Row, RowKey},
};

/// A row, drawn by its kind.
pub(super) fn timeline_row(row: RowKey) -> Element {
    let Some(signal) = ChatStore::here().row(row) else { return several() };
    let kind = move || signal.with(|row| discriminant(row.as_ref()));
    several().switch(kind, move |_| match signal.get_untracked().as_ref() {
        Row::Message(_) => message(row, signal),
        Row::Day(_) => day_line(row, signal),
        Row::New => new_line(row),
        Row::NotKept(_) => not_kept_edge(row, signal),
        Row::Gap { .. } | Row::Loading => older_gap(row, signal),
        Row::Start => room_start(row),
    })
}

/// One line of brass with a flag: what follows is new.
fn new_line(key: RowKey) -> Element {
    el("li")
        .class("new-line")
        .attr("data-testid", "new-line")
        .attr("data-row", key.0)
        .attr("data-new", true)
        .child(el("span").say(|words| words.timeline.new))
}
