//! The single owner of a followed log on one node: does with the real channel what the hub's actor
//! does with it.

use std::collections::BTreeMap;

use parlor::hub::{Channel, Completion, Deliver};
use parlor_shared::{
    Command, Entry, Event, LogId, Offset, Outcome, Page, PersonId, Position, Record,
};

use super::{
    connection::ConnectionKey,
    node::{Purpose, Wish},
    store::{Answer, Ask},
};

/// Between two looks at the top, in milliseconds.
const LOOK_MS: u64 = 10_000;
/// After a question that failed, in milliseconds.
const PATIENCE_MS: u64 = 300;

/// One followed log.
#[derive(Debug, Default)]
pub(super) struct Owner {
    channel: Option<Channel>,
    asked_top: bool,
    waiting: Vec<(ConnectionKey, Command)>,
    /// Whose connection it is, and from where it follows: that the person had left before is no news.
    followers: BTreeMap<ConnectionKey, (PersonId, Offset)>,
    asking: bool,
    look_at: u64,
    free_at: u64,
}

impl Owner {
    pub(super) fn runs(&self) -> bool {
        self.channel.is_some()
    }

    /// A follow waits until the owner knows where the log is.
    pub(super) fn waits(&mut self, key: ConnectionKey, command: Command) {
        self.waiting.push((key, command));
    }

    pub(super) fn is_followed_by(&self, key: ConnectionKey) -> bool {
        self.followers.contains_key(&key)
    }

    pub(super) fn leaves(&mut self, key: ConnectionKey) {
        self.followers.remove(&key);
        self.waiting.retain(|(waiting, _)| *waiting != key);
    }

    /// The top came, or not; whoever waited for it.
    pub(super) fn started(&mut self, answer: &Answer, now: u64) -> Vec<(ConnectionKey, Command)> {
        if let Answer::Top(top) = answer {
            self.channel = Some(Channel::new(top.position.clone()));
            self.look_at = now + LOOK_MS;
        }
        std::mem::take(&mut self.waiting)
    }

    /// An entry came, announced or one's own.
    pub(super) fn hears(&mut self, entry: Entry, now: u64, wishes: &mut Vec<Wish>) {
        if let Some(channel) = &mut self.channel {
            let delivered = channel.accept(entry, now);
            self.deliver(delivered, wishes);
        }
    }

    /// The changes came, or not.
    pub(super) fn read(&mut self, answer: Answer, now: u64, wishes: &mut Vec<Wish>) {
        self.asking = false;
        let Some(channel) = &mut self.channel else { return };
        if let Answer::Page(page) = answer {
            let delivered = channel.apply_changes(page, now);
            self.deliver(delivered, wishes);
        } else {
            channel.read_failed();
            self.free_at = now + PATIENCE_MS;
        }
    }

    /// The top came, to compare.
    pub(super) fn looked(&mut self, asked: &Position, answer: &Answer, now: u64) {
        self.asking = false;
        match (&mut self.channel, answer) {
            (Some(channel), Answer::Top(top)) => channel.look(&top.position, asked),
            _ => self.free_at = now + PATIENCE_MS,
        }
    }

    /// A page that meets the top: completes it and registers the follower in one step.
    pub(super) fn completes(
        &mut self,
        key: ConnectionKey,
        person: PersonId,
        command: &Command,
        page: Page,
        now: u64,
        wishes: &mut Vec<Wish>,
    ) {
        let since = page.position.offset;
        let completion = self.channel.as_mut().map(|channel| channel.complete(&page.position, now));
        let (more, entries) = match completion {
            Some(Completion::Live(entries)) => (false, entries),
            Some(Completion::ReadOn) | None => (true, Vec::new()),
        };
        let result = Outcome::Page(Page { more, ..page });
        wishes.push(Wish::Send(key, Event::Ok { id: command.id, result }));
        for entry in entries {
            let removed = entry.record.removes() == Some(&person);
            wishes.push(Wish::Send(key, Event::Entry(entry)));
            if removed {
                self.followers.remove(&key);
                return;
            }
        }
        if more {
            self.followers.remove(&key);
        } else {
            self.followers.insert(key, (person, since));
        }
    }

    fn deliver(&mut self, delivered: Vec<Deliver>, wishes: &mut Vec<Wish>) {
        for deliver in delivered {
            match deliver {
                Deliver::Entry(entry) => {
                    self.tell(&Event::Entry(entry.clone()), wishes);
                    self.let_go(&entry.record);
                }
                Deliver::Changes(page) if page.reset.is_some() => {
                    self.tell(&Event::Interrupted { log: page.log }, wishes);
                    self.followers.clear();
                }
                Deliver::Changes(page) => self.tell_changes(page, wishes),
            }
        }
    }

    /// Whoever is removed among several changes is told no later one.
    fn tell_changes(&mut self, page: Page, wishes: &mut Vec<Wish>) {
        for record in page.records.iter().filter(|record| record.removes().is_some()) {
            let mut part = page.clone();
            part.records.retain(|other| other.rev <= record.rev);
            part.position.offset = record.rev;
            for key in self.removed_by(record) {
                wishes.push(Wish::Send(key, Event::Changes(part.clone())));
            }
            self.let_go(record);
        }
        self.tell(&Event::Changes(page), wishes);
    }

    fn let_go(&mut self, record: &Record) {
        for key in self.removed_by(record) {
            self.followers.remove(&key);
        }
    }

    /// The followers whose person a record removes.
    fn removed_by(&self, record: &Record) -> Vec<ConnectionKey> {
        let gone = record.removes();
        let followers = self.followers.iter();
        let removed =
            followers.filter(|(_, (person, since))| gone == Some(person) && *since < record.rev);
        removed.map(|(key, _)| *key).collect()
    }

    fn tell(&self, event: &Event, wishes: &mut Vec<Wish>) {
        wishes.extend(self.followers.keys().map(|key| Wish::Send(*key, event.clone())));
    }

    /// Asks the store the most pressing question, if one may be asked.
    pub(super) fn asks(&mut self, log: &LogId, now: u64, wishes: &mut Vec<Wish>) {
        let Some(channel) = &mut self.channel else {
            if !std::mem::replace(&mut self.asked_top, true) {
                wishes.push(Wish::Ask(Purpose::Start(log.clone()), Ask::Top(log.clone())));
            }
            return;
        };
        if self.asking || now < self.free_at {
            return;
        }
        if channel.needs_read(now) {
            self.asking = true;
            let after = channel.begin_read();
            let ask = Ask::Changes(log.clone(), Some(after));
            wishes.push(Wish::Ask(Purpose::Read(log.clone()), ask));
        } else if now >= self.look_at {
            self.asking = true;
            self.look_at = now + LOOK_MS;
            let asked = channel.position().clone();
            wishes.push(Wish::Ask(Purpose::Look(log.clone(), asked), Ask::Top(log.clone())));
        }
    }

    /// When there is something to ask by itself.
    pub(super) fn due(&self) -> Option<u64> {
        let channel = self.channel.as_ref()?;
        if self.asking {
            return None;
        }
        let doubt = channel.needs_read(u64::MAX).then_some(self.free_at);
        let read = channel.deadline(0).or(doubt).map(|at| at.max(self.free_at));
        Some(read.unwrap_or(u64::MAX).min(self.look_at.max(self.free_at)))
    }
}
