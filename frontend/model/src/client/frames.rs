//! What comes in on the link.

use parlor_shared::{Event, Retry, decode_event};

use super::Client;
use crate::{
    Effect, Now,
    chat::{About, apply, wait_of},
};

/// The answer to the server's ping.
const PONG: &str = r#"{"type":"pong"}"#;

impl Client {
    /// One text frame. What is no event of the protocol is ignored, but counts as a sign of life.
    pub(super) fn frame(&mut self, text: &str, now: Now) {
        self.machine.heard(now.mono_ms);
        if let Ok(event) = decode_event(text) {
            self.event(event, now);
        }
    }

    /// Takes an event of the present link.
    pub(super) fn event(&mut self, event: Event, now: Now) {
        match &event {
            Event::Ping if self.polling.is_some() => {}
            Event::Ping => self.effects.push(Effect::Transmit(PONG.to_owned())),
            Event::Restarting { delay_ms } => self.machine.restarting(*delay_ms),
            Event::Welcome(_) => self.machine.welcomed(now.mono_ms),
            Event::Ok { .. }
            | Event::Error { .. }
            | Event::Entry(_)
            | Event::Changes(_)
            | Event::Interrupted { .. }
            | Event::Typing { .. }
            | Event::Presence { .. }
            | Event::Unknown => {}
        }
        let about = self.about(&event, now);
        let changes = apply(&mut self.chat, event, about, now);
        self.changes.merge(changes);
    }

    /// What the replied command was for.
    fn about(&mut self, event: &Event, now: Now) -> Option<About> {
        let (id, problem) = match event {
            Event::Ok { id, .. } => (*id, None),
            Event::Error { id: Some(id), problem } => (*id, Some(problem)),
            Event::Error { id: None, .. }
            | Event::Welcome(_)
            | Event::Entry(_)
            | Event::Changes(_)
            | Event::Interrupted { .. }
            | Event::Typing { .. }
            | Event::Presence { .. }
            | Event::Ping
            | Event::Restarting { .. }
            | Event::Unknown => return None,
        };
        let about = self.wire.replied(id)?;
        if matches!(about, About::Request(_)) {
            match problem.filter(|problem| problem.retry() != Retry::Final) {
                Some(problem) => self.requests.again(id, now.mono_ms, wait_of(problem)),
                None => self.requests.done(id),
            }
        }
        Some(about)
    }
}
