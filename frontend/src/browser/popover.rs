//! The page's popovers, by their ids.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Shows a popover.
pub fn show(id: &str) {
    if let Some(popover) = document().get_element_by_id(id) {
        // Harmless where it is shown already.
        let _ = popover.unchecked_into::<HtmlElement>().show_popover();
    }
}

/// Hides a popover.
pub fn hide(id: &str) {
    if let Some(popover) = document().get_element_by_id(id) {
        let _ = popover.unchecked_into::<HtmlElement>().hide_popover();
    }
}
