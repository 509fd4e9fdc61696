//! One device of a person: the real client, what its storage keeps, and what it has been told.

use std::collections::BTreeMap;

use parlor_model::{Client, KeptRoom, Now, OutboxRecord, Setup, Way};
use parlor_shared::{Body, CommandId, Event, Person};

use super::{commands::EPOCH_MS, dice::Dice, sockets::SocketId};
use crate::testimony::{Said, Testimony};

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
    /// What it has been told.
    pub(super) testimony: Testimony,
}

impl Device {
    pub(super) fn new(person: Person, dice: &mut Dice) -> Self {
        Self {
            client: client(&person, Vec::new(), Vec::new(), dice.roll()),
            testimony: Testimony::of(person.clone()),
            person,
            storage: BTreeMap::new(),
            kept: Vec::new(),
            load: 0,
            socket: None,
            wake_at: None,
            skew_ms: dice.between(0, 20_000),
        }
    }

    /// The page is loaded again: only what storage kept remains.
    pub(super) fn reload(&mut self, seed: u64) {
        let outbox = self.storage.values().cloned().collect();
        self.client = client(&self.person, self.kept.clone(), outbox, seed);
        self.load += 1;
        self.socket = None;
        self.wake_at = None;
        self.testimony.begins_anew(self.kept.iter().flat_map(said_in).collect());
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
        self.testimony.saved(&record, again);
        self.storage.insert(record.id, record);
    }

    /// Notes what of an event the client now shows as confirmed.
    pub(super) fn witness(&mut self, event: &Event) {
        self.testimony.witness(event, &self.client);
    }
}

fn client(person: &Person, rooms: Vec<KeptRoom>, outbox: Vec<OutboxRecord>, seed: u64) -> Client {
    let mut dice = Dice::new(seed);
    let random = Box::new(move || dice.roll());
    Client::new(Setup {
        person: person.clone(),
        rooms,
        outbox,
        way: Way::Socket,
        pin: None,
        random,
    })
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
