//! The languages on the way in, for whoever cannot read the one that shows.

use crate::{
    browser::element::{Element, el},
    preferences::Preferences,
    words::Language,
};

/// The languages, each by its own name.
pub(crate) fn language_bar() -> Element {
    let preferences = Preferences::here();
    let choice = move |language: Language| {
        let pressed = move || (preferences.language().get() == language).to_string();
        el("button")
            .class("button")
            .attr("data-kind", "plain")
            .attr("lang", language.tag())
            .attr_by("aria-pressed", pressed)
            .on_click(move |_| preferences.set_language(language))
            .text(language.own_name())
    };
    Language::ALL.into_iter().fold(el("footer"), |bar, language| bar.child(choice(language)))
}
