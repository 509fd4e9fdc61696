//! Which form of a file a client takes, and how long it may keep it.

use axum::http::{HeaderMap, HeaderName, header};

/// A way a file was compressed ahead of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Encoding {
    /// As it stands in headers.
    pub(super) name: &'static str,
    /// As it stands behind the file's name.
    pub(super) suffix: &'static str,
}

const BROTLI: Encoding = Encoding { name: "br", suffix: "br" };
const GZIP: Encoding = Encoding { name: "gzip", suffix: "gz" };

/// The encodings the client takes, shortest result first.
pub(super) fn encodings(asked: &HeaderMap) -> Vec<Encoding> {
    let takes = |encoding: &Encoding| says(asked, header::ACCEPT_ENCODING, encoding.name);
    [BROTLI, GZIP].into_iter().filter(takes).collect()
}

/// Whether a list header has `item`, not switched off by `q=0`.
pub(super) fn says(headers: &HeaderMap, name: HeaderName, item: &str) -> bool {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|part| {
        let mut part = part.split(';').map(str::trim);
        let named = part.next() == Some(item);
        named && !part.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// Whether a name carries a hash of the content, as trunk's do: 16 hexadecimal digits after a dash.
pub(super) fn is_hashed(name: &str) -> bool {
    name.split(['-', '_', '.', '/'])
        .any(|part| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The media type of a file by its name.
pub(super) fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "wav" => "audio/wav",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{BROTLI, GZIP, encodings, is_hashed};

    fn accepting(value: &'static str) -> HeaderMap {
        [(header::ACCEPT_ENCODING, HeaderValue::from_static(value))].into_iter().collect()
    }

    #[test]
    fn the_shortest_form_the_client_takes_comes_first() {
        assert_eq!(encodings(&accepting("gzip, deflate, br, zstd")), [BROTLI, GZIP]);
        assert_eq!(encodings(&accepting("br;q=0, gzip;q=0.5")), [GZIP]);
        assert_eq!(encodings(&HeaderMap::new()), []);
    }

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        for name in ["page-0123456789abcdef.js", "page-0123456789abcdef.wasm"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["index.html", "sw.js", "parlor-page.js", "vendor/emoji.svg"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
