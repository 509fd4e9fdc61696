//! A value whatever its type, and the one trigger by which it is followed.

use std::{any::Any, cell::RefCell, rc::Rc};

use leptos::prelude::{ArcTrigger, Notify};

/// The value, whatever its type, and who follows it.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) trigger: ArcTrigger,
    value: Rc<dyn Any>,
}

impl Held {
    pub(super) fn new<T: 'static>(value: T) -> Self {
        Self { trigger: ArcTrigger::new(), value: Rc::new(RefCell::new(value)) }
    }

    pub(super) fn read<T: 'static, R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        Some(read(&*self.value.downcast_ref::<RefCell<T>>()?.try_borrow().ok()?))
    }

    pub(super) fn write<T: 'static, R>(&self, write: impl FnOnce(&mut T) -> R) -> Option<R> {
        Some(write(&mut *self.value.downcast_ref::<RefCell<T>>()?.try_borrow_mut().ok()?))
    }

    /// Puts a value in place if it is another. Says whether it was.
    pub(super) fn put<T: PartialEq + 'static>(&self, value: T) -> bool {
        let differs = self.read(|held: &T| *held != value) == Some(true);
        if differs {
            self.write(|held| *held = value);
            self.trigger.notify();
        }
        differs
    }
}
