//! What is done again when what it read has changed.

use std::any::Any;

use leptos::prelude::{Effect, RenderEffect, StoredValue, untrack};

use super::{Live, Reading};

/// A value made of others, which changes when what is made of them is another.
pub fn derived<T: PartialEq + 'static>(make: impl Fn() -> T + 'static) -> Reading<T> {
    let live = Live::new(untrack(&make));
    follow(move || {
        live.put(make());
    });
    live.reading()
}

/// Does it now, and again after what it reads has changed, until the owner of now is gone.
pub fn follow(act: impl FnMut() + 'static) {
    let mut act: Box<dyn FnMut()> = Box::new(act);
    keep(RenderEffect::new(move |_: Option<()>| act()));
}

/// The same, but what is drawn now comes first.
pub fn afterwards(act: impl FnMut() + 'static) {
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_: Option<()>| act());
}

/// Keeps a thing for as long as the owner of now; then it is dropped.
pub fn keep(thing: impl Any) {
    let thing: Box<dyn Any> = Box::new(thing);
    StoredValue::new_local(thing);
}
