//! Text by key in this browser, or in memory where the browser refuses to keep anything.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use parlor_model::Ordered;

/// The keeper of all records of the page. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Storage(Rc<Kept>);

#[derive(Debug)]
struct Kept {
    local: Option<web_sys::Storage>,
    /// What the browser refused, and everything where it refuses all.
    memory: RefCell<Ordered<String, String>>,
    refused: Cell<bool>,
}

/// Proves that the browser keeps what it is given.
const PROBE: &str = "parlor.probe";

impl Storage {
    /// The browser's, if a write to it succeeds.
    #[must_use]
    pub fn open() -> Self {
        let local = web_sys::window()
            .and_then(|window| window.local_storage().ok().flatten())
            .filter(|local| local.set_item(PROBE, "1").is_ok() && local.remove_item(PROBE).is_ok());
        let refused = Cell::new(local.is_none());
        Self(Rc::new(Kept { local, memory: RefCell::default(), refused }))
    }

    /// Whether the browser refused to keep something: a word to the person is due.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.0.refused.get()
    }

    /// The text of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<String> {
        let memory = self.0.memory.borrow().get(&key.to_owned()).cloned();
        memory.or_else(|| self.0.local.as_ref()?.get_item(key).ok().flatten())
    }

    /// Keeps a text; in memory if the browser refuses.
    pub fn set(&self, key: &str, text: &str) {
        let kept = self.0.local.as_ref().is_some_and(|local| local.set_item(key, text).is_ok());
        if kept {
            self.0.memory.borrow_mut().remove(&key.to_owned());
        } else {
            self.0.refused.set(true);
            self.0.memory.borrow_mut().insert(key.to_owned(), text.to_owned());
        }
    }

    /// Forgets a text.
    pub fn remove(&self, key: &str) {
        self.0.memory.borrow_mut().remove(&key.to_owned());
        if let Some(local) = &self.0.local {
            let _ = local.remove_item(key);
        }
    }

    /// Every key with that beginning, in no order.
    #[must_use]
    pub fn keys(&self, beginning: &str) -> Vec<String> {
        let memory = self.0.memory.borrow();
        let mut keys: Vec<String> = memory.keys().cloned().collect();
        if let Some(local) = &self.0.local {
            for at in 0..local.length().unwrap_or(0) {
                keys.extend(local.key(at).ok().flatten().filter(|key| !memory.contains_key(key)));
            }
        }
        keys.retain(|key| key.starts_with(beginning));
        keys
    }
}
