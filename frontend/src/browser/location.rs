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

/// Who can use the address that the page was opened at.
#[derive(Debug)]
pub enum Reach {
    /// Others, too: the address without a path.
    Others(String),
    /// This machine alone, which names itself: the port.
    ThisMachine(String),
}

/// Who can use the page's address.
#[must_use]
pub fn reach() -> Reach {
    let location = web_sys::window().map(|window| window.location());
    let said = |part: fn(&web_sys::Location) -> Result<String, JsValue>| {
        location.as_ref().and_then(|location| part(location).ok()).unwrap_or_default()
    };
    let host = said(web_sys::Location::hostname);
    if host == "localhost" || host.starts_with("127.") || host == "[::1]" {
        return Reach::ThisMachine(said(web_sys::Location::port));
    }
    Reach::Others(said(web_sys::Location::origin))
}

/// Where the socket is, on the page's own origin.
#[must_use]
pub fn socket() -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/ws", location.host().ok()?))
}

/// What the address asks for under a name: `?name=…`.
#[must_use]
pub fn asked(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    let mut pairs = search.trim_start_matches('?').split('&').filter_map(|it| it.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}
