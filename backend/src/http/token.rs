//! Where a client may put its session's token.

use axum::http::{HeaderMap, header};
use parlor_shared::TOKEN_SUBPROTOCOL_PREFIX;

use crate::engine::SessionToken;

/// The session's cookie.
pub(super) const COOKIE: &str = "parlor_session";

/// The token a request brings: as `Authorization: Bearer`, as a subprotocol, or as cookie, in this
/// order. What was put there on purpose wins over what a browser adds by itself.
pub(crate) fn offered_token(headers: &HeaderMap) -> Option<SessionToken> {
    let token = bearer(headers).or_else(|| subprotocol(headers)).or_else(|| cookie(headers))?;
    Some(SessionToken::of(token))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn subprotocol(headers: &HeaderMap) -> Option<&str> {
    items(headers, header::SEC_WEBSOCKET_PROTOCOL, ',')
        .find_map(|protocol| protocol.strip_prefix(TOKEN_SUBPROTOCOL_PREFIX))
}

/// The token in the cookie.
pub(super) fn cookie(headers: &HeaderMap) -> Option<&str> {
    items(headers, header::COOKIE, ';')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}

fn items(headers: &HeaderMap, name: header::HeaderName, by: char) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(move |text| text.split(by))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

    use super::{SessionToken, offered_token};

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_token_is_found_wherever_it_may_be() {
        let protocols = "parlor.v1.json, parlor.token.secret";
        for (name, value) in [
            (header::AUTHORIZATION, "Bearer secret"),
            (header::SEC_WEBSOCKET_PROTOCOL, protocols),
            (header::COOKIE, "theme=dark; parlor_session=secret"),
        ] {
            let found = offered_token(&headers(&[(name.clone(), value)]));
            assert_eq!(found, Some(SessionToken::of("secret")), "{name}");
        }
        assert_eq!(offered_token(&headers(&[(header::COOKIE, "other=secret")])), None);
    }

    #[test]
    fn a_token_given_on_purpose_wins_over_the_cookie() {
        let both = [(header::COOKIE, "parlor_session=old"), (header::AUTHORIZATION, "bearer new")];
        assert_eq!(offered_token(&headers(&both)), Some(SessionToken::of("new")));
    }
}
