//! What the person chose about looks and language, kept in this browser and set on `<html>`.

pub(crate) mod way;

use leptos::prelude::expect_context;
use parlor_model::Way;

use crate::{
    browser::{page, storage::Storage},
    live::{Live, Reading},
    words::{Language, SettingsWords},
};

/// Keeps whether messages sound.
const SOUND: &str = "parlor.sound";
/// Keys that index.html's first script reads too, before anything is painted.
const THEME: &str = "parlor.theme";
const LANGUAGE: &str = "parlor.language";
const DENSITY: &str = "parlor.density";

/// Kept under [`SOUND`] by whoever wants none.
const SILENT: &str = "off";

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the machine has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// As it is kept, and as `<html data-theme>` has it; nothing for the machine's own.
    #[must_use]
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self, words: &SettingsWords) -> &'static str {
        match self {
            Self::System => words.system,
            Self::Light => words.light,
            Self::Dark => words.dark,
        }
    }

    fn from_code(code: Option<&str>) -> Self {
        match code {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            Some(_) | None => Self::System,
        }
    }
}

/// How close the rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// With air, and faces.
    #[default]
    Cosy,
    /// Small, close, and without faces.
    Compact,
}

impl Density {
    /// As it is kept, and as `<html data-density>` has it; nothing for the usual one.
    #[must_use]
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::Cosy => None,
            Self::Compact => Some("compact"),
        }
    }
}

/// The choices, for components: `Preferences::here()`.
#[derive(Clone, Copy, Debug)]
pub struct Preferences {
    theme: Live<Theme>,
    language: Live<Language>,
    density: Live<Density>,
    sound: Live<bool>,
    way: Live<Option<Way>>,
    storage: Live<Storage>,
}

impl Preferences {
    /// The choices of the page that the caller is a part of.
    #[must_use]
    pub fn here() -> Self {
        expect_context()
    }

    /// What was chosen before, or what the browser asks for.
    #[must_use]
    pub fn open(storage: Storage) -> Self {
        let theme = Theme::from_code(storage.get(THEME).as_deref());
        let language = language(&storage);
        let compact = storage.get(DENSITY).as_deref() == Density::Compact.code();
        let density = if compact { Density::Compact } else { Density::Cosy };
        let sound = sounds(&storage);
        page::mark("data-theme", theme.code());
        page::mark("data-density", density.code());
        page::mark("lang", Some(language.tag()));
        Self {
            theme: Live::new(theme),
            language: Live::new(language),
            density: Live::new(density),
            sound: Live::new(sound),
            way: Live::new(way::chosen(&storage)),
            storage: Live::new(storage),
        }
    }

    /// The colours chosen.
    #[must_use]
    pub fn theme(self) -> Reading<Theme> {
        self.theme.reading()
    }

    /// The language chosen.
    #[must_use]
    pub fn language(self) -> Reading<Language> {
        self.language.reading()
    }

    /// How close the rows stand.
    #[must_use]
    pub fn density(self) -> Reading<Density> {
        self.density.reading()
    }

    /// Whether messages may sound.
    #[must_use]
    pub fn sound(self) -> Reading<bool> {
        self.sound.reading()
    }

    /// The way to the server chosen; nothing where the page chooses.
    #[must_use]
    pub fn way(self) -> Reading<Option<Way>> {
        self.way.reading()
    }

    /// Keeps the way to the server chosen.
    pub fn set_way(self, way: Option<Way>) {
        self.storage.try_with_untracked(|storage| way::choose(storage, way));
        self.way.set(way);
    }

    /// Chooses how close the rows stand.
    pub fn set_density(self, density: Density) {
        page::mark("data-density", density.code());
        self.keep(DENSITY, density.code());
        self.density.set(density);
    }

    /// Chooses whether messages sound.
    pub fn set_sound(self, sound: bool) {
        self.keep(SOUND, (!sound).then_some(SILENT));
        self.sound.set(sound);
    }

    /// Chooses the colours.
    pub fn set_theme(self, theme: Theme) {
        page::mark("data-theme", theme.code());
        self.keep(THEME, theme.code());
        self.theme.set(theme);
    }

    /// Chooses the language.
    pub fn set_language(self, language: Language) {
        page::mark("lang", Some(language.tag()));
        self.keep(LANGUAGE, Some(language.code()));
        self.language.set(language);
    }

    fn keep(self, key: &str, value: Option<&str>) {
        self.storage.try_with_untracked(|storage| match value {
            Some(value) => storage.set(key, value),
            None => storage.remove(key),
        });
    }
}

/// Whether messages may sound in this browser: unless the person wants none.
pub(crate) fn sounds(storage: &Storage) -> bool {
    storage.get(SOUND).as_deref() != Some(SILENT)
}

/// The language chosen in this browser, or the one that it asks for.
pub(crate) fn language(storage: &Storage) -> Language {
    let chosen = storage.get(LANGUAGE).and_then(|code| Language::from_code(&code));
    chosen.unwrap_or_else(wished)
}

/// Chinese for a browser that asks for any Chinese; English otherwise.
fn wished() -> Language {
    if page::language().to_ascii_lowercase().starts_with("zh") {
        Language::Chinese
    } else {
        Language::English
    }
}
