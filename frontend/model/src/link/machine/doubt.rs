//! What to do where it may be the way that does not work: ask the server, try a socket beside the
//! link, take the next way.

use parlor_shared::CloseCode;

use super::{GONE, Machine, Step, WELCOME_MS};
use crate::{Link, LinkId, Standing, Way, link::ways::Trial};

impl Machine {
    /// The socket that was tried ended before it was welcomed.
    pub(crate) fn trial_closed(&mut self, now: u64, random: u64) {
        self.ways.trial_failed(now, random);
    }

    /// What the server says of the session, asked for an attempt that failed or takes long: the
    /// present one, or one before it that took the same way.
    pub(crate) fn told(
        &mut self,
        link: LinkId,
        standing: Standing,
        now: u64,
        random: u64,
    ) -> Vec<Step> {
        if !self.ways.may_change() || link < self.taken.1 {
            return Vec::new();
        }
        match (standing, self.link) {
            (Standing::Known, Link::Waiting { .. }) => {
                if self.ways.strike() {
                    self.ways.change(now, random);
                }
                self.open(now)
            }
            (Standing::Known, Link::Connecting) if link == self.id || self.ways.strike() => {
                self.pass_by(now, random)
            }
            (Standing::Known, Link::Connected) if self.ways.is_mute() => self.pass_by(now, random),
            (Standing::Nobody, Link::Waiting { .. } | Link::Connecting) => {
                let mut steps = self.shut(CloseCode::NoSession.code(), now);
                steps.push(Step::Disconnect(GONE));
                steps
            }
            (
                Standing::Known | Standing::Nobody,
                Link::Idle | Link::Connecting | Link::Connected | Link::Out { .. },
            )
            | (Standing::Unreached, _) => Vec::new(),
        }
    }

    pub(super) fn trial_due_ms(&self) -> Option<u64> {
        if matches!(self.link, Link::Idle | Link::Out { .. }) {
            return None;
        }
        match self.ways.trial {
            Some(trial) => Some(trial.since_ms.saturating_add(WELCOME_MS)),
            None => self.ways.next_ms,
        }
    }

    /// Whether the server is to be asked when the socket takes long.
    pub(super) fn doubts(&self) -> bool {
        !self.asked && self.ways.way == Way::Socket && self.ways.may_change()
    }

    pub(super) fn timer_of_trial(&mut self, now: u64, random: u64) -> Vec<Step> {
        if self.trial_due_ms().is_none_or(|due| now < due) {
            return Vec::new();
        }
        if self.ways.trial.is_some() {
            self.ways.trial_failed(now, random);
            return vec![Step::Forgo];
        }
        let id = self.number();
        self.ways.trial = Some(Trial { id, since_ms: now });
        vec![Step::Try(id)]
    }

    /// The link is silent: another one, and where that is a habit, a question.
    pub(super) fn replace(&mut self, now: u64) -> Vec<Step> {
        let habit = self.ways.silent(self.heard_ms.saturating_sub(self.since_ms));
        let mut steps = self.replace_by(now);
        if habit {
            self.asked = true;
            steps.push(Step::Ask(self.id));
        }
        steps
    }

    /// The server answers requests and the way does not: the next way. A socket that is only slow
    /// may still be welcomed.
    fn pass_by(&mut self, now: u64, random: u64) -> Vec<Step> {
        let slow = self.ways.way == Way::Socket && !self.ways.is_mute();
        let mut steps = Vec::new();
        if slow {
            self.ways.trial = Some(Trial { id: self.id, since_ms: self.since_ms });
        } else {
            steps.push(Step::Disconnect(GONE));
        }
        self.ways.change(now, random);
        steps.extend(self.open(now));
        steps
    }
}
