//! The margin at a row's end, so that text never moves for what stands there.

use std::sync::Arc;

use leptos::prelude::*;

use super::message::of;
use crate::{
    browser::intl,
    components::{Sign, moving, shown_while, small_icon, words},
    preferences::Preferences,
    store::{MessageState, Row},
};

/// When, and whether it is still in pencil.
#[component]
pub(super) fn Margin(
    /// The row.
    row: ReadSignal<Arc<Row>>,
) -> impl IntoView {
    let words = words();
    let language = expect_context::<Preferences>().language();
    let time = Memo::new(move |_| of(row, |message| message.time).unwrap_or_default());
    let pencil = Memo::new(move |_| of(row, |it| it.state == MessageState::Pencil) == Some(true));
    view! {
        <span class="margin">
            {shown_while(move || pencil.get(), move || view! {
                <span class="pending" title=moving(move || words.get().timeline.pending)>
                    {small_icon(Sign::Pencil)}
                    <span class="unseen">{moving(move || words.get().timeline.pending)}</span>
                </span>
            }.into_any())}
            <time
                datetime=moving(move || intl::datetime(time.get()))
                title=moving(move || intl::moment(language.get(), time.get()))
            >
                {moving(move || intl::time(language.get(), time.get()))}
            </time>
        </span>
    }
}
