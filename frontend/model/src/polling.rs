//! A link over requests, for networks that let no WebSocket through: to whoever uses it, it looks
//! like a socket.
//!
//! Commands are posted one by one, in each room one after the other. What is followed is held here
//! with its position and asked for with every poll, so any node can answer any poll.

mod lanes;

use parlor_shared::{
    Action, AnswerId, CloseCode, Command, CommandId, Event, LogId, Outcome, Page, PollAnswer,
    Position, Problem, encode, limits::POLL_WAIT_MS, read,
};

use crate::{Ordered, Way};
use lanes::Lanes;

/// From one short poll to the next, in milliseconds: what one waits for a message in the middle is
/// half of it.
const SHORT_MS: u64 = 2_000;
/// How long to wait for a place among the connections, in milliseconds.
const CROWDED_MS: u64 = 5_000;
/// The close code of a link that ended without one.
const ABNORMAL: u16 = 1006;

/// What whoever drives the link must do.
#[derive(Clone, Debug, PartialEq)]
pub enum Errand {
    /// Post this to `/api/v1/commands`; [`Polling::replied`] takes the answer.
    Command(CommandId, String),
    /// Post this to `/api/v1/poll`, instead of any poll under way; [`Polling::polled`] takes the
    /// answer.
    Poll(u64, String),
    /// Call [`Polling::rested`] after so many milliseconds.
    Rest(u64),
    /// The server says this.
    Event(Event),
    /// The link has ended, with this close code.
    Close(u16),
}

/// The link.
#[derive(Debug)]
pub struct Polling {
    /// Whether the server answers at once.
    short: bool,
    answer: Option<AnswerId>,
    after: Ordered<LogId, Option<Position>>,
    /// Follows without a reply: until then the next poll waits.
    following: Vec<CommandId>,
    /// A log that polls tell of is followed anew: the connection at the node may have told what is
    /// not on the page, or have yet to tell what was before it, so the next poll goes on with none.
    anew: bool,
    lanes: Lanes,
    /// The poll under way, if there is one; later ones have higher numbers.
    poll: u64,
    under_way: bool,
    /// Whether a rest was asked for.
    resting: bool,
    /// The server stops: what is under way is answered yet, and nothing is begun.
    leaves: bool,
}

impl Polling {
    /// A link that begins, by long polls unless `way` is the short ones; and its first errand.
    #[must_use]
    pub fn open(way: Way) -> (Self, Vec<Errand>) {
        let mut link = Self {
            short: way == Way::Short,
            answer: None,
            after: Ordered::default(),
            following: Vec::new(),
            anew: false,
            lanes: Lanes::default(),
            poll: 0,
            under_way: false,
            resting: false,
            leaves: false,
        };
        let first = link.ask(false);
        (link, vec![first])
    }

    /// Sends a command, which `frame` is in JSON.
    pub fn transmit(&mut self, command: &Command, frame: String) -> Vec<Errand> {
        let Command { id, action } = command;
        let id = *id;
        if let Action::Unfollow { log } = action {
            self.after.remove(log);
            return vec![Errand::Event(Event::Ok { id, result: Outcome::Done })];
        }
        if let Action::Follow { log, .. } = action {
            // Until the reply says where it stands, polls tell nothing of it.
            self.anew |= self.after.remove(log).is_some();
            self.following.push(id);
        }
        self.lanes.add(id, action, frame);
        let mut errands = Vec::new();
        if !self.leaves {
            self.lanes.next(&mut errands);
        }
        errands
    }

    /// Takes the answer to a command: its body, or nothing where none came.
    pub fn replied(&mut self, id: CommandId, body: Option<&str>) -> Vec<Errand> {
        self.lanes.done(id);
        let followed = self.following.len();
        self.following.retain(|other| *other != id);
        let follows = self.following.len() < followed;
        let event = match (body.and_then(read::<Event>), body.and_then(read::<Problem>)) {
            (Some(event), _) => event,
            (None, Some(problem @ (Problem::NoSession | Problem::ForeignOrigin))) => {
                return vec![Errand::Close(code(Some(&problem)))];
            }
            (None, Some(problem)) => Event::Error { id: Some(id), problem },
            (None, None) if body.is_none() => return vec![Errand::Close(code(None))],
            // Somebody between answered this one in their own words.
            (None, None) => Event::Error { id: Some(id), problem: Problem::Internal },
        };
        if let (true, Event::Ok { result: Outcome::Page(page), .. }) = (follows, &event)
            && !page.more
        {
            self.after.insert(page.log.clone(), Some(page.position.clone()));
        }
        let mut errands = vec![Errand::Event(event)];
        if self.leaves {
            errands.extend(self.leave());
            return errands;
        }
        self.lanes.next(&mut errands);
        if follows && self.following.is_empty() && self.answer.is_some() {
            errands.push(self.ask(true));
        }
        errands
    }

