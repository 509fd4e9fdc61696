//! The session over HTTP: who is signed in, signing in, signing out. The cookie is the browser's
//! own affair; no script sees it.

use gloo_net::http::{Request, Response};
use parlor_shared::{Person, Problem, Read, Value};

/// The one address.
const SESSION: &str = "/api/v1/session";

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
        .body(format!("{{\"name\":{}}}", Value::from(name)));
    let answer = request.map_err(|_| Refusal::Unreached)?.send().await;
    person(answer.map_err(|_| Refusal::Unreached)?).await
}

/// Signs out. What the server thinks of it changes nothing here.
pub async fn end() {
    let _ = Request::delete(SESSION).send().await;
}

async fn person(answer: Response) -> Result<Person, Refusal> {
    let text = answer.text().await.map_err(|_| Refusal::Unreached)?;
    let said: Value = serde_json::from_str(&text).map_err(|_| Refusal::Unreached)?;
    if answer.ok() {
        return said.get("person").and_then(Read::read).ok_or(Refusal::Unreached);
    }
    Err(Problem::read(&said).map_or(Refusal::Unreached, Refusal::Problem))
}
