//! A message: pencil until the log has it, then ink. One element from first to last, so that the
//! change is seen as a change.

use std::sync::Arc;

use leptos::prelude::untrack;

use super::{author, deleting, edit_form, face, margin, message_text, row_tools, trouble};
use crate::{
    browser::{
        clock,
        element::{Element, FramePlace, el},
    },
    components::Desk,
    live::{Reading, derived},
    store::{MessageRow, MessageState, Row, RowKey},
};

/// A live row is one that was said this short a time ago, in milliseconds: it fades in.
const LIVE_MS: u64 = 3_000;

/// What a component may read of the message of a row.
pub(super) fn of<T>(row: Reading<Arc<Row>>, read: impl Fn(&MessageRow) -> T) -> Option<T> {
    row.with(|row| row.message().map(read))
}

/// What its author is doing with the message just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// Nothing.
    None,
    /// Changing it.
    Editing,
    /// Taking it back; it can still be undone.
    Deleting,
}

/// A message's row.
pub(super) fn message(key: RowKey, row: Reading<Arc<Row>>) -> Element {
    let desk = Desk::here();
    let place = FramePlace::new();
    let work = derived(move || work_on(key, desk));
    let heads = move || of(row, |message| !message.grouped) == Some(true);
    let own = move || of(row, |message| message.own) == Some(true);
    // Asked once: a row that was live when it came stays as it is.
    let live = untrack(|| of(row, |it| clock::wall().abs_diff(it.time) < LIVE_MS)) == Some(true);
    let body = move |work_now| match work_now {
        Work::None => message_text(key, row),
        Work::Editing => edit_form(key, row, place),
        Work::Deleting => deleting(key, place),
    };
    el("li")
        .bind(place)
        .class("row")
        .attr("data-testid", "row")
        .attr("tabindex", "-1")
        .attr("data-row", key.0)
        .attr_by("data-number", move || of(row, |message| message.number).flatten())
        .attr_by("data-state", move || of(row, |message| state(&message.state)))
        .attr_by("data-head", heads)
        .attr_by("data-own", own)
        .attr("data-live", live)
        .when(heads, move || face(row))
        .child(
            el("div")
                .class("body")
                .when(heads, move || author(row))
                .switch(move || work.get(), body)
                .child(trouble(key, row, place)),
        )
        .child(margin(row))
        .child(row_tools(key, row, work))
}

fn work_on(key: RowKey, desk: Desk) -> Work {
    if desk.editing.get() == Some(key) {
        Work::Editing
    } else if desk.is_deleting(key) {
        Work::Deleting
    } else {
        Work::None
    }
}

fn state(state: &MessageState) -> &'static str {
    match state {
        MessageState::Ink => "ink",
        MessageState::Pencil => "pencil",
        MessageState::Refused(_) => "refused",
        MessageState::InDoubt => "in-doubt",
        MessageState::Lost => "lost",
    }
}
