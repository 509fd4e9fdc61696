//! The languages on the way in, for whoever cannot read the one that shows.

use leptos::prelude::*;

use crate::components::moving;

use crate::{preferences::Preferences, words::Language};

/// The languages, each by its own name.
#[component]
pub(crate) fn LanguageBar() -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let choice = move |language: Language| {
        let pressed = moving(move || (preferences.language().get() == language).to_string());
        view! {
            <button
                class="button"
                data-kind="plain"
                lang=language.tag()
                aria-pressed=pressed
                on:click=move |_| preferences.set_language(language)
            >
                {language.own_name()}
            </button>
        }
    };
    view! { <footer>{Language::ALL.map(choice).collect_view()}</footer> }
}
