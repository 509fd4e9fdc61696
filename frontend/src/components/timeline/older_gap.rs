//! Messages that are there but not here yet; the scroller asks for them when this comes into view.

use std::sync::Arc;

use crate::{
    browser::element::{Element, el},
    components::Worded,
    live::Reading,
    store::{Row, RowKey},
};

/// Bars where the messages will stand.
pub(super) fn older_gap(key: RowKey, row: Reading<Arc<Row>>) -> Element {
    let before = move || row.with(|row| waiting(row).map(|(before, _)| before));
    let upper = move || row.with(|row| waiting(row).map(|(_, upper)| upper));
    el("li")
        .class("gap")
        .attr("data-testid", "gap")
        .attr("data-row", key.0)
        .attr_by("data-gap", before)
        .attr_by("data-upper", upper)
        .attr_say("aria-label", |words| words.timeline.loading)
        .child(
            el("div")
                .class("bars")
                .attr("aria-hidden", "true")
                .child(el("i"))
                .child(el("i"))
                .child(el("i")),
        )
}

/// What loads the lower and the upper end of a gap, unless it is being loaded.
fn waiting(row: &Row) -> Option<(u64, u64)> {
    match row {
        Row::Gap { before, upper, loading: false } => Some((*before, *upper)),
        Row::Gap { .. }
        | Row::Message(_)
        | Row::Day(_)
        | Row::New
        | Row::NotKept(_)
        | Row::Loading
        | Row::Start => None,
    }
}
