//! The page in the document, for as long as a value lives.

use any_spawner::Executor;
use leptos::prelude::Owner;
use web_sys::HtmlElement;

use super::{Element, slot::Slot};

/// The page in the document. Dropping it takes the page away, and all that follows something in it.
#[derive(Debug)]
pub struct Mounted {
    owner: Owner,
    slot: Slot,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.owner.cleanup();
        self.slot.remove();
    }
}

/// Puts a page into an element of the document.
#[must_use]
pub fn mount(parent: &HtmlElement, page: fn() -> Element) -> Mounted {
    // An error says only that it was done before.
    let _ = Executor::init_wasm_bindgen();
    let (owner, slot) = (Owner::new(), Slot::after_all(parent));
    slot.fill(&owner.with(page));
    Mounted { owner, slot }
}
