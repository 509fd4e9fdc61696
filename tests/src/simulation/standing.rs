//! Joining and leaving: who is a member of which room, in two writes as the server does it.

use parlor::engine::{Change, Expect, Grant, Target, Write, log::MemoryLog};
use parlor_shared::{
    Body, CommandId, LogId, Member, Membership, Person, PersonId, Record, RecordKey, Role, RoomId,
};

use super::{
    commands::EPOCH_MS,
    store::{Answer, Store},
};

/// A standing that is wanted, and by which command.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) room: RoomId,
    pub(super) person: Person,
    pub(super) command: CommandId,
    pub(super) joins: bool,
}

impl Store {
    /// Everybody is a member of every room.
    pub(super) fn seed(&mut self) {
        for person in self.people.clone() {
            for room in self.rooms.clone() {
                let member = Member {
                    person: person.id.clone(),
                    name: person.name.clone(),
                    role: Some(Role::Member),
                };
                let grant = Grant { person: person.id.clone(), role: member.role };
                let key = RecordKey::member(&person.id);
                self.put(
                    LogId::Room(room.clone()),
                    &person,
                    key,
                    Body::Member(member),
                    Some(grant),
                );
                let name = room.as_str().to_owned();
                let body = Body::Membership(Membership { room: room.clone(), name, joined: true });
                let key = RecordKey::membership(&room);
                self.put(LogId::Person(person.id.clone()), &person, key, body, None);
            }
        }
        self.sync();
    }

    fn put(&mut self, log: LogId, by: &Person, key: RecordKey, body: Body, grant: Option<Grant>) {
        let target = Target::Key(key, Expect::Anything);
        let write = Write {
            log,
            author: by.id.clone(),
            command: self.stranger(),
            needs: None,
            change: Change { target, body, grant },
            keep: self.keep,
        };
        let _ = self.write(write, EPOCH_MS);
    }

    /// The first step: the member record, with the role that the store checks.
    pub(super) fn set_role(&mut self, standing: Standing, now: u64) -> Answer {
        let Standing { room, person, command, joins } = standing;
        if self.is_member(&person.id, &room) == joins {
            return Answer::RoleStands;
        }
        self.moves += 1;
        let log = LogId::Room(room);
        let key = RecordKey::member(&person.id);
        let role = joins.then_some(Role::Member);
        let Person { id, name } = person;
        let grant = Some(Grant { person: id.clone(), role });
        let body = Body::Member(Member { person: id.clone(), name, role });
        Answer::RoleSet(self.stand(log, id, command, Change { target: any(key), body, grant }, now))
    }

    /// The second step: the membership in the person's own log, for all their devices.
    pub(super) fn note(&mut self, standing: Standing, now: u64) -> Answer {
        let Standing { room, person, command, joins } = standing;
        if self.is_noted(&person.id, &room) == joins {
            return Answer::Stands;
        }
        let log = LogId::Person(person.id.clone());
        let key = RecordKey::membership(&room);
        let name = room.as_str().to_owned();
        let body = Body::Membership(Membership { room, name, joined: joins });
        let change = Change { target: any(key), body, grant: None };
        Answer::Done(self.stand(log, person.id, command, change, now))
    }

    fn stand(
        &mut self,
        log: LogId,
        author: PersonId,
        command: CommandId,
        change: Change,
        now: u64,
    ) -> parlor::engine::Outcome {
        let keep = self.keep;
        self.write(Write { log, author, command, needs: None, change, keep }, now)
    }

    /// Whether the room's log says that the person is a member.
    pub(super) fn is_member(&self, person: &PersonId, room: &RoomId) -> bool {
        let log = self.log(&LogId::Room(room.clone()));
        let record = log.and_then(|log| log.record(&RecordKey::member(person)));
        record.and_then(Record::member).is_some_and(|member| member.role.is_some())
    }

    /// Whether the person's own log says so.
    pub(super) fn is_noted(&self, person: &PersonId, room: &RoomId) -> bool {
        let log: Option<&MemoryLog> = self.log(&LogId::Person(person.clone()));
        let record = log.and_then(|log| log.record(&RecordKey::membership(room)));
        record.and_then(Record::joined).is_some()
    }

    /// Whether a person may read a log.
    pub(super) fn may_read(&self, person: &PersonId, log: &LogId) -> bool {
        match log {
            LogId::Room(room) => self.is_member(person, room),
            LogId::Person(own) => own == person,
        }
    }
}

fn any(key: RecordKey) -> Target {
    Target::Key(key, Expect::Anything)
}
