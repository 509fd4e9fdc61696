//! The rooms found, each to be joined or opened.

use leptos::prelude::untrack;
use parlor_shared::RoomListing;

use crate::{
    browser::{
        composer,
        element::{Element, el},
        popover,
    },
    components::{Drawing, Worded, drawing, words},
    store::ChatStore,
};

/// What the search found.
pub(super) fn found_list() -> Element {
    let words = words();
    let store = ChatStore::here();
    let search = store.search();
    let rooms = move || search.get().rooms.clone();
    let nothing = move || search.with(|search| search.rooms.is_empty() && !search.loading);
    let more = move || search.with(|search| search.more);
    let said = move || {
        let query = search.with(|search| search.query.clone());
        if query.is_empty() {
            words.get().rooms.none_yet.to_owned()
        } else {
            (words.get().rooms.nothing_found)(&query)
        }
    };
    el("ul")
        .class("found")
        .each(rooms, |listing| listing.room.to_string(), found_room)
        .when(nothing, move || {
            el("li").class("said").child(drawing(Drawing::Envelope)).child(el("p").text_by(said))
        })
        .when(more, move || {
            el("li").child(
                el("button")
                    .class("button")
                    .attr("data-kind", "plain")
                    .on_click(move |_| store.find_more())
                    .say(|words| words.rooms.more),
            )
        })
}

/// One of them; its button also closes the panel.
fn found_room(listing: RoomListing) -> Element {
    let words = words();
    let store = ChatStore::here();
    let room = listing.room;
    let mine = {
        let room = room.clone();
        let rooms = store.rooms();
        move || rooms.with(|rooms| rooms.contains(&room))
    };
    let label = {
        let mine = mine.clone();
        move || if mine() { words.get().rooms.open } else { words.get().rooms.join }
    };
    let enter = move |_| {
        popover::hide("finder");
        if untrack(&mine) {
            store.open(&room);
        } else {
            store.join(&room);
        }
        composer::focus();
    };
    el("li")
        .attr("data-testid", "found")
        .child(el("span").class("label").child(el("bdi").text(&listing.name)))
        .child(el("button").class("button").on_click(enter).text_by(label))
}
