//! Dialogs of the browser's own: shown over everything, the rest of the page inert.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlDialogElement, HtmlElement, MouseEvent, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

use super::{element::FramePlace, page};
use crate::live::afterwards;

/// Shows the dialog as soon as it is there.
pub fn show(frame: FramePlace) {
    afterwards(move || {
        if let Some(dialog) = now(frame).filter(|dialog| !dialog.open()) {
            let _ = dialog.show_modal();
        }
    });
}

/// Closes it: the focus goes back at once, and `close` is heard after that.
pub fn close(frame: FramePlace) {
    if let Some(dialog) = now(frame) {
        dialog.close();
    }
}

/// Closes it where the click was beside it, on the veil.
pub fn close_beside(frame: FramePlace, event: &MouseEvent) {
    let Some(dialog) = frame.now() else { return };
    if event.target().as_ref() != Some(dialog.as_ref()) {
        return;
    }
    let (place, x, y) = (dialog.get_bounding_client_rect(), event.client_x(), event.client_y());
    let within = (place.left()..=place.right()).contains(&f64::from(x))
        && (place.top()..=place.bottom()).contains(&f64::from(y));
    if !within {
        close(frame);
    }
}

/// Keeps the browser's own menu away, but not from a field.
pub fn quiet(frame: FramePlace, event: &Event) {
    if frame.now().is_some() && !page::in_field() {
        event.prevent_default();
    }
}

/// Scrolls what is chosen in a list into view.
pub fn reveal(list: FramePlace) {
    let chosen = list.now().and_then(|list| list.query_selector("[aria-selected=true]").ok()?);
    if let Some(chosen) = chosen {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        chosen.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Moves the focus from button to button in it.
pub fn step(frame: FramePlace, by: i32) {
    let Some(dialog) = frame.now() else { return };
    let Ok(found) = dialog.query_selector_all("button") else { return };
    let count = i32::try_from(found.length()).unwrap_or(0);
    let active = document().active_element();
    let at = (0..count).find(|at| {
        let button: Option<Element> =
            u32::try_from(*at).ok().and_then(|at| found.item(at)?.dyn_into().ok());
        button.is_some() && button == active
    });
    let next = at.map_or(0, |at| (at + by).rem_euclid(count.max(1)));
    let button = u32::try_from(next).ok().and_then(|next| found.item(next));
    if let Some(button) = button {
        let _ = button.unchecked_into::<HtmlElement>().focus();
    }
}

fn now(frame: FramePlace) -> Option<HtmlDialogElement> {
    frame.now().map(JsCast::unchecked_into)
}
