//! Who wants to know when rows are about to change, when they have, and when the person spoke.

use std::{cell::RefCell, rc::Rc};

/// A moment of publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The values still say what was.
    Before,
    /// The values say what is; the document follows in a moment.
    After,
    /// The person said something: the view goes to the end.
    Said,
}

type Call = Rc<dyn Fn(Stage)>;

/// The watchers.
#[derive(Clone, Default)]
pub(super) struct Watches(Rc<RefCell<Vec<(u64, Call)>>>);

/// One watcher, until it is dropped.
pub struct Watch {
    watches: Watches,
    id: u64,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Watch({})", self.id)
    }
}

impl Watches {
    pub(super) fn add(&self, call: impl Fn(Stage) + 'static) -> Watch {
        let mut calls = self.0.borrow_mut();
        let id = calls.last().map_or(0, |(last, _)| last + 1);
        calls.push((id, Rc::new(call)));
        Watch { watches: self.clone(), id }
    }

    pub(super) fn tell(&self, stage: Stage) {
        let calls: Vec<Call> = self.0.borrow().iter().map(|(_, call)| call.clone()).collect();
        for call in calls {
            call(stage);
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.watches.0.borrow_mut().retain(|(id, _)| *id != self.id);
    }
}
