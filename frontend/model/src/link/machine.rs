//! The states of the link and what moves it from one to another.

mod choice;
mod doubt;

use parlor_shared::CloseCode;

use super::{BackOff, Link, LinkView, Way, ways::Ways};
use crate::LinkId;

/// A link with nothing heard for this long is probed, in milliseconds.
const SILENCE_MS: u64 = 33_000;
/// A probe unanswered for this long means a dead socket, in milliseconds.
const PROBE_MS: u64 = 1_000;
/// The same for polls: each may have to open a connection first.
const POLL_PROBE_MS: u64 = 5_000;
/// A socket without a welcome after this long may be one that the network swallows, in milliseconds.
/// Requests go on by the time of the banner, 2 s.
const PATIENCE_MS: u64 = 1_700;
/// A link without a welcome after this long has failed, in milliseconds.
const WELCOME_MS: u64 = 10_000;
/// A link that stood for this long was no failure, in milliseconds.
const STABLE_MS: u64 = 10_000;
/// The close code of a client that gives a link up.
const GONE: u16 = 1000;

/// What the machine wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Open a link in place of the present one.
    Open(LinkId, Way),
    /// Open a socket beside the present link.
    Try(LinkId),
    /// Let go of that socket.
    Forgo,
    /// Close the present link.
    Disconnect(u16),
    /// Ask whether anybody is there.
    Probe,
    /// Ask what the server says of the session.
    Ask(LinkId),
}

/// The machine.
#[derive(Debug)]
pub(crate) struct Machine {
    link: Link,
    ways: Ways,
    since_ms: u64,
    without_since_ms: Option<u64>,
    /// The present link's.
    id: LinkId,
    /// The newest one's; each has a higher number than those before it.
    last: LinkId,
    back_off: BackOff,
    heard_ms: u64,
    probe_until_ms: Option<u64>,
    restart_ms: Option<u64>,
    /// Whether the server was asked about this attempt.
    asked: bool,
    /// The way of the present link, and the first of those that took it one after the other.
    taken: (Way, LinkId),
}

impl Machine {
    /// Begins with the way that worked last, or with the one that the person chose.
    pub(crate) fn new(way: Way, pin: Option<Way>) -> Self {
        Self {
            link: Link::Idle,
            ways: Ways::new(way, pin),
            since_ms: 0,
            without_since_ms: None,
            id: LinkId(0),
            last: LinkId(0),
            back_off: BackOff::default(),
            heard_ms: 0,
            probe_until_ms: None,
            restart_ms: None,
            asked: false,
            taken: (Way::default(), LinkId(0)),
        }
    }

    pub(crate) fn view(&self) -> LinkView {
        LinkView {
            link: self.link,
            way: self.ways.way,
            since_ms: self.since_ms,
            without_since_ms: self.without_since_ms,
        }
    }

    pub(crate) fn id(&self) -> LinkId {
        self.id
    }

    pub(crate) fn connected(&self) -> bool {
        self.link == Link::Connected
    }

    /// The person, or the driver, wants a link now.
    pub(crate) fn connect(&mut self, now: u64) -> Vec<Step> {
        match self.link {
            Link::Idle | Link::Waiting { .. } | Link::Out { .. } => self.open(now),
            Link::Connecting | Link::Connected => Vec::new(),
        }
    }

    /// The device woke up.
    pub(crate) fn woke(&mut self, now: u64) -> Vec<Step> {
        match self.link {
            Link::Waiting { .. } => self.open(now),
            Link::Connected => self.probe(now),
            Link::Idle | Link::Connecting | Link::Out { .. } => Vec::new(),
        }
    }

    /// Something came in on the present link.
    pub(crate) fn heard(&mut self, now: u64) {
        self.heard_ms = now;
        self.probe_until_ms = None;
        if self.connected() {
            self.ways.stands(now.saturating_sub(self.since_ms));
        }
    }

    /// The server said welcome.
    pub(crate) fn welcomed(&mut self, now: u64) {
        self.enter(Link::Connected, now);
        self.without_since_ms = None;
    }

    /// The server will close soon and said when to come back.
    pub(crate) fn restarting(&mut self, delay_ms: u64) {
        self.restart_ms = Some(delay_ms);
    }

