//! Theme, language, and the way out.

use super::sign_out;
use crate::{
    browser::element::{Element, el},
    components::{Worded, words},
    preferences::{Preferences, Theme},
    words::{Language, SettingsWords},
};

/// The panel, which one's own name opens.
pub(super) fn settings() -> Element {
    let words = words();
    let preferences = Preferences::here();
    let theme = move |theme: Theme| {
        let label = move || name(theme, &words.get().settings);
        let checked = move || preferences.theme().get() == theme;
        let choose = move || preferences.set_theme(theme);
        choice("theme", label, checked, choose)
    };
    let language = move |language: Language| {
        let checked = move || preferences.language().get() == language;
        let choose = move || preferences.set_language(language);
        choice("language", move || language.own_name(), checked, choose)
    };
    el("div")
        .attr("id", "settings")
        .class("sheet settings")
        .attr("popover", "auto")
        .attr("role", "dialog")
        .attr_say("aria-label", |words| words.settings.title)
        .attr("data-testid", "settings")
        .child(
            el("fieldset")
                .class("choice")
                .child(el("legend").say(|words| words.settings.theme))
                .child(
                    el("div")
                        .class("options")
                        .child(theme(Theme::System))
                        .child(theme(Theme::Light))
                        .child(theme(Theme::Dark)),
                ),
        )
        .child(
            el("fieldset")
                .class("choice")
                .child(el("legend").say(|words| words.settings.language))
                .child(
                    Language::ALL
                        .into_iter()
                        .fold(el("div").class("options"), |all, it| all.child(language(it))),
                ),
        )
        .child(sign_out())
}

/// One of a few things of which one holds.
fn choice(
    group: &'static str,

    label: impl Fn() -> &'static str + 'static,
    checked: impl Fn() -> bool + 'static,
    choose: impl Fn() + 'static,
) -> Element {
    el("label")
        .child(
            el("input")
                .attr("type", "radio")
                .attr("name", group)
                .checked_by(checked)
                .on("change", move |_| choose()),
        )
        .child(el("span").text_by(label))
}

fn name(theme: Theme, words: &SettingsWords) -> &'static str {
    match theme {
        Theme::System => words.system,
        Theme::Light => words.light,
        Theme::Dark => words.dark,
    }
}
