//! Finding a room to join, or making one.

use parlor_shared::Problem;

use super::{found_list, room_name_form};
use crate::{
    browser::element::{Element, FramePlace, el},
    components::{Desk, Sign, Worded, icon},
    live::Live,
};

/// The panel, which the sidebar's button opens.
pub(super) fn room_finder() -> Element {
    let panel = FramePlace::new();
    let name = Desk::here().wanted;
    let problem = Live::new(None::<Option<Problem>>);
    // Once closed, it forgets what was looked for.
    let toggled = move |_| {
        let shown = panel.now().is_some_and(|it| it.matches(":popover-open") == Ok(true));
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
                .child(el("h2").attr("id", "finder-title").say(|words| words.rooms.find_or_make))
                .child(
                    el("button")
                        .class("icon-button")
                        .attr("popovertarget", "finder")
                        .attr("popovertargetaction", "hide")
                        .attr_say("aria-label", |words| words.close)
                        .child(icon(Sign::Close)),
                ),
        )
        .child(room_name_form(name, problem, panel))
        .child(found_list())
}
