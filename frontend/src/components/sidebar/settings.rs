//! One's own name, what is set once, and the way out.

mod choices;

use super::{notify_choice, own_name, sign_out};
use crate::{
    browser::{
        element::{Element, el},
        popover,
    },
    components::{Desk, Sign, Worded, icon},
};
use choices::{density_choice, language_choice, sound_choice, theme_choice, way_choice};

/// The panel, which one's own name opens.
pub(super) fn settings() -> Element {
    el("div")
        .attr("id", "settings")
        .class("sheet settings")
        .attr("popover", "auto")
        .attr("role", "dialog")
        .attr("tabindex", "-1")
        .attr("autofocus", true)
        .attr("aria-labelledby", "settings-title")
        .attr("data-testid", "settings")
        .child(head())
        .child(
            el("div")
                .class("choices")
                .child(own_name())
                .child(theme_choice())
                .child(density_choice())
                .child(language_choice())
                .child(sound_choice())
                .child(notify_choice())
                .child(way_choice()),
        )
        .child(transports_link())
        .child(shortcuts_button())
        .child(sign_out())
}

fn head() -> Element {
    let title = el("h2").attr("id", "settings-title").say(|words| words.settings.title);
    let close = el("button")
        .class("icon-button")
        .attr("popovertarget", "settings")
        .attr("popovertargetaction", "hide")
        .attr_say("aria-label", |words| words.close)
        .child(icon(Sign::Close));
    el("header").child(title).child(close)
}

/// Leads to the page that compares the ways to the server.
fn transports_link() -> Element {
    el("a")
        .class("deed")
        .attr("href", "/transports")
        .child(icon(Sign::Wave))
        .child(el("span").say(|words| words.settings.transports))
}

/// Opens the sheet of shortcuts in its place.
fn shortcuts_button() -> Element {
    let shortcuts = Desk::here().shortcuts;
    let open = move |_| {
        popover::hide("settings");
        shortcuts.set(true);
    };
    el("button")
        .class("deed")
        .attr("data-testid", "shortcuts-button")
        .on_click(open)
        .child(icon(Sign::Keys))
        .child(el("span").say(|words| words.shortcuts.title))
}
