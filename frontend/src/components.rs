//! What stands on the page: views over the store's signals. Nothing here decodes, waits or
//! decides; a component reads signals and calls verbs.

#![expect(unreachable_pub, reason = "leptos writes `pub` before every component's function")]
#![expect(clippy::needless_pass_by_value, reason = "a component owns what it is given")]

mod avatar;
mod banner;
mod composer;
mod current_room;
mod drawing;
mod icon;
mod lamp;
mod language_bar;
mod logo;
mod moving;
mod notice_list;
mod people_panel;
mod refusal;
mod sidebar;
mod spoken_region;
mod talk;
mod timeline;

use leptos::prelude::*;

use crate::{preferences::Preferences, words::Words};

pub(crate) use avatar::{Avatar, hue};
pub(crate) use banner::Banner;
pub(crate) use composer::Composer;
pub(crate) use current_room::current_room;
pub(crate) use drawing::{Drawing, drawing};
pub(crate) use icon::{Sign, icon, small_icon};
pub(crate) use lamp::Lamp;
pub(crate) use language_bar::LanguageBar;
pub(crate) use logo::Logo;
pub(crate) use moving::{moving, shown_while};
pub(crate) use notice_list::NoticeList;
pub(crate) use people_panel::PeoplePanel;
pub(crate) use refusal::Refusal;
pub(crate) use sidebar::Sidebar;
pub(crate) use spoken_region::SpokenRegion;
pub(crate) use talk::Talk;
pub(crate) use timeline::Timeline;

/// The page's sentences, in the language of the moment.
pub(crate) fn words() -> Signal<&'static Words> {
    let preferences = expect_context::<Preferences>();
    Signal::derive(move || preferences.language().get().words())
}
