//! What the switcher offers: a room to go to, or something to do.

use parlor_shared::RoomId;

use crate::{
    browser::{composer, page, popover},
    components::{Desk, Sign},
    preferences::{Preferences, Theme},
    store::ChatStore,
    words::{Language, Words},
};

/// An offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// One of one's rooms.
    Room(RoomId),
    /// The room finder, with what was typed.
    Find,
    /// The people of the open room.
    People,
    /// The settings.
    Settings,
    /// Other colours.
    Theme(Theme),
    /// Another language.
    Language(Language),
    /// The sheet of shortcuts.
    Shortcuts,
    /// The way out.
    SignOut,
}

/// What taking an offer needs. Handlers of events have no page around them to ask.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    store: ChatStore,
    desk: Desk,
    preferences: Preferences,
}

impl Reach {
    /// That of the page that the caller is a part of.
    pub(super) fn here() -> Self {
        Self { store: ChatStore::here(), desk: Desk::here(), preferences: Preferences::here() }
    }
}

impl Offer {
    /// What can be done, in the order in which it is offered.
    pub(super) fn deeds(language: Language) -> impl Iterator<Item = Self> {
        let first = [Self::Find, Self::People, Self::Settings].into_iter();
        let themes = [Theme::Light, Theme::Dark, Theme::System].map(Self::Theme);
        let languages = Language::ALL.into_iter().filter(move |other| *other != language);
        first
            .chain(themes)
            .chain(languages.map(Self::Language))
            .chain([Self::Shortcuts, Self::SignOut])
    }

    /// Names it among the others.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Room(room) => format!("room-{room}"),
            Self::Find => "find".to_owned(),
            Self::People => "people".to_owned(),
            Self::Settings => "settings".to_owned(),
            Self::Theme(theme) => theme.code().unwrap_or("system").to_owned(),
            Self::Language(language) => language.code().to_owned(),
            Self::Shortcuts => "shortcuts".to_owned(),
            Self::SignOut => "sign-out".to_owned(),
        }
    }

    /// Its line's id in the document.
    pub(super) fn id(&self) -> String {
        "offer-".to_owned() + &self.key()
    }

    /// What it is called.
    pub(super) fn label(&self, store: ChatStore, words: &Words) -> String {
        let settings = &words.settings;
        match self {
            Self::Room(room) => {
                let name = |room: &crate::store::RoomView| room.name.to_string();
                store.room(room).map(|room| room.with(|room| name(room))).unwrap_or_default()
            }
            Self::Find => words.rooms.find_or_make.to_owned(),
            Self::People => words.people.title.to_owned(),
            Self::Settings => settings.title.to_owned(),
            Self::Theme(theme) => (words.switcher.of)(settings.theme, theme.name(settings)),
            Self::Language(language) => (words.switcher.of)(settings.language, language.own_name()),
            Self::Shortcuts => words.shortcuts.title.to_owned(),
            Self::SignOut => settings.sign_out.to_owned(),
        }
    }

    /// Its sign.
    pub(super) const fn sign(&self) -> Sign {
        match self {
            Self::Room(_) => Sign::Room,
            Self::Find => Sign::Plus,
            Self::People => Sign::People,
            Self::Settings | Self::Language(_) => Sign::Gear,
            Self::Theme(_) => Sign::Lamp,
            Self::Shortcuts => Sign::Keys,
            Self::SignOut => Sign::Door,
        }
    }

    /// Does it. The switcher is closed by then.
    pub(super) fn take(&self, reach: Reach, query: &str) {
        let Reach { store, desk, preferences } = reach;
        match self {
            Self::Room(room) => {
                store.open(room);
                composer::focus();
            }
            Self::Find => {
                store.find_rooms(query.trim());
                desk.find_room(query.trim());
            }
            Self::People => desk.people.update(|shown| *shown = !*shown),
            Self::Settings => popover::show("settings"),
            Self::Theme(theme) => preferences.set_theme(*theme),
            Self::Language(language) => preferences.set_language(*language),
            Self::Shortcuts => desk.shortcuts.set(true),
            // It asks there, where something would be lost.
            Self::SignOut => {
                popover::show("settings");
                page::focus("sign-out");
            }
        }
    }
}
