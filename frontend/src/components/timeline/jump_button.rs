//! The way to the end of the timeline, while it is out of sight.

use crate::{
    browser::{
        composer,
        element::{Element, el, several},
        timeline::Scroll,
    },
    components::{Sign, small_icon, words},
};

/// The button; it counts what came meanwhile.
pub(super) fn jump_button(scroll: Scroll) -> Element {
    let words = words();
    let at_end = scroll.at_end();
    let said = move || {
        let words = &words.get().timeline;
        match scroll.newer() {
            0 => words.jump.to_owned(),
            newer => (words.jump_new)(newer),
        }
    };
    let some = move || scroll.newer() > 0;
    several().when(
        move || !at_end.get(),
        move || {
            el("button")
                .class("jump")
                .attr("data-testid", "jump")
                .attr_by("data-new", some)
                .on_click(move |_| {
                    scroll.to_end();
                    composer::focus();
                })
                .child(small_icon(Sign::Down))
                .text_by(said)
        },
    )
}
