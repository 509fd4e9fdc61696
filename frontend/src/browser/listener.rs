//! Listening to the browser's events for exactly as long as a value lives.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AddEventListenerOptions, Event, EventTarget};

/// A listener that is taken away when this is dropped.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    call: Closure<dyn FnMut(Event)>,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Listener({})", self.name)
    }
}

impl Listener {
    /// Calls `call` for every event of that name; passive, so scrolling never waits for it.
    pub fn on(target: &EventTarget, name: &'static str, call: impl FnMut(Event) + 'static) -> Self {
        Self::boxed(target, name, Box::new(call), true)
    }

    /// The same, for a handler that may prevent what the browser would do.
    pub fn active(
        target: &EventTarget,
        name: &'static str,
        call: impl FnMut(Event) + 'static,
    ) -> Self {
        Self::boxed(target, name, Box::new(call), false)
    }

    /// The same, not made anew for every type of call.
    pub(super) fn boxed(
        target: &EventTarget,
        name: &'static str,
        call: Box<dyn FnMut(Event)>,
        passive: bool,
    ) -> Self {
        let call = Closure::wrap(call);
        let options = AddEventListenerOptions::new();
        options.set_passive(passive);
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
            name,
            call.as_ref().unchecked_ref(),
            &options,
        );
        Self { target: target.clone(), name, call }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, self.call.as_ref().unchecked_ref());
    }
}
