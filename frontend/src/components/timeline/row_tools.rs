//! What the author can do with a message that stands: change it, take it back.

use std::sync::Arc;

use leptos::prelude::*;

use super::message::{Work, of};
use crate::{
    components::{Sign, icon, moving, shown_while, words},
    store::{MessageState, Row},
};

/// Two buttons at the row's end, seen with the pointer or the keyboard on the row.
#[component]
pub(super) fn RowTools(
    /// The row.
    row: ReadSignal<Arc<Row>>,
    /// What is being done with it.
    work: RwSignal<Work>,
) -> impl IntoView {
    let words = words();
    let mine =
        move || of(row, |it| it.own && !it.deleted && it.state == MessageState::Ink) == Some(true);
    let shown = Memo::new(move |_| mine() && work.get() == Work::None);
    view! {
        {shown_while(move || shown.get(), move || view! {
            <div class="tools">
                <button
                    class="icon-button"
                    data-testid="edit"
                    aria-label=moving(move || words.get().timeline.edit)
                    title=moving(move || words.get().timeline.edit)
                    on:click=move |_| work.set(Work::Editing)
                >
                    {icon(Sign::Pencil)}
                </button>
                <button
                    class="icon-button"
                    data-testid="delete"
                    aria-label=moving(move || words.get().timeline.delete)
                    title=moving(move || words.get().timeline.delete)
                    on:click=move |_| work.set(Work::Deleting)
                >
                    {icon(Sign::Bin)}
                </button>
            </div>
        }.into_any())}
    }
}
