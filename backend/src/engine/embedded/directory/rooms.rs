//! The list of rooms.

use std::ops::Bound;

use parlor_shared::{RoomId, RoomListing, Rooms, limits::ROOMS_PAGE};
use redb::ReadableTable;

use crate::engine::{
    RoomOutcome,
    embedded::{
        error::StoreError,
        store::Reading,
        tables::{ROOM_NAMES, ROOMS},
        writer::Batch,
    },
};

/// Lists a room, unless another has its name.
pub(super) fn create(
    batch: &mut Batch<'_>,
    listing: &RoomListing,
    skeleton: &str,
) -> Result<RoomOutcome, StoreError> {
    let (room, name) = (listing.room.as_str(), listing.name.as_str());
    let holder = batch.tables.room_names.get(skeleton)?.map(|row| row.value().to_owned());
    let listed = batch.tables.rooms.get(room)?.map(|row| row.value().to_owned());
    match (holder, listed) {
        (None, None) => {
            batch.tables.room_names.insert(skeleton, room)?;
            batch.tables.rooms.insert(room, name)?;
            Ok(RoomOutcome::Created)
        }
        (Some(holder), Some(listed)) if holder == room && listed == name => {
            Ok(RoomOutcome::Created)
        }
        (_, _) => Ok(RoomOutcome::Taken),
    }
}

/// Whether no room has a name of this skeleton.
pub(super) fn name_is_free(reading: &Reading, skeleton: &str) -> Result<bool, StoreError> {
    Ok(reading.txn.open_table(ROOM_NAMES)?.get(skeleton)?.is_none())
}

/// One room.
pub(super) fn get(reading: &Reading, room: &RoomId) -> Result<Option<RoomListing>, StoreError> {
    let row = reading.txn.open_table(ROOMS)?.get(room.as_str())?;
    Ok(row.map(|name| RoomListing { room: room.clone(), name: name.value().to_owned() }))
}

/// A page of the rooms whose names contain `query`, whatever the case.
pub(super) fn find(
    reading: &Reading,
    query: &str,
    after: Option<&RoomId>,
) -> Result<Rooms, StoreError> {
    let query = query.to_lowercase();
    let from = after.map_or(Bound::Unbounded, |room| Bound::Excluded(room.as_str()));
    let mut rooms = Vec::new();
    for row in reading.txn.open_table(ROOMS)?.range::<&str>((from, Bound::Unbounded))? {
        let (room, name) = row?;
        if !name.value().to_lowercase().contains(&query) {
            continue;
        }
        if rooms.len() == ROOMS_PAGE {
            return Ok(Rooms { rooms, more: true });
        }
        let room = RoomId::new(room.value())?;
        rooms.push(RoomListing { room, name: name.value().to_owned() });
    }
    Ok(Rooms { rooms, more: false })
}