    /// The present link ended.
    pub(crate) fn closed(&mut self, code: u16, now: u64, random: u64) -> Vec<Step> {
        if !CloseCode::invites_return(code) {
            return self.shut(code, now);
        }
        let stood = self.connected() && now.saturating_sub(self.since_ms) >= STABLE_MS;
        if stood {
            self.back_off.reset();
        }
        // A socket that had stood, or was closed with a word of the server's, was no blocked one.
        let mute = code < CloseCode::Restarting.code() && self.restart_ms.is_none();
        let doubtful = mute && !(stood && self.ways.way == Way::Socket);
        let wait = match self.restart_ms.take() {
            Some(delay) => delay,
            None => self.back_off.next_ms(random),
        };
        self.enter(Link::Waiting { until_ms: now.saturating_add(wait) }, now);
        if doubtful && self.ways.may_change() { vec![Step::Ask(self.id)] } else { Vec::new() }
    }

    /// Time went by.
    pub(crate) fn timer(&mut self, now: u64, random: u64) -> Vec<Step> {
        let mut steps = self.timer_of_trial(now, random);
        if self.link_due_ms().is_some_and(|due| due <= now) {
            steps.extend(self.timer_of_link(now, random));
        }
        steps
    }

    /// When [`Machine::timer`] has something to do.
    pub(crate) fn due_ms(&self) -> Option<u64> {
        [self.link_due_ms(), self.trial_due_ms()].into_iter().flatten().min()
    }

    fn link_due_ms(&self) -> Option<u64> {
        match self.link {
            Link::Waiting { until_ms } => Some(until_ms),
            Link::Connecting => {
                let patience = if self.doubts() { PATIENCE_MS } else { WELCOME_MS };
                // A crowded server has polls wait for its welcome.
                Some(self.heard_ms.saturating_add(patience))
            }
            Link::Connected => {
                Some(self.probe_until_ms.unwrap_or(self.heard_ms.saturating_add(SILENCE_MS)))
            }
            Link::Idle | Link::Out { .. } => None,
        }
    }

    fn timer_of_link(&mut self, now: u64, random: u64) -> Vec<Step> {
        match self.link {
            Link::Waiting { .. } => self.open(now),
            Link::Connecting if self.doubts() => {
                self.asked = true;
                vec![Step::Ask(self.id)]
            }
            Link::Connecting => {
                let mut steps = vec![Step::Disconnect(GONE)];
                steps.extend(self.closed(GONE, now, random));
                steps
            }
            // A poll waits for 25 s at most: one without an answer was swallowed.
            Link::Connected if self.probe_until_ms.is_some() || self.ways.way == Way::Long => {
                self.replace(now)
            }
            Link::Connected => self.probe(now),
            Link::Idle | Link::Out { .. } => Vec::new(),
        }
    }

    fn shut(&mut self, code: u16, now: u64) -> Vec<Step> {
        let tried = self.ways.trial.take().map(|_| Step::Forgo);
        // What was asked of the session is not asked of the next one.
        self.taken.1 = LinkId(self.last.0 + 1);
        self.enter(Link::Out { code }, now);
        tried.into_iter().collect()
    }

    /// A link in place of the one there is.
    fn replace_by(&mut self, now: u64) -> Vec<Step> {
        let mut steps = vec![Step::Disconnect(GONE)];
        steps.extend(self.open(now));
        steps
    }

    fn open(&mut self, now: u64) -> Vec<Step> {
        self.id = self.number();
        if self.taken.0 != self.ways.way {
            self.taken = (self.ways.way, self.id);
        }
        self.restart_ms = None;
        self.asked = false;
        self.enter(Link::Connecting, now);
        vec![Step::Open(self.id, self.ways.way)]
    }

    fn number(&mut self) -> LinkId {
        self.last = LinkId(self.last.0 + 1);
        self.last
    }

    fn probe(&mut self, now: u64) -> Vec<Step> {
        if self.probe_until_ms.is_some() {
            return Vec::new();
        }
        let patience = if self.ways.way == Way::Socket { PROBE_MS } else { POLL_PROBE_MS };
        self.probe_until_ms = Some(now.saturating_add(patience));
        vec![Step::Probe]
    }

    fn enter(&mut self, link: Link, now: u64) {
        if self.without_since_ms.is_none() {
            self.without_since_ms = Some(now);
        }
        self.link = link;
        self.since_ms = now;
        self.heard_ms = now;
        self.probe_until_ms = None;
    }
}
