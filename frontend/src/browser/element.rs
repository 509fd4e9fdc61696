//! The page's elements, made by hand over the reactive system: an element, its attributes, texts and
//! parts, all of one type each. A macro's view would make the renderer's code anew for every
//! closure and every shape of element, and that was two thirds of what the page weighed.
//!
//! What moves is followed for as long as the owner lives under which it was made.

mod lines;
mod mounted;
mod moving;
mod place;
mod slot;
mod value;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::Node;

pub use mounted::{Mounted, mount};
pub use place::{FieldPlace, FramePlace, Place};
pub use value::Value;
pub use web_sys::{KeyboardEvent, MouseEvent};

/// Makes an element.
type Make = Box<dyn FnOnce() -> Element>;

/// An element, or several one after another.
#[derive(Clone, Debug)]
#[must_use]
pub struct Element(Node);

/// An element without anything in it.
pub fn el(tag: &str) -> Element {
    document().create_element(tag).map_or_else(|_| several(), |made| Element(made.into()))
}

/// No element yet; what it is given stands side by side in the place it is put.
pub fn several() -> Element {
    Element(document().create_document_fragment().into())
}

/// An element from markup of the page's own, as drawings are.
pub fn drawn(markup: &str) -> Element {
    let frame = el("div");
    frame.element().set_inner_html(markup);
    frame.0.first_child().map_or_else(several, Element)
}

/// What stands still.
impl Element {
    /// Its class.
    pub fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    /// An attribute.
    pub fn attr(self, name: &str, value: impl Value) -> Self {
        self.write(name, value.written().as_deref());
        self
    }

    /// A text after what is in it.
    pub fn text(self, text: &str) -> Self {
        self.add(&document().create_text_node(text));
        self
    }

    /// An element after what is in it.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "it has its place now, and goes nowhere else"
    )]
    pub fn child(self, child: Element) -> Self {
        self.add(&child.0);
        self
    }

    /// Tells where it is.
    pub fn bind<E: JsCast>(self, place: Place<E>) -> Self {
        place.is(&self.0);
        self
    }

    fn add(&self, node: &Node) {
        let _ = self.0.append_child(node);
    }

    fn element(&self) -> &web_sys::Element {
        self.0.unchecked_ref()
    }

    fn write(&self, name: &str, value: Option<&str>) {
        let _ = match value {
            Some(value) => self.element().set_attribute(name, value),
            None => self.element().remove_attribute(name),
        };
    }
}
