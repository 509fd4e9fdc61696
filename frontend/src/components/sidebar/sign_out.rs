//! The way out, which asks first where something would be lost.

use crate::{
    browser::element::{Element, el},
    components::words,
    live::Live,
    store::ChatStore,
};

/// The button, and the question.
pub(super) fn sign_out() -> Element {
    let words = words();
    let store = ChatStore::here();
    let unsent = Live::new(0_u64);
    let asking = move || unsent.get() > 0;
    let press = move |_| {
        let lost = u64::try_from(store.unsent()).unwrap_or(u64::MAX);
        if lost == 0 || asking() {
            store.sign_out();
        } else {
            unsent.set(lost);
        }
    };
    let label = move || {
        let words = &words.get().settings;
        if asking() { words.sign_out_anyway } else { words.sign_out }
    };
    el("div")
        .class("sign-out")
        .when(asking, move || {
            el("p")
                .attr("role", "alert")
                .text_by(move || (words.get().settings.unsent)(unsent.get()))
        })
        .child(
            el("button")
                .class("button")
                .attr("data-testid", "sign-out")
                .attr_by("data-kind", move || asking().then_some("danger"))
                .on_click(press)
                .text_by(label),
        )
}
