//! The promise, as checks: what a client shows and was told, against what is there in the end.
//!
//! The simulation checks it against its store, the chaos run against what a fresh reader finds.

use std::collections::{BTreeMap, BTreeSet};

use parlor_model::{Client, MessageRow, MessageState, Row};
use parlor_shared::{Body, CommandId, Number, Record, RecordKey, RoomId};

use crate::testimony::{Said, Testimony};

/// What is there in the end.
pub trait Truth {
    /// The first number that is kept and the last there is; none of a room that is not there.
    fn bounds(&self, room: &RoomId) -> Option<(Number, Number)>;

    /// A record of a room.
    fn record(&self, room: &RoomId, key: &RecordKey) -> Option<&Record>;

    /// Under which numbers a message stands.
    fn numbers(&self, said: &Said) -> &[Number];

    /// Whether the store lost it after it had been confirmed.
    fn is_lost(&self, said: &Said) -> bool;

    /// Whether it was ever trimmed.
    fn is_trimmed(&self, said: &Said) -> bool;
}

/// What the client holds of what is kept is what is there, up to the newest.
///
/// # Errors
/// What differs, in a sentence.
pub fn same_state(client: &Client, room: &RoomId, truth: &impl Truth) -> Result<(), String> {
    let at = |what: &str| Err(format!("same state: {room}: {what}"));
    let Some((first_kept, last_number)) = truth.bounds(room) else {
        return at("the store has no such log");
    };
    let Some(known) = client.chat().room(room) else {
        return at("the client does not know the room");
    };
    if !known.live() {
        return at("the log is not live");
    }
    let timeline = known.timeline();
    if timeline.last_number() != last_number {
        return at(&format!("the last number is {}, not {last_number}", timeline.last_number()));
    }
    let shown: BTreeMap<Number, &Record> =
        timeline.messages().map(|(number, record, _)| (number, record)).collect();
    let newest = timeline.segments().last().map_or(last_number + 1, |newest| newest.first);
    for number in newest.max(first_kept)..=last_number {
        let there = truth.record(room, &RecordKey::message(number));
        let held = shown.get(&number).copied();
        if held != there {
            return at(&format!("message {number} is {held:?}, not {there:?}"));
        }
    }
    if last_number >= first_kept && newest > last_number {
        return at("nothing of what is kept is loaded");
    }
    for record in timeline.records().filter(|record| !matches!(record.body, Body::Message(_))) {
        if truth.record(room, &record.key) != Some(record) {
            return at(&format!("{} differs", record.key));
        }
    }
    Ok(())
}

/// Everything said is decided: confirmed, or waiting for the person with a reason.
///
/// # Errors
/// What still waits.
pub fn nothing_waits(client: &Client, room: &RoomId) -> Result<(), String> {
    match messages(client, room).iter().find(|row| row.state == MessageState::Pencil) {
        Some(row) => Err(format!("{room}: still pencil: {row:?}")),
        None => Ok(()),
    }
}

/// No row stands twice.
///
/// # Errors
/// Which one does.
pub fn shows_once(client: &Client, room: &RoomId) -> Result<(), String> {
    let mut shown = BTreeSet::new();
    for row in messages(client, room) {
        if !shown.insert((row.author.clone(), row.command)) {
            return Err(format!("twice: {row:?} is shown twice"));
        }
    }
    Ok(())
}

/// What was said on one device has numbers in the order of saying, but for what had failed on any
/// of the person's devices (`troubled`). And but for what the store lost after it had been
/// confirmed: a copy sent on a link that was given up may reach the store late, and brings it back
/// behind what was said since.
///
/// # Errors
/// What stands before what it was said after.
pub fn in_order(
    testimony: &Testimony,
    troubled: &BTreeSet<CommandId>,
    room: &RoomId,
    truth: &impl Truth,
) -> Result<(), String> {
    let said = testimony.order.get(room).map_or(&[][..], Vec::as_slice);
    let mut last = 0;
    for id in said.iter().filter(|id| !troubled.contains(*id)) {
        let key = (room.clone(), testimony.person.id.clone(), *id);
        if truth.is_lost(&key) && testimony.confirmed.contains(&key) {
            continue;
        }
        let Some(number) = truth.numbers(&key).first() else { continue };
        if *number <= last {
            return Err(format!("order: {room}: {number} after {last}"));
        }
        last = *number;
    }
    Ok(())
}

/// What was confirmed to somebody is there, once, or they were told that it is not; and what they
/// said themselves stands as a failed row, unless it had been trimmed.
///
/// # Errors
/// What is gone without a word.
pub fn nothing_lost(
    client: &Client,
    testimony: &Testimony,
    truth: &impl Truth,
) -> Result<(), String> {
    for said in testimony.seen.iter().filter(|said| truth.numbers(said).is_empty()) {
        if !testimony.told.contains(said) {
            return Err(format!("lost: nobody was told that {said:?} is gone"));
        }
        let (room, author, id) = said;
        let own = *author == testimony.person.id && !testimony.discarded.contains(id);
        let stands = || messages(client, room).iter().any(|row| row.command == *id);
        if own && !truth.is_trimmed(said) && !stands() {
            return Err(format!("lost: no failed row for {said:?}"));
        }
    }
    Ok(())
}

/// The messages a client shows in a room.
#[must_use]
pub fn messages(client: &Client, room: &RoomId) -> Vec<MessageRow> {
    let message = |row| if let Row::Message(message) = row { Some(message) } else { None };
    client.chat().rows(room, &|_| 0).into_iter().filter_map(|(_, row)| message(row)).collect()
}
