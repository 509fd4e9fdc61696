//! Another name for the person of a session.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use parlor_shared::{Person, Problem};
use serde::{Deserialize, Serialize};

use super::offered_token;
use crate::{app::AppState, error::Refusal, names::Name, renames};

/// What `PATCH /api/v1/session` takes.
#[derive(Deserialize)]
struct Wish {
    name: String,
}

/// What it answers.
#[derive(Serialize)]
struct Renamed {
    person: Person,
}

/// `PATCH /api/v1/session`: the session's person goes by another name from now on.
pub(crate) async fn rename(
    State(app): State<AppState>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let body = body.map_err(|_| Problem::BadParameters)?;
    let wish: Wish = serde_json::from_slice(&body).map_err(|_| Problem::BadParameters)?;
    let token = offered_token(&headers).ok_or(Problem::NoSession)?;
    let name = Name::new(&wish.name)?;
    let account = app.engine.directory.session(token).await?.ok_or(Problem::NoSession)?;
    app.may_rename(&account.person)?;
    let person = renames::rename(&app, &account.person, token, &name).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(Renamed { person })).into_response())
}
