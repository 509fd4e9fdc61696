//! Who is in a room, who of them is here, and who is writing.

use parlor_shared::{Member, Person, PersonId, Roster, RosterPerson, limits::TYPING_SHOWS_MS};

use crate::Ordered;

/// The people of a room, as far as they were read.
#[derive(Clone, Debug, Default)]
pub struct People {
    people: Ordered<PersonId, RosterPerson>,
    online: u64,
    members: u64,
    loaded: bool,
    typing: Vec<(Person, u64)>,
    /// The next page is to be asked for, after this person.
    pub(crate) wanted: Option<Option<PersonId>>,
}

impl People {
    /// The members read so far, by id.
    pub fn people(&self) -> impl Iterator<Item = &RosterPerson> {
        self.people.values()
    }

    /// How many members are here now.
    #[must_use]
    pub fn online(&self) -> u64 {
        self.online
    }

    /// How many members there are.
    #[must_use]
    pub fn members(&self) -> u64 {
        self.members
    }

    /// Whether a roster has come.
    #[must_use]
    pub fn loaded(&self) -> bool {
        self.loaded
    }

    /// Who is writing now, longest first.
    pub fn typing(&self) -> impl Iterator<Item = &Person> {
        self.typing.iter().map(|(person, _)| person)
    }

    /// Puts a page of the roster in place; the first page starts afresh.
    pub(crate) fn page(&mut self, roster: Roster, first: bool) {
        if first {
            self.people.clear();
        }
        self.wanted = None;
        if roster.more {
            self.wanted = roster.people.last().map(|last| Some(last.person.clone()));
        }
        self.online = roster.online;
        self.members = roster.members;
        self.loaded = true;
        self.people.extend(roster.people.into_iter().map(|person| (person.person.clone(), person)));
    }

    /// A member record came: somebody joined, left, or has another role.
    pub(crate) fn member(&mut self, member: &Member) {
        if !self.loaded {
            return;
        }
        let Some(role) = member.role else {
            if let Some(gone) = self.people.remove(&member.person) {
                self.members = self.members.saturating_sub(1);
                self.online = self.online.saturating_sub(u64::from(gone.online));
            }
            return;
        };
        let known = self.people.get(&member.person);
        let online = known.is_some_and(|known| known.online);
        self.members += u64::from(known.is_none());
        let (person, name) = (member.person.clone(), member.name.clone());
        self.people.insert(person.clone(), RosterPerson { person, name, role, online });
    }

    /// Somebody came or went.
    pub(crate) fn presence(&mut self, online: u64, came: Vec<Person>, went: &[PersonId]) {
        self.online = online;
        for person in came {
            if let Some(known) = self.people.get_mut(&person.id) {
                known.online = true;
                known.name = person.name;
            }
        }
        for person in went {
            if let Some(known) = self.people.get_mut(person) {
                known.online = false;
            }
            self.stops_typing(person);
        }
    }

    /// Somebody is writing.
    pub(crate) fn types(&mut self, person: Person, now_ms: u64) {
        let until = now_ms.saturating_add(TYPING_SHOWS_MS);
        match self.typing.iter_mut().find(|(known, _)| known.id == person.id) {
            Some(known) => *known = (person, until),
            None => self.typing.push((person, until)),
        }
    }

    /// Somebody's message came, or they left. Says whether that shows.
    pub(crate) fn stops_typing(&mut self, person: &PersonId) -> bool {
        let before = self.typing.len();
        self.typing.retain(|(known, _)| known.id != *person);
        self.typing.len() != before
    }

    /// Takes away typing marks that are over. Says whether that shows.
    pub(crate) fn expire(&mut self, now_ms: u64) -> bool {
        let before = self.typing.len();
        self.typing.retain(|(_, until)| *until > now_ms);
        self.typing.len() != before
    }

    /// When the next typing mark is over.
    pub(crate) fn due_ms(&self) -> Option<u64> {
        self.typing.iter().map(|(_, until)| *until).min()
    }
}
