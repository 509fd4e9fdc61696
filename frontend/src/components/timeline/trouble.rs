//! Why a message did not arrive, and what can be done: send it again, or discard it.

use std::sync::Arc;

use super::message::of;
use crate::{
    browser::{
        element::{Element, FramePlace, el, several},
        focus,
    },
    components::{Sign, Worded, small_icon, words},
    live::Reading,
    store::{ChatStore, MessageState, Row, RowKey},
    words::Words,
};

/// The reason and the two ways on; nothing for a message without trouble.
pub(super) fn trouble(key: RowKey, row: Reading<Arc<Row>>, place: FramePlace) -> Element {
    let words = words();
    let store = ChatStore::here();
    let said = move || of(row, |it| reason(&it.state, words.get())).flatten();
    several().when(
        move || said().is_some(),
        move || {
            el("div")
                .class("trouble")
                .child(
                    el("p")
                        .attr("data-testid", "reason")
                        .child(small_icon(Sign::Warning))
                        .child(el("span").text_by(said)),
                )
                .child(
                    el("div")
                        .class("acts")
                        .child(
                            el("button")
                                .class("button")
                                .attr("data-kind", "plain")
                                .attr("data-testid", "retry")
                                .on_click(move |_| focus::keep_in(place, || store.retry(key)))
                                .say(|words| words.timeline.retry),
                        )
                        .child(
                            el("button")
                                .class("button")
                                .attr("data-kind", "plain")
                                .attr("data-testid", "discard")
                                .on_click(move |_| focus::hand_on(place, || store.discard(key)))
                                .say(|words| words.timeline.discard),
                        ),
                )
        },
    )
}

fn reason(state: &MessageState, words: &Words) -> Option<String> {
    match state {
        MessageState::Ink | MessageState::Pencil => None,
        MessageState::Refused(problem) => Some((words.problem)(problem)),
        MessageState::InDoubt => Some(words.timeline.in_doubt.to_owned()),
        MessageState::Lost => Some(words.timeline.lost.to_owned()),
    }
}
