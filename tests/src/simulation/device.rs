//! One device of a person: the real client, what its storage keeps, and what it has been told.

use std::collections::BTreeMap;

use parlor_model::{Client, KeptRoom, LinkId, Now, OutboxRecord, Setup, Way};
use parlor_shared::{Body, CommandId, Event, Person};

use super::{
    commands::EPOCH_MS, dice::Dice, networks::Network, requests::RequestId, sockets::SocketId,
};
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
    /// The link that goes by polls, if one does, and the poll under way.
    pub(super) polls: Option<LinkId>,
    pub(super) poll: Option<RequestId>,
    /// Which node answered the last request.
    pub(super) home: usize,
    pub(super) network: Network,
    /// The next request breaks.
    pub(super) trips: bool,
    /// It is in the same network all the time.
    pub(super) stays: bool,
    /// The way that the person chose.
    pub(super) pin: Option<Way>,
    pub(super) wake_at: Option<u64>,
    /// The device's clock minus the store's, in milliseconds.
    skew_ms: u64,
    /// What it has been told.
    pub(super) testimony: Testimony,
}

impl Device {
    /// In a rough world the network may be any, and the way that worked last too.
    pub(super) fn new(person: Person, rough: bool, dice: &mut Dice) -> Self {
        let network = if rough { Network::any(dice) } else { Network::Open };
        let ways = [Way::Socket, Way::Socket, Way::Socket, Way::Long, Way::Short];
        let way = if rough { ways[dice.place(ways.len())] } else { Way::Socket };
        Self {
            client: client(&person, (way, None), (Vec::new(), Vec::new()), dice.roll()),
            testimony: Testimony::of(person.clone()),
            person,
            storage: BTreeMap::new(),
            kept: Vec::new(),
            load: 0,
            socket: None,
            polls: None,
            poll: None,
            home: 0,
            network,
            trips: false,
            stays: rough && dice.percent(30),
            pin: None,
            wake_at: None,
            skew_ms: dice.between(0, 20_000),
        }
    }

    /// The page is loaded again: only what storage kept remains.
    pub(super) fn reload(&mut self, seed: u64) {
        let outbox = self.storage.values().cloned().collect();
        let ways = (self.client.link().way, self.pin);
        self.client = client(&self.person, ways, (self.kept.clone(), outbox), seed);
        self.load += 1;
        self.socket = None;
        (self.polls, self.poll) = (None, None);
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

fn client(
    person: &Person,
    (way, pin): (Way, Option<Way>),
    (rooms, outbox): (Vec<KeptRoom>, Vec<OutboxRecord>),
    seed: u64,
) -> Client {
    let mut dice = Dice::new(seed);
    let random = Box::new(move || dice.roll());
    Client::new(Setup { person: person.clone(), rooms, outbox, way, pin, random })
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
