//! Events without a socket: a poll is answered at once with what there is, or waits for it.

mod told;

use std::{net::SocketAddr, time::Duration};

use axum::{
    body::Bytes,
    extract::{ConnectInfo, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use parlor_shared::{CloseCode, Event, PollRequest, Problem, limits};
use tokio::time::{Instant, timeout_at};

use super::{command::json, offered_token};
use crate::{
    app::AppState, engine::SessionToken, error::Refusal, server::Later, socket::welcome,
    source::Source, stand_in::StandIn,
};
use told::Told;

/// `POST /api/v1/poll`. All it asks of the store is asked later, when the request takes no room: a
/// thousand may come at once, each time that somebody speaks.
pub(crate) async fn poll(
    State(app): State<AppState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let poll = read(&body.map_err(|_| Problem::Malformed)?)?;
    let source = Source::of(&app.config, &headers, address);
    let deadline = Instant::now() + Duration::from_millis(poll.wait_ms);
    // In a box: what is needed to begin is not kept while it waits.
    let begins = Box::pin(Waiting::begin(app, offered_token(&headers), source, poll));
    Ok(Later::respond(async move {
        match begins.await {
            Ok(waiting) => waiting.answer(deadline).await,
            Err(problem) => Refusal(problem).into_response(),
        }
    }))
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

/// A poll that waits. When the answer is given, and also when the client goes before that, its
/// connection stays for the next one.
struct Waiting {
    app: AppState,
    stand_in: Option<StandIn>,
    told: Told,
}

impl Waiting {
    /// A client who asks from `source` with `token`, follows what they hold.
    ///
    /// # Errors
    /// Who may not ask now, or the store's faults.
    async fn begin(
        app: AppState,
        token: Option<SessionToken>,
        source: Source,
        poll: PollRequest,
    ) -> Result<Self, Problem> {
        let stand_in = StandIn::begin(&app, token, source, poll.answer.as_ref()).await?;
        app.metrics.requests.poll(poll.wait_ms);
        let mut told = Told::default();
        if poll.answer.is_none() {
            let welcome = welcome(&app, &stand_in.connection).await?;
            told.event(&Event::Welcome(Box::new(welcome)));
        }
        told.follow(&app, &stand_in.connection, poll.after).await?;
        Ok(Self { app, stand_in: Some(stand_in), told })
    }

    /// Waits until there is something to tell, and tells it.
    async fn answer(mut self, deadline: Instant) -> Response {
        loop {
            match self.look(deadline) {
                Some(Ok(answer)) => return json(StatusCode::OK, answer),
                Some(Err(problem)) => return Refusal(problem).into_response(),
                // What was asked is not needed any more, nor is the room it took.
                None => self.told = Told::default(),
            }
            if let Some(stand_in) = &self.stand_in {
                // In time or not: what is there now is told.
                let _ = timeout_at(deadline, stand_in.connection.outbox.wait()).await;
            }
        }
    }

    /// The answer; none while there is nothing to tell and time to wait.
    fn look(&mut self, deadline: Instant) -> Option<Result<String, Problem>> {
        let Some(stand_in) = &mut self.stand_in else { return Some(Err(Problem::Internal)) };
        match self.told.take(&stand_in.connection) {
            Ok(None) if self.told.is_empty() && Instant::now() < deadline => None,
            Ok(None) => Some(Ok(self.told.answer(&stand_in.number_answer()))),
            Ok(Some(CloseCode::NoSession)) => Some(Err(Problem::NoSession)),
            // It ends with this answer: what it has lost is read anew by the next poll.
            Ok(Some(_)) => {
                let answer = self.told.answer(&stand_in.number_answer());
                self.stand_in = None;
                Some(Ok(answer))
            }
            // Nor does it go on without what was taken for this answer, should that not arrive.
            Err(problem) => {
                self.stand_in = None;
                Some(Err(problem))
            }
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(stand_in) = self.stand_in.take() {
            self.app.parked.park(stand_in, &self.app);
        }
    }
}
