//! What lies open beside the conversation, and what is being done with which message.

use leptos::prelude::expect_context;

use crate::{
    browser::{clock, popover},
    live::{Live, Reading},
    store::RowKey,
};

/// What is open on the page, for components: `Desk::here()`.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// Whether the people of the room are shown.
    pub(crate) people: Live<bool>,
    /// Whether the switcher is open.
    pub(crate) switcher: Live<bool>,
    /// Whether the sheet of shortcuts is open.
    pub(crate) shortcuts: Live<bool>,
    /// The name in the room finder's field.
    pub(crate) wanted: Live<String>,
    /// The message whose menu is open.
    pub(crate) menu: Live<Option<RowKey>>,
    /// The message being changed; one at a time.
    pub(crate) editing: Live<Option<RowKey>>,
    /// The messages being taken back, which can still be undone.
    pub(crate) deleting: Live<Vec<RowKey>>,
    /// Which day it is, as a number.
    pub(crate) today: Reading<i64>,
}

impl Desk {
    /// An empty desk.
    pub(crate) fn new() -> Self {
        Self {
            people: Live::default(),
            switcher: Live::default(),
            shortcuts: Live::default(),
            wanted: Live::default(),
            menu: Live::default(),
            editing: Live::default(),
            deleting: Live::default(),
            today: clock::today(),
        }
    }

    /// The desk of the page that the caller is a part of.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Opens the room finder with a name in its field.
    pub(crate) fn find_room(self, name: &str) {
        popover::show("finder");
        self.wanted.set(name.to_owned());
    }

    /// Whether a message is being taken back.
    pub(crate) fn is_deleting(self, row: RowKey) -> bool {
        self.deleting.with(|rows| rows.contains(&row))
    }

    /// Begins to take a message back.
    pub(crate) fn delete(self, row: RowKey) {
        self.deleting.update(|rows| rows.push(row));
    }

    /// Ends it, one way or the other.
    pub(crate) fn deleted(self, row: RowKey) {
        self.deleting.update(|rows| rows.retain(|other| *other != row));
    }
}
