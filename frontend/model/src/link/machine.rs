//! The states of the link and what moves it from one to another.

use parlor_shared::CloseCode;

use super::{BackOff, Link, LinkView};
use crate::LinkId;

/// A link with nothing heard for this long is probed, in milliseconds.
const SILENCE_MS: u64 = 33_000;
/// A probe unanswered for this long means a dead link, in milliseconds.
const PROBE_MS: u64 = 1_000;
/// A link without a welcome after this long has failed, in milliseconds.
const WELCOME_MS: u64 = 10_000;
/// A link that stood for this long was no failure, in milliseconds.
const STABLE_MS: u64 = 10_000;
/// The close code of a client that gives a link up.
const GONE: u16 = 1000;

/// What the machine wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Open a socket.
    Connect(LinkId),
    /// Close the present one.
    Disconnect(u16),
    /// Ask whether anybody is there.
    Probe,
}

/// The machine.
#[derive(Debug)]
pub(crate) struct Machine {
    link: Link,
    since_ms: u64,
    without_since_ms: Option<u64>,
    id: LinkId,
    back_off: BackOff,
    heard_ms: u64,
    probe_until_ms: Option<u64>,
    restart_ms: Option<u64>,
}

impl Machine {
    pub(crate) fn new() -> Self {
        Self {
            link: Link::Idle,
            since_ms: 0,
            without_since_ms: None,
            id: LinkId(0),
            back_off: BackOff::default(),
            heard_ms: 0,
            probe_until_ms: None,
            restart_ms: None,
        }
    }

    pub(crate) fn view(&self) -> LinkView {
        LinkView {
            link: self.link,
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

    /// The device woke up or found a network.
    pub(crate) fn woke(&mut self, now: u64) -> Vec<Step> {
        match self.link {
            Link::Waiting { .. } => self.open(now),
            Link::Connected => self.probe(now),
            Link::Idle | Link::Connecting | Link::Out { .. } => Vec::new(),
        }
    }

    /// Something came in on the present socket.
    pub(crate) fn heard(&mut self, now: u64) {
        self.heard_ms = now;
        self.probe_until_ms = None;
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

    /// The present socket ended.
    pub(crate) fn closed(&mut self, code: u16, now: u64, random: u64) {
        if !CloseCode::invites_return(code) {
            self.enter(Link::Out { code }, now);
            return;
        }
        let stable = self.connected() && now.saturating_sub(self.since_ms) >= STABLE_MS;
        if stable {
            self.back_off.reset();
        }
        let wait = match self.restart_ms.take() {
            Some(delay) => delay,
            None => self.back_off.next_ms(random),
        };
        self.enter(Link::Waiting { until_ms: now.saturating_add(wait) }, now);
    }

    /// Time went by.
    pub(crate) fn timer(&mut self, now: u64, random: u64) -> Vec<Step> {
        if self.due_ms().is_none_or(|due| now < due) {
            return Vec::new();
        }
        match self.link {
            Link::Waiting { .. } => self.open(now),
            Link::Connecting => {
                self.closed(GONE, now, random);
                vec![Step::Disconnect(GONE)]
            }
            Link::Connected if self.probe_until_ms.is_some() => {
                let mut steps = vec![Step::Disconnect(GONE)];
                steps.extend(self.open(now));
                steps
            }
            Link::Connected => self.probe(now),
            Link::Idle | Link::Out { .. } => Vec::new(),
        }
    }

    /// When [`Machine::timer`] has something to do.
    pub(crate) fn due_ms(&self) -> Option<u64> {
        match self.link {
            Link::Waiting { until_ms } => Some(until_ms),
            Link::Connecting => Some(self.since_ms.saturating_add(WELCOME_MS)),
            Link::Connected => {
                Some(self.probe_until_ms.unwrap_or(self.heard_ms.saturating_add(SILENCE_MS)))
            }
            Link::Idle | Link::Out { .. } => None,
        }
    }

    fn open(&mut self, now: u64) -> Vec<Step> {
        self.id = LinkId(self.id.0 + 1);
        self.restart_ms = None;
        self.enter(Link::Connecting, now);
        vec![Step::Connect(self.id)]
    }

    fn probe(&mut self, now: u64) -> Vec<Step> {
        if self.probe_until_ms.is_some() {
            return Vec::new();
        }
        self.probe_until_ms = Some(now.saturating_add(PROBE_MS));
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
