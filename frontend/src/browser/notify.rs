//! Notifications of the browser and a sound. They are shown by the service worker, which knows all
//! pages of this browser: it shows one for several tabs, and none while somebody looks at a page.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlAudioElement, Notification, NotificationPermission};

use super::{task, worker};

/// What sounds.
const SOUND: &str = "/assets/bell.wav";

/// Whether this page may notify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// There are no notifications here.
    Absent,
    /// Nobody has been asked.
    Default,
    /// It may.
    Granted,
    /// It may not.
    Denied,
}

/// Something to notify of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring {
    /// The room it leads to; a later one of the same room takes its place.
    pub room: String,
    /// The last message's number.
    pub number: u64,
    /// Its first line.
    pub title: String,
    /// What is said.
    pub body: String,
}

/// Whether this page may notify, now.
#[must_use]
pub fn permission() -> Permission {
    let there =
        |name: &str| Reflect::has(&js_sys::global(), &JsValue::from_str(name)).unwrap_or(false);
    if !(there("Notification") && worker::is_possible()) {
        return Permission::Absent;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Denied,
        NotificationPermission::Default | _ => Permission::Default,
    }
}

/// Asks the person; browsers do so only in a click.
pub async fn ask() -> Permission {
    if let Ok(asked) = Notification::request_permission() {
        let _ = JsFuture::from(asked).await;
    }
    permission()
}

/// Notifies, unless a page is being looked at or another tab did so already.
pub fn ring(ring: &Ring) {
    let told = Object::new();
    let number = JsValue::from_str(&ring.number.to_string());
    for (name, value) in [("room", &ring.room), ("title", &ring.title), ("body", &ring.body)] {
        let _ = Reflect::set(&told, &name.into(), &value.into());
    }
    let _ = Reflect::set(&told, &"number".into(), &number);
    tell("ring", &told);
}

/// Takes the notification of a room away: it was read.
pub fn hush(room: &str) {
    tell("hush", &JsValue::from_str(room));
}

/// Sounds. Browsers refuse it where the person has not touched the page yet.
pub fn sound() {
    let Some(playing) = HtmlAudioElement::new_with_src(SOUND).ok().and_then(|it| it.play().ok())
    else {
        return;
    };
    task::begin(async move {
        let _ = JsFuture::from(playing).await;
    });
}

fn tell(what: &str, value: &JsValue) {
    let message = Object::new();
    let _ = Reflect::set(&message, &what.into(), value);
    worker::tell(message.unchecked_into());
}
