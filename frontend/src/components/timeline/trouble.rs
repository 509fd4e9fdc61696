//! Why a message did not arrive, and what can be done: send it again, or discard it.

use std::sync::Arc;

use leptos::prelude::*;

use super::message::of;
use crate::{
    components::{Sign, moving, shown_while, small_icon, words},
    store::{ChatStore, MessageState, Row, RowKey},
    words::Words,
};

/// The reason and the two ways on; nothing for a message without trouble.
#[component]
pub(super) fn Trouble(
    /// Its key.
    key: RowKey,
    /// The row.
    row: ReadSignal<Arc<Row>>,
) -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let said = Memo::new(move |_| of(row, |it| reason(&it.state, words.get())).flatten());
    let shown = Memo::new(move |_| said.with(Option::is_some));
    view! {
        {shown_while(move || shown.get(), move || view! {
            <div class="trouble">
                <p data-testid="reason">
                    {small_icon(Sign::Warning)}
                    <span>{moving(move || said.get())}</span>
                </p>
                <div class="acts">
                    <button
                        class="button"
                        data-kind="plain"
                        data-testid="retry"
                        on:click=move |_| store.retry(key)
                    >
                        {moving(move || words.get().timeline.retry)}
                    </button>
                    <button
                        class="button"
                        data-kind="plain"
                        data-testid="discard"
                        on:click=move |_| store.discard(key)
                    >
                        {moving(move || words.get().timeline.discard)}
                    </button>
                </div>
            </div>
        }.into_any())}
    }
}

fn reason(state: &MessageState, words: &Words) -> Option<String> {
    match state {
        MessageState::Ink | MessageState::Pencil => None,
        MessageState::Refused(problem) => Some((words.problem)(problem)),
        MessageState::InDoubt => Some(words.timeline.in_doubt.to_owned()),
        MessageState::Lost => Some(words.timeline.lost.to_owned()),
    }
}
