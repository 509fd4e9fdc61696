//! What stands on the page: views over the store's values. Nothing here decodes, waits or
//! decides; a component reads values and calls verbs.

mod avatar;
mod banner;
mod bell_ringer;
mod composer;
mod current_room;
mod desk;
mod dialog;
mod drawing;
mod icon;
mod lamp;
mod language_bar;
mod logo;
mod notice_list;
mod people_panel;
mod refusal;
mod shortcut_keys;
mod shortcut_sheet;
mod sidebar;
mod spoken_region;
mod switcher;
mod talk;
mod timeline;
mod unread_mark;

use crate::{
    browser::element::Element,
    live::Reading,
    preferences::Preferences,
    words::{Language, Words},
};

pub(crate) use avatar::{avatar, hue};
pub(crate) use banner::banner;
pub(crate) use bell_ringer::bell_ringer;
pub(crate) use composer::composer;
pub(crate) use current_room::current_room;
pub(crate) use desk::Desk;
pub(crate) use dialog::{Title, dialog};
pub(crate) use drawing::{Drawing, drawing};
pub(crate) use icon::{Sign, icon, small_icon};
pub(crate) use lamp::lamp;
pub(crate) use language_bar::language_bar;
pub(crate) use logo::logo;
pub(crate) use notice_list::notice_list;
pub(crate) use people_panel::people_panel;
pub(crate) use refusal::refusal;
pub(crate) use shortcut_keys::shortcut_keys;
pub(crate) use shortcut_sheet::shortcut_sheet;
pub(crate) use sidebar::sidebar;
pub(crate) use spoken_region::spoken_region;
pub(crate) use switcher::switcher;
pub(crate) use talk::talk;
pub(crate) use timeline::timeline;
pub(crate) use unread_mark::unread_mark;

/// The page's sentences, in the language of the moment.
#[derive(Clone, Copy)]
pub(crate) struct Sentences(Reading<Language>);

impl Sentences {
    /// Those of now; whoever follows them follows the language.
    pub(crate) fn get(self) -> &'static Words {
        self.0.get().words()
    }

    /// Those of now, without following them.
    pub(crate) fn get_untracked(self) -> &'static Words {
        self.0.get_untracked().words()
    }
}

/// What an element says in the language of the moment.
pub(crate) trait Worded: Sized {
    /// A text that is one of the page's sentences.
    fn say(self, pick: fn(&'static Words) -> &'static str) -> Self;
    /// An attribute that is one.
    fn attr_say(self, name: &'static str, pick: fn(&'static Words) -> &'static str) -> Self;
}

impl Worded for Element {
    fn say(self, pick: fn(&'static Words) -> &'static str) -> Self {
        let words = words();
        self.text_by(move || pick(words.get()))
    }

    fn attr_say(self, name: &'static str, pick: fn(&'static Words) -> &'static str) -> Self {
        let words = words();
        self.attr_by(name, move || pick(words.get()))
    }
}

/// The page's sentences.
pub(crate) fn words() -> Sentences {
    Sentences(Preferences::here().language())
}
