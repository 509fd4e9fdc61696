//! What must hold when everything has settled.

use std::collections::BTreeSet;

use parlor_model::Link;
use parlor_shared::{CommandId, LogId, Number, Record, RecordKey, RoomId};

use super::{store::Store, world::World};
use crate::{
    promise::{self, Truth},
    testimony::Said,
};

/// Checks what must hold once everybody has come back over a new link.
pub(super) fn check_after_return(world: &World) -> Result<(), String> {
    check(world)?;
    for device in 0..world.devices.len() {
        for room in &world.store.rooms {
            standing_agrees(world, device, room)?;
            reads_agree(world, device, room)?;
        }
    }
    Ok(())
}

/// Checks everything; the first thing that does not hold, in a sentence.
pub(super) fn check(world: &World) -> Result<(), String> {
    if !world.rows_are_unique() {
        return Err("two rows have one key".to_owned());
    }
    nothing_twice(world)?;
    for at in 0..world.devices.len() {
        connected(world, at)?;
        keeps_the_promise(world, at).map_err(|broken| format!("{broken} (device {at})"))?;
    }
    Ok(())
}

fn keeps_the_promise(world: &World, at: usize) -> Result<(), String> {
    let (device, store) = (&world.devices[at], &world.store);
    let (client, testimony) = (&device.client, &device.testimony);
    let troubled = troubled(world, at);
    for room in &store.rooms {
        if joined(world, at, room) {
            promise::same_state(client, room, store)?;
            reads_are_true(world, at, room)?;
        }
        promise::shows_once(client, room)?;
        promise::nothing_waits(client, room)?;
        promise::in_order(testimony, &troubled, room, store)?;
    }
    promise::nothing_lost(client, testimony, store)
}

fn connected(world: &World, device: usize) -> Result<(), String> {
    let link = world.devices[device].client.link().link;
    if link == Link::Connected { Ok(()) } else { Err(format!("device {device} is {link:?}")) }
}

fn joined(world: &World, device: usize, room: &RoomId) -> bool {
    world.devices[device].client.chat().room(room).is_some_and(|known| known.joined())
}

/// Whoever is a member by both logs is in the room, and nobody else.
fn standing_agrees(world: &World, at: usize, room: &RoomId) -> Result<(), String> {
    let person = &world.devices[at].person.id;
    let stored = (world.store.is_member(person, room), world.store.is_noted(person, room));
    let joined = joined(world, at, room);
    if joined == (stored == (true, true)) {
        return Ok(());
    }
    Err(format!("standing: device {at}, {room}: joined {joined}, and the store says {stored:?}"))
}

/// No message stands under two numbers.
fn nothing_twice(world: &World) -> Result<(), String> {
    for (said, numbers) in world.store.ledger() {
        if numbers.len() > 1 {
            return Err(format!("twice: {said:?} has the numbers {numbers:?}"));
        }
    }
    Ok(())
}

/// What the devices of a person had trouble with.
fn troubled(world: &World, device: usize) -> BTreeSet<CommandId> {
    let person = &world.devices[device].person;
    let own = world.devices.iter().filter(|other| other.person == *person);
    own.flat_map(|other| other.testimony.troubled.iter().copied()).collect()
}

/// A read position names a message that the person has seen, on whatever device.
fn reads_are_true(world: &World, at: usize, room: &RoomId) -> Result<(), String> {
    let device = &world.devices[at];
    let read = device.client.chat().room(room).map_or(0, |known| known.read());
    let lies = |what: &str| Err(format!("read: device {at}, {room}: {read} is {what}"));
    let last = world.store.log(&LogId::Room(room.clone())).map_or(0, |log| log.top().last_number);
    if read > last {
        return lies("not there");
    }
    let Some(said) = world.store.message_at(room, read) else {
        return Ok(());
    };
    let own = world.devices.iter().filter(|other| other.person == device.person);
    let seen =
        said.1 == device.person.id || own.into_iter().any(|own| own.testimony.saw.contains(said));
    if seen { Ok(()) } else { lies("not seen") }
}

/// All devices of a person have read as far as the store says.
fn reads_agree(world: &World, at: usize, room: &RoomId) -> Result<(), String> {
    let device = &world.devices[at];
    let read = device.client.chat().room(room).map_or(0, |known| known.read());
    let stored = world.store.read_of(&device.person.id, room);
    if read == stored || !joined(world, at, room) {
        return Ok(());
    }
    Err(format!("read: device {at}, {room}: {read}, and the store says {stored}"))
}

/// The simulated store as the promise sees it.
impl Truth for Store {
    fn bounds(&self, room: &RoomId) -> Option<(Number, Number)> {
        let top = self.log(&LogId::Room(room.clone()))?.top();
        Some((top.first_kept, top.last_number))
    }

    fn record(&self, room: &RoomId, key: &RecordKey) -> Option<&Record> {
        self.log(&LogId::Room(room.clone()))?.record(key)
    }

    fn numbers(&self, said: &Said) -> &[Number] {
        Self::numbers(self, said)
    }

    fn is_lost(&self, said: &Said) -> bool {
        self.lost.contains(said)
    }

    fn is_trimmed(&self, said: &Said) -> bool {
        self.trimmed.contains(said)
    }
}
