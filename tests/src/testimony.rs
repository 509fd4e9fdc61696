//! What one client was told, for the comparison with what is there in the end.

use std::collections::{BTreeMap, BTreeSet};

use parlor_model::{Client, Notice, OutboxRecord};
use parlor_shared::{
    Body, CommandId, Event, LogId, Outcome, Page, Person, PersonId, Record, RoomId,
};

/// Names what somebody said: in which room, who, and by which command.
pub type Said = (RoomId, PersonId, CommandId);

/// One client's.
#[derive(Debug)]
pub struct Testimony {
    /// Whose client it is.
    pub person: Person,
    /// Confirmed to this load of the page.
    pub seen: BTreeSet<Said>,
    /// Confirmed here at any time.
    pub confirmed: BTreeSet<Said>,
    /// Confirmed by a reply, not only by the entry that everybody gets.
    pub answered: BTreeSet<Said>,
    /// Seen before the person was told that the past is another.
    pub told: BTreeSet<Said>,
    /// Messages that the person saw here.
    pub saw: BTreeSet<Said>,
    /// How often they were told that.
    pub forks: u64,
    /// What was said here, in order.
    pub order: BTreeMap<RoomId, Vec<CommandId>>,
    /// Failed at some time, or said again after that: outside the order.
    pub troubled: BTreeSet<CommandId>,
    /// Given up or taken back by the person.
    pub discarded: BTreeSet<CommandId>,
    rooms: BTreeMap<CommandId, RoomId>,
}

impl Testimony {
    /// Nothing was told yet.
    #[must_use]
    pub fn of(person: Person) -> Self {
        Self {
            person,
            seen: BTreeSet::new(),
            confirmed: BTreeSet::new(),
            answered: BTreeSet::new(),
            told: BTreeSet::new(),
            saw: BTreeSet::new(),
            forks: 0,
            order: BTreeMap::new(),
            troubled: BTreeSet::new(),
            discarded: BTreeSet::new(),
            rooms: BTreeMap::new(),
        }
    }

    /// The page is loaded again, and shows what was kept.
    pub fn begins_anew(&mut self, kept: BTreeSet<Said>) {
        self.told.clear();
        self.seen = kept;
    }

    /// The client keeps something it has to say. `again` when the person asked for a retry.
    pub fn saved(&mut self, record: &OutboxRecord, again: bool) {
        let (id, room) = (record.id, record.room.clone());
        if record.trouble.is_some() || again {
            self.troubled.insert(id);
        }
        if self.rooms.insert(id, room.clone()).is_none() {
            self.order.entry(room).or_default().push(id);
        }
    }

    /// The person was told something.
    pub fn notice(&mut self, notice: &Notice) {
        if let Notice::Forked { room, .. } = notice {
            self.forks += 1;
            self.told.extend(self.seen.iter().filter(|(of, _, _)| of == room).cloned());
        }
        if let Notice::Left(room) = notice {
            // Nobody tells of a room what becomes of it after one left.
            self.seen.retain(|(of, _, _)| of != room);
        }
    }

    /// Notes what of an event the client now shows as confirmed.
    pub fn witness(&mut self, event: &Event, client: &Client) {
        match event {
            Event::Entry(entry) => self.witness_record(&entry.log, &entry.record, client),
            Event::Changes(page) | Event::Ok { result: Outcome::Page(page), .. } => {
                self.witness_page(page, client);
            }
            Event::Ok { id, result: Outcome::Written { number: Some(_), .. } } => {
                if let Some(room) = self.rooms.get(id) {
                    let said = (room.clone(), self.person.id.clone(), *id);
                    self.answered.insert(said.clone());
                    self.sees(said);
                }
            }
            Event::Ok { .. }
            | Event::Welcome(_)
            | Event::Error { .. }
            | Event::Interrupted { .. }
            | Event::Typing { .. }
            | Event::Presence { .. }
            | Event::Ping
            | Event::Restarting { .. }
            | Event::Unknown => {}
        }
    }

    fn witness_page(&mut self, page: &Page, client: &Client) {
        for record in &page.records {
            self.witness_record(&page.log, record, client);
        }
    }

    fn witness_record(&mut self, log: &LogId, record: &Record, client: &Client) {
        let (LogId::Room(room), Body::Message(message)) = (log, &record.body) else {
            return;
        };
        if message.text.is_none() && message.author == self.person.id {
            self.discarded.insert(message.command);
        }
        // A room that was left may still be on screen, as it was then.
        let known = client.chat().room(room);
        let Some(known) = known.filter(|known| known.joined()) else { return };
        if known.timeline().said(&message.author, message.command).is_some() {
            self.sees((room.clone(), message.author.clone(), message.command));
        }
    }

    fn sees(&mut self, said: Said) {
        self.confirmed.insert(said.clone());
        self.seen.insert(said);
    }
}
