//! What was said in a room, for those who come with nothing but an HTTP client.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use parlor_shared::{Action, Command, Epoch, LogId, Position, Problem, RoomId, encode};
use serde::Deserialize;

use super::{
    command::{json, page},
    offered_token,
};
use crate::{app::AppState, error::Refusal, ids, source::Source, stand_in::StandIn};

/// What the address may be asked with.
#[derive(Deserialize)]
pub(crate) struct Since {
    /// `epoch:offset` of the position held; the newest without it.
    since: Option<String>,
}

/// `GET /api/v1/rooms/{room}/messages?since=…`: one page of what changed since.
pub(crate) async fn messages(
    State(app): State<AppState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    Path(room): Path<String>,
    Query(Since { since }): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let source = Source::of(&app.config, &headers, address);
    let stand_in = StandIn::begin(&app, offered_token(&headers), source, None).await?;
    let log = RoomId::new(&room).map(LogId::Room).map_err(|_| Problem::BadParameters)?;
    let after = since.as_deref().map(position).transpose()?;
    let command = Command { id: ids::command()?, action: Action::Follow { log, after } };
    Ok(json(StatusCode::OK, encode(&page(app, stand_in, command).await?)))
}

fn position(text: &str) -> Result<Position, Problem> {
    let parts = text.rsplit_once(':').and_then(|(epoch, offset)| {
        Some(Position { epoch: Epoch::new(epoch).ok()?, offset: offset.parse().ok()? })
    });
    parts
        .filter(|position| position.offset <= parlor_shared::INTEGER_MAX)
        .ok_or(Problem::BadParameters)
}
