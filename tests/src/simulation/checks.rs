//! What must hold when everything has settled.

use std::collections::BTreeSet;

use parlor_model::{Link, MessageState};
use parlor_shared::{Body, LogId, RecordKey, RoomId};

use super::{store::Said, world::World};

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
    for device in 0..world.devices.len() {
        connected(world, device)?;
        for room in &world.store.rooms {
            if joined(world, device, room) {
                same_state(world, device, room)?;
                reads_are_true(world, device, room)?;
            }
            nothing_waits(world, device, room)?;
            in_order(world, device, room)?;
        }
        nothing_lost(world, device)?;
    }
    Ok(())
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

/// What the client holds of what is kept is what the store holds, up to the newest.
fn same_state(world: &World, device: usize, room: &RoomId) -> Result<(), String> {
    let at = |what: &str| Err(format!("same state: device {device}, {room}: {what}"));
    let Some(log) = world.store.log(&LogId::Room(room.clone())) else {
        return at("the store has no such log");
    };
    let Some(known) = world.devices[device].client.chat().room(room) else {
        return at("the client does not know the room");
    };
    if !known.live() {
        return at("the log is not live");
    }
    let (top, timeline) = (log.top(), known.timeline());
    if timeline.last_number() != top.last_number {
        let held = timeline.last_number();
        return at(&format!("the last number is {held}, not {}", top.last_number));
    }
    let newest = timeline.segments().last().map_or(top.last_number + 1, |newest| newest.first);
    for number in newest.max(top.first_kept)..=top.last_number {
        let key = RecordKey::message(number);
        let held = timeline.messages().find(|(held, _, _)| *held == number);
        if held.map(|(_, record, _)| record) != log.record(&key) {
            return at(&format!("message {number} is {held:?}, not {:?}", log.record(&key)));
        }
    }
    if top.last_number >= top.first_kept && newest > top.last_number {
        return at("nothing of what is kept is loaded");
    }
    for record in timeline.records().filter(|record| !matches!(record.body, Body::Message(_))) {
        if log.record(&record.key) != Some(record) {
            return at(&format!("{} differs", record.key));
        }
    }
    Ok(())
}

/// Everything said is decided: confirmed, or waiting for the person with a reason.
fn nothing_waits(world: &World, device: usize, room: &RoomId) -> Result<(), String> {
    let rows = world.messages(device, room);
    match rows.iter().find(|row| row.state == MessageState::Pencil) {
        Some(row) => Err(format!("device {device}, {room}: still pencil: {row:?}")),
        None => Ok(()),
    }
}

/// No message stands under two numbers, and no client shows one twice.
fn nothing_twice(world: &World) -> Result<(), String> {
    for (said, numbers) in world.store.ledger() {
        if numbers.len() > 1 {
            return Err(format!("twice: {said:?} has the numbers {numbers:?}"));
        }
    }
    for device in 0..world.devices.len() {
        for room in &world.store.rooms {
            let mut shown = BTreeSet::new();
            for row in world.messages(device, room) {
                if !shown.insert((row.author.clone(), row.command)) {
                    return Err(format!("twice: device {device} shows {row:?} twice"));
                }
            }
        }
    }
    Ok(())
}

/// What was said on one device has numbers in the order of saying, but for what had failed. And but
/// for what the store lost after it had been confirmed: a copy sent on a link that was given up may
/// reach the store late, and brings it back behind what was said since.
fn in_order(world: &World, device: usize, room: &RoomId) -> Result<(), String> {
    let device_of = &world.devices[device];
    let said = device_of.order.get(room).map_or(&[][..], Vec::as_slice);
    let mut last = 0;
    let own = world.devices.iter().filter(|other| other.person == device_of.person);
    let troubled: BTreeSet<_> = own.flat_map(|other| &other.troubled).collect();
    for id in said.iter().filter(|id| !troubled.contains(id)) {
        let key = (room.clone(), device_of.person.id.clone(), *id);
        if world.store.lost.contains(&key) && device_of.confirmed.contains(&key) {
            continue;
        }
        let Some(number) = world.store.numbers(&key).first() else {
            continue;
        };
        if *number <= last {
            return Err(format!("order: device {device}, {room}: {number} after {last}"));
        }
        last = *number;
    }
    Ok(())
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
    let seen = said.1 == device.person.id || own.into_iter().any(|own| own.saw.contains(said));
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

/// What was confirmed to somebody is in the store, or they were told that it is not; and what
/// they said themselves stands as a failed row, unless it had been trimmed.
fn nothing_lost(world: &World, at: usize) -> Result<(), String> {
    let device = &world.devices[at];
    let gone = |said: &&Said| world.store.numbers(said).is_empty();
    for said in device.seen.iter().filter(gone) {
        if !device.told.contains(said) {
            return Err(format!("lost: device {at} was never told that {said:?} is gone"));
        }
        let (room, author, id) = said;
        let kept = !world.store.trimmed.contains(said);
        let own = *author == device.person.id && !device.discarded.contains(id);
        if own && kept && !world.messages(at, room).iter().any(|row| row.command == *id) {
            return Err(format!("lost: device {at} shows no failed row for {said:?}"));
        }
    }
    Ok(())
}
