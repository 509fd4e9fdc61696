//! A message: pencil until the log has it, then ink. One element from first to last, so that the
//! change is seen as a change.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{moving, shown_while};

use super::{Author, Deleting, EditForm, Face, Margin, MessageText, RowTools, Trouble};
use crate::{
    browser::clock,
    store::{MessageRow, MessageState, Row, RowKey},
};

/// A live row is one that was said this short a time ago, in milliseconds: it fades in.
const LIVE_MS: u64 = 3_000;

/// What a component may read of the message of a row.
pub(super) fn of<T>(row: ReadSignal<Arc<Row>>, read: impl Fn(&MessageRow) -> T) -> Option<T> {
    row.with(
        |row| if let Row::Message(message) = row.as_ref() { Some(read(message)) } else { None },
    )
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
#[component]
pub(super) fn Message(
    /// Its key.
    key: RowKey,
    /// The row.
    row: ReadSignal<Arc<Row>>,
) -> impl IntoView {
    let work = RwSignal::new(Work::None);
    let heads = Memo::new(move |_| of(row, |message| !message.grouped) == Some(true));
    let own = moving(move || of(row, |message| message.own) == Some(true));
    // Asked once: a row that was live when it came stays as it is.
    let live = untrack(|| of(row, |it| clock::wall().abs_diff(it.time) < LIVE_MS)) == Some(true);
    let body = move || match work.get() {
        Work::None => view! { <MessageText row /> }.into_any(),
        Work::Editing => view! { <EditForm key row work /> }.into_any(),
        Work::Deleting => view! { <Deleting key work /> }.into_any(),
    };
    view! {
        <li
            class="row"
            data-testid="row"
            tabindex="-1"
            data-row=key.0
            data-number=moving(move || of(row, |message| message.number).flatten())
            data-state=moving(move || of(row, |message| state(&message.state)))
            data-head=moving(move || heads.get())
            data-own=own
            data-live=live
        >
            {shown_while(move || heads.get(), move || view! {
                <Face row />
            }.into_any())}
            <div class="body">
                {shown_while(move || heads.get(), move || view! {
                    <Author row />
                }.into_any())}
                {body}
                <Trouble key row />
            </div>
            <Margin row />
            <RowTools row work />
        </li>
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
