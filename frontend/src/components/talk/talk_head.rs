//! The open room's header: the way back, its name, its people, its menu.

use parlor_shared::RoomId;

use super::room_menu;
use crate::{
    browser::element::{Element, el},
    components::{Desk, Sign, Worded, current_room, icon, words},
    live::{afterwards, derived},
    store::{ChatStore, Link},
};

/// The header.
pub(super) fn talk_head() -> Element {
    let (words, people) = (words(), Desk::here().people);
    let store = ChatStore::here();
    let room = current_room(store);
    let roster = store.roster();
    // The count stands in the header whether or not the people are shown; it is asked for once
    // the room is known, and again after each time away.
    let known = derived(move || {
        let lit = store.link().with(|link| link.link == Link::Connected);
        let here = |room: &RoomId| lit && store.rooms().with(|rooms| rooms.contains(room));
        room.id.get().filter(here)
    });
    afterwards(move || {
        if known.get().is_some() {
            store.load_roster();
        }
    });
    let members = move || roster.with(|roster| roster.members);
    el("header")
        .class("talk-head")
        .child(
            el("button")
                .class("icon-button back")
                .attr("data-testid", "back")
                .attr_say("aria-label", |words| words.rooms.back)
                .on_click(move |_| store.close())
                .child(icon(Sign::Back)),
        )
        .child(
            el("h1")
                .attr("data-testid", "room-title")
                .child(el("bdi").text_by(move || room.name.get().to_string())),
        )
        .child(
            el("button")
                .class("icon-button count-button")
                .attr("data-testid", "people-button")
                .attr_by("aria-pressed", move || people.get().to_string())
                .attr_by("aria-label", move || (words.get().people.show)(members()))
                .on_click(move |_| people.update(|people| *people = !*people))
                .child(icon(Sign::People))
                .child(el("span").text_by(move || Some(members()).filter(|members| *members > 0))),
        )
        .when(move || room.id.with(|room| *room != Some(RoomId::lobby())), room_menu)
}
