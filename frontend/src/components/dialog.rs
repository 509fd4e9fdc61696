//! A dialog over the page: the keyboard stays in it, Esc and a click beside it close it, and the focus
//! goes back where it was.

use std::rc::Rc;

use crate::{
    browser::{
        dialog,
        element::{Element, FramePlace, el, several},
    },
    components::Worded,
    words::Words,
};

/// What a dialog is called.
#[derive(Clone, Copy)]
pub(crate) struct Title {
    /// Its class, and its test id.
    pub(crate) name: &'static str,
    /// What it is called aloud.
    pub(crate) said: fn(&'static Words) -> &'static str,
}

/// The dialog, while `open`. What is in it closes it by its place; `closed` is told afterwards.
pub(crate) fn dialog(
    title: Title,
    open: impl Fn() -> bool + 'static,
    closed: impl Fn() + 'static,
    inside: impl Fn(FramePlace) -> Element + 'static,
) -> Element {
    let closed: Rc<dyn Fn()> = Rc::new(closed);
    several().when(open, move || {
        let frame = FramePlace::new();
        let closed = Rc::clone(&closed);
        dialog::show(frame);
        el("dialog")
            .bind(frame)
            .class("dialog")
            .attr("data-dialog", title.name)
            .attr("data-testid", title.name)
            .attr_say("aria-label", title.said)
            .on("close", move |_| closed())
            .on_click(move |event| dialog::close_beside(frame, &event))
            // Where the menu key opened it, the browser's own menu would follow.
            .on("contextmenu", move |event| dialog::quiet(frame, &event))
            .child(inside(frame))
    })
}
