//! A request's body, which notes when it has been read to its end.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::body::{Bytes, HttpBody};
use hyper::body::{Frame, Incoming, SizeHint};

use super::progress::Progress;

/// What is left of a body must not pass for the next request: hyper, which skips it or closes, must
/// stay until there is none.
pub(super) struct Unread {
    body: Incoming,
    progress: Arc<Progress>,
}

impl Unread {
    /// Begins a request's.
    pub(super) fn of(body: Incoming, progress: &Arc<Progress>) -> Self {
        progress.reads(body.is_end_stream());
        Self { body, progress: Arc::clone(progress) }
    }
}

impl HttpBody for Unread {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if frame.is_none() || self.body.is_end_stream() {
            self.progress.reads(true);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
