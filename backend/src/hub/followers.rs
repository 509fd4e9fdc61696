//! The followers of one log, and where each of them stops being told.

use std::{collections::HashMap, sync::Arc};

use parlor_shared::{
    Body, ConnectionId, Entry, Event, LogId, Offset, Page, Person, PersonId, Record, encode,
};

use super::{Connection, Frame};

/// Connections that get every change of a log.
#[derive(Debug)]
pub(super) struct Followers {
    log: LogId,
    connections: HashMap<ConnectionId, Arc<Connection>>,
}

impl Followers {
    /// Nobody yet.
    pub(super) fn new(log: LogId) -> Self {
        Self { log, connections: HashMap::new() }
    }

    /// Whether nobody follows.
    pub(super) fn is_empty(&self) -> bool {
        self.connections.is_empty()
    }

    /// Takes a connection in; twice is as once.
    pub(super) fn add(&mut self, connection: Arc<Connection>) {
        self.connections.insert(connection.id.clone(), connection);
    }

    /// Lets a connection go.
    pub(super) fn remove(&mut self, connection: &ConnectionId) {
        if let Some(connection) = self.connections.remove(connection) {
            connection.stop_following(&self.log);
        }
    }

    /// Tells everybody the next change; for whoever it removes from the room it is the last.
    pub(super) fn entry(&mut self, entry: Entry) {
        let removed = removed(&entry.record).cloned();
        self.event(&Event::Entry(entry));
        if let Some(person) = removed {
            self.remove_person(&person);
        }
    }

    /// Tells everybody several changes; whoever is removed among them is told no later one.
    pub(super) fn changes(&mut self, page: Page) {
        let mut gone: Vec<(PersonId, Offset)> = Vec::new();
        for record in &page.records {
            gone.extend(removed(record).map(|person| (person.clone(), record.rev)));
        }
        for (person, boundary) in gone {
            if self.connections.values().any(|connection| connection.person.id == person) {
                let event = Event::Changes(up_to(&page, boundary));
                self.to(&event, |connection| connection.person.id == person);
                self.remove_person(&person);
            }
        }
        self.event(&Event::Changes(page));
    }

    /// Tells everybody to follow again, and lets them go.
    pub(super) fn interrupt(&mut self) {
        self.event(&Event::Interrupted { log: self.log.clone() });
        for (_, connection) in self.connections.drain() {
            connection.stop_following(&self.log);
        }
    }

    /// Tells the others that the person of `connection` writes, if it follows.
    pub(super) fn typing(&self, connection: &Connection) {
        let LogId::Room(room) = &self.log else { return };
        if self.connections.contains_key(&connection.id) {
            let person: Person = connection.person.clone();
            let event = Event::Typing { room: room.clone(), person };
            self.to(&event, |other| other.person.id != connection.person.id);
        }
    }

    /// Sends an event to everybody, encoded once.
    pub(super) fn event(&self, event: &Event) {
        self.to(event, |_| true);
    }

    fn to(&self, event: &Event, chosen: impl Fn(&Connection) -> bool) {
        if self.connections.is_empty() {
            return;
        }
        let frame = Frame::from(encode(event));
        for connection in self.connections.values().filter(|connection| chosen(connection)) {
            connection.outbox.push(frame.clone());
        }
    }

    fn remove_person(&mut self, person: &PersonId) {
        self.connections.retain(|_, connection| {
            let stays = connection.person.id != *person;
            if !stays {
                connection.stop_following(&self.log);
            }
            stays
        });
    }
}

/// Whom a record shows to be no member any more.
pub(super) fn removed(record: &Record) -> Option<&PersonId> {
    match &record.body {
        Body::Member(member) if member.role.is_none() => Some(&member.person),
        Body::Member(_)
        | Body::Message(_)
        | Body::Room(_)
        | Body::Membership(_)
        | Body::Read(_)
        | Body::Unknown { .. } => None,
    }
}

/// The part of a page that somebody removed at `boundary` may see.
fn up_to(page: &Page, boundary: Offset) -> Page {
    let mut part = page.clone();
    part.records.retain(|record| record.rev <= boundary);
    part.position.offset = boundary;
    part
}
