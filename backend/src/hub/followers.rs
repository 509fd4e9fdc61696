//! The followers of one log, and where each of them stops being told.

use std::{collections::HashMap, sync::Arc};

use parlor_shared::{
    ConnectionId, Entry, Event, LogId, Millis, Offset, Page, Person, PersonId, Record,
};

use super::{Connection, Frame};
use crate::metrics::HubMetrics;

/// Between two typing marks of one person that are passed on, in milliseconds: less than an
/// honest client leaves between them, and few enough to fill nobody's outbox.
const TYPING_MS: Millis = 1_000;

/// Connections that get every change of a log.
#[derive(Debug)]
pub(super) struct Followers {
    log: LogId,
    followers: HashMap<ConnectionId, Follower>,
    /// Who said that they write, and when.
    typed: HashMap<PersonId, Millis>,
    metrics: HubMetrics,
}

/// One of them.
#[derive(Debug)]
struct Follower {
    connection: Arc<Connection>,
    /// What it held when it began to follow; that its person had left before is no news.
    since: Offset,
}

impl Followers {
    /// Nobody yet.
    pub(super) fn new(log: LogId, metrics: HubMetrics) -> Self {
        Self { log, followers: HashMap::new(), typed: HashMap::new(), metrics }
    }

    /// Whether nobody follows.
    pub(super) fn is_empty(&self) -> bool {
        self.followers.is_empty()
    }

    /// Takes a connection in that holds everything up to `since`; twice is as once.
    pub(super) fn add(&mut self, connection: Arc<Connection>, since: Offset) {
        let id = connection.id.clone();
        self.followers.insert(id, Follower { connection, since });
    }

    /// Lets a connection go.
    pub(super) fn remove(&mut self, connection: &ConnectionId) {
        if let Some(follower) = self.followers.remove(connection) {
            follower.connection.stop_following(&self.log);
        }
    }

    /// Tells everybody the next change; for whoever it removes from the room it is the last.
    pub(super) fn entry(&mut self, entry: Entry) {
        self.rename(&entry.record);
        let (removed, boundary) = (entry.record.removes().cloned(), entry.offset);
        self.event(&Event::Entry(entry));
        self.metrics.delivered(self.followers.len());
        if let Some(person) = removed {
            self.remove_person(&person, boundary);
        }
    }

    /// Tells everybody several changes; whoever is removed among them is told no later one.
    pub(super) fn changes(&mut self, page: Page) {
        let mut gone: Vec<(PersonId, Offset)> = Vec::new();
        for record in &page.records {
            self.rename(record);
            gone.extend(record.removes().map(|person| (person.clone(), record.rev)));
        }
        for (person, boundary) in gone {
            let leaves = |follower: &Follower| follower.is_removed(&person, boundary);
            if self.followers.values().any(leaves) {
                self.to(&Event::Changes(up_to(&page, boundary)), leaves);
                self.remove_person(&person, boundary);
            }
        }
        self.event(&Event::Changes(page));
    }

    /// Tells everybody to follow again, and lets them go.
    pub(super) fn interrupt(&mut self) {
        self.event(&Event::Interrupted { log: self.log.clone() });
        self.metrics.interrupted(self.followers.len());
        for (_, follower) in self.followers.drain() {
            follower.connection.stop_following(&self.log);
        }
    }

    /// Tells the others that the person of `connection` writes, unless they said so a moment ago.
    pub(super) fn typing(&mut self, connection: &Connection, now: Millis) {
        let LogId::Room(room) = &self.log else { return };
        self.typed.retain(|_, typed_at| now < *typed_at + TYPING_MS);
        let person: Person = connection.named();
        if self.typed.contains_key(&person.id) {
            return;
        }
        self.typed.insert(person.id.clone(), now);
        let event = Event::Typing { room: room.clone(), person };
        self.to(&event, |other| other.connection.person != connection.person);
    }

    /// Sends an event to everybody, encoded once.
    pub(super) fn event(&self, event: &Event) {
        self.to(event, |_| true);
    }

    fn to(&self, event: &Event, chosen: impl Fn(&Follower) -> bool) {
        if self.followers.is_empty() {
            return;
        }
        let frame = Frame::event(event);
        for follower in self.followers.values().filter(|follower| chosen(follower)) {
            follower.connection.outbox.push(frame.clone());
        }
    }

    /// A member goes by another name: so do their connections here, whichever node was asked.
    fn rename(&self, record: &Record) {
        let Some(member) = record.member().filter(|member| member.role.is_some()) else { return };
        let of_member = |follower: &&Follower| follower.connection.person == member.person;
        for follower in self.followers.values().filter(of_member) {
            follower.connection.rename(&member.name);
        }
    }

    fn remove_person(&mut self, person: &PersonId, boundary: Offset) {
        self.followers.retain(|_, follower| {
            let stays = !follower.is_removed(person, boundary);
            if !stays {
                follower.connection.stop_following(&self.log);
            }
            stays
        });
    }
}

impl Follower {
    /// Whether a removal of `person` at `boundary` concerns it.
    fn is_removed(&self, person: &PersonId, boundary: Offset) -> bool {
        self.connection.person == *person && self.since < boundary
    }
}

/// The part of a page that somebody removed at `boundary` may see.
fn up_to(page: &Page, boundary: Offset) -> Page {
    let mut part = page.clone();
    part.records.retain(|record| record.rev <= boundary);
    part.position.offset = boundary;
    part
}
