//! One room of the sidebar: its name, what is unread, what was not sent, what is half written.

use std::sync::Arc;

use parlor_shared::RoomId;

use crate::{
    browser::element::{Element, MouseEvent, el, several},
    components::{Sign, small_icon, unread_mark, words},
    live::Reading,
    store::{ChatStore, RoomView},
};

/// A room's line.
pub(super) fn room_line(room: RoomId) -> Element {
    let store = ChatStore::here();
    let Some(view) = store.room(&room) else { return several() };
    let current = store.current();
    let here = {
        let room = room.clone();
        move || current.with(|current| current.as_ref() == Some(&room))
    };
    let address = format!("/r/{room}");
    let open = move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            store.open(&room);
        }
    };
    let unread = move || view.with(|view| view.unread);
    el("li").child(
        el("a")
            .class("room")
            .attr("href", address)
            .attr("data-testid", "room")
            .attr_by("data-unread", move || Some(unread()).filter(|unread| *unread > 0))
            .attr_by("aria-current", move || here().then_some("page"))
            .on_click(open)
            .child(
                el("span")
                    .class("label")
                    .child(el("bdi").text_by(move || view.with(|view| view.name.to_string())))
                    .child(
                        el("bdi")
                            .class("last")
                            .text_by(move || view.with(|view| view.last.clone())),
                    ),
            )
            .child(marks(view)),
    )
}

/// The marks at the line's end, each said in words as well.
fn marks(view: Reading<Arc<RoomView>>) -> Element {
    let words = words();
    let failed = move || {
        view.with(|view| view.failed).then(|| {
            el("span")
                .class("failed")
                .attr("data-testid", "failed")
                .attr("title", words.get().rooms.failed)
                .child(small_icon(Sign::Warning))
                .child(el("span").class("unseen").text(words.get().rooms.failed))
        })
    };
    let draft = move || {
        view.with(|view| view.draft).then(|| {
            el("span")
                .class("draft")
                .attr("data-testid", "draft")
                .attr("title", words.get().rooms.draft)
                .child(small_icon(Sign::Pencil))
                .child(el("span").class("unseen").text(words.get().rooms.draft))
        })
    };
    several().part(failed).part(draft).child(unread_mark(view))
}
