//! Events without a socket: a poll is answered at once with what there is, or waits for it.

mod told;

use std::{net::SocketAddr, time::Duration};

use axum::{
    body::Bytes,
    extract::{ConnectInfo, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use parlor_shared::{CloseCode, Event, PollRequest, Problem, limits};
use tokio::time::{Instant, timeout_at};

use super::command::json;
use crate::{
    app::{App, AppState},
    error::Refusal,
    socket::welcome,
    source::Source,
    stand_in::StandIn,
};
use told::Told;

/// `POST /api/v1/poll`.
pub(crate) async fn poll(
    State(app): State<AppState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let poll = read(&body.map_err(|_| Problem::Malformed)?)?;
    let source = Source::of(&app.config, &headers, address);
    let stand_in = StandIn::begin(&app, &headers, source, poll.answer.as_ref()).await?;
    let mut told = Told::default();
    if poll.answer.is_none() {
        let welcome = welcome(&app, &stand_in.connection).await?;
        told.event(&Event::Welcome(Box::new(welcome)));
    }
    told.follow(&app, &stand_in.connection, poll.after).await?;
    let answer = wait(&app, stand_in, told, Duration::from_millis(poll.wait_ms)).await?;
    Ok(json(StatusCode::OK, answer))
}

fn read(body: &[u8]) -> Result<PollRequest, Problem> {
    let poll: PollRequest = serde_json::from_slice(body).map_err(|_| Problem::BadParameters)?;
    let fits = |offset: u64| offset <= parlor_shared::INTEGER_MAX;
    if poll.after.len() > limits::FOLLOWS {
        return Err(Problem::TooManyFollows { max: limits::FOLLOWS as u32 });
    }
    let offsets_fit = poll.after.values().flatten().all(|position| fits(position.offset));
    if poll.wait_ms > limits::POLL_WAIT_MS || !offsets_fit {
        return Err(Problem::BadParameters);
    }
    Ok(poll)
}

/// Waits until there is something to tell, and tells it.
async fn wait(
    app: &App,
    stand_in: StandIn,
    mut told: Told,
    patience: Duration,
) -> Result<String, Problem> {
    let deadline = Instant::now() + patience;
    let mut waiting = Waiting { app, stand_in: Some(stand_in) };
    loop {
        let Some(stand_in) = &mut waiting.stand_in else { return Err(Problem::Internal) };
        let connection = &stand_in.connection;
        match told.take(connection)? {
            None if told.is_empty() && Instant::now() < deadline => {
                // In time or not: what is there now is told.
                let _ = timeout_at(deadline, connection.outbox.wait()).await;
            }
            None => return Ok(told.answer(&stand_in.number_answer())),
            Some(CloseCode::NoSession) => return Err(Problem::NoSession),
            // It ends with this answer: what it has lost is read anew by the next poll.
            Some(_) => {
                let answer = told.answer(&stand_in.number_answer());
                waiting.stand_in = None;
                return Ok(answer);
            }
        }
    }
}

/// A poll that waits. When the answer is given, and also when the client goes before that, its
/// connection stays for the next one.
struct Waiting<'a> {
    app: &'a App,
    stand_in: Option<StandIn>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(stand_in) = self.stand_in.take() {
            self.app.parked.park(stand_in, self.app);
        }
    }
}
