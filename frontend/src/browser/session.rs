//! The session over HTTP: who is signed in, signing in, signing out. The cookie is the browser's
//! own affair; no script sees it.

use gloo_net::http::{Request, Response};
use parlor_shared::{Person, Problem};
use serde::Deserialize;
use serde_json::json;

/// The one address.
const SESSION: &str = "/api/v1/session";

#[derive(Deserialize)]
struct Answer {
    person: Person,
}

/// Why there is no session.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The server's reason.
    Problem(Problem),
    /// The server could not be reached, or said something else.
    Unreached,
}

/// Who is signed in; `NoSession` for nobody.
///
/// # Errors
/// [`Refusal`].
pub async fn ask() -> Result<Person, Refusal> {
    let answer = Request::get(SESSION).send().await;
    person(answer.map_err(|_| Refusal::Unreached)?).await
}

/// Signs in under a name.
///
/// # Errors
/// [`Refusal`]; a taken name comes with a free one.
pub async fn begin(name: &str) -> Result<Person, Refusal> {
    let request = Request::post(SESSION)
        .header("content-type", "application/json")
        .body(json!({ "name": name }).to_string());
    let answer = request.map_err(|_| Refusal::Unreached)?.send().await;
    person(answer.map_err(|_| Refusal::Unreached)?).await
}

/// Signs out. What the server thinks of it changes nothing here.
pub async fn end() {
    let _ = Request::delete(SESSION).send().await;
}

async fn person(answer: Response) -> Result<Person, Refusal> {
    let text = answer.text().await.map_err(|_| Refusal::Unreached)?;
    if answer.ok() {
        let read = serde_json::from_str::<Answer>(&text).map_err(|_| Refusal::Unreached)?;
        return Ok(read.person);
    }
    Err(serde_json::from_str(&text).map_or(Refusal::Unreached, Refusal::Problem))
}
