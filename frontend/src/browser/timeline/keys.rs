//! The focus among messages. One message is in the tab order; arrows move which.

use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Moves the focus as the key says, if it says so.
pub(super) fn arrows(list: &Element, event: &KeyboardEvent) {
    let messages = messages(list);
    let last = messages.len().saturating_sub(1);
    let at = focused(&messages);
    let next = match event.key().as_str() {
        "ArrowUp" => at.map_or(last, |at| at.saturating_sub(1)),
        "ArrowDown" => at.map_or(last, |at| (at + 1).min(last)),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    if let Some(message) = messages.get(next) {
        event.prevent_default();
        for other in &messages {
            other.set_tab_index(-1);
        }
        message.set_tab_index(0);
        let _ = message.focus();
    }
}

/// Puts the last message into the tab order if none is: the list is one tab stop.
pub(super) fn one_stop(list: &Element) {
    if let Ok(None) = list.query_selector("li[data-row][tabindex=\"0\"]") {
        let last = list.query_selector("li[data-row][tabindex]:last-of-type").ok().flatten();
        let last = last.or_else(|| messages(list).pop().map(Into::into));
        if let Some(last) = last {
            let _ = last.set_attribute("tabindex", "0");
        }
    }
}

fn messages(list: &Element) -> Vec<HtmlElement> {
    let Ok(found) = list.query_selector_all("li[data-row][tabindex]") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn focused(messages: &[HtmlElement]) -> Option<usize> {
    let active = leptos::prelude::document().active_element()?;
    let here = |message: &HtmlElement| message.contains(Some(active.unchecked_ref()));
    messages.iter().position(here)
}
