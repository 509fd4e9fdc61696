//! How many messages each room keeps: what its own settings say, or else the node's. Remembered for
//! a moment, so that a write stays one round trip.

use std::collections::HashMap;

use parking_lot::Mutex;
use parlor_shared::{Body, LogId, Millis, Record, RecordKey, RoomId, limits};

use crate::engine::{Broker, EngineError};

/// For how long another node's change of a room's settings may go unnoticed here.
const FRESH_MS: Millis = 10_000;
/// Rooms remembered before those not fresh are forgotten.
const ROOMS: usize = 10_000;

/// What rooms keep.
#[derive(Debug)]
pub struct Keeps {
    /// Where a room does not say.
    default: u32,
    /// What each room keeps, and when that was read. Held only to look or to note.
    held: Mutex<HashMap<RoomId, (u32, Millis)>>,
}

impl Keeps {
    /// Nothing read yet; `default` holds where a room's settings say nothing.
    #[must_use]
    pub fn new(default: u32) -> Self {
        Self { default, held: Mutex::default() }
    }

    /// How many messages `room` keeps.
    ///
    /// # Errors
    /// The store's, when its settings must be read.
    pub async fn of(
        &self,
        room: &RoomId,
        broker: &dyn Broker,
        now: Millis,
    ) -> Result<u32, EngineError> {
        let held = self.held.lock().get(room).copied();
        if let Some((keep, _)) = held.filter(|(_, read_at)| now < read_at + FRESH_MS) {
            return Ok(keep);
        }
        let log = LogId::Room(room.clone());
        let record = broker.record(&log, &RecordKey::room()).await?;
        let keep = record.as_ref().and_then(said).unwrap_or(self.default);
        self.put(room, keep, now);
        Ok(keep)
    }

    /// Takes a record that was written to `room` just now.
    pub fn note(&self, room: &RoomId, record: &Record, now: Millis) {
        if matches!(record.body, Body::Room(_)) {
            self.put(room, said(record).unwrap_or(self.default), now);
        }
    }

    fn put(&self, room: &RoomId, keep: u32, now: Millis) {
        let mut held = self.held.lock();
        if held.len() >= ROOMS {
            held.retain(|_, (_, read_at)| now < *read_at + FRESH_MS);
        }
        held.insert(room.clone(), (keep, now));
    }
}

/// What a room's settings say.
fn said(record: &Record) -> Option<u32> {
    match &record.body {
        Body::Room(settings) => settings.keep.map(|keep| keep.clamp(1, limits::KEEP_MAX)),
        Body::Message(_)
        | Body::Member(_)
        | Body::Membership(_)
        | Body::Read(_)
        | Body::Unknown { .. } => None,
    }
}
