//! The one place where the server's events change state.

use parlor_shared::{Body, Entry, Event, LogId, PersonId, Record, RoomId, RoomSummary, Welcome};

use super::{Chat, Phase, Room, log_state::Next, replies::About};
use crate::{Changes, Heard, Notice, Now, Timeline};

/// Changes the chat by one event; `about` is the command that an `ok` or `error` replies to.
pub(crate) fn apply(chat: &mut Chat, event: Event, about: Option<About>, now: Now) -> Changes {
    match event {
        Event::Welcome(welcome) => chat.welcomed(*welcome, now),
        Event::Ok { id, result } => {
            about.map_or_else(Changes::default, |about| chat.done(id, about, result, now))
        }
        Event::Error { id: Some(id), problem } => {
            about.map_or_else(Changes::default, |about| chat.refused(id, about, problem, now))
        }
        Event::Entry(entry) => chat.entry(entry),
        Event::Changes(page) => chat.changed(&page),
        Event::Interrupted { log } => {
            // While it is being asked for, the answer starts over anyhow.
            if let Some(state) = chat.log_mut(&log).filter(|state| state.phase == Phase::Live) {
                state.phase = Phase::Wanted;
            }
            Changes::default()
        }
        Event::Typing { room, person } => chat.types(&room, person, now),
        Event::Presence { room, online, came, went } => {
            let Some(known) = chat.rooms.get_mut(&room) else {
                return Changes::default();
            };
            known.people.presence(online, came, &went);
            Changes { people: [room.clone()].into(), typing: [room].into(), ..Changes::default() }
        }
        Event::Error { id: None, .. } | Event::Ping | Event::Restarting { .. } | Event::Unknown => {
            Changes::default()
        }
    }
}

impl Chat {
    /// Where the client is in a log that it knows.
    pub(crate) fn log_mut(&mut self, log: &LogId) -> Option<&mut super::LogState> {
        match log {
            LogId::Room(room) => self.rooms.get_mut(room).map(|room| &mut room.log),
            LogId::Person(person) if *person == self.person.id => Some(&mut self.own_log),
            LogId::Person(_) => None,
        }
    }

    fn welcomed(&mut self, welcome: Welcome, now: Now) -> Changes {
        let renamed = welcome.person != self.person;
        self.person = welcome.person;
        self.dedupe_ms = welcome.dedupe.ms;
        let (server, here) = (welcome.time as i64, now.wall_ms as i64);
        self.skew_ms = server.saturating_sub(here);
        let mut changes =
            Changes { link: true, person: renamed, rooms: true, ..Changes::default() };
        let listed: Vec<RoomId> = welcome.rooms.iter().map(|room| room.room.clone()).collect();
        for summary in &welcome.rooms {
            self.summary(summary);
        }
        let gone: Vec<RoomId> =
            self.rooms.keys().filter(|room| !listed.contains(room)).cloned().collect();
        for room in gone {
            changes.merge(self.left(&room));
        }
        changes
    }

    fn summary(&mut self, summary: &RoomSummary) {
        let room = self.enter(&summary.room, &summary.name);
        if room.log.held.is_none() {
            room.read_up_to(summary.read.min(summary.last_number));
        }
        room.mark(summary.position.clone(), summary.read);
        // A `read` may have been lost with the link before: what the server knows counts.
        room.read_told = summary.read;
        room.timeline.had(summary.read.min(summary.last_number));
        room.timeline.reaches(0, summary.last_number);
    }

    /// The person is a member of the room: adds it, or takes it up again.
    pub(crate) fn enter(&mut self, id: &RoomId, name: &str) -> &mut Room {
        let keys = &mut self.keys;
        let room = self.rooms.or_insert_with(id.clone(), || {
            Room::new(id.clone(), name.to_owned(), Timeline::new(keys.mint(), 0))
        });
        if !room.joined {
            room.joined = true;
            room.log.phase = Phase::Wanted;
        }
        name.clone_into(&mut room.name);
        room
    }

