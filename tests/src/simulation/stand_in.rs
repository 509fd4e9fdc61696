//! A connection without a socket: what it is told is kept until a poll takes it.

use std::{collections::BTreeMap, mem::take};

use parlor_shared::{
    AnswerId, CommandId, ConnectionId, Event, LogId, Outcome, Page, PollAnswer, PollRequest,
    Position, Problem, Retry,
};

use super::{
    planted::Planted,
    requests::{Reply, RequestId},
};

/// How long a client may take from one answer to the next poll, in milliseconds.
const BETWEEN_POLLS_MS: u64 = 15_000;

/// What a stand-in is there for.
#[derive(Debug)]
pub(super) enum Place {
    /// One command, whose reply is the answer.
    Command(RequestId),
    /// A poll that is greeted first.
    Greets(RequestId, Box<PollRequest>),
    /// A poll, until this moment.
    Polls(RequestId, u64),
    /// A client between two polls, until this moment.
    Parked(u64),
    /// Nobody: the poll failed, and what it would have told is read anew by the next.
    Ended,
}

/// The stand-in.
#[derive(Debug)]
pub(super) struct StandIn {
    pub(super) id: ConnectionId,
    pub(super) place: Place,
    /// Answers so far.
    pub(super) answers: u64,
    events: Vec<Event>,
    refused: BTreeMap<LogId, Problem>,
    /// What was asked for with this poll, by the command it became.
    asked: BTreeMap<CommandId, (LogId, Option<Position>)>,
    fails: Option<Problem>,
}

impl StandIn {
    pub(super) fn new(id: ConnectionId, place: Place) -> Self {
        let (refused, asked) = (BTreeMap::new(), BTreeMap::new());
        Self { id, place, answers: 0, events: Vec::new(), refused, asked, fails: None }
    }

    /// A log is followed for the poll that begins.
    pub(super) fn asks(&mut self, id: CommandId, log: LogId, after: Option<Position>) {
        self.asked.insert(id, (log, after));
    }

    /// Keeps what a socket would have been sent.
    pub(super) fn keeps(&mut self, event: Event) {
        match event {
            Event::Ok { id, result: Outcome::Page(page) } => self.page(id, page),
            Event::Error { id: Some(id), problem } => self.refuse(id, problem),
            event @ (Event::Welcome(_)
            | Event::Ok { .. }
            | Event::Error { id: None, .. }
            | Event::Entry(_)
            | Event::Changes(_)
            | Event::Interrupted { .. }
            | Event::Typing { .. }
            | Event::Presence { .. }
            | Event::Ping
            | Event::Restarting { .. }
            | Event::Unknown) => self.events.push(event),
        }
    }

    /// What changed, if anything did.
    fn page(&mut self, id: CommandId, page: Page) {
        let held = self.asked.remove(&id).and_then(|(_, after)| after);
        let same = page.records.is_empty() && page.reset.is_none() && !page.more;
        if !same || held.as_ref() != Some(&page.position) {
            self.events.push(Event::Changes(page));
        }
    }

    fn refuse(&mut self, id: CommandId, problem: Problem) {
        match (self.asked.remove(&id), problem.retry()) {
            (Some((log, _)), Retry::Final) => drop(self.refused.insert(log, problem)),
            (Some(_) | None, _) => self.fails = Some(problem),
        }
    }

    /// Whether a poll waits for nothing but something to tell.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self.place, Place::Polls(..)) && self.asked.is_empty()
    }

    /// The answer to the poll under way, once there is something to tell, or it has waited.
    pub(super) fn answer(&mut self, planted: Planted, now: u64) -> Option<(RequestId, Reply)> {
        let Place::Polls(request, until) = self.place else { return None };
        let nothing = self.events.is_empty() && self.refused.is_empty() && self.fails.is_none();
        if !self.is_idle() || nothing && now < until {
            return None;
        }
        self.place = Place::Parked(now + BETWEEN_POLLS_MS);
        let begins = self.answers == 0;
        let events = planted.told(take(&mut self.events), begins);
        let refused = take(&mut self.refused).into_iter().collect();
        if let Some(problem) = self.fails.take() {
            self.place = Place::Ended;
            return Some((request, Reply::Problem(problem)));
        }
        self.answers += 1;
        let answer = AnswerId { connection: self.id.clone(), number: self.answers };
        Some((request, Reply::Told(PollAnswer { answer, events, refused })))
    }

    /// When it has something to do by itself.
    pub(super) fn due(&self) -> Option<u64> {
        match self.place {
            Place::Polls(_, until) if self.asked.is_empty() => Some(until),
            Place::Parked(until) => Some(until),
            Place::Command(_) | Place::Greets(..) | Place::Polls(..) | Place::Ended => None,
        }
    }

    /// Whether nobody needs it any more.
    pub(super) fn is_over(&self, now: u64) -> bool {
        match self.place {
            Place::Parked(until) => until <= now,
            Place::Ended => true,
            Place::Command(_) | Place::Greets(..) | Place::Polls(..) => false,
        }
    }

    /// Its client goes before the answer. Says whether it stays for the next poll.
    pub(super) fn is_left(&mut self, now: u64) -> bool {
        let stays = self.is_idle();
        if stays {
            self.place = Place::Parked(now + BETWEEN_POLLS_MS);
        }
        stays
    }
}
