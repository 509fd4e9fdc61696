//! How much is unread in a room, in brass and in words.

use std::sync::Arc;

use crate::{
    browser::element::{Element, el, several},
    components::words,
    live::Reading,
    store::RoomView,
};

/// Above this, the number is not worth its width.
const MOST: u64 = 999;

/// The count at the end of a room's line; nothing while all is read.
pub(crate) fn unread_mark(view: Reading<Arc<RoomView>>) -> Element {
    let words = words();
    several().part(move || {
        let unread = view.with(|view| view.unread);
        let count = if unread > MOST { format!("{MOST}+") } else { unread.to_string() };
        (unread > 0).then(|| {
            several()
                .child(
                    el("span")
                        .class("count")
                        .attr("data-testid", "unread")
                        .attr("aria-hidden", "true")
                        .text(&count),
                )
                .child(el("span").class("unseen").text(&(words.get().rooms.unread)(unread)))
        })
    })
}
