//! The page as a whole: its title, language, colours, focus, and whether it is seen.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, VisibilityState};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn root() -> Option<Element> {
    document()?.document_element()
}

/// Fetches the styles of what is not there at first: panels, dialogs. Harmless when repeated.
pub fn style_panels() {
    if let Some(link) = document().and_then(|document| document.get_element_by_id("later")) {
        let _ = link.set_attribute("rel", "stylesheet");
    }
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
    media("(pointer: coarse)")
}

fn media(query: &str) -> bool {
    web_sys::window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|query| query.matches())
}

/// Whether the person wants less motion.
#[must_use]
pub fn still() -> bool {
    media("(prefers-reduced-motion: reduce)")
}

/// Whether the network seems to be there; wrong only by saying yes too often.
#[must_use]
pub fn online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Whether this is one of Apple's machines, whose command key is another.
#[must_use]
pub fn apple() -> bool {
    let platform = web_sys::window().and_then(|window| window.navigator().platform().ok());
    platform.is_some_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// Whether the conversation leaves no room beside it: panels lie over it.
#[must_use]
pub fn narrow() -> bool {
    media("(max-width: 68rem)")
}

/// Whether a dialog, a menu or a panel is open, which Esc closes by itself.
#[must_use]
pub fn something_open() -> bool {
    let open = |what: &str| document()?.query_selector(what).ok().flatten();
    open("dialog[open]").or_else(|| open(":popover-open")).is_some()
}

/// Whether something that takes text has the keyboard.
#[must_use]
pub fn in_field() -> bool {
    let takes = |element: Element| {
        element
            .matches("input:not([type=radio]), textarea, select, [contenteditable]")
            .unwrap_or(false)
    };
    document().and_then(|document| document.active_element()).is_some_and(takes)
}

/// What has the keyboard, to give it back later; nothing while nothing has.
#[must_use]
pub fn focused() -> Option<HtmlElement> {
    let active = document()?.active_element()?;
    (active.tag_name() != "BODY").then(|| active.unchecked_into())
}

/// Gives the keyboard to the element of a test id.
pub fn focus(testid: &str) {
    let found =
        document().and_then(|it| it.query_selector(&format!("[data-testid={testid}]")).ok());
    if let Some(element) = found.flatten() {
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}

/// Shows in the tab's icon whether anything is unread.
pub fn icon(unread: bool) {
    let found = document().and_then(|it| it.query_selector("link[rel=icon]").ok()).flatten();
    if let Some(link) = found {
        let icon = if unread { "/assets/favicon-unread.svg" } else { "/assets/favicon.svg" };
        let _ = link.set_attribute("href", icon);
    }
}
