//! The service worker: asked for once, and asked about newer builds of the page. There is none on
//! plain HTTP, and none in front of a page that has not been told its build.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    EventTarget, MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState,
};

use super::{listener::Listener, task};

/// Where it is.
const WORKER: &str = "/sw.js";
/// What makes it take the old one's place.
const TAKE_OVER: &str = "take over";

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A newer build of the page is ready.
    Update,
    /// This page's notification is being shown.
    Rang,
    /// A notification was clicked: its room is to be shown.
    Open(String),
}

/// Whether there can be one here.
#[must_use]
pub fn is_possible() -> bool {
    workers().is_some()
}

/// Has the browser fetch the worker, and hears what it says for as long as the page is there.
pub fn begin(hear: impl Fn(News) + 'static) {
    let (Some(workers), Some(build)) = (workers(), build()) else { return };
    forget(&workers, "message", move |event| {
        if let Some(news) = read(&event.unchecked_into::<MessageEvent>().data()) {
            hear(news);
        }
    });
    task::begin(async move {
        let asked = JsFuture::from(workers.register(WORKER)).await;
        let Ok(registration) = asked.map(JsCast::unchecked_into::<ServiceWorkerRegistration>)
        else {
            return;
        };
        let build = JsValue::from_str(&build);
        if let Some(waiting) = registration.waiting() {
            let _ = waiting.post_message(&build);
        }
        let found = registration.clone();
        forget(&registration, "updatefound", move |_| {
            if let Some(worker) = found.installing() {
                watch(&worker, build.clone());
            }
        });
    });
}

/// Says something to the worker in charge.
pub fn tell(message: JsValue) {
    with_registration(move |registration| {
        if let Some(worker) = registration.active() {
            let _ = worker.post_message(&message);
        }
    });
}

/// Asks the server whether there is a newer build.
pub fn look() {
    with_registration(|registration| {
        let _ = registration.update();
    });
}

/// Loads the newer build, now.
pub fn load() {
    let Some(workers) = workers() else { return reload() };
    forget(&workers, "controllerchange", |_| reload());
    with_registration(|registration| match registration.waiting() {
        Some(waiting) => drop(waiting.post_message(&JsValue::from_str(TAKE_OVER))),
        None => reload(),
    });
}

fn read(said: &JsValue) -> Option<News> {
    if let Ok(room) = Reflect::get(said, &"open".into())
        && let Some(room) = room.as_string()
    {
        return Some(News::Open(room));
    }
    match said.as_string()?.as_str() {
        "update" => Some(News::Update),
        "rang" => Some(News::Rang),
        _ => None,
    }
}

/// Once it is installed and waits behind another one, it is told which build the page is.
fn watch(worker: &ServiceWorker, build: JsValue) {
    let installing = worker.clone();
    forget(worker, "statechange", move |_| {
        let controlled = workers().is_some_and(|workers| workers.controller().is_some());
        if installing.state() == ServiceWorkerState::Installed && controlled {
            let _ = installing.post_message(&build);
        }
    });
}

fn with_registration(act: impl Fn(&ServiceWorkerRegistration) + 'static) {
    let Some(workers) = workers() else { return };
    task::begin(async move {
        let found = JsFuture::from(workers.get_registration()).await;
        if let Some(registration) = found.ok().filter(JsValue::is_object) {
            act(&registration.unchecked_into());
        }
    });
}

/// Listens for as long as the page is there: there is one worker for all of it.
fn forget(target: &EventTarget, name: &'static str, call: impl FnMut(web_sys::Event) + 'static) {
    std::mem::forget(Listener::on(target, name, call));
}

fn workers() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let there = Reflect::has(&navigator, &JsValue::from_str("serviceWorker")).unwrap_or(false);
    there.then(|| navigator.service_worker())
}

/// The page's own build, which xtask writes into index.html.
fn build() -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.query_selector("meta[name=build]").ok()??.get_attribute("content")
}

fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}
