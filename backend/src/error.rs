//! What can go wrong, by who hears of it: [`StartError`] for whoever starts a node, a shared
//! [`Problem`] for whoever asked something, [`Refusal`] for the same over HTTP. Store faults become
//! problems here and nowhere else.

use std::net::SocketAddr;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use parlor_shared::Problem;

use crate::engine::{EngineError, embedded::OpenError};

/// Why a node did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The embedded store could not be opened.
    #[error(transparent)]
    Embedded(#[from] OpenError),
    /// The store could not be reached.
    #[error("the store could not be opened")]
    Store(#[from] EngineError),
    /// The metrics' own address could not be listened on.
    #[error("the metrics could not be told at {0}: {1}")]
    MetricsListen(SocketAddr, std::io::Error),
    /// The metrics contradict each other.
    #[error("the metrics could not be set up")]
    Metrics(#[from] prometheus::Error),
    /// The port could not be opened, or the server could not go on.
    #[error("the server could not listen")]
    Listen(#[from] std::io::Error),
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Away(reason) => {
                tracing::debug!(reason, "the store is away");
                Self::StoreAway
            }
            EngineError::Timeout => Self::StoreTimeout,
            EngineError::Corrupt(what) => {
                tracing::error!(what, "the store holds something unreadable");
                Self::Internal
            }
        }
    }
}

/// A problem as an HTTP answer: the problem's JSON under a fitting status.
#[derive(Debug)]
pub(crate) struct Refusal(pub Problem);

impl<E: Into<Problem>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (status(&self.0), Json(self.0)).into_response()
    }
}

/// The status of a problem.
pub(crate) fn status(problem: &Problem) -> StatusCode {
    match problem {
        Problem::Malformed
        | Problem::UnknownCommand
        | Problem::BadParameters
        | Problem::TooDeep { .. }
        | Problem::TooManyFollows { .. }
        | Problem::LobbyStays
        | Problem::TextEmpty
        | Problem::NameNotAllowed { .. } => StatusCode::BAD_REQUEST,
        Problem::TextTooLong { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Problem::NoSession => StatusCode::UNAUTHORIZED,
        Problem::NotAMember | Problem::NotAllowed | Problem::ForeignOrigin => StatusCode::FORBIDDEN,
        Problem::NoSuchRoom { .. } | Problem::NoSuchMessage { .. } => StatusCode::NOT_FOUND,
        Problem::NameTaken { .. } | Problem::RoomFull { .. } => StatusCode::CONFLICT,
        Problem::TooManyInFlight { .. } | Problem::TooManyConnections | Problem::TooFast { .. } => {
            StatusCode::TOO_MANY_REQUESTS
        }
        Problem::StoreAway | Problem::Busy | Problem::Stopping => StatusCode::SERVICE_UNAVAILABLE,
        Problem::StoreTimeout => StatusCode::GATEWAY_TIMEOUT,
        Problem::Internal | Problem::Unknown { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
