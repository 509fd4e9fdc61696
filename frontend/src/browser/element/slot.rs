//! A place among an element's children: between two empty texts that nobody sees.

use leptos::prelude::document;
use web_sys::Node;

use super::Element;

/// The place.
#[derive(Debug)]
pub(super) struct Slot {
    start: Node,
    end: Node,
}

impl Slot {
    /// A place after all that is there.
    pub(super) fn after_all(parent: &Node) -> Self {
        let slot = Self { start: empty(), end: empty() };
        let _ = parent.append_child(&slot.start);
        let _ = parent.append_child(&slot.end);
        slot
    }

    /// A place of its own before a node.
    pub(super) fn before(node: &Node) -> Self {
        let slot = Self { start: empty(), end: empty() };
        put(&slot.start, node);
        put(&slot.end, node);
        slot
    }

    /// Puts an element into it, after what is there.
    pub(super) fn fill(&self, element: &Element) {
        put(&element.0, &self.end);
    }

    /// Takes out what is in it.
    pub(super) fn clear(&self) {
        while let Some(node) = self.start.next_sibling().filter(|node| *node != self.end) {
            take(&node);
        }
    }

    /// Takes it away with what is in it.
    pub(super) fn remove(&self) {
        self.clear();
        take(&self.start);
        take(&self.end);
    }

    /// Moves it before a node, with what is in it.
    pub(super) fn go_before(&self, node: &Node) {
        let mut next = Some(self.start.clone());
        while let Some(moved) = next {
            next = moved.next_sibling().filter(|_| moved != self.end);
            put(&moved, node);
        }
    }

    /// Whether it begins with this node.
    pub(super) fn begins_with(&self, node: &Node) -> bool {
        self.start == *node
    }

    /// The first node of it, which is the end where nothing is in it.
    pub(super) fn first(&self) -> Option<Node> {
        self.start.next_sibling()
    }

    /// The node after it.
    pub(super) fn next(&self) -> Option<Node> {
        self.end.next_sibling()
    }
}

fn empty() -> Node {
    document().create_text_node("").into()
}

fn put(node: &Node, before: &Node) {
    if let Some(parent) = before.parent_node() {
        let _ = parent.insert_before(node, Some(before));
    }
}

fn take(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}
