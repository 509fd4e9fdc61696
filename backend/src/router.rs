//! Every address this node answers.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{app::AppState, http, middleware, socket};

/// The whole node as one service.
pub(crate) fn router(app: AppState) -> Router {
    let routes = Router::new()
        .route(
            "/api/v1/session",
            post(http::create_session)
                .get(http::read_session)
                .patch(http::rename)
                .delete(http::end_session),
        )
        .route("/api/v1/commands", post(http::command))
        .route("/api/v1/poll", post(http::poll))
        .route("/api/v1/rooms/{room}/messages", get(http::messages))
        .route("/ws", get(socket::upgrade))
        .route("/healthz", get(http::is_alive))
        .route("/readyz", get(http::is_ready))
        .route("/metrics", get(http::metrics_for_this_machine))
        .fallback(http::page);
    middleware::around(routes, &app).with_state(app)
}
