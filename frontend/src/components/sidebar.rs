//! The sidebar: the place's name and lamp, one's rooms, oneself.

mod found_list;
mod room_finder;
mod room_line;
mod room_name_form;
mod self_button;
mod settings;
mod sign_out;

use leptos::prelude::*;

use crate::{
    components::{Lamp, Logo, Sign, moving, small_icon, words},
    store::ChatStore,
};
use found_list::FoundList;
use room_finder::RoomFinder;
use room_line::RoomLine;
use room_name_form::RoomNameForm;
use self_button::SelfButton;
use settings::Settings;
use sign_out::SignOut;

/// The sidebar.
#[component]
pub(crate) fn Sidebar() -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let rooms = store.rooms();
    view! {
        <nav class="side" aria-label=moving(move || words.get().rooms.title)>
            <header class="side-head">
                <Logo />
                <Lamp />
            </header>
            <h2 class="side-title">{moving(move || words.get().rooms.title)}</h2>
            <ul class="rooms">
                <For
                    each=move || rooms.get()
                    key=Clone::clone
                    children=|room| view! { <RoomLine room /> }
                />
            </ul>
            <div class="side-more">
                <button
                    class="room"
                    popovertarget="finder"
                    data-testid="find-or-make"
                    on:click=move |_| store.find_rooms("")
                >
                    {small_icon(Sign::Plus)}
                    <span class="label">{moving(move || words.get().rooms.find_or_make)}</span>
                </button>
            </div>
            <footer class="side-foot">
                <SelfButton />
            </footer>
            <RoomFinder />
            <Settings />
        </nav>
    }
}
