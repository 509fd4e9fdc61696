//! Who of one room's members is here, and what its followers are told of it.

use std::collections::{BTreeMap, HashMap};

use parlor_shared::{Event, Member, Millis, Person, PersonId, Record, RoomId, limits::ROSTER_PAGE};

use crate::engine::Online;

/// Between two differences told, in milliseconds.
const EVERY_MS: Millis = 1_000;

type Members = HashMap<PersonId, String>;

/// A room's members and who of them its followers believe to be here.
#[derive(Debug)]
pub(super) struct RoomPresence {
    room: RoomId,
    /// By the name in their record: the others' view of who is connected may have an older one.
    members: Option<Members>,
    /// Members seen to change while the members were being read, newest last; those who left,
    /// without a name.
    noted: Vec<(PersonId, Option<String>)>,
    here: BTreeMap<PersonId, String>,
    stale: bool,
    told_at: Millis,
}

impl RoomPresence {
    /// Nothing known yet.
    pub(super) const fn new(room: RoomId) -> Self {
        Self {
            room,
            members: None,
            noted: Vec::new(),
            here: BTreeMap::new(),
            stale: false,
            told_at: 0,
        }
    }

    /// Whether the members must be read.
    pub(super) const fn needs_members(&self) -> bool {
        self.members.is_none()
    }

    /// Takes the members as they were read. The first time, everybody who is here was here: the
    /// roster tells them.
    pub(super) fn take_members(&mut self, records: &[Record], online: &Online) {
        let mut members = Members::new();
        let read = records.iter().filter_map(Record::member).map(named);
        for (person, name) in read.chain(self.noted.drain(..)) {
            set(&mut members, person, name);
        }
        if self.told_at == 0 {
            self.here = present(&members, online);
        }
        self.members = Some(members);
        self.stale = true;
    }

    /// Takes a change of the room's log.
    pub(super) fn note(&mut self, record: &Record) {
        let Some(member) = record.member() else { return };
        let (person, name) = named(member);
        match &mut self.members {
            Some(members) => set(members, person, name),
            None => self.noted.push((person, name)),
        }
        self.stale = true;
    }

    /// Forgets the members: the log is another than was thought.
    pub(super) fn forget(&mut self) {
        self.members = None;
        self.noted.clear();
    }

    /// Somebody came or went somewhere.
    pub(super) const fn touch(&mut self) {
        self.stale = true;
    }

    /// When there may be something to tell.
    pub(super) fn due_at(&self) -> Option<Millis> {
        (self.stale && self.members.is_some()).then_some(self.told_at + EVERY_MS)
    }

    /// The difference since it was last told, if there is one.
    pub(super) fn difference(&mut self, online: &Online, now: Millis) -> Option<Event> {
        let here = present(self.members.as_ref()?, online);
        self.stale = false;
        self.told_at = now;
        let before = std::mem::replace(&mut self.here, here);
        let came = self.here.iter().filter(|(person, _)| !before.contains_key(*person));
        let came: Vec<Person> =
            came.map(|(id, name)| Person { id: id.clone(), name: name.clone() }).collect();
        let went = before.into_keys().filter(|person| !self.here.contains_key(person));
        let went: Vec<PersonId> = went.collect();
        let (room, online) = (self.room.clone(), self.here.len() as u64);
        if came.is_empty() && went.is_empty() {
            return None;
        }
        if self.here.len() > ROSTER_PAGE {
            return Some(Event::Presence { room, online, came: Vec::new(), went: Vec::new() });
        }
        Some(Event::Presence { room, online, came, went })
    }
}

/// A member with their name; without one who left.
fn named(member: &Member) -> (PersonId, Option<String>) {
    (member.person.clone(), member.role.map(|_| member.name.clone()))
}

fn set(members: &mut Members, person: PersonId, name: Option<String>) {
    match name {
        Some(name) => members.insert(person, name),
        None => members.remove(&person),
    };
}

/// Members who are online, whichever is the shorter way to find them.
fn present(members: &Members, online: &Online) -> BTreeMap<PersonId, String> {
    let pair = |(person, name): (&PersonId, &String)| (person.clone(), name.clone());
    if members.len() < online.len() {
        members.iter().filter(|(person, _)| online.contains_key(*person)).map(pair).collect()
    } else {
        online.keys().filter_map(|person| members.get_key_value(person)).map(pair).collect()
    }
}

#[cfg(test)]
mod tests;
