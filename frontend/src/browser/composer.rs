//! What keys mean in the composer, and how it gets the keyboard and its height.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, KeyboardEvent};

use super::{element::FieldPlace, listener::Listener, page};
use crate::live::keep;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Send: prevent the line break.
    Send,
    /// A line break, which the browser does by itself.
    Break,
    /// Leave the field: prevent what the browser would do.
    Escape,
    /// Change the last message: only where the field is empty.
    Up,
    /// One further down.
    Down,
    /// Anything else, and every key while an input method composes.
    Other,
}

/// What a key asks for, on this machine.
#[must_use]
pub fn key(event: &KeyboardEvent) -> Key {
    if composing(event) {
        return Key::Other;
    }
    let plain = !(event.shift_key() || event.alt_key());
    match event.key().as_str() {
        "Enter" if plain && !page::coarse() => Key::Send,
        "Enter" => Key::Break,
        "Escape" => Key::Escape,
        "ArrowUp" if plain => Key::Up,
        "ArrowDown" if plain => Key::Down,
        _ => Key::Other,
    }
}

/// Whether an input method has this key. Some browsers end composing before the key that ended it
/// is told, and mark that one with 229.
#[must_use]
pub fn composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// Gives the composer the keyboard when something printable is typed anywhere else.
pub fn focus_on_typing(field: FieldPlace) {
    keep(Listener::on(&window(), "keydown", move |event| {
        let Some(field) = field.now() else { return };
        let taken = page::in_field() || page::something_open();
        if printable(event.unchecked_ref()) && !taken && !page::coarse() {
            let _ = field.focus();
        }
    }));
}

/// One character, typed without a command key and not in an input method.
fn printable(event: &KeyboardEvent) -> bool {
    let command = event.ctrl_key() || event.meta_key() || event.alt_key();
    let key = event.key();
    // A question mark opens the sheet of shortcuts.
    !command && !composing(event) && key != " " && key != "?" && key.chars().count() == 1
}

/// Makes a field as high as its text; the style sheet sets the least and the most.
pub fn fit(field: FieldPlace) {
    if let Some(field) = field.now() {
        fit_element(&field);
    }
}

/// Makes it so again whenever the window changes: lines break elsewhere then.
pub fn fit_to_window(field: FieldPlace) {
    keep(Listener::on(&window(), "resize", move |_| fit(field)));
}

/// The same for the element itself.
pub fn fit_element(field: &HtmlTextAreaElement) {
    let style = HtmlElement::style(field);
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
}

/// Whether the field has the keyboard: then it, and not what is kept, is the truth.
#[must_use]
pub fn holds_keyboard(field: FieldPlace) -> bool {
    let active = document().active_element();
    field.now().is_some_and(|field| {
        let field: &Element = &field;
        active.as_ref() == Some(field)
    })
}

/// Gives the composer the keyboard, unless that would bring a keyboard up on the screen.
pub fn focus() {
    if !page::coarse() {
        page::focus("composer");
    }
}
