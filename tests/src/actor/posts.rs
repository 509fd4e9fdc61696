//! The requests of a page whose network lets no socket through.

use std::{net::IpAddr, time::Duration};

use anyhow::Result;
use parlor_model::{Asking, Input, LinkId, Standing};
use parlor_shared::{PollAnswer, Problem, Value, encode, read};
use tokio::{sync::mpsc::UnboundedSender, task::AbortHandle};

use super::driver::Turn;

/// A command without an answer for so long has none.
const PATIENCE: Duration = Duration::from_secs(15);

/// Makes them, and says what came of them.
#[derive(Debug)]
pub(super) struct Posts {
    url: String,
    token: String,
    from: Option<IpAddr>,
    turns: UnboundedSender<Turn>,
    /// Made with the first request: most pages need none.
    http: Option<reqwest::Client>,
    poll: Option<(LinkId, Asking, AbortHandle)>,
}

impl Posts {
    pub(super) fn new(
        url: &str,
        token: &str,
        from: Option<IpAddr>,
        turns: UnboundedSender<Turn>,
    ) -> Self {
        let (url, token) = (url.to_owned(), token.to_owned());
        Self { url, token, from, turns, http: None, poll: None }
    }

    /// Posts a command or a poll; without a network nothing comes of it.
    pub(super) fn post(&mut self, link: LinkId, asking: Asking, body: String, online: bool) {
        let path = match asking {
            Asking::Command(_) => "commands",
            Asking::Poll(_) => {
                self.abandon();
                "poll"
            }
        };
        let address = format!("{}/api/v1/{path}", self.url);
        let request = self.http().post(address).body(body);
        let (request, turns) = (request.bearer_auth(&self.token), self.turns.clone());
        let request =
            if let Asking::Command(_) = asking { request.timeout(PATIENCE) } else { request };
        let task = tokio::spawn(async move {
            let answer = if online { text(request).await.ok() } else { None };
            // The page may be closed already.
            let _ = turns.send(Turn::Input(Input::Answered(link, asking, answer)));
        });
        if let Asking::Poll(_) = asking {
            self.poll = Some((link, asking, task.abort_handle()));
        }
    }

    /// Lets go of the poll under way: it ends without an answer, as a browser says.
    pub(super) fn abandon(&mut self) {
        if let Some((link, asking, poll)) = self.poll.take() {
            poll.abort();
            let _ = self.turns.send(Turn::Input(Input::Answered(link, asking, None)));
        }
    }

    /// Asks how the person stands with the server.
    pub(super) fn ask_session(&mut self, link: LinkId, online: bool) {
        let address = format!("{}/api/v1/session", self.url);
        let request = self.http().get(address);
        let (request, turns) = (request.bearer_auth(&self.token), self.turns.clone());
        tokio::spawn(async move {
            let answer = if online { text(request).await.ok() } else { None };
            let standing = standing(&answer.unwrap_or_default());
            let _ = turns.send(Turn::Input(Input::Session(link, standing)));
        });
    }

    fn http(&mut self) -> &reqwest::Client {
        let from = self.from;
        self.http.get_or_insert_with(|| {
            let client = reqwest::Client::builder().no_proxy().local_address(from);
            client.build().unwrap_or_default()
        })
    }
}

impl Drop for Posts {
    fn drop(&mut self) {
        self.abandon();
    }
}

async fn text(request: reqwest::RequestBuilder) -> Result<String> {
    Ok(request.send().await?.text().await?)
}

/// What an answer says; one that is not the server's says nothing.
fn standing(answer: &str) -> Standing {
    let person =
        serde_json::from_str::<Value>(answer).is_ok_and(|answer| answer.get("person").is_some());
    match read::<Problem>(answer) {
        Some(Problem::NoSession) => Standing::Nobody,
        None if person => Standing::Known,
        Some(_) | None => Standing::Unreached,
    }
}

/// What an answer tells, as the frames that a socket would have brought.
pub(super) fn told(asking: Asking, body: &str) -> Vec<String> {
    match asking {
        Asking::Command(_) => vec![body.to_owned()],
        Asking::Poll(_) => {
            let events = read::<PollAnswer>(body).map(|answer| answer.events).unwrap_or_default();
            events.iter().map(encode).collect()
        }
    }
}
