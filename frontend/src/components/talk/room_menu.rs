//! What can be done with the open room: leave it.

use leptos::prelude::*;

use crate::{
    browser::element::{Element, el, several},
    components::{Sign, icon, words},
    store::ChatStore,
};

/// The button and its panel.
pub(super) fn room_menu() -> Element {
    let words = words();
    let store = expect_context::<ChatStore>();
    let leave = move |_| {
        if let Some(room) = store.current().get_untracked() {
            store.leave(&room);
        }
    };
    several()
        .child(
            el("button")
                .class("icon-button")
                .attr("popovertarget", "room-menu")
                .attr("data-testid", "room-menu-button")
                .attr_by("aria-label", move || words.get().rooms.menu)
                .child(icon(Sign::More)),
        )
        .child(
            el("div")
                .attr("id", "room-menu")
                .class("sheet room-menu")
                .attr("popover", "auto")
                .attr("role", "dialog")
                .attr_by("aria-label", move || words.get().rooms.menu)
                .attr("data-testid", "room-menu")
                .child(el("p").text_by(move || words.get().rooms.leave_hint))
                .child(
                    el("button")
                        .class("button")
                        .attr("data-kind", "danger")
                        .attr("popovertarget", "room-menu")
                        .attr("popovertargetaction", "hide")
                        .attr("data-testid", "leave")
                        .on_click(leave)
                        .child(icon(Sign::Door))
                        .text_by(move || words.get().rooms.leave),
                ),
        )
}
