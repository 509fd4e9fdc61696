//! The open room's header: the way back, its name, its people, its menu.

use leptos::prelude::*;
use parlor_shared::RoomId;

use super::RoomMenu;
use crate::{
    components::{Sign, current_room, icon, moving, shown_while, words},
    store::{ChatStore, Link},
};

/// The header.
#[component]
pub(super) fn TalkHead(
    /// Whether the people are shown.
    people: RwSignal<bool>,
) -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let room = current_room(store);
    let roster = store.roster();
    // The count stands in the header whether or not the people are shown; it is asked for once
    // the room is known, and again after each time away.
    let known = Memo::new(move |_| {
        let lit = store.link().with(|link| link.link == Link::Connected);
        let here = |room: &RoomId| lit && store.rooms().with(|rooms| rooms.contains(room));
        room.id.get().filter(here)
    });
    Effect::new(move |_| {
        if known.get().is_some() {
            store.load_roster();
        }
    });
    let members = Memo::new(move |_| roster.with(|roster| roster.members));
    view! {
        <header class="talk-head">
            <button
                class="icon-button back"
                data-testid="back"
                aria-label=moving(move || words.get().rooms.back)
                on:click=move |_| store.close()
            >
                {icon(Sign::Back)}
            </button>
            <h1 data-testid="room-title">
                <bdi>{moving(move || room.name.get().to_string())}</bdi>
            </h1>
            <button
                class="icon-button count-button"
                data-testid="people-button"
                aria-pressed=moving(move || people.get().to_string())
                aria-label=moving(move || (words.get().people.show)(members.get()))
                on:click=move |_| people.update(|people| *people = !*people)
            >
                {icon(Sign::People)}
                <span>{moving(move || Some(members.get()).filter(|members| *members > 0))}</span>
            </button>
            // Everybody is in the lobby: there is nothing to do with it.
            {shown_while(move || room.id.with(|room| *room != Some(RoomId::lobby())), move || view! {
                <RoomMenu />
            }.into_any())}
        </header>
    }
}
