//! Signing in, as a client without cookies does.

use anyhow::{Context, Result, bail};
use parlor_shared::{Person, Problem};
use serde::Deserialize;

/// A person's session.
#[derive(Clone, Debug, Deserialize)]
pub struct Session {
    /// Whose it is.
    pub person: Person,
    /// Its secret.
    pub token: String,
}

/// What came of asking for a name.
#[derive(Clone, Debug)]
pub enum SignIn {
    /// The person is in.
    In(Session),
    /// Refused, with this HTTP status.
    Refused(u16, Problem),
}

impl Session {
    /// Signs in to the server at `url` under `name`.
    ///
    /// # Errors
    /// When it cannot be reached or refuses.
    pub async fn begin(url: &str, name: &str) -> Result<Self> {
        Self::begin_over(&reqwest::Client::new(), url, name).await
    }

    /// Signs in over an HTTP client of the caller's, which keeps its connections and its address.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub async fn begin_over(http: &reqwest::Client, url: &str, name: &str) -> Result<Self> {
        match ask_over(http, url, name).await? {
            SignIn::In(session) => Ok(session),
            SignIn::Refused(status, problem) => bail!("{name}: {status} {problem:?}"),
        }
    }

    /// The session that a token belongs to.
    ///
    /// # Errors
    /// When the server cannot be reached or knows no such session.
    pub async fn of_token(url: &str, token: &str) -> Result<Self> {
        let request = reqwest::Client::new().get(format!("{url}/api/v1/session"));
        let answer = request.bearer_auth(token).send().await?.error_for_status()?;
        let Whose { person } = answer.json().await.context("no person in the answer")?;
        Ok(Self { person, token: token.to_owned() })
    }

    /// Signs in, or is told why not.
    ///
    /// # Errors
    /// When the server cannot be reached or answers neither.
    pub async fn ask(url: &str, name: &str) -> Result<SignIn> {
        ask_over(&reqwest::Client::new(), url, name).await
    }

    /// Asks for another name, and is told the person or, with an HTTP status, why not.
    ///
    /// # Errors
    /// When the server cannot be reached or answers neither.
    pub async fn rename(
        &self,
        url: &str,
        name: &str,
    ) -> Result<std::result::Result<Person, (u16, Problem)>> {
        let wish = serde_json::json!({ "name": name });
        let request = reqwest::Client::new().patch(format!("{url}/api/v1/session"));
        let answer = request.bearer_auth(&self.token).json(&wish).send().await?;
        let status = answer.status();
        if status.is_success() {
            let Whose { person } = answer.json().await.context("no person in the answer")?;
            return Ok(Ok(person));
        }
        Ok(Err((status.as_u16(), problem(answer).await?)))
    }
}

/// What `GET` and `PATCH` answer.
#[derive(Deserialize)]
struct Whose {
    person: Person,
}

async fn ask_over(http: &reqwest::Client, url: &str, name: &str) -> Result<SignIn> {
    let wish = serde_json::json!({ "name": name, "bearer": true });
    let answer = http.post(format!("{url}/api/v1/session")).json(&wish).send().await?;
    let status = answer.status();
    if status.is_success() {
        return Ok(SignIn::In(answer.json().await.context("no session in the answer")?));
    }
    Ok(SignIn::Refused(status.as_u16(), problem(answer).await?))
}

async fn problem(answer: reqwest::Response) -> Result<Problem> {
    let text = answer.text().await?;
    serde_json::from_str(&text).with_context(|| format!("no problem: {text}"))
}
