//! What can be done with the open room: leave it.

use leptos::prelude::*;

use crate::{
    components::{Sign, icon, moving, words},
    store::ChatStore,
};

/// The button and its panel.
#[component]
pub(super) fn RoomMenu() -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let leave = move |_| {
        if let Some(room) = store.current().get_untracked() {
            store.leave(&room);
        }
    };
    view! {
        <button
            class="icon-button"
            popovertarget="room-menu"
            data-testid="room-menu-button"
            aria-label=moving(move || words.get().rooms.menu)
        >
            {icon(Sign::More)}
        </button>
        <div
            id="room-menu"
            class="sheet room-menu"
            popover="auto"
            role="dialog"
            aria-label=moving(move || words.get().rooms.menu)
            data-testid="room-menu"
        >
            <p>{moving(move || words.get().rooms.leave_hint)}</p>
            <button
                class="button"
                data-kind="danger"
                popovertarget="room-menu"
                popovertargetaction="hide"
                data-testid="leave"
                on:click=leave
            >
                {icon(Sign::Door)}
                {moving(move || words.get().rooms.leave)}
            </button>
        </div>
    }
}
