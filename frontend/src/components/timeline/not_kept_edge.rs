//! The torn edge of what was not kept: the paper ends, the table shows, and the sentence says how
//! much is missing.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    browser::element::{Element, drawn, el},
    components::words,
    store::{Row, RowKey},
};

/// The lower edge of the paper above; 720 by 14 units.
const ABOVE: &str = "M-6 -3V7.1h6l8 -.2 5 .1 4 .5 2 -2.1 5 2.6 2 -.7 4 1.0 3 .8 2 -3.1 3 2.0 3 .0 5 -2.3 2 \
    1.0 3 .1 8 -1.9 8 -.5 2 -.1 2 1.9 2 -.2 3 1.3 4 2.1 2 -.8 6 -1.2 3 -.5 2 -.0 2 -.8 3 \
    -1.1 5 .9 3 -1.0 4 -.5 3 3.5 5 -.7 3 -.4 5 -2.1 3 -.1 8 2.2 4 -3.2 5 .4 3 1.2 5 .5 8 \
    .1 3 1.8 3 -1.3 6 1.2 4 2.1 4 -2.9 5 1.5 6 .0 5 .1 6 -.1 4 2.1 5 -3.3 3 .1 4 -.3 3 \
    .7 3 -2.2 4 2.8 6 .9 5 -4.1 3 3.5 2 -2.4 2 1.3 2 -.5 6 .0 6 .3 3 -.6 2 .3 8 -1.0 2 \
    .2 5 -2.1 2 3.3 4 -1.0 6 .7 4 -.2 8 .6 2 -.4 6 .6 6 -.4 2 -.8 5 -.7 3 1.3 3 .2 3 .8 \
    8 1.3 4 -.7 3 -2.2 8 -.3 2 1.9 3 -.6 3 .5 5 -.3 8 1.7 3 -3.1 8 2.2 3 -1.0 8 1.0 4 \
    -2.0 8 1.6 8 -1.7 4 -1.1 6 2.3 6 -1.0 3 -3.1 4 .4 3 .6 6 1.9 8 .3 6 -1.0 6 .8 3 1.8 \
    4 -.6 5 1.6 4 -.4 2 .1 6 -1.1 3 3.4 3 -.8 3 -1.1 2 -2.5 4 .5 3 -1.2 8 2.1 2 -1.3 8 \
    1.5 5 1.0 6 1.5 4 -.8 8 -1.5 3 .8 3 .7 5 -1.4 8 .7 3 1.7 5 -2.3 4 -.1 5 -.4 2 -.5 8 \
    .4 2 .0 5 2.2 8 -1.1 4 -.1 8 2.6 5 -3.1 5 -1.3 6 -.1 3 -1.1 3 .5 5 .4 5 -.9 3 1.3 4 \
    -1.4 8 -1.2 3 2.2 3 1.1 5 -1.9 6 .9 3 -.6 3 1.3 2 -3.1 6 -.5 4 1.3 8 1.6h6V-3z";
/// The upper edge of the paper below.
const BELOW: &str = "M-6 17V6.6h6l6 -.1 3 1.1 8 .4 5 .7 6 2.0 4 -3.6 5 2.7 4 -3.3 3 -1.0 3 1.0 2 .7 2 -.3 4 \
    -.2 3 -.7 6 -.7 4 1.6 4 .8 2 -1.8 2 2.8 8 1.6 5 -1.3 3 -.1 2 1.8 8 -1.1 3 2.2 8 -2.2 \
    3 -.2 3 -.9 3 3.4 2 -1.0 6 -3.0 4 .9 4 -.3 3 1.2 5 -2.0 6 -1.2 5 -1.9 4 -.9 3 2.3 5 \
    -.2 8 1.8 8 .1 6 -.9 3 2.3 8 -1.2 2 -.6 3 .4 3 -.3 3 -.5 6 -.2 8 -.8 3 1.7 2 1.2 2 \
    .0 3 -.7 4 -1.4 8 .1 8 .5 8 -.0 2 -.4 3 .6 3 -.8 6 .3 6 -.3 8 1.8 3 .9 3 -1.0 3 1.0 \
    3 -.9 6 -.0 6 -1.8 3 1.2 3 -.9 2 -.8 2 -.1 5 1.3 6 -2.4 3 .5 3 .9 8 1.3 4 .3 8 .1 6 \
    .3 3 -.9 5 -1.3 6 -.1 6 -.6 3 -1.1 5 2.5 4 -.5 2 .1 5 -2.7 6 1.1 3 .4 3 -1.7 6 1.6 6 \
    .8 8 1.5 3 1.1 5 -2.5 3 -.2 5 -1.5 5 .4 3 1.6 3 -1.3 8 -1.6 5 -.5 3 3.0 8 -.2 3 -.6 \
    2 -.4 3 .6 3 -.3 4 -2.1 8 1.8 4 -.1 3 1.2 5 -.4 5 2.1 8 1.0 2 2.0 4 .3 5 -2.7 2 .7 3 \
    -1.7 6 -.4 3 .7 3 -.2 3 1.1 3 .1 2 -.1 4 .8 2 -.3 5 .1 5 -.9 3 1.0 3 .3 5 -2.2 4 1.2 \
    5 -.3 8 -1.1 3 1.6 5 1.7 8 .6 3 1.3 3 -2.5 4 -.4 3 .3 8 .3 6 1.2 5 -.8 3 -.9 8 -3.2 \
    3 1.1 2 1.0 2 .8 8 -1.9 3 2.3 2 -.9 2 .2 3 2.2 3 -3.4 3 2.8 2 -.6 2 .1 6 -2.9h6V17z";

/// The gap between two torn edges.
pub(super) fn not_kept_edge(key: RowKey, row: ReadSignal<Arc<Row>>) -> Element {
    let words = words();
    let said = move || row.with(|row| (words.get().timeline.not_kept)(missing(row)));
    el("li")
        .class("torn")
        .attr("data-testid", "not-kept")
        .attr("data-row", key.0)
        .child(edge(ABOVE))
        .child(el("p").text_by(said))
        .child(edge(BELOW))
}

/// One edge, as wide as the column.
fn edge(path: &'static str) -> Element {
    drawn(&format!(
        "<svg viewBox='0 0 720 14' preserveAspectRatio=none aria-hidden=true>\
         <path class=shade d='{path}'/><path d='{path}'/></svg>"
    ))
}

fn missing(row: &Row) -> u64 {
    match row {
        Row::NotKept(count) => *count,
        Row::Message(_) | Row::Day(_) | Row::New | Row::Gap { .. } | Row::Loading | Row::Start => 0,
    }
}
