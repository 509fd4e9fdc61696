//! What can be done with the open room: leave it.

use crate::{
    browser::{
        composer,
        element::{Element, el, several},
        popover,
    },
    components::{Sign, Worded, icon},
    store::ChatStore,
};

/// The button and its panel.
pub(super) fn room_menu() -> Element {
    let store = ChatStore::here();
    let leave = move |_| {
        // The lobby that follows has no menu to give the focus back to.
        popover::hide("room-menu");
        composer::focus();
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
                .attr_say("aria-label", |words| words.rooms.menu)
                .child(icon(Sign::More)),
        )
        .child(
            el("div")
                .attr("id", "room-menu")
                .class("sheet room-menu")
                .attr("popover", "auto")
                .attr("role", "dialog")
                .attr_say("aria-label", |words| words.rooms.menu)
                .attr("data-testid", "room-menu")
                .child(el("p").say(|words| words.rooms.leave_hint))
                .child(
                    el("button")
                        .class("button")
                        .attr("data-kind", "danger")
                        .attr("data-testid", "leave")
                        .on_click(leave)
                        .child(icon(Sign::Door))
                        .say(|words| words.rooms.leave),
                ),
        )
}
