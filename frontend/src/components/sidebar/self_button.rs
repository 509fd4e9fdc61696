//! Oneself, at the foot of the sidebar; opens the settings.

use crate::{
    browser::element::{Element, el, several},
    components::{Sign, Worded, avatar, icon},
    store::{ChatStore, Session},
};

/// One's own name and avatar.
pub(super) fn self_button() -> Element {
    let session = ChatStore::here().session();
    let who = move || match session.get() {
        Session::In(person) => Some(
            several()
                .child(avatar(&person.id, &person.name, true))
                .child(el("bdi").attr("data-testid", "own-name").text(&person.name)),
        ),
        Session::Asking | Session::Out => None,
    };
    el("button")
        .class("self")
        .attr("popovertarget", "settings")
        .attr("data-testid", "settings-button")
        .part(who)
        .child(el("span").class("unseen").say(|words| words.settings.title))
        .child(icon(Sign::Gear))
}
