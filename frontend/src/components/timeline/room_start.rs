//! Where the room begins; an empty chair while nobody has spoken.

use crate::{
    browser::{
        element::{Element, el, several},
        location::{self, Reach},
        timeline::copy,
    },
    components::{Drawing, current_room, drawing, words},
    live::Live,
    store::{ChatStore, RowKey},
};

/// Where others come in, to be passed on; where only this machine knows the address, how they would.
fn invitation() -> Element {
    let words = words();
    match location::reach() {
        Reach::Others(address) => {
            let shown = address.clone();
            let said = move || (words.get().timeline.invite)(&shown);
            several().child(el("p").text_by(said)).child(copy_button(address))
        }
        Reach::ThisMachine(port) => {
            el("p").text_by(move || (words.get().timeline.invite_near)(&port))
        }
    }
}

fn copy_button(address: String) -> Element {
    let (words, copied) = (words(), Live::new(false));
    let label = move || {
        let words = &words.get().timeline;
        if copied.get() { words.copied } else { words.copy_address }
    };
    let press = move |_| {
        copy(&address);
        copied.set(true);
    };
    el("button")
        .class("button")
        .attr("data-testid", "copy-address")
        .on_click(press)
        .child(el("span").attr("role", "status").text_by(label))
}

/// The beginning.
pub(super) fn room_start(key: RowKey) -> Element {
    let words = words();
    let store = ChatStore::here();
    let name = current_room(store).name;
    let rows = store.rows();
    // Nothing but this row.
    let empty = move || rows.with(|rows| rows.len() < 2);
    let hint = move || {
        let words = &words.get().timeline;
        if empty() { words.empty } else { words.start_hint }
    };
    el("li")
        .class("start")
        .attr("data-testid", "start")
        .attr("data-row", key.0)
        .attr_by("data-empty", empty)
        .when(empty, || drawing(Drawing::Chair))
        .child(el("h2").text_by(move || (words.get().timeline.start)(&name.get())))
        .child(el("p").text_by(hint))
        .when(empty, invitation)
}
