//! The settings of which one of a few holds.

use crate::{
    browser::element::{Element, el},
    components::{Worded, words},
    preferences::{Density, Preferences, Theme},
    store::{ChatStore, Way},
    words::{Language, Words},
};

/// The colours.
pub(super) fn theme_choice() -> Element {
    let (words, preferences) = (words(), Preferences::here());
    [Theme::System, Theme::Light, Theme::Dark]
        .into_iter()
        .fold(Choice::of("theme", |words| words.settings.theme), |choice, theme| {
            choice.option(
                move || theme.name(&words.get().settings),
                move || preferences.theme().get() == theme,
                move || preferences.set_theme(theme),
            )
        })
        .drawn()
}

/// How close the rows stand.
pub(super) fn density_choice() -> Element {
    let (words, preferences) = (words(), Preferences::here());
    let choice = Choice::of("density", |words| words.settings.density);
    [Density::Cosy, Density::Compact]
        .into_iter()
        .fold(choice, |choice, density| {
            let label = move || match density {
                Density::Cosy => words.get().settings.cosy,
                Density::Compact => words.get().settings.compact,
            };
            choice.option(
                label,
                move || preferences.density().get() == density,
                move || preferences.set_density(density),
            )
        })
        .drawn()
}

/// The language.
pub(super) fn language_choice() -> Element {
    let preferences = Preferences::here();
    let choice = Choice::of("language", |words| words.settings.language);
    Language::ALL
        .into_iter()
        .fold(choice, |choice, language| {
            choice.option(
                move || language.own_name(),
                move || preferences.language().get() == language,
                move || preferences.set_language(language),
            )
        })
        .drawn()
}

/// Whether messages sound.
pub(super) fn sound_choice() -> Element {
    let (words, preferences) = (words(), Preferences::here());
    let choice = Choice::of("sound", |words| words.settings.sound);
    [true, false]
        .into_iter()
        .fold(choice, |choice, sound| {
            choice.option(
                move || if sound { words.get().settings.on } else { words.get().settings.off },
                move || preferences.sound().get() == sound,
                move || preferences.set_sound(sound),
            )
        })
        .drawn()
}

/// The way to the server.
pub(super) fn way_choice() -> Element {
    let (words, preferences, store) = (words(), Preferences::here(), ChatStore::here());
    [None, Some(Way::Socket), Some(Way::Long), Some(Way::Short)]
        .into_iter()
        .fold(Choice::of("way", |words| words.settings.way), |choice, way| {
            let label = move || match way {
                Some(way) => words.get().link.way(way),
                None => words.get().settings.any_way,
            };
            let choose = move || {
                preferences.set_way(way);
                store.pin(way);
            };
            choice.option(label, move || preferences.way().get() == way, choose)
        })
        .drawn()
}

/// A few things of which one holds.
struct Choice {
    group: &'static str,
    title: fn(&'static Words) -> &'static str,
    options: Element,
}

impl Choice {
    fn of(group: &'static str, title: fn(&'static Words) -> &'static str) -> Self {
        Self { group, title, options: el("div").class("options") }
    }

    fn option(
        self,
        label: impl Fn() -> &'static str + 'static,
        holds: impl Fn() -> bool + 'static,
        choose: impl Fn() + 'static,
    ) -> Self {
        let radio = el("input").attr("type", "radio").attr("name", self.group);
        let radio = radio.checked_by(holds).on("change", move |_| choose());
        let option = el("label").child(radio).child(el("span").text_by(label));
        Self { options: self.options.child(option), ..self }
    }

    fn drawn(self) -> Element {
        let legend = el("legend").say(self.title);
        el("fieldset").class("choice").child(legend).child(self.options)
    }
}
