//! A link over requests, for networks that let no WebSocket through: to whoever uses it, it looks
//! like a socket.
//!
//! Commands are posted one by one, in each room one after the other. What is followed is held here
//! with its position and asked for with every poll, so any node can answer any poll.

mod lanes;

use std::collections::{BTreeMap, BTreeSet};

use parlor_shared::{
    Action, AnswerId, ClientFrame, CloseCode, Command, CommandId, Event, LogId, Outcome, Page,
    PollAnswer, PollRequest, Position, Problem, Retry, decode_client_frame, encode,
    limits::POLL_WAIT_MS, read,
};

use lanes::Lanes;

/// From one short poll to the next, in milliseconds: what one waits for a message in the middle is
/// half of it.
const SHORT_MS: u64 = 2_000;
/// The close code of a link that ended without one.
const ABNORMAL: u16 = 1006;

/// How polls wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The server answers when there is something to tell.
    Long,
    /// The server answers at once; it is asked again every 2 s.
    Short,
}

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
    way: Way,
    answer: Option<AnswerId>,
    after: BTreeMap<LogId, Option<Position>>,
    /// Follows without a reply: until then the next poll waits.
    following: BTreeSet<CommandId>,
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
    /// A link that begins, and its first errand.
    #[must_use]
    pub fn open(way: Way) -> (Self, Vec<Errand>) {
        let mut link = Self {
            way,
            answer: None,
            after: BTreeMap::new(),
            following: BTreeSet::new(),
            lanes: Lanes::default(),
            poll: 0,
            under_way: false,
            resting: false,
            leaves: false,
        };
        let first = link.ask();
        (link, vec![first])
    }

    /// Sends a client's frame.
    pub fn transmit(&mut self, frame: String) -> Vec<Errand> {
        let Ok(ClientFrame::Command(Command { id, action })) = decode_client_frame(&frame) else {
            // A pong: every answer shows that the server is there.
            return Vec::new();
        };
        if let Action::Unfollow { log } = &action {
            self.after.remove(log);
            return vec![Errand::Event(Event::Ok { id, result: Outcome::Done })];
        }
        if let Action::Follow { log, .. } = &action {
            // Until the reply says where it stands, polls tell nothing of it.
            self.after.remove(log);
            self.following.insert(id);
        }
        self.lanes.add(id, &action, frame);
        if self.leaves { Vec::new() } else { self.lanes.next().collect() }
    }

    /// Takes the answer to a command: its body, or nothing where none came.
    pub fn replied(&mut self, id: CommandId, body: Option<&str>) -> Vec<Errand> {
        self.lanes.done(id);
        let follows = self.following.remove(&id);
        let event = match body.and_then(read::<Event>) {
            Some(event) => event,
            None => match body.and_then(read::<Problem>) {
                Some(problem) if problem.retry() != Retry::Final => {
                    Event::Error { id: Some(id), problem }
                }
                problem => return vec![Errand::Close(code(problem.as_ref()))],
            },
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
        errands.extend(self.lanes.next());
        if follows && self.following.is_empty() && self.answer.is_some() {
            errands.push(self.ask());
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
                problem => vec![Errand::Close(code(problem.as_ref()))],
            };
        };
        self.answer = Some(answer);
        let nothing = events.is_empty();
        let mut told: Vec<Event> =
            events.into_iter().filter_map(|event| self.pass_on(event)).collect();
        for log in refused.into_keys() {
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
        match self.way {
            Way::Long if self.following.is_empty() => errands.push(self.ask()),
            Way::Long => {}
            Way::Short => errands.extend(self.rest(SHORT_MS)),
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
        vec![self.ask()]
    }

    fn rest(&mut self, wait_ms: u64) -> Option<Errand> {
        (!std::mem::replace(&mut self.resting, true)).then_some(Errand::Rest(wait_ms))
    }

    fn ask(&mut self) -> Errand {
        self.poll += 1;
        self.under_way = true;
        let waits = self.way == Way::Long && self.answer.is_some();
        let wait_ms = if waits { POLL_WAIT_MS } else { 0 };
        let poll = PollRequest { answer: self.answer.clone(), after: self.after.clone(), wait_ms };
        Errand::Poll(self.poll, encode(&poll))
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
        Some(Problem::TooManyConnections) => CloseCode::TooManyConnections.code(),
        Some(Problem::StoreAway | Problem::StoreTimeout) => CloseCode::StoreAway.code(),
        Some(Problem::Stopping) => CloseCode::Restarting.code(),
        Some(_) | None => ABNORMAL,
    }
}

#[cfg(test)]
mod tests;
