//! The moving parts of a view in few types. Each closure in a `view!` would make the renderer's
//! code anew; a signal of text is one type however many there are.

use std::sync::Arc;

use leptos::prelude::*;

/// A text or an attribute that follows what it reads.
pub(crate) fn moving<T: Send + Sync + 'static>(
    read: impl Fn() -> T + Send + Sync + 'static,
) -> Signal<T> {
    Signal::derive(read)
}

/// A part that is there while something holds.
pub(crate) fn shown_while(
    when: impl Fn() -> bool + Send + Sync + 'static,
    part: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    switched(Signal::derive(when), Arc::new(part))
}

fn switched(when: Signal<bool>, part: Arc<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    let when = Memo::new(move |_| when.get());
    (move || when.get().then(|| part())).into_any()
}
