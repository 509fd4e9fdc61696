//! The way out, which asks first where something would be lost.

use leptos::prelude::*;

use crate::components::{moving, shown_while};

use crate::{components::words, store::ChatStore};

/// The button, and the question.
#[component]
pub(super) fn SignOut() -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let unsent = RwSignal::new(0_u64);
    let asking = move || unsent.get() > 0;
    let press = move |_| {
        let lost = u64::try_from(store.unsent()).unwrap_or(u64::MAX);
        if lost == 0 || asking() {
            store.sign_out();
        } else {
            unsent.set(lost);
        }
    };
    let label = moving(move || {
        let words = &words.get().settings;
        if asking() { words.sign_out_anyway } else { words.sign_out }
    });
    view! {
        <div class="sign-out">
            {shown_while(asking, move || view! {
                <p role="alert">{moving(move || (words.get().settings.unsent)(unsent.get()))}</p>
            }.into_any())}
            <button
                class="button"
                data-testid="sign-out"
                data-kind=moving(move || asking().then_some("danger"))
                on:click=press
            >
                {label}
            </button>
        </div>
    }
}
