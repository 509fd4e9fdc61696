//! The rooms found, each to be joined or opened.

use leptos::prelude::*;
use parlor_shared::RoomListing;

use crate::{
    components::{Drawing, drawing, moving, shown_while, words},
    store::ChatStore,
};

/// What the search found.
#[component]
pub(super) fn FoundList() -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let search = store.search();
    let rooms = move || search.get().rooms.clone();
    let nothing = move || search.with(|search| search.rooms.is_empty() && !search.loading);
    let more = move || search.with(|search| search.more);
    let said = moving(move || {
        let query = search.with(|search| search.query.clone());
        if query.is_empty() {
            words.get().rooms.none_yet.to_owned()
        } else {
            (words.get().rooms.nothing_found)(&query)
        }
    });
    view! {
        <ul class="found">
            <For
                each=rooms
                key=|listing| listing.room.clone()
                children=|listing| view! { <FoundRoom listing /> }
            />
            {shown_while(nothing, move || view! {
                <li class="said">
                    {drawing(Drawing::Envelope)}
                    <p>{said}</p>
                </li>
            }.into_any())}
            {shown_while(more, move || view! {
                <li>
                    <button class="button" data-kind="plain" on:click=move |_| store.find_more()>
                        {moving(move || words.get().rooms.more)}
                    </button>
                </li>
            }.into_any())}
        </ul>
    }
}

/// One of them; its button also closes the panel.
#[component]
fn FoundRoom(
    /// The room.
    listing: RoomListing,
) -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
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
    let enter = move |_| if mine() { store.open(&room) } else { store.join(&room) };
    view! {
        <li data-testid="found">
            <span class="label">
                <bdi>{listing.name}</bdi>
            </span>
            <button
                class="button"
                popovertarget="finder"
                popovertargetaction="hide"
                on:click=enter
            >
                {label}
            </button>
        </li>
    }
}
