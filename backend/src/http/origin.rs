//! Whose pages may talk to this node.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::config::Config;

/// Whether a request comes from no page at all, or from one of this node's own origins: the host
/// it was sent to, `--public-url`, or one of `--allow-origin`.
pub(crate) fn is_own_origin(config: &Config, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Some(origin) = text(Some(origin)) else { return false };
    let host = origin.split_once("://").map(|(_, host)| host);
    let own_host = host.is_some() && host == text(headers.get(header::HOST)).as_deref();
    own_host || config.public_url.as_ref() == Some(&origin) || config.allow_origin.contains(&origin)
}

fn text(value: Option<&HeaderValue>) -> Option<String> {
    value?.to_str().ok().map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{Config, is_own_origin};

    fn asked(origin: &'static str) -> bool {
        let config = Config {
            public_url: Some("https://chat.example.org".to_owned()),
            allow_origin: vec!["http://localhost:8080".to_owned()],
            ..Config::default()
        };
        let headers = [
            (header::HOST, HeaderValue::from_static("10.0.0.1:3000")),
            (header::ORIGIN, HeaderValue::from_static(origin)),
        ];
        is_own_origin(&config, &headers.into_iter().collect())
    }

    #[test]
    fn own_origins_may_talk_to_the_node() {
        assert!(asked("http://10.0.0.1:3000"));
        assert!(asked("https://CHAT.example.org"));
        assert!(asked("http://localhost:8080"));
        assert!(is_own_origin(&Config::default(), &HeaderMap::new()), "no page, no origin");
    }

    #[test]
    fn foreign_origins_may_not() {
        for origin in [
            "http://10.0.0.1",
            "http://10.0.0.1:3001",
            "http://chat.example.org",
            "https://chat.example.org.evil.example",
            "https://evil.example",
            "null",
            "",
        ] {
            assert!(!asked(origin), "{origin:?}");
        }
    }
}
