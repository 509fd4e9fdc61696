//! What is read aloud: live messages of others, tersely; never history, never one's own.

use crate::{
    browser::element::{Element, el},
    components::words,
    store::{ChatStore, Heard},
    words::TimelineWords,
};

/// Messages in one batch that are still read one by one.
const ONE_BY_ONE: usize = 3;

/// The region; not seen.
pub(crate) fn spoken_region() -> Element {
    let words = words();
    let spoken = ChatStore::here().spoken();
    el("div")
        .class("unseen")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .attr("data-testid", "spoken")
        .text_by(move || spoken.with(|batch| say(batch, &words.get().timeline)))
}

fn say(batch: &[Heard], words: &TimelineWords) -> String {
    if batch.len() > ONE_BY_ONE {
        return (words.spoken_many)(batch.len() as u64);
    }
    let lines = batch.iter().map(|heard| (words.spoken)(&heard.name, &heard.text));
    lines.collect::<Vec<_>>().join("\n")
}
