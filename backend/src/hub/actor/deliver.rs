//! What the store and the channel say, on its way to the followers.

use std::sync::Arc;

use parlor_shared::Entry;

use super::Actor;
use crate::hub::{Deliver, asking::Answer, room_presence::RoomPresence};

impl Actor {
    /// Takes the store's answer.
    pub(super) fn take(&mut self, answer: Answer) {
        let now = self.now();
        self.asking.note(&answer, now);
        self.note_answered();
        match answer {
            Answer::CatchUp(after, Ok(page)) => {
                self.channel.expect(&page, now);
                self.recent.note_page(after, page, self.channel.position(), now);
            }
            Answer::Changes(Ok(page)) => {
                let asked_at = self.channel.position().clone();
                if page.reset.is_some() {
                    self.recent.forget();
                }
                self.recent.note_page(Some(asked_at.clone()), page.clone(), &asked_at, now);
                let delivered = self.channel.apply_changes(page, now);
                self.deliver(delivered);
            }
            Answer::Changes(Err(error)) => {
                tracing::debug!(log = %self.log, %error, "the changes cannot be read yet");
                self.channel.read_failed();
                self.disappoint(&error);
            }
            Answer::Top(asked, Ok(top)) => {
                self.channel.look(&top.position, &asked);
                self.recent.note_top(top);
            }
            Answer::Members(Ok(records)) => {
                let online = Arc::clone(&self.online.borrow());
                let presence = self.presence.iter_mut();
                presence.for_each(|presence| presence.take_members(&records, &online));
            }
            Answer::Top(_, Err(error))
            | Answer::Members(Err(error))
            | Answer::CatchUp(_, Err(error)) => {
                tracing::debug!(log = %self.log, %error, "the store cannot be asked yet");
                self.disappoint(&error);
            }
        }
        self.settle();
    }

    /// Takes an announced entry, and tells the followers what is next.
    pub(super) fn hear(&mut self, entry: Entry) {
        let delivered = self.channel.accept(entry, self.now());
        if !delivered.is_empty() {
            self.deliver(delivered);
            self.settle();
        }
    }

    /// Tells the followers what is next.
    pub(super) fn deliver(&mut self, delivered: Vec<Deliver>) {
        for deliver in delivered {
            match deliver {
                Deliver::Entry(entry) => {
                    self.presence.iter_mut().for_each(|presence| presence.note(&entry.record));
                    self.followers.entry(entry);
                }
                // Whoever still is a member follows again, and the check is made again.
                Deliver::Changes(page) if page.reset.is_some() => {
                    self.presence.iter_mut().for_each(|presence| presence.forget());
                    self.followers.interrupt();
                }
                Deliver::Changes(page) => {
                    if let Some(presence) = &mut self.presence {
                        page.records.iter().for_each(|record| presence.note(record));
                    }
                    self.followers.changes(page);
                }
            }
        }
    }

    /// Tells the followers who came and went, when that is due.
    pub(super) fn tell_presence(&mut self) {
        let now = self.now();
        let online = Arc::clone(&self.online.borrow());
        let due = |presence: &&mut RoomPresence| presence.due_at().is_some_and(|at| now >= at);
        let Some(presence) = self.presence.as_deref_mut().filter(due) else { return };
        if let Some(event) = presence.difference(&online, now) {
            self.followers.event(&event);
        }
    }
}
