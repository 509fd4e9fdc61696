//! What the person chose about looks and language, kept in this browser and set on `<html>`.

use leptos::prelude::expect_context;

use crate::{
    browser::{page, storage::Storage},
    live::{Live, Reading},
    words::Language,
};

/// Keys that index.html's first script reads too, before anything is painted.
const THEME: &str = "parlor.theme";
const LANGUAGE: &str = "parlor.language";

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

    fn from_code(code: Option<&str>) -> Self {
        match code {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            Some(_) | None => Self::System,
        }
    }
}

/// The choices, for components: `Preferences::here()`.
#[derive(Clone, Copy, Debug)]
pub struct Preferences {
    theme: Live<Theme>,
    language: Live<Language>,
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
        let chosen = storage.get(LANGUAGE).and_then(|code| Language::from_code(&code));
        let language = chosen.unwrap_or_else(wished);
        page::mark("data-theme", theme.code());
        page::mark("lang", Some(language.tag()));
        Self { theme: Live::new(theme), language: Live::new(language), storage: Live::new(storage) }
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

/// Chinese for a browser that asks for any Chinese; English otherwise.
fn wished() -> Language {
    if page::language().to_ascii_lowercase().starts_with("zh") {
        Language::Chinese
    } else {
        Language::English
    }
}
