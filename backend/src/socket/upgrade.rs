//! From an HTTP request to a connection, or to a close code that a page understands: a browser
//! shows script no status, so refusals are accepted first.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use hyper::upgrade::OnUpgrade;
use parlor_shared::{
    CloseCode, Person, Problem, SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX, limits::FRAME_BYTES,
};
use tokio_tungstenite::tungstenite::{
    Error, handshake::server::create_response_with_body, protocol::WebSocketConfig,
};

use super::{
    link::{messages, stream_of},
    serve::serve,
    writer::refuse,
};
use crate::{
    app::AppState, connections::Admission, engine::EngineError, http, hub::Connection, ids,
    source::Source,
};

/// Of each connection, for as long as it lives. Axum's default is 128 KiB. What a page sends is
/// mostly shorter than this; a longer frame takes more than one read.
const READ_BUFFER: usize = 1024;
/// A frame up to this is read before it is refused, so that the close code arrives; a longer one
/// breaks the connection as soon as it says how long it is.
const READ_AT_MOST: usize = 4 * FRAME_BYTES;

/// `GET /ws`.
pub(crate) async fn upgrade(
    State(app): State<AppState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    mut request: Request,
) -> Response {
    let mut response = match create_response_with_body(&request, Body::empty) {
        Ok(response) => response,
        Err(error) => return not_a_websocket(&error),
    };
    let (protocol, spoken) = choose_protocol(request.headers());
    if let Some(protocol) = protocol {
        response.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, protocol);
    }
    let source = Source::of(&app.config, request.headers(), address);
    let admitted = match spoken {
        Ok(()) => admit(&app, request.headers(), source).await,
        Err(code) => Err(code),
    };
    tokio::spawn(begin(hyper::upgrade::on(&mut request), app, admitted));
    response
}

/// Takes the connection over once the answer was sent.
async fn begin(
    upgrade: OnUpgrade,
    app: AppState,
    admitted: Result<(Arc<Connection>, Admission), CloseCode>,
) {
    let upgraded = match upgrade.await {
        Ok(upgraded) => upgraded,
        Err(error) => return tracing::debug!(%error, "a connection ended before it was opened"),
    };
    let Some((stream, read)) = stream_of(upgraded) else {
        return tracing::error!("a WebSocket came by a listener that is not known here");
    };
    let link = Arc::new(stream);
    match admitted {
        Ok((connection, admission)) => {
            let messages =
                messages(Arc::clone(&link), read, Arc::clone(&connection), config()).await;
            // A task of its own: what the upgrade needed is not kept for the connection's life.
            tokio::spawn(serve(link, messages, app, connection, admission));
        }
        Err(code) => {
            app.metrics.links.closed(Some(code));
            refuse(&link, code).await;
        }
    }
}

fn config() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_message_size(Some(READ_AT_MOST))
        .max_frame_size(Some(READ_AT_MOST))
}

/// For those who look at the address with something else, or through a proxy that passes no upgrades.
fn not_a_websocket(why: &Error) -> Response {
    let offer = [(header::CONNECTION, "upgrade"), (header::UPGRADE, "websocket")];
    (StatusCode::UPGRADE_REQUIRED, offer, format!("{why}\n")).into_response()
}

/// The protocol to name in the answer, and whether it is one of ours. A browser breaks a connection
/// whose answer names none of those offered, so a foreign one is named before it is refused. Who
/// offers none gets the only version there is.
fn choose_protocol(headers: &HeaderMap) -> (Option<HeaderValue>, Result<(), CloseCode>) {
    let offers = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).into_iter();
    let offers = offers.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(','));
    let offers: Vec<&str> = offers
        .map(str::trim)
        .filter(|offer| !offer.is_empty() && !offer.starts_with(TOKEN_SUBPROTOCOL_PREFIX))
        .collect();
    match offers.first() {
        None => (None, Ok(())),
        Some(_) if offers.contains(&SUBPROTOCOL) => {
            (Some(HeaderValue::from_static(SUBPROTOCOL)), Ok(()))
        }
        Some(foreign) => (HeaderValue::from_str(foreign).ok(), Err(CloseCode::Version)),
    }
}

async fn admit(
    app: &AppState,
    headers: &HeaderMap,
    source: Source,
) -> Result<(Arc<Connection>, Admission), CloseCode> {
    if !http::is_own_origin(&app.config, headers) {
        return Err(CloseCode::ForeignOrigin);
    }
    let token = http::offered_token(headers).ok_or(CloseCode::NoSession)?;
    let account = app.engine.directory.session(token).await.map_err(|error| store_code(&error))?;
    let account = account.ok_or(CloseCode::NoSession)?;
    let id = ids::connection().map_err(|_: Problem| CloseCode::Internal)?;
    let person = Person { id: account.person, name: account.name };
    let connection = Arc::new(Connection::new(id, person, token, app.outboxes.clone()));
    let admission = app.connections.admit(Arc::clone(&connection), source)?;
    Ok((connection, admission))
}

fn store_code(error: &EngineError) -> CloseCode {
    match error {
        EngineError::Away(_) | EngineError::Timeout => CloseCode::StoreAway,
        EngineError::Corrupt(what) => {
            tracing::error!(what, "a session cannot be read");
            CloseCode::Internal
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};
    use parlor_shared::{CloseCode, SUBPROTOCOL};

    use super::choose_protocol;

    fn chosen(offer: &'static str) -> (Option<HeaderValue>, Result<(), CloseCode>) {
        let offer = (header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(offer));
        choose_protocol(&[offer].into_iter().collect::<HeaderMap>())
    }

    #[test]
    fn our_protocol_is_chosen_among_others_and_a_foreign_one_is_refused_by_name() {
        let ours = Some(HeaderValue::from_static(SUBPROTOCOL));
        assert_eq!(chosen("parlor.v9.json, parlor.v1.json, parlor.token.x"), (ours, Ok(())));
        let foreign = Some(HeaderValue::from_static("parlor.v9.json"));
        assert_eq!(chosen("parlor.token.x, parlor.v9.json"), (foreign, Err(CloseCode::Version)));
        assert_eq!(chosen("parlor.token.x"), (None, Ok(())));
    }
}
