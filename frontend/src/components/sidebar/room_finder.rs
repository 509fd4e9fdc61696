//! Finding a room to join, or making one.

use leptos::{html, prelude::*};
use parlor_shared::Problem;

use super::{FoundList, RoomNameForm};
use crate::components::{Sign, icon, moving, words};

/// The panel, which the sidebar's button opens.
#[component]
pub(super) fn RoomFinder() -> impl IntoView {
    let words = words();
    let panel = NodeRef::<html::Div>::new();
    let name = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Option<Problem>>);
    // Once closed, it forgets what was looked for.
    let toggled = move |_| {
        let shown = panel.get_untracked().is_some_and(|it| it.matches(":popover-open") == Ok(true));
        if !shown {
            name.set(String::new());
            problem.set(None);
        }
    };
    view! {
        <div
            node_ref=panel
            id="finder"
            class="sheet finder"
            popover="auto"
            role="dialog"
            aria-labelledby="finder-title"
            data-testid="finder"
            on:toggle=toggled
        >
            <header>
                <h2 id="finder-title">{moving(move || words.get().rooms.find_or_make)}</h2>
                <button
                    class="icon-button"
                    popovertarget="finder"
                    popovertargetaction="hide"
                    aria-label=moving(move || words.get().close)
                >
                    {icon(Sign::Close)}
                </button>
            </header>
            <RoomNameForm name problem panel />
            <FoundList />
        </div>
    }
}
