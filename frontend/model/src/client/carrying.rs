//! The link as the client uses it: a socket, or requests that make one.

use parlor_shared::{Command, Event, decode_event};

use super::Client;
use crate::{Asking, Effect, Errand, LinkId, Now, Polling, Standing, Way, link::Step};

impl Client {
    /// Does what the connection machine asks.
    pub(super) fn step(&mut self, steps: Vec<Step>, now: Now) {
        for step in steps {
            match step {
                Step::Open(link, way) => self.open(link, way, now),
                Step::Try(link) => self.effects.push(Effect::Connect(link)),
                Step::Forgo => self.effects.push(Effect::Disconnect { code: 1000 }),
                Step::Disconnect(code) => {
                    if !self.cut() {
                        self.effects.push(Effect::Disconnect { code });
                    }
                }
                Step::Probe => self.probe(now),
                Step::Ask(link) => self.effects.push(Effect::AskSession(link)),
            }
        }
    }

    fn open(&mut self, link: LinkId, way: Way, now: Now) {
        self.cut();
        if way == Way::Socket {
            self.effects.push(Effect::Connect(link));
            return;
        }
        let (polling, errands) = Polling::open(way);
        self.polling = Some(polling);
        self.run(errands, now);
    }

    /// A link ended.
    pub(super) fn closed(&mut self, link: LinkId, code: u16, now: Now) {
        let random = (self.random)();
        if link == self.machine.id() {
            let steps = self.machine.closed(code, now.mono_ms, random);
            self.cut();
            self.step(steps, now);
        } else if Some(link) == self.machine.trial() {
            self.machine.trial_closed(now.mono_ms, random);
        }
    }

    /// What the server says of the session.
    pub(super) fn stands(&mut self, link: LinkId, standing: Standing, now: Now) {
        let random = (self.random)();
        let steps = self.machine.told(link, standing, now.mono_ms, random);
        self.step(steps, now);
    }

    /// The link is gone. Says whether it was one of polls.
    fn cut(&mut self) -> bool {
        let polled = self.polling.take().is_some();
        if polled {
            self.effects.push(Effect::Abandon);
        }
        self.rested_ms = None;
        self.wire.clear();
        self.requests.cut();
        let changes = self.chat.cut();
        self.changes.merge(changes);
        polled
    }

    /// A frame of a link. With its welcome, the socket that was tried is the link.
    pub(super) fn frame_of(&mut self, link: LinkId, text: &str, now: Now) {
        if link == self.machine.id() {
            self.frame(text, now);
        } else if Some(link) == self.machine.trial()
            && let Ok(event @ Event::Welcome(_)) = decode_event(text)
        {
            self.cut();
            self.machine.adopt();
            self.event(event, now);
        }
    }

    /// Sends a command by the way there is.
    pub(super) fn carry(&mut self, command: &Command, frame: String) {
        let Some(polling) = &mut self.polling else {
            self.effects.push(Effect::Transmit(frame));
            return;
        };
        for errand in polling.transmit(command, frame) {
            // Nothing else comes of what a client commands: it lets go of no log.
            if let Errand::Command(id, body) = errand {
                self.post(Asking::Command(id), body);
            }
        }
    }

    /// The answer to a post.
    pub(super) fn answered(&mut self, link: LinkId, asking: Asking, body: Option<&str>, now: Now) {
        let Some(polling) = self.polling.as_mut().filter(|_| link == self.machine.id()) else {
            return;
        };
        let errands = match asking {
            Asking::Command(id) => polling.replied(id, body),
            Asking::Poll(poll) => polling.polled(poll, body),
        };
        // Where commands are answered and polls are not, the link is silent; and a poll that was
        // overtaken by another one ends without an answer.
        let ends = matches!(errands.first(), Some(Errand::Close(_)));
        if matches!(asking, Asking::Poll(_)) && body.is_some() && !ends {
            self.machine.heard(now.mono_ms);
        }
        self.run(errands, now);
    }

    /// Asks whether anybody is there; always goes out.
    fn probe(&mut self, now: Now) {
        match &mut self.polling {
            Some(polling) => {
                let errands = polling.probe();
                self.run(errands, now);
            }
            None => self.ping(),
        }
    }

    /// Ends a rest that is over.
    pub(super) fn rest_until(&mut self, now: Now) {
        if self.rested_ms.is_none_or(|due| now.mono_ms < due) {
            return;
        }
        self.rested_ms = None;
        if let Some(polling) = &mut self.polling {
            let errands = polling.rested();
            self.run(errands, now);
        }
    }

    /// When [`Client::rest_until`] has something to do.
    pub(super) fn rest_due_ms(&self) -> Option<u64> {
        self.rested_ms
    }

    fn run(&mut self, errands: Vec<Errand>, now: Now) {
        let link = self.machine.id();
        for errand in errands {
            // What an event or a close led to may have ended this link.
            if self.polling.is_none() || self.machine.id() != link {
                return;
            }
            match errand {
                Errand::Command(id, body) => self.post(Asking::Command(id), body),
                Errand::Poll(poll, body) => self.post(Asking::Poll(poll), body),
                Errand::Rest(ms) => self.rested_ms = Some(now.mono_ms.saturating_add(ms)),
                Errand::Event(event) => self.event(event, now),
                Errand::Close(code) => self.closed(link, code, now),
            }
        }
    }

    fn post(&mut self, asking: Asking, body: String) {
        self.effects.push(Effect::Post(self.machine.id(), asking, body));
    }
}
