//! Oneself, at the foot of the sidebar; opens the settings.

use leptos::prelude::*;

use crate::{
    browser::element::{Element, el, several},
    components::{Sign, avatar, icon, words},
    store::{ChatStore, Session},
};

/// One's own name and avatar.
pub(super) fn self_button() -> Element {
    let words = words();
    let session = expect_context::<ChatStore>().session();
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
        .child(el("span").class("unseen").text_by(move || words.get().settings.title))
        .child(icon(Sign::Gear))
}
