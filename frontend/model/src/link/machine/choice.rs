//! Who else has a word in which way is taken: the person, the device, and a socket that works after all.

use super::{Machine, Step};
use crate::{Link, LinkId, Way};

impl Machine {
    /// The device found a network.
    pub(crate) fn online(&mut self, now: u64) -> Vec<Step> {
        let tried = self.trial().map(|_| Step::Forgo);
        let anew = self.ways.network_changed(now);
        let mut steps: Vec<Step> = tried.into_iter().collect();
        steps.extend(match self.link {
            Link::Connecting | Link::Connected | Link::Waiting { .. } if anew => {
                self.replace_by(now)
            }
            Link::Idle
            | Link::Connecting
            | Link::Connected
            | Link::Waiting { .. }
            | Link::Out { .. } => self.woke(now),
        });
        steps
    }

    /// The person chose a way, or leaves it to the page.
    pub(crate) fn pin(&mut self, pin: Option<Way>, now: u64) -> Vec<Step> {
        let tried = self.trial().map(|_| Step::Forgo);
        let another = self.ways.pin(pin);
        let mut steps: Vec<Step> = tried.into_iter().collect();
        match self.link {
            Link::Idle | Link::Out { .. } => {}
            Link::Connecting | Link::Connected | Link::Waiting { .. } if another => {
                steps.extend(self.replace_by(now));
            }
            Link::Connecting | Link::Connected | Link::Waiting { .. } => {}
        }
        steps
    }

    /// The socket that is tried beside the present link.
    pub(crate) fn trial(&self) -> Option<LinkId> {
        self.ways.trial.map(|trial| trial.id)
    }

    /// The server said welcome to the socket that was tried: it is the link from now on.
    pub(crate) fn adopt(&mut self) {
        if let Some(trial) = self.ways.trial {
            self.id = trial.id;
            self.restart_ms = None;
            self.ways.adopt();
        }
    }
}
