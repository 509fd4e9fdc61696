//! Sessions: a person gives a name and is in.

use std::net::SocketAddr;

use axum::{
    Json,
    body::Bytes,
    extract::{ConnectInfo, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use parlor_shared::{Person, Problem};
use serde::{Deserialize, Serialize};

use super::{
    offered_token,
    token::{COOKIE, cookie},
};
use crate::{
    app::{App, AppState},
    engine::{Account, NameOf, NameOutcome, SessionToken},
    error::Refusal,
    ids, lobby,
    names::Name,
    source::Source,
};

/// How long a browser keeps the cookie: as long as an unused session lives, 30 days.
const COOKIE_SECONDS: u64 = 30 * 24 * 60 * 60;

/// What `POST /api/v1/session` takes.
#[derive(Deserialize)]
struct NewSession {
    name: String,
    /// Answer with the token instead of a cookie.
    #[serde(default)]
    bearer: bool,
}

/// What the session's addresses answer.
#[derive(Serialize)]
struct Session {
    person: Person,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// `POST /api/v1/session`: a new person with a name, in the lobby already.
pub(crate) async fn create_session(
    State(app): State<AppState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let body = body.map_err(|_| Problem::BadParameters)?;
    let asked: NewSession = serde_json::from_slice(&body).map_err(|_| Problem::BadParameters)?;
    let name = Name::new(&asked.name)?;
    app.may_begin_session(Source::of(&app.config, &headers, address))?;
    let token = ids::token()?;
    let person = create_account(&app, &name, &token).await?;
    if let Err(problem) = lobby::welcome(&app, &person).await {
        // The account stands; the first connection makes up for it.
        let problem = problem.name();
        tracing::warn!(person.id = %person.id, problem, "a new person is not in the lobby yet");
    }
    tracing::info!(person.id = %person.id, "a new person");
    let cookie = (!asked.bearer).then(|| set_cookie(&app, &token, COOKIE_SECONDS));
    let token = asked.bearer.then_some(token);
    Ok((StatusCode::CREATED, cookie.map(|c| [c]), Json(Session { person, token })).into_response())
}

/// `GET /api/v1/session`: whose session this is. The browser keeps its cookie anew from here, as the
/// session lives anew from each use.
pub(crate) async fn read_session(
    State(app): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let token = offered_token(&headers).ok_or(Problem::NoSession)?;
    let account = app.engine.directory.session(token).await?.ok_or(Problem::NoSession)?;
    let person = Person { id: account.person, name: account.name };
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    let held = cookie(&headers).filter(|held| SessionToken::of(held) == token);
    let renewed = held.map(|held| [set_cookie(&app, held, COOKIE_SECONDS)]);
    Ok((fresh, renewed, Json(Session { person, token: None })).into_response())
}

/// `DELETE /api/v1/session`: ends it, and what is connected with it.
pub(crate) async fn end_session(
    State(app): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if let Some(token) = offered_token(&headers) {
        app.engine.directory.end_session(token).await?;
        app.connections.end_session(token);
    }
    Ok((StatusCode::NO_CONTENT, [set_cookie(&app, "", 0)]).into_response())
}

async fn create_account(app: &App, name: &Name, token: &str) -> Result<Person, Problem> {
    let account = Account { person: ids::person()?, name: name.shown.clone() };
    let directory = &*app.engine.directory;
    let hash = SessionToken::of(token);
    match directory.create_account(&account, &name.skeleton, hash).await? {
        NameOutcome::Created => Ok(Person { id: account.person, name: account.name }),
        NameOutcome::Taken => Err(name.taken(NameOf::Person, directory).await?),
    }
}

fn set_cookie(app: &App, token: &str, seconds: u64) -> (HeaderName, String) {
    let secure = if app.config.is_secure() { "; Secure" } else { "" };
    let rest = format!("HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}{secure}");
    (header::SET_COOKIE, format!("{COOKIE}={token}; {rest}"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::http::HeaderValue;

    use super::{App, COOKIE, Name, State, create_account, header, ids, read_session};
    use crate::Config;

    #[tokio::test]
    async fn a_browser_keeps_its_cookie_anew_from_each_visit() {
        let directory = tempfile::tempdir().unwrap();
        let config = Config { data: directory.path().to_owned(), ..Config::default() };
        let app = Arc::new(App::open(config).await.unwrap());
        let token = ids::token().unwrap();
        create_account(&app, &Name::new("Ada").unwrap(), &token).await.unwrap();
        let cookie = format!("{COOKIE}={token}");
        for (name, value, renews) in [
            (header::COOKIE, cookie.clone(), true),
            (header::AUTHORIZATION, format!("Bearer {token}"), false),
        ] {
            let headers = [(name, HeaderValue::from_str(&value).unwrap())].into_iter().collect();
            let answer = read_session(State(Arc::clone(&app)), headers).await.unwrap();
            let set = answer.headers().get(header::SET_COOKIE).map(|set| set.to_str().unwrap());
            assert_eq!(set.is_some_and(|set| set.starts_with(&cookie)), renews, "{set:?}");
            assert_eq!(set.is_some_and(|set| set.contains("Max-Age=2592000")), renews, "{set:?}");
        }
    }
}
