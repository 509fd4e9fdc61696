//! Being told of messages while nobody looks: asked for here, by a click.

use crate::{
    bell::{Bell, BellState},
    browser::element::{Element, el, several},
    components::{Worded, words},
    words::BellWords,
};

/// The button, or why there is none.
pub(super) fn notify_choice() -> Element {
    let (words, bell) = (words(), Bell::here());
    let stands = move |state| match state {
        BellState::Absent => hint(|words| words.absent),
        BellState::Blocked => hint(|words| words.blocked),
        BellState::Off => several().child(button("notify-on", move || bell.turn_on(), |it| it.on)),
        BellState::On => several().child(hint(|words| words.is_on)).child(button(
            "notify-off",
            move || bell.turn_off(),
            |it| it.off,
        )),
    };
    el("div")
        .class("choice notify")
        .attr("role", "group")
        .attr_by("aria-label", move || words.get().bell.label)
        .attr("data-testid", "notify")
        .child(el("p").class("legend").attr("aria-hidden", "true").say(|words| words.bell.label))
        .switch(move || bell.state().get(), stands)
}

fn hint(pick: fn(&BellWords) -> &'static str) -> Element {
    let words = words();
    el("p").class("hint").text_by(move || pick(&words.get().bell))
}

fn button(
    testid: &str,
    press: impl Fn() + 'static,
    pick: fn(&BellWords) -> &'static str,
) -> Element {
    let words = words();
    el("button")
        .class("button")
        .attr("data-testid", testid)
        .on_click(move |_| press())
        .text_by(move || pick(&words.get().bell))
}
