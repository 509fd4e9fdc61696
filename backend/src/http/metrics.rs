//! What an operator's Prometheus reads. Whoever reads it learns how much is said here, though never
//! what: on the main port it is for this machine alone, and never for what a proxy passes on.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::time::timeout;

use super::{is_alive, is_ready};
use crate::app::{App, AppState};

/// The text format of Prometheus.
const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// By these a proxy says for whom it asks.
const FORWARDED: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];
/// How long the store may take to show that it is up.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /metrics` on the main port: for this machine, or not there at all.
pub(crate) async fn metrics_for_this_machine(
    State(app): State<AppState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let config = &app.config;
    let open = config.metrics_listen.is_none() && !config.behind_proxy && !config.is_secure();
    let forwarded = FORWARDED.iter().any(|name| headers.contains_key(*name));
    if open && !forwarded && address.ip().to_canonical().is_loopback() {
        return tell(&app).await;
    }
    (StatusCode::NOT_FOUND, "metrics are told at --metrics-listen\n").into_response()
}

/// The routes at an address of their own, where whoever reaches it may read.
pub(crate) fn metrics_router(app: AppState) -> Router {
    let metrics = async |State(app): State<AppState>| tell(&app).await;
    Router::new()
        .route("/metrics", get(metrics))
        .route("/healthz", get(is_alive))
        .route("/readyz", get(is_ready))
        .with_state(app)
}

async fn tell(app: &App) -> Response {
    let up = timeout(PATIENCE, app.is_store_there()).await.unwrap_or(false);
    match app.metrics_text(up) {
        Ok(text) => ([(header::CONTENT_TYPE, FORMAT)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be told");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
