//! Values that whoever reads them follows: Leptos' reactive graph with one trigger per value, so that a type
//! of value costs the page a borrow and a comparison, and not a signal's code of its own.

mod following;
mod held;

use std::marker::PhantomData;

use leptos::prelude::{GetValue, LocalStorage, Notify, StoredValue, Track};

pub use following::{afterwards, derived, follow, keep};
use held::Held;

/// A value that changes. Copying it copies the handle; it lives as long as the owner under which it
/// was made, and a change after that is nothing.
pub struct Live<T>(Reading<T>);

/// The same for those who only read.
pub struct Reading<T> {
    place: StoredValue<Held, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

/// A value that lives as long as somebody holds it.
pub struct Shared<T> {
    held: Held,
    of: PhantomData<fn() -> T>,
}

impl<T: 'static> Reading<T> {
    fn of(held: Held) -> Self {
        Self { place: StoredValue::new_local(held), of: PhantomData }
    }

    /// Its value; whoever reads it in something that follows, follows it.
    ///
    /// # Panics
    /// If the owner under which it was made is gone. Timers and tasks may outlive that, and ask with
    /// [`try_get_untracked`](Self::try_get_untracked).
    #[must_use]
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// Looks at its value, and follows it.
    ///
    /// # Panics
    /// As [`get`](Self::get).
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.try_with_untracked(read).unwrap_or_else(|| gone())
    }

    /// Its value, without following it.
    ///
    /// # Panics
    /// As [`get`](Self::get).
    #[must_use]
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.try_get_untracked().unwrap_or_else(|| gone())
    }

    /// Its value, without following it; `None` once it is gone.
    #[must_use]
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_untracked(T::clone)
    }

    /// Looks at its value, without following it; `None` once it is gone.
    pub fn try_with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        held(self.place)?.read(read)
    }

    /// Follows it.
    pub fn track(self) {
        track(self.place);
    }
}

impl<T: 'static> Live<T> {
    /// A value under the owner of now.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(Reading::of(Held::new(value)))
    }

    /// For those who only read.
    #[must_use]
    pub fn reading(self) -> Reading<T> {
        self.0
    }

    /// Gives it another value.
    pub fn set(self, value: T) {
        self.update(|held| *held = value);
    }

    /// Gives it another value, if it is another. Says whether it was.
    pub fn put(self, value: T) -> bool
    where
        T: PartialEq,
    {
        held(self.0.place).is_some_and(|held| held.put(value))
    }

    /// Changes it.
    pub fn update(self, write: impl FnOnce(&mut T)) {
        if let Some(held) = held(self.0.place) {
            held.write(write);
            held.trigger.notify();
        }
    }

    /// Changes it without telling those who follow it; `None` once it is gone.
    pub fn change<R>(self, write: impl FnOnce(&mut T) -> R) -> Option<R> {
        held(self.0.place)?.write(write)
    }

    /// Whether the owner under which it was made is gone.
    #[must_use]
    pub fn is_gone(self) -> bool {
        held(self.0.place).is_none()
    }
}

impl<T: 'static> Shared<T> {
    /// A value that nobody holds yet.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { held: Held::new(value), of: PhantomData }
    }

    /// Gives it another value, if it is another.
    pub fn put(&self, value: T)
    where
        T: PartialEq,
    {
        self.held.put(value);
    }

    /// Looks at it, without following it.
    pub fn look<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.held.read(read)
    }

    /// For those who only read, under the owner of now.
    #[must_use]
    pub fn reading(&self) -> Reading<T> {
        Reading::of(self.held.clone())
    }
}

fn held(place: StoredValue<Held, LocalStorage>) -> Option<Held> {
    place.try_get_value()
}

fn track(place: StoredValue<Held, LocalStorage>) {
    if let Some(held) = held(place) {
        held.trigger.track();
    }
}

#[cold]
#[expect(clippy::panic, reason = "as Leptos does; whoever may outlive a value asks first")]
fn gone() -> ! {
    panic!("a value was read after its owner was gone")
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reading<T> {}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Live<T> {}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self { held: self.held.clone(), of: PhantomData }
    }
}

impl<T> std::ops::Deref for Live<T> {
    type Target = Reading<T>;

    fn deref(&self) -> &Reading<T> {
        &self.0
    }
}

impl<T: Default + 'static> Default for Live<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> std::fmt::Debug for Reading<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reading")
    }
}

impl<T> std::fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shared")
    }
}

impl<T> std::fmt::Debug for Live<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Live")
    }
}
