//! Finding a room to join, or making one.

use crate::browser::element::{Element, el};
use leptos::{html, prelude::*};
use parlor_shared::Problem;

use super::{found_list, room_name_form};
use crate::components::{Sign, icon, words};

/// The panel, which the sidebar's button opens.
pub(super) fn room_finder() -> Element {
    let words = words();
    let panel = NodeRef::<html::Div>::new();
    let name = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Option<Problem>>);
    // Once closed, it forgets what was looked for.
    let toggled = move |_| {
        let shown = panel.get_untracked().is_some_and(|it| it.matches(":popover-open") == Ok(true));
        if !shown {
            name.set(String::new());
            problem.set(None);
        }
    };
    el("div")
        .bind(panel)
        .attr("id", "finder")
        .class("sheet finder")
        .attr("popover", "auto")
        .attr("role", "dialog")
        .attr("aria-labelledby", "finder-title")
        .attr("data-testid", "finder")
        .on("toggle", toggled)
        .child(
            el("header")
                .child(
                    el("h2")
                        .attr("id", "finder-title")
                        .text_by(move || words.get().rooms.find_or_make),
                )
                .child(
                    el("button")
                        .class("icon-button")
                        .attr("popovertarget", "finder")
                        .attr("popovertargetaction", "hide")
                        .attr_by("aria-label", move || words.get().close)
                        .child(icon(Sign::Close)),
                ),
        )
        .child(room_name_form(name, problem, panel))
        .child(found_list())
}
