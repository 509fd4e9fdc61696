//! The page's shortcuts: which keys mean what, wherever the keyboard is.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{composer, listener::Listener, page};
use crate::live::keep;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// The switcher.
    Switcher,
    /// The sheet of shortcuts.
    Sheet,
    /// Another room.
    Room(Step),
    /// Another room with something unread.
    Unread(Step),
    /// To leave: what is open closes by itself first.
    Leave,
}

/// Which way in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Up.
    Before,
    /// Down.
    After,
}

/// Calls `call` with what is asked for, for as long as the caller's owner lives.
pub fn listen(call: impl Fn(Shortcut) + 'static) {
    keep(Listener::active(&window(), "keydown", move |event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        if event.default_prevented() || composer::composing(key) {
            return;
        }
        if let Some(shortcut) = shortcut(key) {
            event.prevent_default();
            call(shortcut);
        }
    }));
}

fn shortcut(event: &KeyboardEvent) -> Option<Shortcut> {
    let (command, alt, shift) = (command(event), event.alt_key(), event.shift_key());
    if is_k(event) && command && !alt && !shift {
        return Some(Shortcut::Switcher);
    }
    if event.ctrl_key() || event.meta_key() || page::something_open() {
        return None;
    }
    let step = |step| if shift { Shortcut::Unread(step) } else { Shortcut::Room(step) };
    match event.key().as_str() {
        "?" if !alt && !page::in_field() => Some(Shortcut::Sheet),
        "ArrowUp" if alt => Some(step(Step::Before)),
        "ArrowDown" if alt => Some(step(Step::After)),
        "Escape" if !alt && !shift => Some(Shortcut::Leave),
        _ => None,
    }
}

/// Whether the key for commands is held, and no other: on Apple's machines Ctrl+K belongs to the field.
fn command(event: &KeyboardEvent) -> bool {
    if page::apple() {
        event.meta_key() && !event.ctrl_key()
    } else {
        event.ctrl_key() && !event.meta_key()
    }
}

/// The letter, or the key where the letters are others.
fn is_k(event: &KeyboardEvent) -> bool {
    let key = event.key();
    key.eq_ignore_ascii_case("k") || (!key.is_ascii() && event.code() == "KeyK")
}
