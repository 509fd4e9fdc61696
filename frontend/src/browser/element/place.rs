//! Where an element of the page is, for those who must reach it.

use std::marker::PhantomData;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement, Node};

use crate::live::Live;

/// The place of an element; empty until the element is made.
#[derive(Debug)]
pub struct Place<E> {
    node: Live<Option<Node>>,
    of: PhantomData<fn() -> E>,
}

/// The place of a field of several lines.
pub type FieldPlace = Place<HtmlTextAreaElement>;
/// The place of something that holds others.
pub type FramePlace = Place<HtmlElement>;

impl<E: JsCast> Place<E> {
    /// An empty place, under the owner of now.
    #[must_use]
    pub fn new() -> Self {
        Self { node: Live::default(), of: PhantomData }
    }

    /// The element, once it is made; whoever asks in something that follows is told when it is.
    #[must_use]
    pub fn get(self) -> Option<E> {
        self.node.track();
        self.now()
    }

    /// The element, if it is made and the owner of the place is still there.
    #[must_use]
    pub fn now(self) -> Option<E> {
        self.node.try_get_untracked().flatten().map(JsCast::unchecked_into)
    }

    pub(super) fn is(self, node: &Node) {
        self.node.set(Some(node.clone()));
    }
}

impl<E: JsCast> Default for Place<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for Place<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Place<E> {}