    /// Takes the answer to a poll: its body, or nothing where none came.
    pub fn polled(&mut self, poll: u64, body: Option<&str>) -> Vec<Errand> {
        if poll != self.poll {
            return Vec::new();
        }
        self.under_way = false;
        let Some(PollAnswer { answer, events, refused }) = body.and_then(read::<PollAnswer>) else {
            return match body.and_then(read::<Problem>) {
                Some(Problem::TooFast { wait_ms }) => self.rest(wait_ms).into_iter().collect(),
                // Some of them are one's own of a moment ago.
                Some(Problem::TooManyConnections) => self.rest(CROWDED_MS).into_iter().collect(),
                problem => vec![Errand::Close(code(problem.as_ref()))],
            };
        };
        self.answer = Some(answer);
        self.anew &= !self.following.is_empty();
        let nothing = events.is_empty();
        let mut told: Vec<Event> =
            events.into_iter().filter_map(|event| self.pass_on(event)).collect();
        for (log, _) in refused {
            self.after.remove(&log);
            // Followed anew, it is told why.
            told.push(Event::Interrupted { log });
        }
        if nothing {
            told.push(Event::Ping);
        }
        let mut errands: Vec<Errand> = told.into_iter().map(Errand::Event).collect();
        if self.leaves {
            errands.extend(self.leave());
            return errands;
        }
        if self.short {
            errands.extend(self.rest(SHORT_MS));
        } else if self.following.is_empty() {
            errands.push(self.ask(true));
        }
        errands
    }

    fn leave(&self) -> Option<Errand> {
        self.lanes.are_free().then_some(Errand::Close(CloseCode::Restarting.code()))
    }

    /// The rest is over.
    pub fn rested(&mut self) -> Vec<Errand> {
        self.resting = false;
        if self.under_way || self.leaves || !self.following.is_empty() {
            return Vec::new();
        }
        vec![self.ask(true)]
    }

    fn rest(&mut self, wait_ms: u64) -> Option<Errand> {
        (!std::mem::replace(&mut self.resting, true)).then_some(Errand::Rest(wait_ms))
    }

    /// Polls at once, for an answer at once: whether anybody is there.
    pub fn probe(&mut self) -> Vec<Errand> {
        if self.leaves { Vec::new() } else { vec![self.ask(false)] }
    }

    fn ask(&mut self, patient: bool) -> Errand {
        self.poll += 1;
        self.under_way = true;
        let waits = patient && !self.short && self.answer.is_some();
        let wait_ms = if waits { POLL_WAIT_MS } else { 0 };
        Errand::Poll(self.poll, self.request(wait_ms))
    }

    /// A `PollRequest`, by hand: a map of its own would bring the page 4 KB of code.
    fn request(&self, wait_ms: u64) -> String {
        let mut request = String::from("{");
        if let Some(AnswerId { connection, number }) = &self.answer {
            let connection = encode(&connection.as_str());
            // No answer has this number.
            let number = if self.anew { 0 } else { *number };
            request
                .push_str(&format!(r#""answer":{{"connection":{connection},"number":{number}}},"#));
        }
        request.push_str(r#""after":{"#);
        for (place, (log, held)) in self.after.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            let (log, held) = (encode(&log.to_string().as_str()), encode(held));
            request.push_str(&format!("{comma}{log}:{held}"));
        }
        request.push_str(&format!(r#"}},"wait_ms":{wait_ms}}}"#));
        request
    }

    /// What of an event is told, its position held from now on.
    fn pass_on(&mut self, event: Event) -> Option<Event> {
        match &event {
            Event::Entry(entry) => {
                let position = Position { epoch: entry.epoch.clone(), offset: entry.offset };
                *self.after.get_mut(&entry.log)? = Some(position);
            }
            Event::Changes(Page { log, reset: None, more: false, position, .. }) => {
                *self.after.get_mut(log)? = Some(position.clone());
            }
            Event::Changes(Page { log, .. }) => {
                // The log is another than was thought: it is followed anew, page by page.
                self.after.remove(log)?;
                return Some(Event::Interrupted { log: log.clone() });
            }
            Event::Interrupted { log } => {
                self.after.remove(log);
            }
            Event::Restarting { .. } => self.leaves = true,
            Event::Welcome(_)
            | Event::Ok { .. }
            | Event::Error { .. }
            | Event::Typing { .. }
            | Event::Presence { .. }
            | Event::Ping
            | Event::Unknown => {}
        }
        Some(event)
    }
}

/// With which code a socket would have been closed.
fn code(problem: Option<&Problem>) -> u16 {
    match problem {
        Some(Problem::NoSession) => CloseCode::NoSession.code(),
        Some(Problem::ForeignOrigin) => CloseCode::ForeignOrigin.code(),
        Some(Problem::StoreAway | Problem::StoreTimeout) => CloseCode::StoreAway.code(),
        Some(Problem::Stopping) => CloseCode::Restarting.code(),
        Some(_) => CloseCode::Internal.code(),
        None => ABNORMAL,
    }
}

#[cfg(test)]
mod tests;
