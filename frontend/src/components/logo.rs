//! The sign of Parlor: a lamp, and its name.

use leptos::prelude::*;

/// Lamp and name.
#[component]
pub(crate) fn Logo() -> impl IntoView {
    view! {
        <span class="mark">
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path class="bulb" d="M8 15a4 4 0 0 0 8 0z"></path>
                <path d="M12 2v4M9 6h6l4.5 9h-15z"></path>
            </svg>
            "Parlor"
        </span>
    }
}
