//! What the author can do with a message that stands: change it, take it back.

use std::sync::Arc;

use super::message::{Work, of};
use crate::{
    browser::element::{Element, el, several},
    components::{Desk, Sign, Worded, icon},
    live::Reading,
    store::{MessageRow, Row, RowKey},
};

/// Two buttons at the row's end, seen with the pointer or the keyboard on the row.
pub(super) fn row_tools(key: RowKey, row: Reading<Arc<Row>>, work: Reading<Work>) -> Element {
    let desk = Desk::here();
    let mine = move || of(row, MessageRow::can_change) == Some(true);
    let shown = move || mine() && work.get() == Work::None;
    several().when(shown, move || {
        el("div")
            .class("tools")
            .child(
                el("button")
                    .class("icon-button")
                    .attr("data-testid", "edit")
                    .attr_say("aria-label", |words| words.timeline.edit)
                    .attr_say("title", |words| words.timeline.edit)
                    .on_click(move |_| desk.editing.set(Some(key)))
                    .child(icon(Sign::Pencil)),
            )
            .child(
                el("button")
                    .class("icon-button")
                    .attr("data-testid", "delete")
                    .attr_say("aria-label", |words| words.timeline.delete)
                    .attr_say("title", |words| words.timeline.delete)
                    .on_click(move |_| desk.delete(key))
                    .child(icon(Sign::Bin)),
            )
    })
}
