//! The way to the end of the timeline, while it is out of sight.

use leptos::prelude::*;

use crate::{
    browser::timeline::Scroll,
    components::{Sign, moving, shown_while, small_icon, words},
};

/// The button; it counts what came meanwhile.
#[component]
pub(super) fn JumpButton(
    /// How the timeline stands.
    scroll: Scroll,
) -> impl IntoView {
    let words = words();
    let (at_end, newer) = (scroll.at_end(), scroll.newer());
    let said = moving(move || {
        let words = &words.get().timeline;
        match newer.get() {
            0 => words.jump.to_owned(),
            newer => (words.jump_new)(newer),
        }
    });
    let some = moving(move || newer.get() > 0);
    view! {
        {shown_while(move || !at_end.get(), move || view! {
            <button
                class="jump"
                data-testid="jump"
                data-new=some
                on:click=move |_| scroll.to_end()
            >
                {small_icon(Sign::Down)}
                {said}
            </button>
        }.into_any())}
    }
}
