//! The page inside the binary (feature `page`): hashed names cached for ever, index never.

use std::borrow::Cow;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

#[cfg(feature = "page")]
mod built;
mod negotiation;
#[cfg(not(feature = "page"))]
mod unbuilt;

#[cfg(feature = "page")]
use built as files;
#[cfg(not(feature = "page"))]
use unbuilt as files;

use negotiation::{encodings, is_hashed, media_type, says};

/// One file of the page.
pub(super) struct Asset {
    bytes: std::borrow::Cow<'static, [u8]>,
    /// A hash of the bytes.
    tag: String,
}

/// The content security policy that the page was built with, or a strict one.
pub(crate) fn content_policy() -> HeaderValue {
    let built = files::asset("csp.txt").and_then(|asset| {
        let text = String::from_utf8_lossy(&asset.bytes).trim().to_owned();
        HeaderValue::from_str(&text).ok()
    });
    built.unwrap_or(HeaderValue::from_static(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ))
}

/// Everything that is no other address: a file of the page, or for a path without a dot one of its
/// documents: the chat, which has addresses of its own, wherever there is no other.
pub(crate) async fn page(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || ![Method::GET, Method::HEAD].contains(&method) {
        return (StatusCode::NOT_FOUND, "nothing here\n").into_response();
    }
    let (name, is_document) = match path.trim_end_matches('/') {
        "transports" => ("transports.html", true),
        named if named.contains('.') => (path, false),
        _ => ("index.html", true),
    };
    match files::asset(name) {
        Some(asset) => file(name, asset, &headers),
        None if is_document => files::missing(),
        None => (StatusCode::NOT_FOUND, "nothing here\n").into_response(),
    }
}

/// Not copied where it is part of the program.
fn whole(bytes: Cow<'static, [u8]>) -> Bytes {
    match bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}

/// A file in the shortest form the client takes.
fn file(name: &str, plain: Asset, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", plain.tag);
    let shorter = encodings(asked).into_iter().find_map(|encoding| {
        files::asset(&format!("{name}.{}", encoding.suffix)).map(|asset| (encoding.name, asset))
    });
    let (encoding, bytes) = match shorter {
        Some((encoding, asset)) => (Some(encoding), asset.bytes),
        None => (None, plain.bytes),
    };
    let unchanged = says(asked, header::IF_NONE_MATCH, &tag);
    let (status, body) = if unchanged {
        (StatusCode::NOT_MODIFIED, Body::empty())
    } else {
        (StatusCode::OK, Body::from(whole(bytes)))
    };
    let cache = if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}
