//! A server without its page: for tests, and for work on the page with `cargo xtask dev`.

use axum::response::{IntoResponse, Response};

use super::Asset;

/// There is none.
pub(super) const fn asset(_name: &str) -> Option<Asset> {
    None
}

/// How to get the page.
pub(super) fn missing() -> Response {
    "This is Parlor's server, built without its page.\n\
     `cargo xtask run` builds both and serves them here; `cargo xtask dev` serves the page beside it.\n"
        .into_response()
}
