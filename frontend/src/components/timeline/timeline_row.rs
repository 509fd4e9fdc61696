//! One row of the timeline, whatever it is; what it is seldom changes, what it says may.

use std::mem::discriminant;

use leptos::prelude::*;

use super::{DayLine, Message, NotKeptEdge, OlderGap, RoomStart};
use crate::{
    components::{moving, words},
    store::{ChatStore, Row, RowKey},
};

/// A row, drawn by its kind.
#[component]
pub(super) fn TimelineRow(
    /// Which.
    row: RowKey,
) -> impl IntoView {
    let signal = ReadSignal::from(expect_context::<ChatStore>().row(row)?);
    let kind = Memo::new(move |_| signal.with(|row| discriminant(row.as_ref())));
    Some(move || {
        // Read, not only tracked: a memo that nobody ever read follows nothing.
        let _ = kind.get();
        let now = signal.get_untracked();
        match now.as_ref() {
            Row::Message(_) => view! { <Message key=row row=signal /> }.into_any(),
            Row::Day(_) => view! { <DayLine key=row row=signal /> }.into_any(),
            Row::New => view! { <NewLine key=row /> }.into_any(),
            Row::NotKept(_) => view! { <NotKeptEdge key=row row=signal /> }.into_any(),
            Row::Gap { .. } | Row::Loading => view! { <OlderGap key=row row=signal /> }.into_any(),
            Row::Start => view! { <RoomStart key=row /> }.into_any(),
        }
    })
}

/// One line of brass with a flag: what follows is new.
#[component]
fn NewLine(
    /// Its key.
    key: RowKey,
) -> impl IntoView {
    let words = words();
    view! {
        <li class="new-line" data-testid="new-line" data-row=key.0 data-new>
            <span>{moving(move || words.get().timeline.new)}</span>
        </li>
    }
}
