//! Who of one room's members is here, and what its followers are told of it.

use std::collections::BTreeMap;

use parlor_shared::{
    Event, Member, Millis, Person, PersonId, Record, RoomId, Roster, limits::ROSTER_PAGE,
};

use super::roster::{self, Members};
use crate::engine::Online;

/// Between two differences told, in milliseconds.
const EVERY_MS: Millis = 1_000;

/// A room's members and who of them its followers believe to be here.
#[derive(Debug)]
pub(super) struct RoomPresence {
    room: RoomId,
    /// By the name in their record: the others' view of who is connected may have an older one.
    members: Option<Members>,
    /// Member records seen while the members were being read, newest last.
    noted: Vec<Member>,
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
        let mut members = roster::members(records);
        for member in self.noted.drain(..) {
            set(&mut members, member);
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
        match &mut self.members {
            Some(members) => set(members, member.clone()),
            None => self.noted.push(member.clone()),
        }
        self.stale = true;
    }

    /// A member, if the members are known and this is one.
    pub(super) fn member(&self, person: &PersonId) -> Option<&Member> {
        self.members.as_ref()?.get(person)
    }

    /// A page of the roster for one of the members.
    pub(super) fn roster(
        &self,
        after: Option<&PersonId>,
        asker: &PersonId,
        online: &Online,
    ) -> Option<Roster> {
        let members = self.members.as_ref().filter(|members| members.contains_key(asker))?;
        Some(roster::roster(&self.room, members, after, asker, online))
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

fn set(members: &mut Members, member: Member) {
    match member.role {
        Some(_) => members.insert(member.person.clone(), member),
        None => members.remove(&member.person),
    };
}

/// Members who are online, whichever is the shorter way to find them.
fn present(members: &Members, online: &Online) -> BTreeMap<PersonId, String> {
    let pair = |(person, member): (&PersonId, &Member)| (person.clone(), member.name.clone());
    if members.len() < online.len() {
        members.iter().filter(|(person, _)| online.contains_key(*person)).map(pair).collect()
    } else {
        online.keys().filter_map(|person| members.get_key_value(person)).map(pair).collect()
    }
}

#[cfg(test)]
mod tests;
