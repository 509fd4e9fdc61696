//! The files that trunk and xtask left in `dist/`.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rust_embed::RustEmbed;

use super::Asset;

#[derive(RustEmbed)]
#[folder = "../dist"]
struct Files;

/// A file by its path in `dist/`.
pub(super) fn asset(name: &str) -> Option<Asset> {
    let file = Files::get(name)?;
    let tag = URL_SAFE_NO_PAD.encode(file.metadata.sha256_hash());
    Some(Asset { bytes: file.data, tag })
}

/// What stands where the page should be.
pub(super) fn missing() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, "the page was built without this document\n")
        .into_response()
}
