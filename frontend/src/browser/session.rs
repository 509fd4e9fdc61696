//! The session over HTTP: who is signed in, signing in, another name, signing out. The cookie is the browser's
//! own affair; no script sees it.

use parlor_shared::{Person, Problem, Read, Value, encode};

use super::requests;

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
    person("GET", None).await
}

/// Signs in under a name.
///
/// # Errors
/// [`Refusal`]; a taken name comes with a free one.
pub async fn begin(name: &str) -> Result<Person, Refusal> {
    person("POST", Some(named(name))).await
}

/// Gives the person who is signed in another name.
///
/// # Errors
/// [`Refusal`]; a taken name comes with a free one.
pub async fn rename(name: &str) -> Result<Person, Refusal> {
    person("PATCH", Some(named(name))).await
}

/// Signs out. What the server thinks of it changes nothing here.
pub async fn end() {
    let _ = requests::send("DELETE", SESSION, None, None).await;
}

/// Written by the way all frames are: a value's own printing would be a second one.
fn named(name: &str) -> String {
    format!("{{\"name\":{}}}", encode(&name))
}

async fn person(method: &str, body: Option<String>) -> Result<Person, Refusal> {
    let sent = requests::send(method, SESSION, body, None).await;
    let (fine, text) = sent.ok_or(Refusal::Unreached)?;
    let said: Value = serde_json::from_str(&text).map_err(|_| Refusal::Unreached)?;
    if fine {
        return said.get("person").and_then(Read::read).ok_or(Refusal::Unreached);
    }
    Err(Problem::read(&said).map_or(Refusal::Unreached, Refusal::Problem))
}
