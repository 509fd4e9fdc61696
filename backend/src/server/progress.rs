//! How far a connection's request has come, as its service and its stream tell whoever serves it.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::Poll,
};

use axum::body::{Body, HttpBody};
use futures_util::{StreamExt, stream};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use parking_lot::Mutex;

use super::later::Answer;

/// Shared by the parts of one connection, which all run in its task.
#[derive(Default)]
pub(super) struct Progress {
    /// From a request's beginning until its answer is in hyper's hands, body and all.
    under_way: AtomicBool,
    /// Whether the last request was read to the end of its body.
    read: AtomicBool,
    /// Whether one was answered since hyper came.
    answered: AtomicBool,
    /// Whether hyper has bytes that the stream has not taken.
    unwritten: AtomicBool,
    /// The answer that is waited for, and whether the connection goes on after it.
    later: Mutex<Option<(Answer, bool)>>,
}

impl Progress {
    /// hyper comes anew.
    pub(super) fn begin(&self) {
        self.answered.store(false, Relaxed);
    }

    /// A request begins; it is over when what is returned is dropped.
    pub(super) fn request(self: &Arc<Self>) -> UnderWay {
        self.read.store(true, Relaxed);
        self.under_way.store(true, Relaxed);
        UnderWay(Arc::clone(self))
    }

    /// The request's body, which tells here when it is read to its end. What is left of one must not
    /// pass for the next request: hyper, which skips it or closes, stays until there is none.
    pub(super) fn body(self: &Arc<Self>, body: Incoming) -> Body {
        self.read.store(body.is_end_stream(), Relaxed);
        let progress = Arc::clone(self);
        let end = stream::poll_fn(move |_| {
            progress.read.store(true, Relaxed);
            Poll::Ready(None)
        });
        Body::from_stream(Body::new(body).into_data_stream().chain(end))
    }

    /// Whether it has been.
    pub(super) fn has_read(&self) -> bool {
        self.read.load(Relaxed)
    }

    /// hyper has written something, or tried to.
    pub(super) fn writes(&self) {
        self.unwritten.store(true, Relaxed);
    }

    /// The stream has everything that hyper had.
    pub(super) fn written(&self) {
        self.unwritten.store(false, Relaxed);
    }

    /// The answer comes later; whether the connection `lasts` beyond it.
    pub(super) fn waits_for(&self, answer: Answer, lasts: bool) {
        *self.later.lock() = Some((answer, lasts));
    }

    /// The answer that is waited for.
    pub(super) fn take_later(&self) -> Option<(Answer, bool)> {
        self.later.lock().take()
    }

    /// Whether hyper has nothing to do: a request was read and answered to the last byte, or waits.
    pub(super) fn is_at_rest(&self) -> bool {
        let answered = self.answered.load(Relaxed) && !self.under_way.load(Relaxed);
        let done = self.has_read() && !self.unwritten.load(Relaxed);
        done && (answered || self.later.lock().is_some())
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress").finish_non_exhaustive()
    }
}

/// A request that is not answered to its end.
#[derive(Debug)]
pub(super) struct UnderWay(Arc<Progress>);

impl UnderWay {
    /// Lasts as long as the body does: hyper drops it when it has all of it.
    pub(super) fn until_the_end_of(self, body: Body) -> Body {
        Body::new(body.map_err(move |error| {
            let _held = &self;
            error
        }))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.store(false, Relaxed);
        self.0.answered.store(true, Relaxed);
    }
}
