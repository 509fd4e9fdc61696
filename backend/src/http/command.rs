//! Commands without a socket: the same frame as a request, its reply as the answer.

use std::net::SocketAddr;

use axum::{
    body::Bytes,
    extract::{ConnectInfo, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use parlor_shared::{
    ClientFrame, Command, DecodeError, Event, Outcome, Problem, decode_client_frame, decode_event,
    encode,
};

use super::offered_token;
use crate::{
    app::AppState,
    command,
    error::{Refusal, status},
    hub::{Frame, Step},
    socket::lane,
    source::Source,
    stand_in::StandIn,
};

/// How the two replies begin.
const OK: &str = r#"{"type":"ok""#;
const ERROR: &str = r#"{"type":"error""#;

/// `POST /api/v1/commands`: any command, answered by its `ok` or `error`.
pub(crate) async fn command(
    State(app): State<AppState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let source = Source::of(&app.config, &headers, address);
    let stand_in = StandIn::begin(&app, offered_token(&headers), source, None).await?;
    app.metrics.requests.commands.inc();
    let body = body.map_err(|_| Problem::Malformed)?;
    let text = std::str::from_utf8(&body).map_err(|_| Problem::Malformed)?;
    match decode_client_frame(text) {
        Ok(ClientFrame::Command(command)) => {
            let reply = reply(app, stand_in, command).await?;
            Ok(json(status_of(&reply), reply))
        }
        Ok(ClientFrame::Pong) => Err(Problem::Malformed.into()),
        Err(DecodeError { id, problem }) => {
            let status = status(&problem);
            Ok(json(status, encode(&Event::Error { id, problem })))
        }
    }
}

/// The page that answers a command, or why there is none.
///
/// # Errors
/// The command's problem.
pub(super) async fn page(
    app: AppState,
    stand_in: StandIn,
    command: Command,
) -> Result<parlor_shared::Page, Problem> {
    match decode_event(&reply(app, stand_in, command).await?) {
        Ok(Event::Ok { result: Outcome::Page(page), .. }) => Ok(page),
        Ok(Event::Error { problem, .. }) => Err(problem),
        Ok(_) | Err(_) => Err(Problem::Internal),
    }
}

/// The frame that answers a command. What was begun is finished, also when the client goes.
async fn reply(app: AppState, stand_in: StandIn, command: Command) -> Result<String, Problem> {
    let running = tokio::spawn(async move {
        let connection = &stand_in.connection;
        let place = connection.begin_command()?;
        let lane = lane(&command.action, connection);
        command::run(command, lane.as_ref(), place, connection, &app).await;
        connection.all_answered().await;
        // A node that stops says so to every connection, and that may come first.
        loop {
            match connection.outbox.step() {
                Step::Send(reply) if is_reply(&reply) => return Ok(reply.as_str().to_owned()),
                Step::Send(_) => {}
                Step::Rest | Step::Close(_) => return Err(Problem::Stopping),
            }
        }
    });
    running.await.map_err(|_| Problem::Internal)?
}

fn is_reply(frame: &Frame) -> bool {
    [OK, ERROR].iter().any(|kind| frame.as_str().starts_with(kind))
}

fn status_of(reply: &str) -> StatusCode {
    if reply.starts_with(OK) {
        return StatusCode::OK;
    }
    match decode_event(reply) {
        Ok(Event::Error { problem, .. }) => status(&problem),
        Ok(_) | Err(_) => StatusCode::OK,
    }
}

/// What is in JSON already.
pub(super) fn json(status: StatusCode, body: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body).into_response()
}
