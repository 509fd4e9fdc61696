//! What moves in an element: attributes, texts and parts that follow what they read, and what it hears.
//! Each closure is boxed at once, so that all of them share one effect's code.

use std::rc::Rc;

use leptos::prelude::{Owner, document, event_target_value, untrack};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent, MouseEvent, Node};

use super::{Element, Make, Value, several, slot::Slot};
use crate::{
    browser::listener::Listener,
    live::{follow, keep},
};

/// Writes an attribute or a text.
type Write = Box<dyn Fn(Option<&str>)>;

impl Element {
    /// An attribute that follows what it reads.
    pub fn attr_by<V: Value>(self, name: &'static str, read: impl Fn() -> V + 'static) -> Self {
        let element = self.clone();
        let write = move |value: Option<&str>| element.write(name, value);
        self.written(Box::new(move || read().written()), Box::new(write))
    }

    /// A text that follows what it reads.
    pub fn text_by<V: Value>(self, read: impl Fn() -> V + 'static) -> Self {
        let node: Node = document().create_text_node("").into();
        self.add(&node);
        let write = move |value: Option<&str>| node.set_node_value(Some(value.unwrap_or_default()));
        self.written(Box::new(move || read().written()), Box::new(write))
    }

    /// What stands in a field, following what it reads.
    pub fn value_by(self, read: impl Fn() -> String + 'static) -> Self {
        let field: HtmlInputElement = self.0.clone().unchecked_into();
        let write = move |value: Option<&str>| field.set_value(value.unwrap_or_default());
        self.written(Box::new(move || Some(read())), Box::new(write))
    }

    /// Whether a field is chosen, following what it reads.
    pub fn checked_by(self, read: impl Fn() -> bool + 'static) -> Self {
        let field: HtmlInputElement = self.0.clone().unchecked_into();
        let write = move |value: Option<&str>| field.set_checked(value.is_some());
        self.written(Box::new(move || read().written()), Box::new(write))
    }

    /// A part that is there while something holds.
    pub fn when(
        self,
        holds: impl Fn() -> bool + 'static,
        part: impl Fn() -> Element + 'static,
    ) -> Self {
        self.shown(Box::new(holds), Rc::new(part));
        self
    }

    /// A part that is made anew when what it hangs on is another; it stays through all else.
    pub fn switch<K: Clone + PartialEq + 'static>(
        self,
        read: impl Fn() -> K + 'static,
        make: impl Fn(K) -> Element + 'static,
    ) -> Self {
        let (make, mut last) = (Rc::new(make), None);
        self.switched(Box::new(move || {
            let now = read();
            if last.as_ref() == Some(&now) {
                return None;
            }
            last = Some(now.clone());
            let make = Rc::clone(&make);
            Some(Box::new(move || make(now)))
        }));
        self
    }

    /// A part that is made anew whenever what it reads changes.
    pub fn part(self, make: impl Fn() -> Option<Element> + 'static) -> Self {
        self.remade(Box::new(make));
        self
    }

    /// Hears an event of its own or from within.
    pub fn on(self, name: &'static str, call: impl FnMut(Event) + 'static) -> Self {
        keep(Listener::boxed(&self.0, name, Box::new(call), false));
        self
    }

    /// Hears that a form is sent, which it never is: the page does it.
    pub fn on_submit(self, call: impl Fn() + 'static) -> Self {
        self.on("submit", move |event| {
            event.prevent_default();
            call();
        })
    }

    /// Hears what is written in a field, each time it changes.
    pub fn on_input(self, call: impl Fn(String) + 'static) -> Self {
        self.on("input", move |event| call(event_target_value(&event)))
    }

    /// Hears a click.
    pub fn on_click(self, mut call: impl FnMut(MouseEvent) + 'static) -> Self {
        self.on("click", move |event| call(event.unchecked_into()))
    }

    /// Hears a key going down.
    pub fn on_key(self, mut call: impl FnMut(KeyboardEvent) + 'static) -> Self {
        self.on("keydown", move |event| call(event.unchecked_into()))
    }

    /// Writes what is read, where it has changed: what is written again is read aloud again.
    fn written(self, read: Box<dyn Fn() -> Option<String>>, write: Write) -> Self {
        let mut last = None;
        follow(move || {
            let now = read();
            if last.as_ref() != Some(&now) {
                write(now.as_deref());
                last = Some(now);
            }
        });
        self
    }

    fn shown(&self, holds: Box<dyn Fn() -> bool>, part: Rc<dyn Fn() -> Element>) {
        let mut last = false;
        self.switched(Box::new(move || {
            let now = holds();
            if std::mem::replace(&mut last, now) == now {
                return None;
            }
            let part = Rc::clone(&part);
            Some(Box::new(move || if now { part() } else { several() }))
        }));
    }

    fn switched(&self, mut next: Box<dyn FnMut() -> Option<Make>>) {
        let (slot, parent) = (Slot::after_all(&self.0), Owner::current().unwrap_or_default());
        let mut part: Option<Owner> = None;
        follow(move || {
            let Some(make) = next() else { return };
            if let Some(old) = part.take() {
                old.cleanup();
            }
            slot.clear();
            let owner = parent.child();
            slot.fill(&owner.with(|| untrack(make)));
            part = Some(owner);
        });
    }

    fn remade(&self, make: Box<dyn Fn() -> Option<Element>>) {
        let slot = Slot::after_all(&self.0);
        follow(move || {
            let part = make();
            slot.clear();
            if let Some(part) = part {
                slot.fill(&part);
            }
        });
    }
}
