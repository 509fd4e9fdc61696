//! The conversation's column: header, banner, timeline, composer; or an empty chair.

mod room_menu;
mod talk_head;

use leptos::prelude::*;

use crate::{
    components::{
        Banner, Composer, Drawing, NoticeList, Timeline, drawing, moving, shown_while, words,
    },
    store::ChatStore,
};
use room_menu::RoomMenu;
use talk_head::TalkHead;

/// The open room.
#[component]
pub(crate) fn Talk(
    /// Whether the people are shown beside it.
    people: RwSignal<bool>,
) -> impl IntoView {
    let words = words();
    let current = expect_context::<ChatStore>().current();
    let open = Memo::new(move |_| current.with(Option::is_some));
    let nowhere = move || {
        view! {
            <div class="empty">
                {drawing(Drawing::Lamp)}
                <p>{moving(move || words.get().rooms.choose)}</p>
            </div>
        }
    };
    view! {
        <main class="talk">
            {shown_while(move || open.get(), move || view! {
                <TalkHead people />
            }.into_any())}
            <Banner />
            <NoticeList />
            <Show when=move || open.get() fallback=nowhere>
                <Timeline />
                <Composer />
            </Show>
        </main>
    }
}
