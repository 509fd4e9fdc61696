//! Theme, language, and the way out.

use leptos::prelude::*;

use super::SignOut;
use crate::{
    components::{moving, words},
    preferences::{Preferences, Theme},
    words::{Language, SettingsWords},
};

/// The panel, which one's own name opens.
#[component]
pub(super) fn Settings() -> impl IntoView {
    let words = words();
    let preferences = expect_context::<Preferences>();
    let theme = move |theme: Theme| {
        let label = moving(move || name(theme, &words.get().settings));
        let checked = Signal::derive(move || preferences.theme().get() == theme);
        let choose = Callback::new(move |()| preferences.set_theme(theme));
        view! { <Choice group="theme" label checked choose /> }
    };
    let language = move |language: Language| {
        let checked = Signal::derive(move || preferences.language().get() == language);
        let choose = Callback::new(move |()| preferences.set_language(language));
        view! { <Choice group="language" label=language.own_name() checked choose /> }
    };
    view! {
        <div
            id="settings"
            class="sheet settings"
            popover="auto"
            role="dialog"
            aria-label=moving(move || words.get().settings.title)
            data-testid="settings"
        >
            <fieldset class="choice">
                <legend>{moving(move || words.get().settings.theme)}</legend>
                <div class="options">
                    {[Theme::System, Theme::Light, Theme::Dark].map(theme).collect_view()}
                </div>
            </fieldset>
            <fieldset class="choice">
                <legend>{moving(move || words.get().settings.language)}</legend>
                <div class="options">{Language::ALL.map(language).collect_view()}</div>
            </fieldset>
            <SignOut />
        </div>
    }
}

/// One of a few things of which one holds.
#[component]
fn Choice(
    /// Which few.
    group: &'static str,
    /// What it is called.
    #[prop(into)]
    label: Signal<&'static str>,
    /// Whether it holds.
    checked: Signal<bool>,
    /// Makes it hold.
    choose: Callback<()>,
) -> impl IntoView {
    view! {
        <label>
            <input
                type="radio"
                name=group
                prop:checked=checked
                on:change=move |_| choose.run(())
            />
            <span>{label}</span>
        </label>
    }
}

fn name(theme: Theme, words: &SettingsWords) -> &'static str {
    match theme {
        Theme::System => words.system,
        Theme::Light => words.light,
        Theme::Dark => words.dark,
    }
}
