//! Messages that are there but not here yet; the scroller asks for them when this comes into view.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    components::{moving, words},
    store::{Row, RowKey},
};

/// Bars where the messages will stand.
#[component]
pub(super) fn OlderGap(
    /// Its key.
    key: RowKey,
    /// The row.
    row: ReadSignal<Arc<Row>>,
) -> impl IntoView {
    let words = words();
    let before = moving(move || row.with(|row| waiting(row)));
    view! {
        <li
            class="gap"
            data-testid="gap"
            data-row=key.0
            data-gap=before
            aria-label=moving(move || words.get().timeline.loading)
        >
            <div class="bars" aria-hidden="true">
                <i></i>
                <i></i>
                <i></i>
            </div>
        </li>
    }
}

/// The number of the message after a gap that has not been asked for.
fn waiting(row: &Row) -> Option<u64> {
    match row {
        Row::Gap { before, loading: false } => Some(*before),
        Row::Gap { .. }
        | Row::Message(_)
        | Row::Day(_)
        | Row::New
        | Row::NotKept(_)
        | Row::Loading
        | Row::Start => None,
    }
}
