//! The sidebar: the place's name and lamp, one's rooms, oneself.

mod found_list;
mod notify_choice;
mod own_name;
mod room_finder;
mod room_line;
mod room_name_form;
mod self_button;
mod settings;
mod sign_out;

use crate::{
    browser::{
        element::{Element, el},
        page,
    },
    components::{Desk, Sign, Worded, icon, lamp, logo, small_icon},
    store::ChatStore,
};
use found_list::found_list;
use notify_choice::notify_choice;
use own_name::own_name;
use room_finder::room_finder;
use room_line::room_line;
use room_name_form::room_name_form;
use self_button::self_button;
use settings::settings;
use sign_out::sign_out;

/// The sidebar.
pub(crate) fn sidebar() -> Element {
    let store = ChatStore::here();
    let (rooms, current) = (store.rooms(), store.current());
    // Of a page without an open room the rooms are the matter; else the room is.
    let matter = move || current.with(Option::is_none);
    let level = move || matter().then_some("1");
    el("section")
        .class("side")
        .attr_by("role", move || if matter() { "main" } else { "navigation" })
        .attr_say("aria-label", |words| words.rooms.title)
        .child(el("header").class("side-head").child(logo()).child(lamp()))
        .child(
            el("div")
                .class("side-title")
                .child(el("h2").attr_by("aria-level", level).say(|words| words.rooms.title))
                .child(switcher_button()),
        )
        .child(el("ul").class("rooms").each(move || rooms.get(), ToString::to_string, room_line))
        .child(
            el("div").class("side-more").child(
                el("button")
                    .class("room")
                    .attr("popovertarget", "finder")
                    .attr("data-testid", "find-or-make")
                    .on_click(move |_| store.find_rooms(""))
                    .child(small_icon(Sign::Plus))
                    .child(el("span").class("label").say(|words| words.rooms.find_or_make)),
            ),
        )
        .child(el("footer").class("side-foot").child(self_button()))
        .child(room_finder())
        .child(settings())
}

/// Opens the switcher, for whoever knows no shortcut.
fn switcher_button() -> Element {
    let desk = Desk::here();
    el("button")
        .class("icon-button")
        .attr("data-testid", "switcher-button")
        .attr("aria-keyshortcuts", if page::apple() { "Meta+K" } else { "Control+K" })
        .attr_say("aria-label", |words| words.switcher.title)
        .attr_say("title", |words| words.shortcuts.switcher)
        .on_click(move |_| desk.switcher.set(true))
        .child(icon(Sign::Search))
}
