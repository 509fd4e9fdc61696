//! What a panic leaves behind in the console: its message, in builds for development.
//!
//! A panic ends in a trap, like an exhausted memory or stack, and the script in index.html opens
//! the dialog for every one of them. In the page that is served, the trap is all there is: no code
//! that words the message, and none that looks for a hook.

use std::panic::{PanicHookInfo, set_hook};

use wasm_bindgen::JsValue;

/// Sets the hook. Call it first.
pub fn watch() {
    if cfg!(debug_assertions) {
        set_hook(Box::new(tell));
    }
}

fn tell(info: &PanicHookInfo<'_>) {
    web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
}
