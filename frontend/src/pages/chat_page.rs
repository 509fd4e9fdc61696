//! The place itself: rooms, the conversation, the people.

use leptos::prelude::provide_context;

use crate::{
    browser::{
        element::{Element, el},
        page,
    },
    components::{
        Desk, bell_ringer, people_panel, shortcut_sheet, sidebar, spoken_region, switcher, talk,
    },
    store::ChatStore,
};

/// Rooms at the start, the open room beside them, its people where they are wanted. On a phone
/// one of them at a time: the rooms while none is open.
pub(crate) fn chat_page() -> Element {
    page::style_panels();
    let store = ChatStore::here();
    let current = store.current();
    let desk = Desk::new();
    provide_context(desk);
    let people = desk.people;
    let pane = move || if current.get().is_some() { "talk" } else { "rooms" };
    let shown = move || people.get() && current.get().is_some();
    el("div")
        .class("app")
        .attr_by("data-pane", pane)
        .attr_by("data-people", shown)
        .child(sidebar())
        .child(talk())
        .when(shown, people_panel)
        .child(spoken_region())
        .child(switcher())
        .child(shortcut_sheet())
        .child(bell_ringer())
}