    /// The person is no member any more. The room stays while it is on screen or has failed rows.
    pub(crate) fn left(&mut self, room: &RoomId) -> Changes {
        let mut changes = Changes { rooms: true, ..Changes::default() };
        let Some(known) = self.rooms.get_mut(room) else {
            return changes;
        };
        if known.joined {
            changes.notices.push(Notice::Left(room.clone()));
        }
        known.joined = false;
        known.log.phase = Phase::Refused;
        changes.merge(self.park_strays(room));
        if self.open.as_ref() != Some(room) && !self.waits_in(room) {
            self.rooms.remove(room);
        }
        changes
    }

    fn types(&mut self, room: &RoomId, person: parlor_shared::Person, now: Now) -> Changes {
        let own = person.id == self.person.id;
        match self.rooms.get_mut(room) {
            Some(known) if !own => known.people.types(person, now.mono_ms),
            Some(_) | None => return Changes::default(),
        }
        Changes { typing: [room.clone()].into(), ..Changes::default() }
    }

    /// One live change of a followed log.
    fn entry(&mut self, entry: Entry) -> Changes {
        let next = self.log_mut(&entry.log).map_or(Next::Old, |state| state.take(&entry));
        match next {
            Next::Old | Next::Gap => return Changes::default(),
            Next::Taken => {}
        }
        let Entry { log, offset, author, record, .. } = entry;
        match log {
            LogId::Person(_) => self.own_record(&record),
            LogId::Room(room) => {
                self.wrote(&room, &author);
                let heard = self.heard(&room, &record);
                let mut changes = self.room_record(&room, record);
                self.take_marks(&room);
                changes.heard.extend(heard);
                changes.merge(self.settle_written(&room, offset));
                changes
            }
        }
    }

    /// Whoever changed something is not writing it any more, and says so when they write again.
    fn wrote(&mut self, room: &RoomId, author: &PersonId) {
        if let Some(known) = self.rooms.get_mut(room) {
            known.people.stops_typing(author);
            if *author == self.person.id {
                known.typing_next_ms = 0;
            }
        }
    }

    /// Whether a live change is something new that somebody else said.
    fn heard(&self, room: &RoomId, record: &Record) -> Option<Heard> {
        let known = self.rooms.get(room)?;
        let number = record.number.filter(|number| *number > known.timeline.last_number())?;
        match &record.body {
            Body::Message(message) if message.author != self.person.id => Some(Heard {
                room: room.clone(),
                number,
                name: message.name.clone(),
                text: message.text.clone()?,
            }),
            Body::Message(_)
            | Body::Member(_)
            | Body::Room(_)
            | Body::Membership(_)
            | Body::Read(_)
            | Body::Unknown { .. } => None,
        }
    }

    /// Puts one record of a room in place.
    pub(crate) fn room_record(&mut self, room: &RoomId, record: Record) -> Changes {
        let mut changes = Changes::default();
        let confirmed = self.confirm(&record);
        let Some(known) = self.rooms.get_mut(room) else {
            return changes;
        };
        match &record.body {
            Body::Message(message) => {
                changes.timeline(room);
                changes.typing.insert(room.clone());
                if message.author == self.person.id
                    && let Some(number) = record.number
                {
                    known.own_stands(number);
                }
            }
            Body::Member(member) => {
                known.people.member(member);
                changes.people.insert(room.clone());
                // The lobby is told last, so what it says is so everywhere.
                if member.person == self.person.id && *room == RoomId::lobby() {
                    changes.person = member.name != self.person.name;
                    member.name.clone_into(&mut self.person.name);
                }
                // The server tells whoever is removed nothing more of the room, even if they are
                // back before they hear of it, or the store forgets that they left.
                let removed = member.role.is_none() && member.person == self.person.id;
                if removed && known.live() {
                    known.log.phase = Phase::Wanted;
                }
            }
            Body::Room(settings) => {
                settings.name.clone_into(&mut known.name);
                changes.rooms = true;
            }
            Body::Membership(_) | Body::Read(_) | Body::Unknown { .. } => {}
        }
        let keys = &mut self.keys;
        known.timeline.put(record, || confirmed.unwrap_or_else(|| keys.mint()));
        changes
    }
}
