//! An answer that is yet to come.

use std::{fmt, pin::Pin, sync::Arc};

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use parking_lot::Mutex;

/// What becomes the answer. Dropped when the client goes before.
pub(super) type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Goes in place of an answer to whoever serves the connection.
#[derive(Clone)]
pub(crate) struct Later(
    /// Taken once.
    Arc<Mutex<Option<Answer>>>,
);

impl Later {
    /// Stands for the answer that `answer` becomes. Until then the request takes no memory but what
    /// `answer` itself has.
    pub(crate) fn respond(answer: impl Future<Output = Response> + Send + 'static) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(Self(Arc::new(Mutex::new(Some(Box::pin(answer))))));
        response
    }

    /// The answer that `response` stands for, if it does: with the headers that it was given on the
    /// way.
    pub(super) fn of(response: &mut Response) -> Option<Answer> {
        let Self(answer) = response.extensions_mut().remove()?;
        let answer = answer.lock().take()?;
        // That of the stand-in's body.
        response.headers_mut().remove(header::CONTENT_LENGTH);
        // A third of the room that the map takes.
        let headers: Box<[_]> = response.headers().iter().map(owned).collect();
        Some(Box::pin(async move { with(headers, answer.await) }))
    }
}

/// Adds headers that are not set.
fn with(headers: Box<[(HeaderName, HeaderValue)]>, mut response: Response) -> Response {
    for (name, value) in headers {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

fn owned((name, value): (&HeaderName, &HeaderValue)) -> (HeaderName, HeaderValue) {
    (name.clone(), value.clone())
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Later").finish_non_exhaustive()
    }
}
