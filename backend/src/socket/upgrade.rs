//! From an HTTP request to a connection, or to a close code that a page understands: a browser
//! shows script no status, so refusals are accepted first.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, State, WebSocketUpgrade},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use parlor_shared::{
    CloseCode, Person, Problem, SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX, limits::FRAME_BYTES,
};

use super::{serve::serve, writer::refuse};
use crate::{
    app::AppState, connections::Admission, engine::EngineError, http, hub::Connection, ids,
    source::Source,
};

/// Of each connection, for as long as it lives. Axum's default is 128 KiB. What a page sends is
/// mostly shorter than this; a longer frame takes more than one read.
const READ_BUFFER: usize = 1024;
/// Written at once when so much has gathered, or when nothing more waits.
const WRITE_BUFFER: usize = 4 * 1024;
/// A frame up to this is read before it is refused, so that the close code arrives; a longer one
/// breaks the connection as soon as it says how long it is.
const READ_AT_MOST: usize = 4 * FRAME_BYTES;

/// `GET /ws`.
pub(crate) async fn upgrade(
    State(app): State<AppState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    ws: WebSocketUpgrade,
) -> Response {
    let (protocol, spoken) = choose_protocol(&headers);
    let admitted = match spoken {
        Ok(()) => admit(&app, &headers, Source::of(&app.config, &headers, address)).await,
        Err(code) => Err(code),
    };
    let mut ws = ws
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_message_size(READ_AT_MOST)
        .max_frame_size(READ_AT_MOST);
    if let Some(protocol) = protocol {
        ws.set_selected_protocol(protocol);
    }
    match admitted {
        Ok((connection, admission)) => ws.on_upgrade(|socket| {
            let served = serve(socket, app, connection);
            // The upgrade's own task ends here: what it needed is not kept for the connection's life.
            tokio::spawn(async move {
                served.await;
                drop(admission);
            });
            std::future::ready(())
        }),
        Err(code) => {
            app.metrics.links.closed(Some(code));
            ws.on_upgrade(move |socket| refuse(socket, code))
        }
    }
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
