//! The requests that the model asks for where no socket carries it, and what is kept of the way.

use std::rc::Rc;

use parlor_model::{Asking, Input, Link, LinkId, Standing};
use parlor_shared::Problem;

use super::Driver;
use crate::browser::{
    requests::{self, Abort},
    session::{self, Refusal},
    task,
};

/// Where commands are posted.
const COMMANDS: &str = "/api/v1/commands";
/// Where polls are.
const POLL: &str = "/api/v1/poll";

impl Driver {
    /// Posts a command or a poll, and tells the model of the answer.
    pub(super) fn post(&self, link: LinkId, asking: Asking, body: String) {
        let feed = self.feeder();
        let (address, signal) = match asking {
            Asking::Command(_) => (COMMANDS, None),
            Asking::Poll(_) => {
                // One at a time: browsers open six connections to a server.
                drop(self.0.poll.replace(Abort::new()));
                (POLL, self.0.poll.borrow().as_ref().map(Abort::signal))
            }
        };
        task::begin(async move {
            let answer = requests::send("POST", address, Some(body), signal).await;
            feed(Input::Answered(link, asking, answer.map(|(_, body)| body)));
        });
    }

    /// Asks the server whether the person is signed in, and tells the model.
    pub(super) fn ask_session(&self, link: LinkId) {
        let feed = self.feeder();
        task::begin(async move {
            let standing = match session::ask().await {
                Ok(_) => Standing::Known,
                Err(Refusal::Problem(Problem::NoSession)) => Standing::Nobody,
                Err(Refusal::Problem(_) | Refusal::Unreached) => Standing::Unreached,
            };
            feed(Input::Session(link, standing));
        });
    }

    /// Feeds an answer to whoever asked, and to nobody after them.
    fn feeder(&self) -> impl FnOnce(Input) + 'static {
        let (parts, stops) = (Rc::downgrade(&self.0), self.0.stops.get());
        move |input| {
            if let Some(parts) = parts.upgrade().filter(|parts| parts.stops.get() == stops) {
                Self(parts).feed(input);
            }
        }
    }

    /// Keeps which way works, for the next load.
    pub(super) fn keep_way(&self) {
        if let Some(view) = self.ask(parlor_model::Client::link)
            && view.link == Link::Connected
        {
            self.0.records.keep_way(view.way);
        }
    }
}
