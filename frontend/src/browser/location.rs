//! The address bar: `/r/<room>` shows a room, `/` shows none.

use parlor_shared::RoomId;
use wasm_bindgen::JsValue;

use super::listener::Listener;

/// The room the address names.
#[must_use]
pub fn room() -> Option<RoomId> {
    let path = web_sys::window()?.location().pathname().ok()?;
    RoomId::new(path.strip_prefix("/r/")?).ok()
}

/// Shows a room, or none, in the address bar, as a step that "back" undoes.
pub fn show(now: Option<&RoomId>) {
    if room().as_ref() == now {
        return;
    }
    let path = now.map_or_else(|| "/".to_owned(), |room| format!("/r/{room}"));
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}

/// Shows a room in the address bar in place of what stood there: how the page begins.
pub fn begin(now: &RoomId) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let path = format!("/r/{now}");
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}

/// Calls `call` with the room the address names after "back" and "forward".
pub fn moved(mut call: impl FnMut(Option<RoomId>) + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::on(&window, "popstate", move |_| call(room())))
}

/// Where the socket is, on the page's own origin.
#[must_use]
pub fn socket() -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/ws", location.host().ok()?))
}
