//! What is in the store in the end, read past the server, and the judgement.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Result, bail, ensure};
use parlor::engine::{Announcement, Delivery, Engine};
use parlor_model::Client;
use parlor_shared::{Body, LogId, Number, Record, RecordKey, RoomId};
use parlor_tests::{
    promise::{self, Truth},
    testimony::Said,
};

use super::{Tally, scene::Scene};

/// Nobody listens.
#[derive(Debug)]
pub(crate) struct Deaf;

impl Delivery for Deaf {
    fn deliver(&self, _: Announcement) {}
}

/// What is there.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    bounds: HashMap<RoomId, (Number, Number)>,
    records: HashMap<RoomId, BTreeMap<RecordKey, Record>>,
    numbers: BTreeMap<Said, Vec<Number>>,
    /// What somebody was told is gone; only a store that may lose what it confirmed has any.
    lost: BTreeSet<Said>,
}

impl Evidence {
    /// Reads everything of these rooms.
    pub(crate) async fn read(engine: &Engine, rooms: &[RoomId]) -> Result<Self> {
        let mut evidence = Self::default();
        for room in rooms {
            let log = LogId::Room(room.clone());
            let top = engine.broker.top(&log).await?;
            evidence.bounds.insert(room.clone(), (top.first_kept, top.last_number));
            let mut records = BTreeMap::new();
            for prefix in ["message:", "member:", "room"] {
                let read = engine.broker.records(&log, prefix).await?;
                records.extend(read.into_iter().map(|record| (record.key.clone(), record)));
            }
            for record in records.values() {
                if let (Body::Message(said), Some(number)) = (&record.body, record.number) {
                    let said = (room.clone(), said.author.clone(), said.command);
                    evidence.numbers.entry(said).or_default().push(number);
                }
            }
            evidence.records.insert(room.clone(), records);
        }
        Ok(evidence)
    }

    /// Compares everything that anybody shows or was told with what is there.
    pub(crate) fn judge(&self, scene: &Scene) -> Result<Tally> {
        let twice = self.numbers.iter().find(|(_, numbers)| numbers.len() > 1);
        ensure!(twice.is_none(), "twice: {twice:?}");
        for (room, (first_kept, last)) in &self.bounds {
            let there = self.numbers.keys().filter(|(of, _, _)| of == room).count() as u64;
            ensure!(there == last + 1 - first_kept, "{room}: {there} of {first_kept} to {last}");
        }
        let mut tally = Tally { there: self.numbers.len(), ..Tally::default() };
        tally.links = scene.links();
        for (at, talker) in scene.talkers().iter().enumerate() {
            // The page first, then what it was told: as the page itself locks them.
            let checked = talker.actor.look(|client| {
                let testimony = talker.testimony();
                for room in scene.rooms() {
                    promise::same_state(client, room, self)?;
                    promise::shows_once(client, room)?;
                    promise::nothing_waits(client, room)?;
                    promise::in_order(&testimony, &testimony.troubled, room, self)?;
                }
                promise::nothing_lost(client, &testimony, self)
            });
            if let Err(broken) = checked {
                bail!("client {at}, {:?}: {broken}", talker.actor.look(Client::link));
            }
            let testimony = talker.testimony();
            if !scene.may_lose() {
                let gone = testimony.confirmed.iter().find(|said| self.numbers(said).is_empty());
                ensure!(gone.is_none(), "client {at}: confirmed and gone: {gone:?}");
                ensure!(testimony.forks == 0, "client {at}: was told of another past");
            }
            if scene.waits_for_replicas() {
                let gone = testimony.answered.iter().find(|said| self.numbers(said).is_empty());
                ensure!(gone.is_none(), "client {at}: on a replica and gone: {gone:?}");
            }
            let own = |said: &&Said| said.1 == testimony.person.id;
            tally.confirmed += testimony.confirmed.iter().filter(own).count();
            tally.forks += testimony.forks;
            tally.said += testimony.order.values().map(Vec::len).sum::<usize>();
        }
        Ok(tally)
    }

    /// Takes in what anybody was told is gone.
    pub(crate) fn with_what_was_told(mut self, scene: &Scene) -> Self {
        for talker in scene.talkers() {
            self.lost.extend(talker.testimony().told.iter().cloned());
        }
        self
    }
}

impl Truth for Evidence {
    fn bounds(&self, room: &RoomId) -> Option<(Number, Number)> {
        self.bounds.get(room).copied()
    }

    fn record(&self, room: &RoomId, key: &RecordKey) -> Option<&Record> {
        self.records.get(room)?.get(key)
    }

    fn numbers(&self, said: &Said) -> &[Number] {
        self.numbers.get(said).map_or(&[], Vec::as_slice)
    }

    fn is_lost(&self, said: &Said) -> bool {
        self.lost.contains(said)
    }

    fn is_trimmed(&self, _: &Said) -> bool {
        false
    }
}
