//! Keys, fingers and selections, as tests make them.

use leptos::prelude::document;
use web_sys::{Element, Event, EventInit, EventTarget, KeyboardEvent, KeyboardEventInit};

/// A key with nothing held.
pub(crate) fn key(name: &str) -> KeyboardEventInit {
    let init = KeyboardEventInit::new();
    init.set_key(name);
    init.set_bubbles(true);
    init.set_cancelable(true);
    init
}

/// A key with Ctrl held, or what stands for it on this machine.
pub(crate) fn command(name: &str) -> KeyboardEventInit {
    let init = key(name);
    if parlor_page::browser::page::apple() {
        init.set_meta_key(true)
    } else {
        init.set_ctrl_key(true)
    }
    init
}

/// A key with Alt held.
pub(crate) fn alt(name: &str) -> KeyboardEventInit {
    let init = key(name);
    init.set_alt_key(true);
    init
}

/// Presses a key where the keyboard is. Says whether the page took it.
pub(crate) fn press(init: &KeyboardEventInit) -> bool {
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", init).unwrap();
    let active: Element = document().active_element().unwrap();
    !active.dispatch_event(&event).unwrap()
}

/// Tells an element that something happened. Says whether the page took it.
pub(crate) fn tell(target: &EventTarget, name: &str) -> bool {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    !target.dispatch_event(&Event::new_with_event_init_dict(name, &init).unwrap()).unwrap()
}

/// The test id of what has the keyboard.
pub(crate) fn focused() -> Option<String> {
    document().active_element()?.get_attribute("data-testid")
}
