//! Is this node alive, and should it be given new work?

use std::time::Duration;

use axum::{extract::State, http::StatusCode};
use tokio::time::timeout;

use crate::app::AppState;

/// How long the store may take to answer before the node counts as not ready.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`: 200 for as long as the process answers.
pub(crate) async fn is_alive() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: 200, or 503 while the node stops or its store does not answer.
pub(crate) async fn is_ready(State(app): State<AppState>) -> (StatusCode, &'static str) {
    if app.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match timeout(PATIENCE, app.is_store_there()).await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        Ok(false) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store is away\n"),
    }
}
