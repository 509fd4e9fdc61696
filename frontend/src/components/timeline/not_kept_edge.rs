//! The torn edge of what was not kept: the paper ends, the table shows, and the sentence says how
//! much is missing.

use std::sync::Arc;

use crate::{
    browser::element::{Element, drawn, el},
    components::words,
    live::Reading,
    store::{Row, RowKey},
};

/// The edges' outlines, 720 by 14 units: the lower one of the paper above, the upper one of the paper
/// below. They come when the first edge shows.
const EDGES: &str = "/assets/torn.svg";

/// The gap between two torn edges.
pub(super) fn not_kept_edge(key: RowKey, row: Reading<Arc<Row>>) -> Element {
    let words = words();
    let said = move || row.with(|row| (words.get().timeline.not_kept)(missing(row)));
    el("li")
        .class("torn")
        .attr("data-testid", "not-kept")
        .attr("data-row", key.0)
        .child(edge("above"))
        .child(el("p").text_by(said))
        .child(edge("below"))
}

/// One edge, as wide as the column.
fn edge(which: &str) -> Element {
    drawn(&format!(
        "<svg viewBox='0 0 720 14' preserveAspectRatio=none aria-hidden=true>\
         <use class=shade href='{EDGES}#{which}'/><use href='{EDGES}#{which}'/></svg>"
    ))
}

fn missing(row: &Row) -> u64 {
    match row {
        Row::NotKept(count) => *count,
        Row::Message(_) | Row::Day(_) | Row::New | Row::Gap { .. } | Row::Loading | Row::Start => 0,
    }
}
