//! The way to the end of the timeline, while it is out of sight.

use leptos::prelude::*;

use crate::{
    browser::timeline::Scroll,
    components::{Sign, small_icon, words},
};

/// The button; it counts what came meanwhile.
#[component]
pub(super) fn JumpButton(
    /// How the timeline stands.
    scroll: Scroll,
) -> impl IntoView {
    let words = words();
    let (at_end, newer) = (scroll.at_end(), scroll.newer());
    let said = move || {
        let words = &words.get().timeline;
        match newer.get() {
            0 => words.jump.to_owned(),
            newer => (words.jump_new)(newer),
        }
    };
    let some = move || newer.get() > 0;
    view! {
        <Show when=move || !at_end.get()>
            <button
                class="jump"
                data-testid="jump"
                data-new=some
                on:click=move |_| scroll.to_end()
            >
                {small_icon(Sign::Down)}
                {said}
            </button>
        </Show>
    }
}
