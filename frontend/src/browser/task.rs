//! Tasks: what waits for something without anybody waiting for it.

use std::{future::Future, future::poll_fn, pin::Pin, task::Poll};

/// Begins a task, at the next turn. Boxed, so that all tasks share one way of being run.
pub fn begin(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    wasm_bindgen_futures::spawn_local(task);
}

/// Waits until all tasks that are due now have had their turn: what follows a value has seen it by then.
pub async fn turn() {
    let mut over = false;
    poll_fn(|context| {
        if std::mem::replace(&mut over, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
