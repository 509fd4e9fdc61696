//! Every layer around the routes, outermost last.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use parlor_shared::{Problem, limits};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::{app::AppState, error::Refusal, http};

/// Puts all layers around `routes`.
pub(crate) fn around(routes: Router<AppState>, app: &AppState) -> Router<AppState> {
    routes
        .layer(DefaultBodyLimit::max(limits::FRAME_BYTES))
        .layer(from_fn_with_state(AppState::clone(app), refuse_foreign_changes))
        .layer(unless_set(header::CONTENT_SECURITY_POLICY, http::content_policy()))
        .layer(unless_set(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .layer(unless_set(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")))
        .layer(unless_set(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")))
}

fn unless_set(name: HeaderName, value: HeaderValue) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, value)
}

/// Refuses a change that a page of another origin asks for.
async fn refuse_foreign_changes(
    State(app): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if reads || http::is_own_origin(&app.config, request.headers()) {
        return next.run(request).await;
    }
    Refusal(Problem::ForeignOrigin).into_response()
}
