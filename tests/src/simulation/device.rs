//! One device of a person: the real client, what its storage keeps, and what it has been told.

use std::collections::{BTreeMap, BTreeSet};

use parlor_model::{Client, KeptRoom, Notice, Now, OutboxRecord, Setup};
use parlor_shared::{Body, CommandId, Event, LogId, Outcome, Page, Person, Record, RoomId};

use super::{commands::EPOCH_MS, dice::Dice, sockets::SocketId, store::Said};

/// The device.
#[derive(Debug)]
pub(super) struct Device {
    pub(super) person: Person,
    pub(super) client: Client,
    pub(super) storage: BTreeMap<CommandId, OutboxRecord>,
    /// The rooms that storage keeps, as they were at some time.
    kept: Vec<KeptRoom>,
    /// How often the page has been loaded.
    pub(super) load: u64,
    pub(super) socket: Option<SocketId>,
    pub(super) wake_at: Option<u64>,
    /// The device's clock minus the store's, in milliseconds.
    skew_ms: u64,
    /// Confirmed to this load of the page.
    pub(super) seen: BTreeSet<Said>,
    /// Confirmed here at any time.
    pub(super) confirmed: BTreeSet<Said>,
    /// Seen before the person was told that the past is another.
    pub(super) told: BTreeSet<Said>,
    /// Messages that the person saw here.
    pub(super) saw: BTreeSet<Said>,
    pub(super) forks: u64,
    /// What was said here, in order.
    pub(super) order: BTreeMap<RoomId, Vec<CommandId>>,
    rooms: BTreeMap<CommandId, RoomId>,
    /// Failed at some time, or said again after that: outside the order.
    pub(super) troubled: BTreeSet<CommandId>,
    /// Given up or taken back by the person.
    pub(super) discarded: BTreeSet<CommandId>,
}

impl Device {
    pub(super) fn new(person: Person, dice: &mut Dice) -> Self {
        Self {
            client: client(&person, Vec::new(), Vec::new(), dice.roll()),
            person,
            storage: BTreeMap::new(),
            kept: Vec::new(),
            load: 0,
            socket: None,
            wake_at: None,
            skew_ms: dice.between(0, 20_000),
            seen: BTreeSet::new(),
            confirmed: BTreeSet::new(),
            told: BTreeSet::new(),
            saw: BTreeSet::new(),
            forks: 0,
            order: BTreeMap::new(),
            rooms: BTreeMap::new(),
            troubled: BTreeSet::new(),
            discarded: BTreeSet::new(),
        }
    }

    /// The page is loaded again: only what storage kept remains.
    pub(super) fn reload(&mut self, seed: u64) {
        let outbox = self.storage.values().cloned().collect();
        self.client = client(&self.person, self.kept.clone(), outbox, seed);
        self.load += 1;
        self.socket = None;
        self.wake_at = None;
        self.told.clear();
        self.seen = self.kept.iter().flat_map(said_in).collect();
    }

    /// Storage keeps the rooms as they are now; those that cannot be kept go.
    pub(super) fn keep_rooms(&mut self) {
        let chat = self.client.chat();
        let rooms = chat.rooms().into_iter().filter_map(|room| chat.kept(room.id()));
        self.kept =
            rooms.filter_map(|kept| parlor_shared::read(&parlor_shared::encode(&kept))).collect();
    }

    pub(super) fn now(&self, mono_ms: u64) -> Now {
        Now { mono_ms, wall_ms: EPOCH_MS + mono_ms - 10_000 + self.skew_ms }
    }

    /// Storage keeps a record. `again` when the person asked for a retry.
    pub(super) fn save(&mut self, record: OutboxRecord, again: bool) {
        let (id, room) = (record.id, record.room.clone());
        if record.trouble.is_some() || again {
            self.troubled.insert(id);
        }
        if self.rooms.insert(id, room.clone()).is_none() {
            self.order.entry(room).or_default().push(id);
        }
        self.storage.insert(id, record);
    }

    /// The person was told something.
    pub(super) fn notice(&mut self, notice: &Notice) {
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
    pub(super) fn witness(&mut self, event: &Event) {
        match event {
            Event::Entry(entry) => self.witness_record(&entry.log, &entry.record),
            Event::Changes(page) | Event::Ok { result: Outcome::Page(page), .. } => {
                self.witness_page(page);
            }
            Event::Ok { id, result: Outcome::Written { number: Some(_), .. } } => {
                if let Some(room) = self.rooms.get(id) {
                    self.sees((room.clone(), self.person.id.clone(), *id));
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

    fn witness_page(&mut self, page: &Page) {
        for record in &page.records {
            self.witness_record(&page.log, record);
        }
    }

    fn witness_record(&mut self, log: &LogId, record: &Record) {
        let (LogId::Room(room), Body::Message(message)) = (log, &record.body) else {
            return;
        };
        if message.text.is_none() && message.author == self.person.id {
            self.discarded.insert(message.command);
        }
        // A room that was left may still be on screen, as it was then.
        let known = self.client.chat().room(room);
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

fn client(person: &Person, rooms: Vec<KeptRoom>, outbox: Vec<OutboxRecord>, seed: u64) -> Client {
    let mut dice = Dice::new(seed);
    let random = Box::new(move || dice.roll());
    Client::new(Setup { person: person.clone(), rooms, outbox, random })
}

/// What was said, of a room that was kept.
fn said_in(kept: &KeptRoom) -> impl Iterator<Item = Said> {
    kept.messages.iter().filter_map(|record| match &record.body {
        Body::Message(message) => {
            Some((kept.room.clone(), message.author.clone(), message.command))
        }
        Body::Member(_)
        | Body::Room(_)
        | Body::Membership(_)
        | Body::Read(_)
        | Body::Unknown { .. } => None,
    })
}
