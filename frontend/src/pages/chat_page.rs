//! The place itself: rooms, the conversation, the people.

use crate::{
    browser::element::{Element, el},
    components::{people_panel, sidebar, spoken_region, talk},
    live::Live,
    store::ChatStore,
};

/// Rooms at the start, the open room beside them, its people where they are wanted. On a phone
/// one of them at a time: the rooms while none is open.
pub(crate) fn chat_page() -> Element {
    let store = ChatStore::here();
    let current = store.current();
    let people = Live::new(false);
    let pane = move || if current.get().is_some() { "talk" } else { "rooms" };
    let shown = move || people.get() && current.get().is_some();
    el("div")
        .class("app")
        .attr_by("data-pane", pane)
        .attr_by("data-people", shown)
        .child(sidebar())
        .child(talk(people))
        .when(shown, move || people_panel(people))
        .child(spoken_region())
}
