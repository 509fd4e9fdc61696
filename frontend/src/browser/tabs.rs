//! Several tabs of one browser: each has an id and proves that it lives, so that the records of a
//! dead one can be taken over by exactly one other.
//!
//! Where the browser has Web Locks (only under HTTPS and on localhost) a tab holds a lock for as
//! long as it lives and is not frozen. Elsewhere it writes the time every few seconds; silent for 10 s is dead.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Object, Promise, Reflect};
use parlor_shared::CommandId;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageEvent;

use super::{clock, listener::Listener, random, storage::Storage, timer::Beat};

/// How often a tab without locks says that it lives, in milliseconds.
const BEAT_MS: u32 = 3_000;
/// After how much silence it counts as dead, in milliseconds.
const DEAD_MS: u64 = 10_000;

// web-sys gates these as unstable.
#[wasm_bindgen]
extern "C" {
    type Locks;
    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        options: &Object,
        held: &Function,
    ) -> Result<Promise, JsValue>;
}

/// This tab.
pub struct Tab {
    id: String,
    storage: Storage,
    _beat: Option<Beat>,
    _listeners: Vec<Listener>,
}

impl std::fmt::Debug for Tab {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tab({})", self.id)
    }
}

impl Tab {
    /// A tab with a new id, which lives from now on.
    #[must_use]
    pub fn open(storage: &Storage) -> Self {
        let id = CommandId::from_random(random::bytes()).0.simple().to_string();
        let storage = storage.clone();
        if let Some(listeners) = hold_for_life(name(&id)) {
            return Self { id, storage, _beat: None, _listeners: listeners };
        }
        let key = name(&id);
        let beat = {
            let (storage, key) = (storage.clone(), key.clone());
            move || storage.set(&key, &clock::wall().to_string())
        };
        beat();
        let bye = web_sys::window().map(|window| {
            let storage = storage.clone();
            Listener::on(&window, "pagehide", move |_| storage.remove(&key))
        });
        let listeners = bye.into_iter().collect();
        Self { id, storage, _beat: Some(Beat::every(BEAT_MS, beat)), _listeners: listeners }
    }

    /// The tab's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Runs `take_over` if the other tab is dead, as the only one who does so now.
    pub async fn inherit(&self, other: &str, take_over: impl FnOnce() + 'static) {
        let key = name(other);
        if let Some(locks) = locks() {
            try_hold(&locks, &key, take_over).await;
            return;
        }
        let beat = self.storage.get(&key).and_then(|text| text.parse::<u64>().ok());
        if beat.is_none_or(|at| clock::wall().saturating_sub(at) > DEAD_MS) {
            self.storage.remove(&key);
            take_over();
        }
    }
}

/// Calls `call` with the key another tab changed, and what it holds now.
pub fn changed(mut call: impl FnMut(&str, Option<String>) + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::on(&window, "storage", move |event| {
        let event: StorageEvent = event.unchecked_into();
        if let Some(key) = event.key() {
            call(&key, event.new_value());
        }
    }))
}

fn name(id: &str) -> String {
    format!("parlor.tab.{id}")
}

fn locks() -> Option<Locks> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    (locks.is_object()).then(|| locks.unchecked_into())
}

/// Takes the lock and keeps it for as long as the page can act: until it ends, or is frozen, which
/// may be for days. Once it thaws it takes the lock anew.
fn hold_for_life(name: String) -> Option<Vec<Listener>> {
    let (locks, document) = (locks()?, web_sys::window()?.document()?);
    // Keeping the promise gives the lock back.
    let release = Rc::new(RefCell::new(None::<Function>));
    let keep = release.clone();
    let held = Closure::<dyn FnMut() -> Promise>::new(move || {
        Promise::new(&mut |resolve, _| drop(keep.replace(Some(resolve))))
    });
    let hold = move || locks.request(&name, &Object::new(), held.as_ref().unchecked_ref()).is_ok();
    if !hold() {
        return None;
    }
    let frozen = move |_| {
        if let Some(release) = release.take() {
            let _ = release.call0(&JsValue::NULL);
        }
    };
    Some(vec![
        Listener::on(&document, "freeze", frozen),
        Listener::on(&document, "resume", move |_| {
            hold();
        }),
    ])
}

/// Runs `act` while holding the lock, if nobody else holds it.
async fn try_hold(locks: &Locks, name: &str, act: impl FnOnce() + 'static) {
    let act = Rc::new(RefCell::new(Some(act)));
    let held = Closure::<dyn FnMut(JsValue)>::new(move |lock: JsValue| {
        let act = if lock.is_null() { None } else { act.take() };
        if let Some(act) = act {
            act();
        }
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    if let Ok(done) = locks.request(name, &options, held.as_ref().unchecked_ref()) {
        let _ = JsFuture::from(done).await;
    }
}
