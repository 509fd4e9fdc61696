//! The place itself: rooms, the conversation, the people.

use leptos::prelude::*;

use crate::{
    components::{PeoplePanel, Sidebar, SpokenRegion, Talk, moving, shown_while},
    store::ChatStore,
};

/// Rooms at the start, the open room beside them, its people where they are wanted. On a phone
/// one of them at a time: the rooms while none is open.
#[component]
pub(crate) fn ChatPage() -> impl IntoView {
    let store = expect_context::<ChatStore>();
    let current = store.current();
    let people = RwSignal::new(false);
    let pane = moving(move || if current.get().is_some() { "talk" } else { "rooms" });
    let shown = move || people.get() && current.get().is_some();
    view! {
        <div class="app" data-pane=pane data-people=shown>
            <Sidebar />
            <Talk people />
            {shown_while(shown, move || view! {
                <PeoplePanel open=people />
            }.into_any())}
            <SpokenRegion />
        </div>
    }
}
