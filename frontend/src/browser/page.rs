//! The page as a whole: its title, language, colours, focus, and whether it is seen.

use web_sys::{Document, Element, VisibilityState};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn root() -> Option<Element> {
    document()?.document_element()
}

/// Writes the tab's title.
pub fn title(text: &str) {
    if let Some(document) = document().filter(|document| document.title() != text) {
        document.set_title(text);
    }
}

/// Sets or, with `None`, takes away an attribute of `<html>`.
pub fn mark(name: &str, value: Option<&str>) {
    let Some(root) = root() else { return };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// Whether the page is on the screen.
#[must_use]
pub fn visible() -> bool {
    document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Whether the page is on the screen and has the keyboard.
#[must_use]
pub fn attended() -> bool {
    visible() && document().is_some_and(|document| document.has_focus().unwrap_or(false))
}

/// The language this browser asks for, as it says it.
#[must_use]
pub fn language() -> String {
    web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_default()
}

/// Whether the main pointer is a finger: Enter breaks the line there, the button sends.
#[must_use]
pub fn coarse() -> bool {
    web_sys::window()
        .and_then(|window| window.match_media("(pointer: coarse)").ok().flatten())
        .is_some_and(|query| query.matches())
}

/// Whether the network seems to be there; wrong only by saying yes too often.
#[must_use]
pub fn online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
